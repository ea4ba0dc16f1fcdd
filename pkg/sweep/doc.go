// Package sweep gives a study, an [experiment.Design], the commands of a program, so that it can outgrow one machine:
//
//	func main() { sweep.Main(design) }
//
//	PROGRAM plan     [-out DIR] [-shards K]   says what there is to do and cuts it in shards
//	PROGRAM run      [-out DIR]               does what is missing on this machine, on all cores; plans first if nobody has
//	PROGRAM run      [-out DIR] -shard i/n    does the i-th of every n shards, 1 ≤ i ≤ n; with n = K, shard i alone
//	PROGRAM status   [-out DIR]               says what is done, running, failed and missing, and why
//	PROGRAM merge    [-out DIR] [-partial]    checks all shards and puts them together in one table
//	PROGRAM slurm    [-out DIR] [-watch] ...  sends the shards to a Slurm cluster, see [slurm.Engine]
//	PROGRAM parallel [-out DIR] ...           has GNU parallel run them on several machines, see [parallel.Engine]
//
// The last two are engines, which know shards and not what is computed in them. cmd/sweep is such a program for
// studies that a JSON file describes (see [Read]): PROGRAM is then go run ./cmd/sweep, and the file follows the command.
//
// DIR is the study's folder, by default build/sweep/NAME. What lies in it, who writes it and how it is checked
// is told in package shard.
//
// Results do not depend on the machine, the number of cores or of shards, nor on the order in which shards are run:
// a run's random stream is keyed by the study, the point and the seed alone (see [experiment.Design]). Merged are
// results of the same study and the same program only; everything else is refused in a sentence. Points that are added later can be
// computed alone: a study of them, with the name, seed and parameters of the first, in another folder has the rows of a study of all.
//
// The same program is the same file: built of the same sources by the same command it is, by go run and go build it is not. In another
// folder it is if -trimpath is given, and by go build after another commit if -buildvcs=false is. Where other machines have other
// libraries, build it with CGO_ENABLED=0.
//
// Exit status:
//
//	0    done: what was asked for is complete
//	1    failed: runs ended with an error, or a file could not be written
//	2    refused: the command line, the study, or a folder that belongs to another study or program
//	3    not complete: status and merge, while results are missing
//	75   told to stop by TERM, HUP or USR1 with more to do; what has been computed is kept, and run goes on from there
//	130  the same, by INT
package sweep
