package generate

import (
	"fmt"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"
)

// Check returns an error that names the first field outside its domain.
func (g Generator) Check() error {
	if err := g.Circuit.Check(); err != nil {
		return err
	}
	of := func(name string, value float64, in domain.Interval) domain.Field {
		return domain.Field{Name: name, Value: value, In: in}
	}
	count, positive, least0 := domain.AtLeast(1), domain.Positive, domain.NonNegative
	if err := domain.Check("recordings: Generator.",
		of("Treatment", float64(g.Treatment), domain.Interval{High: float64(recordings.Drug)}),
		of("Cells", float64(g.Cells), count), of("Animals", float64(g.Animals), count),
		of("Channels", float64(g.Channels), domain.AtLeast(2)), of("Sweeps", float64(g.Sweeps), count),
		of("len(Times)", float64(len(g.Times)), count),
		of("Pairings", float64(g.Pairings), least0), of("Linger", float64(g.Linger), least0),
		of("Rate", g.Rate, least0), of("Pace", g.Pace, least0),
		of("Base", g.Base, least0), of("Peak", g.Peak, least0), of("Width", g.Width, positive),
		of("Gain", g.Gain, least0), of("Ragged", g.Ragged, least0), of("Scatter", g.Scatter, least0),
		of("Drive", g.Drive, least0), of("Jitter", g.Jitter, least0), of("Scale", g.Scale, positive),
		of("Noise", g.Noise, least0), of("Additive", g.Additive, least0), of("Drift", g.Drift, least0),
		of("Dropout", g.Dropout, domain.Probability), of("Series", g.Series, least0),
	); err != nil {
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
