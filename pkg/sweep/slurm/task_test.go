package slurm

import (
	"testing"
	"time"
)

// Lines as squeue 22.05.8 printed them with taskFormat.
func TestTask(t *testing.T) {
	for _, c := range []struct {
		line   string
		want   task
		limit  time.Duration
		fate   fate
		broken bool
	}{
		{line: "a-000001-x|12|3|RUNNING|1:02|None", want: task{place{"a-000001-x", 3}, "12", "RUNNING", 62 * time.Second, "None"}, limit: time.Minute, fate: alive},
		{line: "a|12|3|RUNNING|1-02:03:04|None", want: task{place{"a", 3}, "12", "RUNNING", 93784 * time.Second, "None"}, limit: 26 * time.Hour, fate: alive},
		{line: "a|12|3|RUNNING|1-02:03:04|None", want: task{place{"a", 3}, "12", "RUNNING", 93784 * time.Second, "None"}, limit: 25 * time.Hour, fate: ended},
		{line: "a|12|0|PENDING|0:00|launch failed requeued held", want: task{place{"a", 0}, "12", "PENDING", 0, "launch_failed_requeued_held"}, fate: stuck},
		{line: "a|12|0|PENDING|0:00|JobHeldAdmin", want: task{place{"a", 0}, "12", "PENDING", 0, "JobHeldAdmin"}, fate: held},
		{line: "a|12|0|PENDING|0:00|PartitionConfig", want: task{place{"a", 0}, "12", "PENDING", 0, "PartitionConfig"}, fate: hopeless},
		{line: "a|12|0|PENDING|0:00|(a|b)", want: task{place{"a", 0}, "12", "PENDING", 0, "(a|b)"}, fate: alive},
		{line: "a|12|0|COMPLETED|0:07|None", want: task{place{"a", 0}, "12", "COMPLETED", 7 * time.Second, "None"}, fate: ended},
		{line: "a|12|0|FAILED|0:07|NonZeroExitCode", want: task{place{"a", 0}, "12", "FAILED", 7 * time.Second, "NonZeroExitCode"}, fate: ended},
		{line: "a|12|0|CANCELLED|0:07|None", want: task{place{"a", 0}, "12", "CANCELLED", 7 * time.Second, "None"}, fate: cancelled},
		{line: "a|12|0|OUT_OF_MEMORY|0:07|OutOfMemory", want: task{place{"a", 0}, "12", "OUT_OF_MEMORY", 7 * time.Second, "OutOfMemory"}, fate: starved},
		{line: "a|12|0|A_STATE_OF_NEXT_YEAR|0:07|None", want: task{place{"a", 0}, "12", "A_STATE_OF_NEXT_YEAR", 7 * time.Second, "None"}, fate: alive},
		{line: "a|12|N/A|CANCELLED|0:00|Priority", want: task{place{"a", whole}, "12", "CANCELLED", 0, "Priority"}, fate: cancelled}, // all that had not begun
		{line: "a|12|0-3|RUNNING|0:07|None", broken: true}, // not by -r
		{line: "error", broken: true},
	} {
		got, ok := parseTask(c.line)
		if ok == c.broken {
			t.Errorf("%q is read: %v", c.line, ok)
		}
		if c.broken {
			continue
		}
		if got != c.want {
			t.Errorf("%q is read as %+v, want %+v", c.line, got, c.want)
		}
		if f := got.fate(c.limit); f != c.fate {
			t.Errorf("%q at a limit of %v has fate %d, want %d", c.line, c.limit, f, c.fate)
		}
	}
}

// A shard of several submissions: what lives goes before what waits for somebody, and the last goes before earlier ones.
func TestVerdict(t *testing.T) {
	see := func(name, state, reason string) sight {
		p := place{name, 0}
		if state == "" {
			return sight{p, nil}
		}
		return sight{p, &task{place: p, state: state, reason: reason}}
	}
	gone, failed := see("1", "", ""), see("2", "FAILED", "NonZeroExitCode")
	running, held1 := see("3", "RUNNING", "None"), see("4", "PENDING", "JobHeldUser")
	killed := see("5", "CANCELLED", "None")
	for _, c := range []struct {
		sights   []sight
		forgiven bool
		want     fate
		told     string
	}{
		{nil, false, ended, ""},
		{[]sight{gone}, false, ended, "1"},
		{[]sight{gone, failed}, false, ended, "2"},
		{[]sight{running, gone}, false, alive, "3"},
		{[]sight{running, held1, gone}, false, alive, "3"},
		{[]sight{held1, failed}, false, held, "4"},
		{[]sight{gone, killed}, false, cancelled, "5"},
		{[]sight{gone, killed}, true, ended, "5"},
		{[]sight{killed, gone}, false, ended, "1"},
		{[]sight{killed, running}, false, alive, "3"},
	} {
		got, told := verdict(c.sights, time.Hour, map[place]bool{{"5", 0}: c.forgiven})
		if got != c.want || told.submission != c.told {
			t.Errorf("%v means %d by %q, want %d by %q", c.sights, got, told.submission, c.want, c.told)
		}
	}
}
