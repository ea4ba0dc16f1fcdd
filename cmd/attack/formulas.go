package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"credo/internal/notebook"
)

// A probe is a notebook that rests on a formula, with the formula wrong.
type probe struct {
	mutation mutation
	source   notebook.Source
	notices  []notebook.Claim // that fail, or whose cell does
}

// measured are the notices but identities.
func (p probe) measured() (list []notebook.Claim) {
	for _, c := range p.notices {
		if c.Kind != "identity" {
			list = append(list, c)
		}
	}
	return list
}

// formulas executes the notebooks of each mutation and writes what noticed it.
func (f *field) formulas(ctx context.Context, w io.Writer, file string, identities bool) error {
	list, err := readMutations(file, f.root)
	if err != nil {
		return err
	}
	var probes []*probe
	for _, m := range list {
		for _, s := range f.sources {
			if m.rests(s) {
				probes = append(probes, &probe{mutation: m, source: s})
			}
		}
	}
	if len(probes) == 0 {
		return fmt.Errorf("%s: no formula rests on one of the notebooks", file)
	}
	err = f.each(ctx, len(probes), func(ctx context.Context, i int) error { return f.probe(ctx, probes[i]) })
	if err != nil {
		return err
	}
	return reportFormulas(w, probes, identities)
}

// probe builds the notebook's program with the formula wrong, and runs it.
func (f *field) probe(ctx context.Context, p *probe) error {
	source := p.source
	if p.mutation.inNotebook() {
		source = p.mutation.cells(source)
	}
	e, err := f.program(source)
	if err != nil {
		return err
	}
	if !p.mutation.inNotebook() {
		dir, err := os.MkdirTemp(f.workspace.Dir, "mutant")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		mutated := *f.workspace
		if mutated.Overlay, err = p.mutation.overlay(f.root, dir); err != nil {
			return err
		}
		e.Workspace = &mutated
	}
	name := fmt.Sprintf("%s without %s", p.source.Name, p.mutation.Formula)
	e.Started = f.started(name)
	o, err := f.execute(ctx, p.source, e)
	f.progress.Set(name, "")
	if err != nil {
		return fmt.Errorf("%q in %s: %w", p.mutation.Formula, p.source.Label, err)
	}
	p.notices = noticed(&p.source.Notebook, o)
	return nil
}

// noticed are the claims that do not hold, and of a cell that fails the committed
// claims that it did not come to make.
func noticed(committed *notebook.Notebook, o outcome) []notebook.Claim {
	list := o.crosses()
	made := map[int]int{}
	for _, c := range o.claims {
		made[c.Cell]++
	}
	fails := map[int]bool{}
	for _, failure := range o.failed {
		fails[failure.Run] = true
	}
	before, _ := committed.Examine("")
	for _, c := range before {
		if made[c.Cell]--; made[c.Cell] < 0 && fails[c.Cell] {
			list = append(list, c)
		}
	}
	return list
}

// reportFormulas writes a row for each probe and returns an error that names the
// formulas that nothing noticed.
func reportFormulas(w io.Writer, probes []*probe, identities bool) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "formula\tnotebook\tclaims that noticed\tidentities\tthe first")
	count := map[string]int{}
	var order []string
	for _, p := range probes {
		name, measured := p.mutation.Formula, p.measured()
		if _, seen := count[name]; !seen {
			order = append(order, name)
		}
		count[name] += len(measured)
		if identities {
			count[name] = count[name] + len(p.notices) - len(measured)
		}
		first := "none"
		if list := append(measured, p.notices...); len(list) > 0 {
			first = fmt.Sprintf("In [%d]: %s", list[0].Cell, list[0].Text)
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\n", name, p.source.Name, len(measured), len(p.notices)-len(measured), first)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	var blind []string
	for _, name := range order {
		if count[name] == 0 {
			blind = append(blind, name)
		}
	}
	if len(blind) > 0 {
		return fmt.Errorf("%d of %d formulas are noticed by no claim that is no identity: %s", len(blind), len(order), strings.Join(blind, "; "))
	}
	return nil
}
