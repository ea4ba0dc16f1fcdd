package recordings

import (
	"fmt"
	"slices"

	"credo/internal/domain"
)

// Check returns an error that names the first field outside its domain.
func (g Generator) Check() error {
	if err := g.Circuit.Check(); err != nil {
		return err
	}
	count, positive, least0 := domain.AtLeast(1), domain.Positive, domain.NonNegative
	if err := domain.Check("recordings: Generator.", []domain.Field{
		{Name: "Treatment", Value: float64(g.Treatment), In: domain.Interval{High: float64(Drug)}},
		{Name: "Cells", Value: float64(g.Cells), In: count}, {Name: "Animals", Value: float64(g.Animals), In: count},
		{Name: "Channels", Value: float64(g.Channels), In: domain.AtLeast(2)}, {Name: "Sweeps", Value: float64(g.Sweeps), In: count},
		{Name: "len(Times)", Value: float64(len(g.Times)), In: count},
		{Name: "Pairings", Value: float64(g.Pairings), In: least0}, {Name: "Linger", Value: float64(g.Linger), In: least0},
		{Name: "Rate", Value: g.Rate, In: least0}, {Name: "Pace", Value: g.Pace, In: least0},
		{Name: "Base", Value: g.Base, In: least0}, {Name: "Peak", Value: g.Peak, In: least0}, {Name: "Width", Value: g.Width, In: positive},
		{Name: "Gain", Value: g.Gain, In: least0}, {Name: "Ragged", Value: g.Ragged, In: least0}, {Name: "Scatter", Value: g.Scatter, In: least0},
		{Name: "Drive", Value: g.Drive, In: least0}, {Name: "Jitter", Value: g.Jitter, In: least0}, {Name: "Scale", Value: g.Scale, In: positive},
		{Name: "Noise", Value: g.Noise, In: least0}, {Name: "Additive", Value: g.Additive, In: least0}, {Name: "Drift", Value: g.Drift, In: least0},
		{Name: "Dropout", Value: g.Dropout, In: domain.Probability}, {Name: "Series", Value: g.Series, In: least0},
	}...); err != nil {
		return err
	}
	for i, t := range g.Times {
		if !domain.Finite.Has(t) || i > 0 && t <= g.Times[i-1] {
			return fmt.Errorf("recordings: Generator.Times = %v, must be finite and increasing", g.Times)
		}
	}
	if last := slices.Max(g.Times); g.Pace*last > 1e7 {
		return fmt.Errorf("recordings: Generator.Pace = %v asks for %v presentations of a channel, must be at most 1e7", g.Pace, g.Pace*last)
	}
	return nil
}
