package broadcast_test

import (
	"context"
	"fmt"

	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// How many neurons may share the reported neuron's acetylcholine?
func ExampleLimit() {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0
	for _, b := range []float64{0.05, 0.2, 0.4} {
		c.Balance.Offset = b
		l, err := broadcast.Limit(c, broadcast.Common{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("b = %.2f: a wrong state from %.2f neurons on, the right one lost at %.2f\n", b, l.Onset, l.Loss)
	}
	l, err := broadcast.Limit(c, broadcast.Common{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("at the best b: %.2f\n", l.Wall)
	// Output:
	// b = 0.05: a wrong state from 1.10 neurons on, the right one lost at 1.31
	// b = 0.20: a wrong state from 2.14 neurons on, the right one lost at 2.61
	// b = 0.40: a wrong state from 4.08 neurons on, the right one lost at 5.28
	// at the best b: 6.96
}

// What a release says of frozen targets.
func ExampleSays() {
	for _, m := range []float64{1, 8, 32} {
		b, err := broadcast.Says(broadcast.Common{Neurons: m}, 0.05)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%2.0f neurons: each learns %.3f bits a pattern of its own target, all together at most %.3f\n", m, b.Own, b.Limit)
	}
	// Output:
	//  1 neurons: each learns 0.286 bits a pattern of its own target, all together at most 0.286
	//  8 neurons: each learns 0.082 bits a pattern of its own target, all together at most 0.922
	// 32 neurons: each learns 0.016 bits a pattern of its own target, all together at most 0.709
}

// Eight neurons that each hear others ask for what they do not: of four, and of nine.
func ExampleAfresh() {
	c := rules.Reported().Without("NE").Without("Hebbian")
	c.Acetylcholine.Depression, c.Balance.Offset, c.ACh.Disinhibition = 0, 0.5, 1000
	reliability := c.ACh.Probability
	c.ACh.Probability = 1 // they always ask, and the release may fail
	a, err := model.Task{Channels: 100, Patterns: 20, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(1, 0))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, neurons := range []int{4, 9} {
		layer := &model.Layer{Together: []model.Together{broadcast.Afresh(neurons-1, 0.2), model.Zones(1, 1), model.Reliably(reliability)}}
		for range 8 {
			layer.Learners = append(layer.Learners, c.Learner(model.NewNeuron(100, 60), 0.03))
		}
		if _, err := layer.Train(context.Background(), a, 3000, model.Stream(1, 1)); err != nil {
			fmt.Println(err)
			return
		}
		wrong := 0.
		for _, l := range layer.Learners {
			wrong += l.Neuron.Recall(a).FalseAlarms / 8
		}
		fmt.Printf("of %d neurons that share each answers %.0f of 16 foreign patterns\n", neurons, 16*wrong)
	}
	// Output:
	// of 4 neurons that share each answers 0 of 16 foreign patterns
	// of 9 neurons that share each answers 16 of 16 foreign patterns
}
