//go:build unix

package workshop

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// Unsupported says why this program cannot work on this system; empty: it can.
const Unsupported = ""

// Interruptible ends the context at the first INT, TERM or HUP; the second has
// its ordinary effect. Who ignores HUP, as under nohup, goes on ignoring it.
func Interruptible(parent context.Context) (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(parent, signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// ownGroup puts a command that is to be started into a process group of its own.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// KillGroup kills a process group.
func KillGroup(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }

// freeSpace is the free space of a folder's file system in bytes.
func freeSpace(dir string) (uint64, bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true
}
