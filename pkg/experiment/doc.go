// Package experiment makes the same experiment many times and says how sure
// the mean is: ensembles of independent runs on all cores, studies that draw a
// task and train a neuron, scans of studies that share their tasks ([Scan]),
// intervals, the default experiment of a circuit ([Design]), and the ladder of
// rules by what their teacher tells them ([Climb]).
//
// Runs are keyed by (seed, run): no result depends on the number of cores.
package experiment
