//go:build unix

package sweep

import (
	"os"
	"os/signal"
	"syscall"
)

// stopping are the signals by which batch systems and terminals say that time is over; nohup's HUP goes on being ignored.
func stopping() []os.Signal {
	all := []os.Signal{syscall.SIGTERM, syscall.SIGUSR1}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// replace runs this program anew in this process's place, with another environment.
func replace(env []string) error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(path, os.Args, env)
}
