package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"credo/internal/notebook"
)

// A setting moves parameters of a notebook. It returns the arguments that do so, or
// none if the notebook has no such parameter.
type setting struct {
	name string
	args func(p parameters) []string
}

// settings are the six that every notebook is tried at. Notebooks name the same
// parameter by few different flags.
var settings = []setting{
	{"θ = 0.1", to("0.1", "threshold")},
	{"f = 0.05", to("0.05", "coding")},
	{"f_Y = 0.5", to("0.5", "targets")},
	{"P/N = 1.2", func(p parameters) []string {
		if p.has("load") {
			return []string{"--load=1.2"}
		}
		n, ok := p.number("channels", "inputs")
		if !ok || !p.has("patterns") {
			return nil
		}
		return []string{fmt.Sprintf("--patterns=%d", int(math.Round(1.2*n)))}
	}},
	{"N = 50", func(p parameters) []string {
		n, ok := p.number("channels", "inputs")
		if !ok {
			return nil
		}
		args := to("50", "channels", "inputs")(p)
		if patterns, ok := p.number("patterns"); ok { // the load stays
			args = append(args, fmt.Sprintf("--patterns=%d", max(1, int(math.Round(50*patterns/n)))))
		}
		return args
	}},
	{"seed 5", to("5", "seed")},
}

// seeds are other random streams, and nothing else.
var seeds = []setting{{"seed 2", to("2", "seed")}, {"seed 3", to("3", "seed")}, {"seed 4", to("4", "seed")}}

// parameters are the flags of the cell tagged so.
type parameters []notebook.Parameter

func (p parameters) has(name string) bool {
	return slices.ContainsFunc(p, func(q notebook.Parameter) bool { return q.Name == name })
}

// number is the default of the first flag there is of the names.
func (p parameters) number(names ...string) (float64, bool) {
	for _, name := range names {
		for _, q := range p {
			if v, err := strconv.ParseFloat(q.Default, 64); err == nil && q.Name == name {
				return v, true
			}
		}
	}
	return 0, false
}

// to gives the first flag there is of the names a value.
func to(value string, names ...string) func(parameters) []string {
	return func(p parameters) []string {
		for _, name := range names {
			if p.has(name) {
				return []string{"--" + name + "=" + value}
			}
		}
		return nil
	}
}
