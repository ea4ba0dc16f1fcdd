package main

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
)

// unsupported says why this program cannot work on this system.
const unsupported = "the Go kernel and its scripts need a Unix shell: use WSL, and there: make supplement"

// What follows lets the package build; main ends before any of it is called.

func interruptible(parent context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(parent, os.Interrupt)
}

func ownGroup(*exec.Cmd) {}

func killGroup(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Kill()
}

func alive(int) bool { return true }

func chownLike(*os.File, fs.FileInfo) {}

func lockFolder(string, func()) (func(), error) { return func() {}, nil }

func freeSpace(string) (uint64, bool) { return 0, false }
