// Package experiment makes the same experiment many times and says how sure
// the mean is: ensembles of independent runs on all cores, studies that draw a
// task and train a neuron, scans of studies that share their tasks ([Scan]),
// intervals, the default experiment of a circuit and studies of it over named
// parameters ([Design]), and the ladder of rules by what their teacher tells them
// ([Climb]). Studies that outgrow one machine are for package sweep.
//
// Runs are keyed by (seed, run), those of a Design with points by (study, point,
// seed): no result depends on the number of cores.
package experiment
