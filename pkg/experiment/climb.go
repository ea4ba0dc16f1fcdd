package experiment

import (
	"context"
	"fmt"
	"math"
)

// Climb is how rungs are compared: at equal numbers of presentations, on the
// same co-tuned tasks, from equal weights w = 20, which leave V = −θ.
type Climb struct {
	Channels  int     // N
	Trials    float64 // presentations at each load, at least one epoch
	Rate      float64 // λ
	Tolerance float64 // error at which a load no longer counts as stored
	Seed      uint64
}

// Study returns the experiment of a rung at a load P/N, with a history of 80
// entries or one for each epoch. Of P = 0 patterns its runs return an error.
func (c Climb) Study(r Rung, load float64) Study {
	d := Design{Circuit: r.Circuit, Task: Task(r.Circuit, c.Channels, load), Weight: 20, Rate: c.Rate, Seed: c.Seed}
	d.Duration = c.Rate * math.Round(c.Trials/float64(max(1, d.Task.Patterns)))
	return d.Study()
}

// Measure trains neurons at each of the loads, which ascend, and returns
// Student's t intervals of level 0.95, over neurons, of the error of each,
// without neuromodulators over the last quarter of training, and of the largest
// load stored: where a neuron's error passes Tolerance, by [Crossing]; 0 if it
// does so below the first load, and the last load if it does not at all. It
// returns an error if there is no load or fewer than one neuron, and as
// Study.Run does.
func (c Climb) Measure(ctx context.Context, r Rung, loads []float64, neurons int) (largest Interval, errors []Interval, err error) {
	if len(loads) == 0 || neurons < 1 {
		return largest, nil, fmt.Errorf("experiment: %d loads and %d neurons, must be at least one of each", len(loads), neurons)
	}
	all, err := Measure(ctx, neurons, func(ctx context.Context, i int) ([]float64, error) {
		var row []float64
		for _, load := range loads {
			t, err := c.Study(r, load).Run(ctx, i)
			if err != nil {
				return nil, err
			}
			_, end := t.History[len(t.History)*3/4:].Recall()
			row = append(row, end.Error)
		}
		largest := loads[len(loads)-1]
		if row[0] > c.Tolerance {
			largest = 0
		} else if x := Crossing(loads, row, c.Tolerance); !math.IsNaN(x) {
			largest = x
		}
		return append(row, largest), nil
	})
	if err != nil {
		return largest, nil, err
	}
	return all[len(loads)], all[:len(loads)], nil
}

// Crossing returns the first x at which the polygon through the points (x, y)
// rises beyond the level, NaN if it does not. It panics if there are not as
// many x as y.
func Crossing(x, y []float64, level float64) float64 {
	if len(x) != len(y) {
		panic(fmt.Sprintf("experiment: %d abscissae for %d ordinates", len(x), len(y)))
	}
	for k := 1; k < len(x); k++ {
		if y[k-1] <= level && y[k] > level {
			return x[k-1] + (x[k]-x[k-1])*(level-y[k-1])/(y[k]-y[k-1])
		}
	}
	return math.NaN()
}
