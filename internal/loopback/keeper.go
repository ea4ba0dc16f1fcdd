//go:build linux

package loopback

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// keeps names the environment variable that turns a test's program into the keeper of
// the folder that it holds.
const keeps = "CREDO_LOOPBACK_KEEPER"

// Keep must be the first line of TestMain of a test that calls [Start]: it returns,
// unless this process was started to be the keeper of a cluster.
//
// Slurm's jobs and their keepers, slurmstepd, outlive the daemons that started them, by
// design. So a process of its own starts the daemons and adopts, as a subreaper, whatever
// they leave behind, however it detached itself; when the test ends, in whatever way, the
// keeper reads the end of its input, kills all its descendants and removes the folder.
func Keep() {
	dir := os.Getenv(keeps)
	if dir == "" {
		return
	}
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP) // the test's to answer; its end is the keeper's
	if err := keep(dir); err != nil {
		fmt.Fprintln(os.Stderr, "loopback:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// order is a line to the keeper: a command to start and the file for its output. The answer is
// a line with its process id.
type order struct {
	Argv []string
	Log  string
}

func keep(dir string) error {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("subreaper: %w", err)
	}
	go func() {
		for { // reaps all; the error is that there are no children now
			if _, err := syscall.Wait4(-1, nil, 0, nil); err != nil {
				time.Sleep(10 * time.Millisecond)
			}
		}
	}()
	os.Unsetenv(keeps)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			return err
		}
		pid, err := start(o)
		if err != nil {
			pid = 0
			fmt.Fprintln(os.Stderr, "loopback:", err)
		}
		fmt.Println(pid)
	}
	for all := descendants(os.Getpid()); len(all) > 0; all = descendants(os.Getpid()) {
		for _, pid := range all {
			syscall.Kill(pid, syscall.SIGKILL)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return os.RemoveAll(dir)
}

func start(o order) (int, error) {
	log, err := os.OpenFile(o.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, err
	}
	defer log.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	p, err := os.StartProcess(o.Argv[0], o.Argv, &os.ProcAttr{Files: []*os.File{null, log, log}, Sys: &syscall.SysProcAttr{Setsid: true}})
	if err != nil {
		return 0, err
	}
	return p.Pid, nil
}

// descendants lists the children of a process, their children and so on, from /proc.
func descendants(root int) []int {
	children := make(map[int][]int)
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		line, err := os.ReadFile(path)
		if err != nil {
			continue // ended meanwhile
		}
		pid, _ := strconv.Atoi(strings.Split(path, "/")[2])
		after := bytes.Fields(line[bytes.LastIndexByte(line, ')')+1:]) // a name may have spaces and brackets
		parent, _ := strconv.Atoi(string(after[1]))
		children[parent] = append(children[parent], pid)
	}
	all := children[root]
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}
