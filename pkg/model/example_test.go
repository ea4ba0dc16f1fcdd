package model_test

import (
	"context"
	"fmt"
	"log"

	"credo/pkg/model"
)

func ExampleTask_Draw() {
	task := model.Task{Channels: 10, Patterns: 4, Coding: 0.3, TargetCoding: 0.5, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	for mu := range associations.Len() {
		fmt.Println(associations.Excitatory(mu), associations.Target(mu))
	}

	task.Coding = 1.2
	_, err = task.Draw(model.Stream(1, 0))
	fmt.Println(err)
	// Output:
	// [3 4 6 7] true
	// [0 2 5 6 7 9] false
	// [1 2 7] true
	// [1 5 6 7] false
	// model: Coding = 1.2 outside (0, 1)
}

// teacher is a rule that is told the target: active synapses grow for a miss
// and shrink for a false alarm.
type teacher struct{}

func (teacher) Change(s *model.Signals) model.Change {
	switch {
	case s.Target && s.Output == 0:
		return model.Change{Active: 1}
	case !s.Target && s.Output == 1:
		return model.Change{Active: -1}
	}
	return model.Change{}
}

func ExampleLearner_Train() {
	task := model.Task{Channels: 200, Patterns: 100, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	learner := &model.Learner{
		Neuron:     model.NewNeuron(200, 1),
		Excitatory: []model.Rule{teacher{}},
		Rate:       0.02,
		Every:      2,
	}
	history, err := learner.Train(context.Background(), associations, 10, model.Stream(1, 1))
	if err != nil {
		log.Fatal(err)
	}
	for _, entry := range history {
		fmt.Printf("epoch %3d: hits %.2f, false alarms %.2f\n", entry.Epoch, entry.AtEnd.Hits, entry.AtEnd.FalseAlarms)
	}
	// Output:
	// epoch   2: hits 0.90, false alarms 0.01
	// epoch   4: hits 1.00, false alarms 0.00
	// epoch   6: hits 1.00, false alarms 0.00
	// epoch   8: hits 1.00, false alarms 0.00
	// epoch  10: hits 1.00, false alarms 0.00
}

// novelty strengthens active synapses when acetylcholine comes and the neuron
// fires.
type novelty struct{}

func (novelty) Change(s *model.Signals) model.Change {
	if !s.ACh {
		return model.Change{}
	}
	return model.Change{Active: s.Output}
}

// The mean change of active synapses is the chance of release, times the
// chance that the disinhibited neuron fires.
func ExampleLearner_Mean() {
	learner := &model.Learner{
		Neuron:     model.NewNeuron(200, 1),
		Excitatory: []model.Rule{novelty{}},
		ACh:        model.Modulator{Probability: 0.8, Disinhibition: 0.2},
	}
	const inhibition = 2
	for _, v := range []float64{-0.4, -0.2, 0, 0.2} {
		change, _ := learner.Mean(true, inhibition+v, inhibition)
		fmt.Printf("V = %4.1f: mean %.4f, directly %.4f\n", v, change.Active, 0.8*learner.ACh.Spike(v))
	}
	// Output:
	// V = -0.4: mean 0.1269, directly 0.1269
	// V = -0.2: mean 0.4000, directly 0.4000
	// V =  0.0: mean 0.6731, directly 0.6731
	// V =  0.2: mean 0.8000, directly 0.8000
}

// Four neurons with targets of their own that share one modulator and see the same
// patterns: each learns what any of them is asked for.
func ExampleLayer() {
	task := model.Task{Channels: 200, Patterns: 40, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	for _, shared := range []bool{false, true} {
		var layer model.Layer
		if shared {
			layer.Together = []model.Together{model.AtLeast(1)}
		}
		rng := model.Stream(1, 1)
		for range 4 {
			targets := make([]bool, task.Patterns)
			for mu := range targets {
				targets[mu] = rng.Float64() < task.TargetCoding
			}
			layer.Targets = append(layer.Targets, targets)
			layer.Learners = append(layer.Learners, &model.Learner{
				Neuron:     model.NewNeuron(task.Channels, 20),
				Excitatory: []model.Rule{potentiate{}}, Inhibitory: []model.Rule{balance{}},
				ACh: model.Modulator{Probability: 1, Disinhibition: 1000}, Rate: 0.03,
			})
		}
		histories, err := layer.Train(context.Background(), associations, 2000, model.Stream(1, 2))
		if err != nil {
			log.Fatal(err)
		}
		var asked, zeros float64 // of the patterns whose target is 0: by others
		for mu, target := range layer.Targets[0] {
			if !target {
				zeros++
				if layer.Targets[1][mu] || layer.Targets[2][mu] || layer.Targets[3][mu] {
					asked++
				}
			}
		}
		atEnd := histories[0][0].AtEnd
		fmt.Printf("shared %v: hits %.2f, false alarms %.2f; others ask for %.2f\n", shared, atEnd.Hits, atEnd.FalseAlarms, asked/zeros)
	}
	// Output:
	// shared false: hits 1.00, false alarms 0.00; others ask for 0.55
	// shared true: hits 1.00, false alarms 0.55; others ask for 0.55
}

// potentiate is potentiation where acetylcholine is released, and balance brings the
// inhibition to what the excitation asks for.
type (
	potentiate struct{}
	balance    struct{}
)

func (potentiate) Change(s *model.Signals) (c model.Change) {
	if s.ACh {
		c.Active = 0.6 * s.Output
	}
	return c
}

func (balance) Change(s *model.Signals) model.Change {
	return model.Change{Active: 0.6 * (s.Excitation + 0.5 - s.Inhibition)}
}
