//go:build !windows

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// large is the task whose memory is measured: two patterns a channel.
var large = func() model.Task {
	c := rules.Reported()
	return model.Task{Channels: 10_000, Patterns: 20_000, Coding: c.Coding, TargetCoding: c.TargetCoding, CoTuning: 1}
}()

// trainLarge draws the large task and trains one epoch on it.
func trainLarge() error {
	a, err := large.Draw(model.Stream(1, 0))
	if err != nil {
		return err
	}
	_, err = train(a)(run{epochs: 1, circuit: rules.Reported()})
	return err
}

// memoryOfLarge is the most memory, in MiB, that a process of its own held
// while it did so.
func memoryOfLarge(ctx context.Context) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, "-memory")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("bench: the process whose memory is measured: %w", err)
	}
	unit := 1.0 / 1024 // Linux counts in KiB
	if runtime.GOOS == "darwin" {
		unit /= 1024
	}
	return float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) * unit, nil
}
