package model_test

import (
	"slices"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
)

func TestNewAssociations(t *testing.T) {
	excitatory := [][]int32{{0, 2}, {}, {1, 2, 3}}
	inhibitory := [][]int32{{1}, {0, 3}, nil}
	targets := []bool{true, false, true}
	a, err := model.NewAssociations(4, excitatory, inhibitory, targets)
	if err != nil {
		t.Fatal(err)
	}
	if e, h := a.Channels(); a.Len() != 3 || e != 4 || h != 4 {
		t.Errorf("%d patterns of %d and %d channels", a.Len(), e, h)
	}
	for mu := range targets {
		if !slices.Equal(a.Excitatory(mu), excitatory[mu]) || !slices.Equal(a.Inhibitory(mu), inhibitory[mu]) || a.Target(mu) != targets[mu] {
			t.Errorf("pattern %d: %v, %v, %v", mu, a.Excitatory(mu), a.Inhibitory(mu), a.Target(mu))
		}
	}

	a, err = model.NewAssociations(4, excitatory, nil, targets)
	if err != nil {
		t.Fatal(err)
	}
	for mu := range targets {
		if !slices.Equal(a.Inhibitory(mu), excitatory[mu]) {
			t.Errorf("co-tuned pattern %d: %v", mu, a.Inhibitory(mu))
		}
	}
}

// What the caller changes afterwards does not reach the associations.
func TestNewAssociationsCopies(t *testing.T) {
	lists, targets := [][]int32{{0, 2}, {1}}, []bool{true, false}
	a, err := model.NewAssociations(3, lists, nil, targets)
	if err != nil {
		t.Fatal(err)
	}
	lists[0][0], lists[1], targets[0] = 1, nil, false
	if !slices.Equal(a.Excitatory(0), []int32{0, 2}) || !slices.Equal(a.Inhibitory(1), []int32{1}) || !a.Target(0) {
		t.Errorf("%v, %v, %v", a.Excitatory(0), a.Inhibitory(1), a.Target(0))
	}
	if e, i := a.Excitatory(0), a.Inhibitory(0); &e[0] != &i[0] {
		t.Error("a co-tuned pattern has two lists")
	}
}

func TestFromMatrix(t *testing.T) {
	x := [][]bool{{true, false, true}, {false, false, false}}
	a, err := model.FromMatrix(x, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	if e, i := a.Channels(); e != 3 || i != 3 || !slices.Equal(a.Excitatory(0), []int32{0, 2}) || len(a.Inhibitory(1)) != 0 || !a.Target(0) || a.Target(1) {
		t.Errorf("%d and %d channels, %v, %v", e, i, a.Excitatory(0), a.Inhibitory(1))
	}
	refusal.Panics(t, func() { model.FromMatrix(x, []bool{true}) }, "2 excitatory", "1 targets")
	refusal.Panics(t, func() { model.FromMatrix([][]bool{{true}, {true, false}}, []bool{true, false}) }, "row 1 of 2 channels", "row 0 of 1")
	_, err = model.FromMatrix(nil, nil)
	refusal.Mentions(t, err, "patterns = 0")
	_, err = model.FromMatrix([][]bool{{}}, []bool{true})
	refusal.Mentions(t, err, "channels = 0")
}

func TestNewAssociationsRefuses(t *testing.T) {
	good, yes := [][]int32{{0, 2}, {1}}, []bool{true, false}
	for _, c := range []struct {
		channels               int
		excitatory, inhibitory [][]int32
		want                   []string
	}{
		{0, good, nil, []string{"channels = 0", "[1, ∞)"}},
		{-1, good, nil, []string{"channels = -1", "[1, ∞)"}},
		{2, good, nil, []string{"excitatory pattern 0", "channel 2", "[0, 2)"}},
		{3, [][]int32{{0}, {-1}}, nil, []string{"excitatory pattern 1", "channel -1", "[0, 3)"}},
		{3, [][]int32{{0}, {2, 1}}, nil, []string{"excitatory pattern 1", "channel 1 after 2", "increasing"}},
		{3, [][]int32{{0}, {1, 1}}, nil, []string{"excitatory pattern 1", "channel 1 after 1", "increasing"}},
		{3, good, [][]int32{{0}, {3}}, []string{"inhibitory pattern 1", "channel 3", "[0, 3)"}},
		{3, good, [][]int32{{2, 0}, {}}, []string{"inhibitory pattern 0", "channel 0 after 2", "increasing"}},
	} {
		a, err := model.NewAssociations(c.channels, c.excitatory, c.inhibitory, yes)
		if a != nil {
			t.Errorf("%+v: made", c)
		}
		refusal.Mentions(t, err, c.want...)
	}
	_, err := model.NewAssociations(3, nil, nil, nil)
	refusal.Mentions(t, err, "patterns = 0", "[1, ∞)")
}

func TestNewAssociationsOfUnequalLengths(t *testing.T) {
	two, three := [][]int32{{0}, {1}}, [][]int32{{0}, {1}, {}}
	refusal.Panics(t, func() { model.NewAssociations(2, two, nil, make([]bool, 3)) }, "2 excitatory", "3 targets")
	refusal.Panics(t, func() { model.NewAssociations(2, three, two, make([]bool, 3)) }, "2 inhibitory", "3 targets")
	refusal.Panics(t, func() { model.NewAssociations(2, two, [][]int32{}, make([]bool, 2)) }, "0 inhibitory", "2 targets")
}

func TestWithTargets(t *testing.T) {
	task := model.Task{Channels: 30, Patterns: 10, Coding: 0.2, TargetCoding: 0.2, CoTuning: 0.5}
	a, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	targets := make([]bool, 10)
	targets[3] = true
	b := a.WithTargets(targets)
	targets[4] = true // a copy was taken
	for mu := range 10 {
		if b.Target(mu) != (mu == 3) || !slices.Equal(a.Excitatory(mu), b.Excitatory(mu)) || !slices.Equal(a.Inhibitory(mu), b.Inhibitory(mu)) {
			t.Errorf("pattern %d differs, target %v", mu, b.Target(mu))
		}
	}
	ones := 0
	for mu := range 10 {
		if a.Target(mu) {
			ones++
		}
	}
	if ones != 2 {
		t.Errorf("%d of the original targets are 1, want 2", ones)
	}
	refusal.Panics(t, func() { a.WithTargets(targets[:9]) }, "9 targets for 10 patterns")
}

func TestOnly(t *testing.T) {
	a, err := model.NewAssociations(3, [][]int32{{0}, {1}, {2}}, [][]int32{{}, {0, 1}, {2}}, []bool{false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	some := a.Only([]int{2, 1})
	if e, i := some.Channels(); some.Len() != 2 || e != 3 || i != 3 {
		t.Errorf("%d patterns of %d and %d channels", some.Len(), e, i)
	}
	if !slices.Equal(some.Excitatory(0), []int32{2}) || !slices.Equal(some.Inhibitory(1), []int32{0, 1}) || some.Target(0) || !some.Target(1) {
		t.Error("other patterns than 2 and 1")
	}
}
