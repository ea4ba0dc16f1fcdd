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
