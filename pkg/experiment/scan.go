package experiment

import (
	"context"
	"errors"
	"fmt"

	"credo/pkg/model"
)

// Scan is studies that differ in their learners only: the points of a phase
// diagram, of a scan of a parameter, the knock-outs of a circuit. In each run all
// points meet one task, its patterns in one order, and each draws its releases from
// its own copy of one generator. The neurons learn side by side, as a [model.Layer],
// which is faster; what a point gives is what its study gives alone, bit for bit.
//
// So points share their random numbers. This sharpens their differences, since what
// is due to the task cancels: take the difference run by run. And it makes their
// errors common: points of a scan that agree with theory are not so many pieces of
// evidence, as studies of different seeds are.
//
// Learners must not share a rule that keeps state, such as an observer. Draw and
// Train of one's own are for one study; with more they must be nil.
type Scan []Study

// Run makes run i of all studies and returns what each leaves. It returns an error
// as [Study.Run] does, and if the studies differ in more than their learners.
func (s Scan) Run(ctx context.Context, i int) ([]Trained, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if i < 0 {
		return nil, fmt.Errorf("experiment: run = %d, must not be negative", i)
	}
	first := s[0]
	if first.Draw == nil {
		first.Draw = first.Task.Draw
	}
	a, err := first.Draw(model.Stream(first.Seed, 2*uint64(i)))
	if err != nil {
		return nil, err
	}
	all, layer := make([]Trained, len(s)), model.Layer{}
	for k, study := range s {
		l := study.Learner()
		if l == nil {
			return nil, fmt.Errorf("experiment: Study.Learner made no learner in study %d", k)
		}
		all[k], layer.Learners = Trained{Associations: a, Learner: l}, append(layer.Learners, l)
	}
	rng := model.Stream(first.Seed, 2*uint64(i)+1)
	if len(s) == 1 {
		if first.Train == nil {
			all[0].History, err = all[0].Learner.Train(ctx, a, first.Epochs, rng)
		} else {
			all[0].History, err = first.Train(ctx, all[0].Learner, a, rng)
		}
		return all, err
	}
	histories, err := layer.Train(ctx, a, first.Epochs, rng)
	for k, h := range histories {
		all[k].History = h
	}
	return all, err
}

// check returns an error that names the first study that cannot be in the scan.
func (s Scan) check() error {
	if len(s) == 0 {
		return errors.New("experiment: Scan is empty, must have a study")
	}
	for k, study := range s {
		switch first := s[0]; {
		case study.Learner == nil:
			return fmt.Errorf("experiment: Study.Learner is nil in study %d, must make a learner", k)
		case len(s) > 1 && (study.Draw != nil || study.Train != nil):
			return fmt.Errorf("experiment: study %d of %d has Draw or Train of its own, must be nil in a scan", k, len(s))
		case study.Seed != first.Seed:
			return fmt.Errorf("experiment: Seed of study %d = %d, must be that of study 0, %d", k, study.Seed, first.Seed)
		case study.Task != first.Task:
			return fmt.Errorf("experiment: Task of study %d = %+v, must be that of study 0, %+v", k, study.Task, first.Task)
		case study.Epochs != first.Epochs:
			return fmt.Errorf("experiment: Epochs of study %d = %d, must be those of study 0, %d", k, study.Epochs, first.Epochs)
		}
	}
	return nil
}

// Measure makes runs 0 to runs−1 and takes the values of every point by measure; a
// row of the result is what [Study.Measure] gives for that study.
func (s Scan) Measure(ctx context.Context, runs int, measure func(Trained) []float64) ([][]Interval, error) {
	samples, err := Ensemble(ctx, runs, func(ctx context.Context, i int) ([][]float64, error) {
		all, err := s.Run(ctx, i)
		values := make([][]float64, len(all))
		for k, t := range all {
			if err == nil {
				values[k] = measure(t)
			}
		}
		return values, err
	}, nil)
	if err != nil {
		return nil, err
	}
	rows := make([][]Interval, len(s))
	for k := range s {
		point := make([][]float64, len(samples))
		for run, values := range samples {
			point[run] = values[k]
		}
		if rows[k], err = Intervals(point, 0.95); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
