//go:build !windows

package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"

	"credo/pkg/model"
	"credo/pkg/separable"
)

//go:embed highs.py
var script string

// highs is a running highs.py.
type highs struct {
	in    io.Writer
	out   *bufio.Reader
	plain bool // how to ask
}

type reply struct {
	simplex, interior               separable.Answer
	simplexSeconds, interiorSeconds float64
}

func startHiGHS(python string, plain bool) *highs {
	command := exec.Command(python, "-c", script)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		log.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		log.Fatal(err)
	}
	if err := command.Start(); err != nil {
		log.Fatal(err)
	}
	return &highs{in, bufio.NewReader(out), plain}
}

// ask sends the associations and waits for the answers of the wanted methods.
func (h *highs) ask(a *model.Associations, simplex, interior bool) (r reply) {
	excitatory, inhibitory := a.Channels()
	targets, counts, active := make([]bool, a.Len()), make([]int32, a.Len()), []int32{}
	for mu := range targets {
		targets[mu] = a.Target(mu)
		before := len(active)
		active = append(active, a.Excitatory(mu)...)
		for _, i := range a.Inhibitory(mu) {
			active = append(active, int32(excitatory)+i)
		}
		counts[mu] = int32(len(active) - before)
	}
	head := []int32{int32(excitatory), int32(excitatory + inhibitory), int32(a.Len()), int32(len(active)), 0, 0, 0}
	for k, yes := range []bool{simplex, interior, h.plain} {
		if yes {
			head[4+k] = 1
		}
	}
	var message bytes.Buffer
	for _, part := range []any{head, targets, counts, active} {
		if err := binary.Write(&message, binary.LittleEndian, part); err != nil {
			log.Fatal(err)
		}
	}
	if _, err := h.in.Write(message.Bytes()); err != nil {
		log.Fatal(err)
	}
	var code [2]int
	line, err := h.out.ReadString('\n')
	if err == nil {
		_, err = fmt.Sscan(line, &code[0], &r.simplexSeconds, &code[1], &r.interiorSeconds)
	}
	if err != nil {
		log.Fatal("highs.py: ", err)
	}
	answers := map[int]separable.Answer{1: separable.Feasible, 0: separable.Infeasible}
	r.simplex, r.interior = answers[code[0]], answers[code[1]]
	return r
}
