package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat"
)

// Phase is a stretch of an experiment: before pairing, early after it, when
// excitation has changed and inhibition hardly, and late.
type Phase int

// The phases.
const (
	Before Phase = iota
	Early
	Late
)

// String returns the phase's name.
func (p Phase) String() string { return [...]string{"before", "early", "late"}[p] }

// Mean is what sweeps say about one current of one channel in one phase.
type Mean struct {
	Value    float64   // mean over sweeps; NaN where not measured
	Variance float64   // of Value's error, s²/n; NaN if unknown
	Sweeps   []float64 // behind it; nil if only the mean was given
}

// Track is one channel of a cell through all phases.
type Track struct {
	Number       float64 // tone_kHz, or the channel's number
	Paired, Best bool
	E, I, Spikes [3]Mean // by Phase
	Course       []Point // inhibition after pairing, in order of time
}

// Point is the mean of a current at a time.
type Point struct {
	Time  float64 // min after pairing
	Phase Phase
	Mean
}

// Cell is one recorded neuron under one condition.
type Cell struct {
	Animal, Name string
	Treatment    recordings.Treatment
	Channels     []Track // in order of Number
}

// Cells joins the responses of each channel over time, and the channels of each
// cell. Before is t < 0, Early 0 ≤ t < early minutes, and Late from there on;
// several responses within a phase are pooled, by their sweeps where all have
// them. Cells come in order of animal, name and condition.
//
// It returns an error if there is no response, if two units are mixed, if
// early is not positive, or if a channel is paired in one response and not in
// another.
func Cells(responses []recordings.Response, early float64) ([]Cell, error) {
	if len(responses) == 0 {
		return nil, fmt.Errorf("recordings: no responses")
	}
	if err := domain.Check("recordings: ", domain.Field{Name: "early", Value: early, In: domain.Positive}); err != nil {
		return nil, err
	}
	order := make([]*recordings.Response, len(responses))
	for i := range responses {
		r := &responses[i]
		if order[i] = r; r.Unit != responses[0].Unit {
			return nil, fmt.Errorf("recordings: response %d of animal %q, cell %q is in %q, others are in %q", i, r.Animal, r.Cell, r.Unit, responses[0].Unit)
		}
	}
	slices.SortStableFunc(order, func(a, b *recordings.Response) int {
		return cmp.Or(sameCell(a, b), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Time, b.Time))
	})
	var cells []Cell
	var last *recordings.Response
	for n := 0; len(order) > 0; order = order[n:] {
		first := order[0]
		for n = 1; n < len(order) && sameCell(first, order[n]) == 0 && first.Channel == order[n].Channel; n++ {
		}
		channel, err := join(order[:n], early)
		if err != nil {
			return nil, err
		}
		if last == nil || sameCell(last, first) != 0 {
			cells = append(cells, Cell{Animal: first.Animal, Name: first.Cell, Treatment: first.Treatment})
		}
		c := &cells[len(cells)-1]
		c.Channels, last = append(c.Channels, channel), first
	}
	return cells, nil
}

// sameCell is 0 for responses of one cell under one treatment, and orders others.
func sameCell(a, b *recordings.Response) int {
	return cmp.Or(cmp.Compare(a.Animal, b.Animal), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Treatment, b.Treatment))
}

// join makes one channel of its responses, which are in order of time.
func join(responses []*recordings.Response, early float64) (Track, error) {
	c := Track{Number: responses[0].Channel, Paired: responses[0].Paired, Best: responses[0].Best}
	var e, i, s [3][]Mean
	for _, r := range responses {
		if r.Paired != c.Paired || r.Best != c.Best {
			return c, fmt.Errorf("recordings: animal %q, cell %q: channel %v is paired or best in one response and not in another", r.Animal, r.Cell, r.Channel)
		}
		phase := Late
		switch {
		case !domain.Finite.Has(r.Time):
			return c, fmt.Errorf("recordings: animal %q, cell %q, channel %v: time_min = %v is not finite", r.Animal, r.Cell, r.Channel, r.Time)
		case r.Time < 0:
			phase = Before
		case r.Time < early:
			phase = Early
		}
		inhibition := Mean{Value: r.Inhibition, Variance: r.ErrorI * r.ErrorI, Sweeps: r.SweepsI}
		spikes := Mean{Value: r.Spikes, Variance: math.NaN()}
		if len(r.SweepsSpikes) > 1 {
			spikes = fromSweeps(r.SweepsSpikes)
		}
		e[phase] = append(e[phase], Mean{Value: r.Excitation, Variance: r.ErrorE * r.ErrorE, Sweeps: r.SweepsE})
		i[phase], s[phase] = append(i[phase], inhibition), append(s[phase], spikes)
		if phase != Before && !math.IsNaN(r.Inhibition) {
			c.Course = append(c.Course, Point{Time: r.Time, Phase: phase, Mean: inhibition})
		}
	}
	for p := range e {
		c.E[p], c.I[p], c.Spikes[p] = pool(e[p]), pool(i[p]), pool(s[p])
	}
	return c, nil
}

// pool joins means of one quantity, leaving out what was not measured: weighted
// by their numbers of sweeps where all have at least two, equally otherwise. What
// the means differ by is not part of their error.
func pool(means []Mean) Mean {
	means = slices.DeleteFunc(means, func(m Mean) bool { return math.IsNaN(m.Value) })
	switch len(means) {
	case 0:
		return Mean{Value: math.NaN(), Variance: math.NaN()}
	case 1:
		return means[0]
	}
	single := slices.ContainsFunc(means, func(m Mean) bool { return len(m.Sweeps) < 2 })
	var out Mean
	total := 0.0
	for _, m := range means {
		n := 1.0
		if !single {
			n = float64(len(m.Sweeps))
			out.Sweeps = append(out.Sweeps, m.Sweeps...)
		}
		out.Value, out.Variance, total = out.Value+n*m.Value, out.Variance+n*n*m.Variance, total+n
	}
	out.Value, out.Variance = out.Value/total, out.Variance/(total*total)
	return out
}

// fromSweeps returns the mean of sweeps and the variance of its error, NaN for
// fewer than two.
func fromSweeps(sweeps []float64) Mean {
	switch len(sweeps) {
	case 0:
		return Mean{Value: math.NaN(), Variance: math.NaN()}
	case 1:
		return Mean{Value: sweeps[0], Variance: math.NaN(), Sweeps: sweeps}
	}
	mean, variance := stat.MeanVariance(sweeps, nil)
	return Mean{Value: mean, Variance: variance / float64(len(sweeps)), Sweeps: sweeps}
}

// each returns cells with every channel as f makes it.
func each(cells []Cell, f func(Track) Track) []Cell {
	out := slices.Clone(cells)
	for c, cell := range cells {
		out[c].Channels = make([]Track, len(cell.Channels))
		for k, t := range cell.Channels {
			out[c].Channels[k] = f(t)
		}
	}
	return out
}
