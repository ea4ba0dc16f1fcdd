//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"credo/internal/loopback"
)

// A real Slurm, twenty shards of ten runs on two nodes, and everything that can be done to them: a job is held, a node drained,
// a shard requeued, another killed, a third cancelled, one told that its time is over, one given too little memory, and the controller killed
// and started again. The client names what hinders, sends again what was lost, and the results are those of one process on one core to the byte.
func TestSlurm(t *testing.T) {
	if testing.Short() {
		t.Skip("a real Slurm takes a minute")
	}
	c := loopback.Start(t, 2)
	alone := reference(t)
	cores := alone.beside("0s") // a local run on all cores
	cores.do("plan", "-shards", "20")
	cores.do("run")
	cores.do("merge")
	cores.equals(alone)
	p := alone.beside("200ms")
	p.do("plan", "-shards", "20")

	out := &log{t: t, begun: time.Now()}
	watch := []string{"slurm", "-watch", "-anyway", "-minutes", "5", "-memory", "100", "-poll", "1s", "-grace", "3s"}
	client := p.start(out, watch...)
	array := ""
	done := func() int { return len(p.files("results/*.tsv")) }
	task := func(shard int) string { // its number in the first submission is one less
		return fmt.Sprintf("%s_%d", array, shard-1)
	}
	loopback.Until(t, "a shard is done", func() bool { return done() > 0 })
	array, _, _ = strings.Cut(c.Run("squeue", "-h", "-r", "-t", "all", "-o", "%F"), "\n")

	c.Run("scontrol", "hold", task(20))
	c.Run("scontrol", "update", "nodename=n2", "state=drain", "reason=bad disk")
	loopback.Until(t, "the held job is named", func() bool { return out.has(`^shard 20: held \(JobHeld`) })
	loopback.Until(t, "the drained node is named", func() bool { return out.has(`n2 is drain(ing|ed) \(bad disk\)`) })
	c.Run("scontrol", "update", "jobid="+task(20), "minmemorynode=5")
	c.Run("scontrol", "release", task(20))
	c.Run("scontrol", "update", "nodename=n2", "state=resume")

	var requeued, killed, cancelled, pid int
	loopback.Until(t, "a shard can be requeued", func() bool { requeued, _ = p.busy(20); return requeued > 0 })
	c.Run("scontrol", "requeue", task(requeued))
	loopback.Until(t, "a shard can be cancelled", func() bool { cancelled, _ = p.busy(20, requeued); return cancelled > 0 })
	c.Run("scancel", task(cancelled))
	loopback.Until(t, "the cancelled shard is named", func() bool { return out.has(fmt.Sprintf(`^shard %d: cancelled`, cancelled)) })
	loopback.Until(t, "a shard can be killed", func() bool { killed, pid = p.busy(20, requeued, cancelled); return killed > 0 })
	syscall.Kill(pid, syscall.SIGKILL)
	loopback.Until(t, "the killed shard is sent again", func() bool { return out.has(fmt.Sprintf(`^shard %d: sent as paced-000002`, killed)) })

	var late int
	loopback.Until(t, "a shard can be told to stop", func() bool { late, _ = p.busy(20, requeued, cancelled, killed); return late > 0 })
	c.Try("scancel", "--signal=USR1", "--batch", task(late)) // as --signal does before the time limit; it fails where the task has ended by then

	time.Sleep(6 * time.Second) // the controller writes what it knows every 5 s
	c.Kill("slurmctld")
	loopback.Until(t, "the client misses the controller", func() bool { return out.has("nothing is called lost") })
	c.Start("slurmctld")
	if err := heal(c, client); err == nil && !out.has(fmt.Sprintf(`given up: shard %d;`, cancelled)) {
		t.Errorf("the client ended with %v, want a word on shard %d, which was cancelled", err, cancelled)
	}
	if err := heal(c, p.start(out, watch...)); err != nil {
		t.Errorf("the second client: %v", err)
	}

	p.equals(alone)
	if logs := p.files(fmt.Sprintf("log/paced-000001-*/%d.out", requeued-1)); !strings.Contains(fmt.Sprint(logs), "stopped") || strings.Contains(fmt.Sprint(logs), "10 runs of them now") {
		t.Errorf("the requeued shard %d did not go on from where it was: %v", requeued, logs)
	}
	for _, lost := range []int{killed, late, 20} {
		if !out.has(fmt.Sprintf(`^shards? .*\b%d\b.*: sent as paced-00000[2-9]`, lost)) {
			t.Errorf("of shards %d, killed, %d, told to stop, and 20, out of memory, %d was not sent again", killed, late, lost)
		}
	}
	if logs := p.files(fmt.Sprintf("log/paced-000001-*/%d.out", late-1)); !strings.Contains(fmt.Sprint(logs), "stopped (user defined signal 1)") {
		t.Errorf("shard %d was not told to stop: %v", late, logs)
	}
	if !out.has(`^shard 20: killed for its memory; 200 MB at the next time`) {
		t.Error("nothing is said of the memory of shard 20")
	}
}

// heal waits for the end of a client and does what an administrator does after the loss of a controller. Of two jobs with the same
// number the second drains its node, which is brought back. Tasks whose end the controller forgot hold their nodes
// until these tell what they run; they are asked more often than once a minute.
func heal(c *loopback.Cluster, client *exec.Cmd) error {
	end := make(chan error, 1)
	go func() { end <- client.Wait() }()
	for second := 1; ; second++ {
		select {
		case err := <-end:
			return err
		case <-time.After(time.Second):
			for _, node := range []string{"n1", "n2"} {
				if why, _ := c.Try("sinfo", "-h", "-n", node, "-o", "%E"); strings.Contains(why, "Duplicate") {
					c.Try("scontrol", "update", "nodename="+node, "state=resume")
				}
			}
			if second%10 == 0 {
				c.Try("scontrol", "reconfigure")
			}
		}
	}
}
