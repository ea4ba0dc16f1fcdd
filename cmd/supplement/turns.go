package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"credo/internal/native"
	"credo/internal/workshop"
)

// nativeJobs lets the jobs of a check run without Jupyter where that can be: all
// but those that cannot be converted, and those whose turn with the kernel it is, so
// that it is seen to do what the programs do. It returns them with the kernel's first, for these take longest, and says in a line
// which these are.
func (b Build) nativeJobs(ctx context.Context, jobs []Job) ([]Job, error) {
	begin := time.Now()
	w, err := native.Open(ctx, b.Publisher.Shop)
	if err != nil {
		if ctx.Err() == nil {
			b.Progress.Line("all by the kernel, for no program can be built (%s): %v", workshop.Seconds(time.Since(begin)), err)
		}
		return jobs, context.Cause(ctx)
	}
	turn := turns(jobs, b.Kernel)
	var natively, kernel []string
	for i := range jobs {
		j := &jobs[i]
		execution, err := native.New(j.Source, w, b.Limit)
		switch {
		case err != nil:
			kernel = append(kernel, fmt.Sprintf("%s (%v)", j.Source.Name, err))
		case turn[j.Source.Name]:
			kernel = append(kernel, j.Source.Name+" (its turn)")
		default:
			j.Native = execution
			natively = append(natively, j.Source.Name)
		}
	}
	slices.SortStableFunc(jobs, func(a, b Job) int {
		switch {
		case a.Native == nil && b.Native != nil:
			return -1
		case a.Native != nil && b.Native == nil:
			return 1
		}
		return 0
	})
	line := fmt.Sprintf("%d of %s as programs without Jupyter", len(natively), plural(len(jobs), "notebook"))
	if len(kernel) > 0 {
		line += ", the others by the kernel: " + strings.Join(kernel, ", ")
	}
	b.Progress.Line("%s", line)
	return jobs, nil
}

// turns chooses n of the jobs by a digest of all that is checked: the same tree
// gives the same choice, and over many trees each notebook has its turn.
func turns(jobs []Job, n int) map[string]bool {
	tree := ""
	for _, j := range jobs {
		tree = digest(fmt.Appendf(nil, "%q", []string{tree, string(j.Source.Text), j.Recipe.Digest(j.Tools)}))
	}
	names := []string{}
	for _, j := range jobs {
		names = append(names, j.Source.Name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(digest([]byte(tree+a)), digest([]byte(tree+b)))
	})
	chosen := map[string]bool{}
	for _, name := range names[:min(n, len(names))] {
		chosen[name] = true
	}
	return chosen
}
