//go:build !windows

package main

import (
	"context"
	"fmt"
	"strings"

	"credo/pkg/rules"
)

// control puts the check of what was learned to the test: a C peer whose
// silent synapses are depressed a tenth less must not pass for the same.
func control(ctx context.Context, dir string, c *peer) (string, error) {
	if c.missing != "" {
		return "none without C", nil
	}
	s := setting{channels: 400, epochs: 400}
	a, err := s.draw()
	if err != nil {
		return "", err
	}
	task, err := write(a, dir)
	if err != nil {
		return "", err
	}
	process, err := c.start(ctx, task)
	if err != nil {
		return "", err
	}
	defer process.stop()
	weaker := func(r run) (outcome, error) {
		r.circuit.Acetylcholine.Depression *= 0.9
		return process.do(r)
	}
	outcomes, err := interleave([]loop{train(a), weaker}, s.epochs, 7, rules.Reported())
	if err != nil {
		return "", err
	}
	const what = "a C peer with a tenth less depression of silent synapses is "
	d := differences(outcomes[0], outcomes[1])
	if d == nil {
		return what + "NOT told apart", fmt.Errorf("bench: the check of what was learned cannot fail")
	}
	return what + "told apart by " + strings.Join(d, "; "), nil
}
