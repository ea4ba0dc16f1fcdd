// Package slurm sends the shards of a study to a Slurm cluster and sees to it that all
// of them end: it writes array jobs, watches the queue and the files, sends again what was
// lost and says what hinders the rest.
//
// Files decide, not the queue: a shard is done when its result is there and valid, and
// only then. Job numbers are used again after a controller was lost and ended jobs are
// forgotten after minutes, so a submission is known by its name, which is in a file before
// the job is in the queue; all that a watching client knows can be read again from the files
// and the queue by another. Two jobs of one shard are harmless, for they write the same bytes.
// Slurm's dependencies are not used: one on a job that failed and was forgotten is fulfilled.
package slurm
