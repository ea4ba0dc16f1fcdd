// Package shard keeps the runs of a study in a folder, cut in shards that any number of processes on any number of
// machines can compute, and puts them together. It knows runs as numbers 0, 1, … and results as rows of numbers;
// which neuron a run trains is no matter of this package.
//
// # The folder
//
//	plan.json                     the [Plan]: what the study is and how it is cut. Written once, never changed
//	study.json                    the file that describes the study, if one does
//	estimate.json                 the [Estimate]: time and memory of a run, on the machine that planned. No result depends on it
//	program                       a copy of the program, made by [Folder.Install] for machines without Go
//	results/00012.tsv             all runs of shard 12 by their numbers. If it is there and valid, the shard is done
//	parts/00012.HOST.PID-RANDOM   runs of one attempt at shard 12, as they end. One writer each, appended to; removed at the end
//	hosts/00012.json              where and when shard 12 was done. No result depends on it
//	failed/00012.txt              why runs of shard 12 failed at the last attempt. Removed when the shard is done
//	log/, submit/                 what engines write
//	table.csv, table.parquet      the merged table
//	manifest.json, hosts.json     what the table is of; where and when it was computed
//
// Shards are numbered from 1. Which runs belong to which follows from the plan alone, see [Plan.Deal]: they are dealt out like
// cards, in an order that follows from the study's hash, so that shards take about equal times although points
// do not, and so that any of them is a fair sample of the study.
//
// # A file of results
//
// The first line is a JSON object, the header: it names study, program, shard and columns. Then a line a run: its number,
// its values, each the shortest decimal that reads back to the same bits (also NaN, +Inf, -Inf), and eight digits
// of a checksum (CRC-32C of the line before them), parted by tabs. Parts have the same form. The last line of a result
// is a JSON object {"end":RUNS,"sha256":"…"} with the hash of all lines before it. Hence a file that is
// torn, of another study, another program or another shard, or altered, is refused in a sentence; a torn last
// line of a part is dropped.
//
// # Writing
//
// Whole files are written under a temporary name (.NAME.credo-PID-RANDOM), synchronised, renamed, and the folder synchronised.
// There is no lock. Two processes at one shard write the same bytes, and the last to rename wins.
// No clock is compared with another one.
//
// # What may go wrong
//
//	a process is killed, at any moment     the part has all runs that had ended; the next attempt makes the others
//	a machine crashes                      the same, but for the last five seconds of its parts
//	a shard is computed twice at once      both write the same bytes; who comes late finds it done
//	the disk is full                       the program says so and fails; what fits is kept; it goes on when there is space
//	a result or a part is torn, altered,   it is refused, status says why, merge does nothing, and run
//	empty, of another shard or study       computes the shard anew
//	the study or the program has changed   every command refuses the folder and says what has changed
//	two processes plan at once             one plan wins; the other process takes it or is refused
//	a run fails or panics                  it is named with its point and seed, the others are kept, and the next attempt tries it again
//	a run comes out differently            both values are named: it depends on more than its point and stream
//	clocks differ                          no clock is compared with another
//	a machine has no Go, no environment    the command line has all it needs, with Install also the program
//	machines share no disk                 each makes the same plan by run -shard i/n; results are copied together
//
// # Engines
//
// An engine, such as a batch system, distributes shards. It sees the [Folder]: the plan, the estimate, the
// state of each shard by its files, and the command line that computes one. What its queue says comes second: a
// shard is done when its result is valid, and not before. The command ends with the exit statuses of package sweep, of
// which 0, 1, 2 and 75 matter to engines; all of 1 and 75 keep what was done, so the same command goes on from there.
package shard
