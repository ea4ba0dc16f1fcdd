package recordings

import (
	"fmt"
	"slices"
)

// Check returns an error that names the first field outside its domain.
func (g Generator) Check() error {
	if err := g.Circuit.Check(); err != nil {
		return err
	}
	if int(g.Treatment) >= len(treatments) {
		return fmt.Errorf("recordings: Generator.Treatment = %d, must be None, ACh, NE or Drug", g.Treatment)
	}
	for _, f := range []struct {
		name   string
		value  float64
		domain domain
	}{
		{"Cells", float64(g.Cells), atLeast1}, {"Animals", float64(g.Animals), atLeast1},
		{"Channels", float64(g.Channels), domain{2, 1 << 20, "a whole number, at least 2"}},
		{"Sweeps", float64(g.Sweeps), atLeast1}, {"Pairings", float64(g.Pairings), count},
		{"Linger", float64(g.Linger), count}, {"Rate", g.Rate, nonNegative}, {"Pace", g.Pace, nonNegative},
		{"Base", g.Base, nonNegative}, {"Peak", g.Peak, nonNegative}, {"Width", g.Width, positive},
		{"Gain", g.Gain, nonNegative}, {"Ragged", g.Ragged, nonNegative}, {"Scatter", g.Scatter, nonNegative},
		{"Drive", g.Drive, nonNegative}, {"Jitter", g.Jitter, nonNegative}, {"Scale", g.Scale, positive},
		{"Noise", g.Noise, nonNegative}, {"Additive", g.Additive, nonNegative}, {"Drift", g.Drift, nonNegative},
		{"Dropout", g.Dropout, probability}, {"Series", g.Series, nonNegative},
	} {
		if err := f.domain.check("Generator."+f.name, f.value); err != nil {
			return err
		}
	}
	if len(g.Times) == 0 {
		return fmt.Errorf("recordings: Generator.Times is empty, must have a phase")
	}
	for i, t := range g.Times {
		if !finite.has(t) || i > 0 && t <= g.Times[i-1] {
			return fmt.Errorf("recordings: Generator.Times = %v, must be finite and increasing", g.Times)
		}
	}
	if last := slices.Max(g.Times); g.Pace*last > 1e7 {
		return fmt.Errorf("recordings: Generator.Pace = %v asks for %v presentations of a channel, must be at most 1e7", g.Pace, g.Pace*last)
	}
	return nil
}
