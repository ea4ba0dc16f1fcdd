//go:build linux

package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"credo/internal/loopback"
)

// needs skips a test where a program is not installed.
func needs(t *testing.T, program, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + program)
	}
	if err != nil {
		t.Skipf("%s is not installed; on Debian: apt-get install %s", program, pkg)
	}
	return path
}

// On the cores of this machine: one shard is killed, and then the engine itself told to stop; it goes on from there.
func TestParallel(t *testing.T) {
	needs(t, "parallel", "parallel")
	alone := reference(t)
	p := alone.beside("50ms")
	p.do("plan", "-shards", "20")
	out := &log{t: t, begun: time.Now()}
	engine := p.start(out, "parallel")
	loopback.Until(t, "a shard can be killed", func() bool {
		killed, pid := p.busy()
		return killed > 0 && syscall.Kill(pid, syscall.SIGKILL) == nil
	})
	loopback.Until(t, "three shards are done", func() bool { return len(p.files("results/*.tsv")) >= 3 })
	engine.Process.Signal(syscall.SIGTERM)
	if err := engine.Wait(); engine.ProcessState.ExitCode() != 75 {
		t.Errorf("the engine ended with %v, want exit status 75", err)
	}
	if n := len(p.files("results/*.tsv")); n == 20 {
		t.Error("it had done all before it was told to stop")
	}
	if err := p.start(out, "parallel").Wait(); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
	p.equals(alone)
}

// On three hosts, of which one is down and one dies in the middle.
func TestHosts(t *testing.T) {
	if testing.Short() {
		t.Skip("ssh hosts take a quarter of a minute")
	}
	needs(t, "parallel", "parallel")
	config, kill := hosts(t, "one", "two", "down")
	kill("down")
	alone := reference(t)
	p := alone.beside("50ms")
	p.do("plan", "-shards", "12")
	out := &log{t: t, begun: time.Now()}
	engine := p.start(out, "parallel", "-hosts", "1/one,1/two,1/down", "--", "--ssh", "ssh -F "+config)
	loopback.Until(t, "four shards are done", func() bool { return len(p.files("results/*.tsv")) >= 4 })
	kill("two")
	if err := engine.Wait(); err != nil {
		t.Errorf("%v", err)
	}
	p.equals(alone)
}

// A host has the cores that its name is given, whatever it has of its own.
func TestCores(t *testing.T) {
	needs(t, "parallel", "parallel")
	alone := reference(t)
	p := alone.beside("30ms")
	p.do("plan", "-shards", "6")
	here := filepath.Join(t.TempDir(), "ssh") // goes nowhere, and sets what sshd sets
	if err := os.WriteFile(here, []byte("#!/bin/sh\nshift\n[ \"$1\" != -- ] || shift\nexport SHELL=/bin/sh\nexec sh -c \"$*\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	engine, ended := p.start(&log{t: t, begun: time.Now()}, "parallel", "-hosts", "1/one", "--", "--ssh", here), make(chan error)
	go func() { ended <- engine.Wait() }()
	atOnce := 0
	for ; ; time.Sleep(10 * time.Millisecond) {
		select {
		case err := <-ended:
			if err != nil || atOnce != 1 {
				t.Errorf("at most %d shards at once on one core, %v", atOnce, err)
			}
			p.equals(alone)
			return
		default:
			atOnce = max(atOnce, len(p.files("parts/*")))
		}
	}
}

// hosts starts an ssh daemon for each name on an address of its own of this machine, and returns a file for ssh -F and how to
// kill one with all that it serves.
func hosts(t *testing.T, names ...string) (config string, kill func(name string)) {
	t.Helper()
	sshd := needs(t, "sshd", "openssh-server")
	keygen := needs(t, "ssh-keygen", "openssh-client")
	runtime.LockOSThread() // whose end, that of the test, ends the daemons
	dir, err := os.MkdirTemp("", "sshd")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	key := filepath.Join(dir, "key")
	if out, err := exec.Command(keygen, "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if me.Uid == "0" {
		os.MkdirAll("/run/sshd", 0o755) // sshd asks for it
	}
	var text strings.Builder
	daemons := make(map[string]*exec.Cmd)
	for i, name := range names {
		address := fmt.Sprintf("127.0.0.%d", i+2)
		l, err := net.Listen("tcp", address+":0")
		if err != nil {
			t.Skipf("no second address on this machine: %v", err)
		}
		_, port, _ := net.SplitHostPort(l.Addr().String())
		l.Close()
		fmt.Fprintf(&text, "Host %s\nHostName %s\nPort %s\nUser %s\nIdentityFile %s\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\nConnectTimeout 5\n",
			name, address, port, me.Username, key)
		daemon := exec.Command(sshd, "-D", "-e", "-f", "/dev/null", "-h", key, "-p", port,
			"-o", "ListenAddress="+address, "-o", "AuthorizedKeysFile="+key+".pub", "-o", "StrictModes=no", "-o", "UsePAM=no",
			"-o", "PidFile=none", "-o", "PermitRootLogin=yes")
		var complaints bytes.Buffer
		daemon.Stderr = &complaints
		daemon.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
		if err := daemon.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			daemon.Process.Kill()
			daemon.Wait()
			if t.Failed() {
				t.Logf("sshd of %s: %s", name, complaints.String())
			}
		})
		daemons[name] = daemon
	}
	config = filepath.Join(dir, "config")
	if err := os.WriteFile(config, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		loopback.Until(t, name+" answers", func() bool { return exec.Command("ssh", "-F", config, name, "true").Run() == nil })
	}
	return config, func(name string) {
		syscall.Kill(-daemons[name].Process.Pid, syscall.SIGKILL) // its sessions are processes of their own
	}
}
