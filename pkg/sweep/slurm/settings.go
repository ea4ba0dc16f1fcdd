package slurm

import (
	"fmt"
	"math"
	"strings"
	"time"

	"credo/internal/domain"
	"credo/internal/progress"
	"credo/pkg/sweep/shard"
)

// Settings says how shards are sent. Zero values follow from the plan's estimate.
type Settings struct {
	Minutes  int      // limit of a shard; 0: twice its estimated time and two minutes. USR1 comes one to two minutes before its end
	Memory   int      // of a shard in MB; 0: one and a half of the estimate and 100. It is doubled for a shard that was killed for it
	Throttle int      // how many shards of an array run at once; 0: as many as the cluster gives
	Options  []string // further ones of sbatch, as --partition=long
	Anyway   bool     // send a study too that is done here before the cluster begins

	Poll  time.Duration // shortest time between questions to the queue; 0 means 10 s, and it grows sixfold while nothing changes
	Grace time.Duration // how late the files of an ended shard may be; 0 means a minute
}

// small is the time for which a cluster is not troubled.
const small = 10 * time.Minute

// own are options that this command must give itself, as it finds its jobs by them or has a flag for them, and those with which none are
// sent; each with its letter.
var own = map[string]string{"job-name": "J", "array": "a", "output": "o", "error": "e", "chdir": "D", "signal": "", "wrap": "", "clusters": "M", "wait": "W", "test-only": "",
	"time": "t", "mem": "", "mem-per-cpu": "", "mem-per-gpu": "", "help": "h", "usage": "", "version": "V"}

// check returns an error unless an option is one of sbatch's that may be given. sbatch takes long ones cut short and letters run together, and
// "--name value" in one word, as a line of a script.
func check(option string) error {
	if len(option) < 2 || option[0] != '-' || strings.ContainsAny(option, "\n\"\\") {
		return fmt.Errorf("slurm: option %q, must be one of sbatch's, as --partition=long, without quotes", option)
	}
	long, isLong := strings.CutPrefix(option, "--")
	long, _, _ = strings.Cut(strings.Replace(long, " ", "=", 1), "=")
	letters := strings.TrimLeft(option[1:], "HOQksv") + "-" // those without a value may stand before
	for name, letter := range own {
		if isLong && strings.HasPrefix(name, long) || !isLong && letter == letters[:1] {
			return fmt.Errorf("slurm: option %q, must be left to this command, which finds its jobs by it or has a flag for it", option)
		}
	}
	return nil
}

// fill returns the settings with what is 0 filled in for a study, or an error that names what is
// wrong: a field outside its domain, a study without an estimate, one that is small.
func (s Settings) fill(f *shard.Folder) (Settings, error) {
	p, e := f.Plan(), f.Estimate()
	if strings.ContainsAny(f.Dir(), "%\\\"\n") {
		return s, fmt.Errorf("slurm: folder %q has a %%, \\, \" or line end, which sbatch reads otherwise; give another one", f.Dir())
	}
	for _, o := range s.Options {
		if err := check(o); err != nil {
			return s, err
		}
	}
	if s.Minutes != 0 && s.Minutes < 3 {
		return s, fmt.Errorf("slurm: Minutes = %d, must be at least 3, as a shard is told to stop up to two minutes before; 0: from the plan", s.Minutes)
	}
	if err := domain.Check("slurm: ",
		domain.Field{Name: "Memory", Value: float64(s.Memory), In: domain.NonNegative},
		domain.Field{Name: "Throttle", Value: float64(s.Throttle), In: domain.NonNegative},
		domain.Field{Name: "Poll", Value: s.Poll.Seconds(), In: domain.NonNegative},
		domain.Field{Name: "Grace", Value: s.Grace.Seconds(), In: domain.NonNegative}); err != nil {
		return s, err
	}
	if e.Timed == 0 && (s.Minutes == 0 || s.Memory == 0) {
		return s, fmt.Errorf("slurm: nobody has timed a run of this study; plan it anew, or give the minutes and the memory of a shard")
	}
	if here := time.Duration(e.Seconds * float64(p.Runs) / float64(max(e.Cores, 1)) * float64(time.Second)); e.Timed > 0 && here < small && !s.Anyway {
		return s, fmt.Errorf("slurm: the whole study takes about %s on %d cores of %s: run it here, or send it -anyway", progress.Lasts(here), e.Cores, e.Host)
	}
	if s.Minutes == 0 {
		s.Minutes = int(math.Ceil(2*p.Shard(e)/60)) + 2
	}
	if s.Memory == 0 {
		s.Memory = int(math.Ceil(1.5*float64(e.Memory)/(1<<20))) + 100
	}
	if s.Poll == 0 {
		s.Poll = 10 * time.Second
	}
	if s.Grace == 0 {
		s.Grace = time.Minute
	}
	return s, nil
}
