//go:build !windows

package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed peer/train.c
var sourceC string

//go:embed peer/lanes.c
var sourceLanes string

//go:embed peer/train.py
var sourceNumPy string

// peer is another implementation of the loop: a program that is given a task
// as a file and then runs to do, one a line; see peer/train.c.
type peer struct {
	version string
	command []string // that starts it, but for the name of the task file
	missing string   // why it cannot run here; empty if it can
}

func (p *peer) String() string {
	if p.missing != "" {
		return "missing here, " + p.missing
	}
	return p.version
}

// newC compiles the C peer into dir, and newLanes the one that has a layer.
func newC(ctx context.Context, dir string) *peer { return compiled(ctx, dir, "train", sourceC) }

func newLanes(ctx context.Context, dir string) *peer {
	return compiled(ctx, dir, "lanes", "#define LAYER\n"+sourceC+sourceLanes)
}

func compiled(ctx context.Context, dir, name, source string) *peer {
	program, options := filepath.Join(dir, name), "-O3 -march=native -ffast-math"
	gcc := exec.CommandContext(ctx, "gcc", append(strings.Fields(options), "-x", "c", "-o", program, "-", "-lm")...)
	gcc.Stdin = strings.NewReader(source)
	if out, err := gcc.CombinedOutput(); err != nil {
		return &peer{missing: fmt.Sprintf("gcc: %v %s", err, out)}
	}
	version, _ := exec.CommandContext(ctx, "gcc", "-dumpfullversion").Output()
	return &peer{version: fmt.Sprintf("gcc %s %s", strings.TrimSpace(string(version)), options), command: []string{program}}
}

// newNumPy looks for a Python that has NumPy.
func newNumPy(ctx context.Context) *peer {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		version, err := exec.CommandContext(ctx, python, "-c",
			"import sys, numpy; print(f'NumPy {numpy.__version__}, Python {sys.version.split()[0]}')").Output()
		if err == nil {
			return &peer{version: strings.TrimSpace(string(version)), command: []string{python, "-c", sourceNumPy}}
		}
	}
	return &peer{missing: "no python3 with numpy"}
}

// process is a peer at work on one task.
type process struct {
	cmd     *exec.Cmd
	runs    io.WriteCloser
	answers *bufio.Reader
}

// start starts p on the task in a file.
func (p *peer) start(ctx context.Context, task string) (*process, error) {
	cmd := exec.CommandContext(ctx, p.command[0], append(p.command[1:len(p.command):len(p.command)], task)...)
	runs, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{cmd, runs, bufio.NewReader(answers)}, cmd.Start()
}

// stop lets the peer end.
func (p *process) stop() error {
	p.runs.Close()
	return p.cmd.Wait()
}

// do has the peer train on the task from fresh weights.
func (p *process) do(r run) (outcome, error) {
	c := r.circuit
	h, a, n, b := c.Hebbian, c.Acetylcholine, c.Noradrenaline, c.Balance
	if _, err := fmt.Fprintln(p.runs, r.seed, r.epochs, weight, rate, c.Threshold,
		h.Rate, h.MeanOutput, a.Rate, a.Depression, a.Reference, a.Coding, n.Rate, n.Reference,
		b.Rate, b.Slope, b.Offset,
		c.ACh.Probability, c.ACh.Error, c.ACh.Disinhibition,
		c.NE.Probability, c.NE.Error, c.NE.Disinhibition); err != nil {
		return outcome{}, err
	}
	line, err := p.answers.ReadString('\n')
	if err != nil {
		return outcome{}, fmt.Errorf("bench: peer gave no answer: %w", err)
	}
	var o outcome
	l := &o.learned
	_, err = fmt.Sscan(line, &o.seconds, &l[hits], &l[falseAlarms], &l[v1], &l[v0], &l[excitation], &l[inhibition])
	return o, err
}
