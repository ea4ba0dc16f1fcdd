package sweep

import (
	"fmt"
	"maps"
	"slices"

	"credo/pkg/experiment"
	"credo/pkg/rules"
)

// study makes the design that a file describes.
func (f file) study() (d experiment.Design, err error) {
	c := rules.Reported()
	for _, part := range f.Without {
		if !slices.Contains([]string{"ACh", "NE", "Hebbian", "Balance"}, part) {
			return d, fmt.Errorf("sweep: without %q, must be one of ACh, NE, Hebbian, Balance", part)
		}
		c = c.Without(part)
	}
	d = experiment.Design{Name: f.Name, Seed: f.Seed, Seeds: f.Seeds, Circuit: c, Task: experiment.Task(c, 200, 0.5), Weight: 20, Rate: 0.1, Duration: 300}
	d, _ = d.Set("Load", 0.5) // patterns follow the channels
	for _, name := range slices.Sorted(maps.Keys(f.Set)) {
		if d, err = d.Set(name, f.Set[name]); err != nil {
			return d, err
		}
	}
	points := []struct {
		name string
		is   bool
		p    experiment.Points
	}{{"grid", f.Grid != nil, f.Grid}, {"list", f.List != nil, f.List}, {"random", f.Random != nil, f.Random}, {"latin_hypercube", f.LatinHypercube != nil, f.LatinHypercube}}
	chosen := ""
	for _, p := range points {
		if !p.is {
			continue
		}
		if chosen != "" {
			return d, fmt.Errorf("sweep: the study has both %s and %s, must have one of them", chosen, p.name)
		}
		chosen, d.Points = p.name, p.p
	}
	return d, nil
}
