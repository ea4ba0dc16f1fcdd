package slurm

import "time"

// place is where a shard stands in a submission.
type place struct {
	submission string
	index      int
}

// sight is what the queue says of a place; task is nil if it does not know it, any more or at all.
type sight struct {
	place
	task *task
}

// verdict is what all sights of a shard that is not done, in the order of their submissions, mean for it, and the
// sight that tells: a task that lives goes before one that is held, this before one that waits in vain,
// and that before those that ended, of which the last one tells. Of forgiven places a cancellation counts as any other end.
func verdict(sights []sight, limit time.Duration, forgiven map[place]bool) (best fate, told sight) {
	rank := map[fate]int{alive: 3, held: 2, stuck: 1, hopeless: 1}
	for _, s := range sights {
		f := ended
		if s.task != nil {
			f = s.task.fate(limit)
		}
		if f == cancelled && forgiven[s.place] {
			f = ended
		}
		if rank[f] >= rank[best] {
			best, told = f, s
		}
	}
	return best, told
}
