package model_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
)

// counted is a source that counts the words drawn from it.
type counted struct {
	rand.Source
	words int
}

func (c *counted) Uint64() uint64 { c.words++; return c.Source.Uint64() }

func TestTrainDrawsTwoWordsAnEpoch(t *testing.T) {
	for _, epochs := range []int{0, 1, 17} {
		l, a := busy(t, 4)
		l.Every = 3
		source := &counted{Source: rand.NewPCG(1, 2)}
		lesson.Train(t, l, a, epochs, rand.New(source))
		if source.words != 2*epochs {
			t.Errorf("%d epochs took %d words", epochs, source.words)
		}
	}
}

// after is a context that is cancelled once it has been asked so many times.
type after struct {
	context.Context
	asked atomic.Int64
}

func afterAsked(n int) *after {
	c := &after{Context: context.Background()}
	c.asked.Store(int64(n))
	return c
}

func (c *after) Err() error {
	if c.asked.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestCancelAtOnce(t *testing.T) {
	l, a := busy(t, 5)
	before, _ := busy(t, 5)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	h, err := l.Train(ctx, a, math.MaxInt32, model.Stream(5, 1))
	if !errors.Is(err, context.Canceled) || h != nil {
		t.Errorf("history %v, error %v", h, err)
	}
	same(t, "cancelled at once", l, before)
}

func TestCancelAndResume(t *testing.T) {
	t.Parallel()
	// 700 patterns, so that the context is asked inside an epoch too.
	a := lesson.Drawn(t, model.Task{Channels: 60, Patterns: 700, Coding: 0.3, TargetCoding: 0.4, CoTuning: 0.5}, 6)
	whole, _ := busy(t, 6)
	whole.Every = 2
	once := lesson.Train(t, whole, a, 9, model.Stream(6, 1))

	seen := map[int]bool{}
	step := 1
	if testing.Short() {
		step = 2
	}
	for asked := 0; asked < 40; asked += step {
		l, _ := busy(t, 6)
		l.Every = 2
		h, err := l.Train(afterAsked(asked), a, 9, model.Stream(6, 1))
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		done := l.Epochs
		seen[done] = true

		// The state is that of the last whole epoch, and the history ends there.
		until, _ := busy(t, 6)
		until.Every = 2
		if want := lesson.Train(t, until, a, done, model.Stream(6, 1)); !reflect.DeepEqual(h, want) {
			t.Errorf("cancelled after %d epochs: history differs", done)
		}
		same(t, "cancelled", l, until)

		h = append(h, lesson.Train(t, l, a, 9-done, l.Resume(6, 1))...)
		same(t, "resumed", l, whole)
		h = slices.DeleteFunc(h, func(e model.Entry) bool { return e.Epoch%2 == 1 && e.Epoch != 9 })
		if !reflect.DeepEqual(h, once) {
			t.Errorf("resumed after %d epochs: history differs", done)
		}
	}
	if len(seen) != 9 {
		t.Errorf("cancelled after %d different numbers of epochs, want each of 0 to 8", len(seen))
	}
}

// watched is a context that is cancelled when a condition holds.
type watched struct {
	context.Context
	cancelled func() bool
}

func (c watched) Err() error {
	if c.cancelled() {
		return context.Canceled
	}
	return nil
}

func TestCancelWithinALongEpoch(t *testing.T) {
	a := lesson.Drawn(t, model.Task{Channels: 60, Patterns: 20000, Coding: 0.3, TargetCoding: 0.4, CoTuning: 0.5}, 13)
	l, _ := busy(t, 13)
	before := l.Neuron.Clone()
	trials := 0
	l.Excitatory = append(l.Excitatory, rule(func(*model.Signals) model.Change { trials++; return model.Change{} }))
	_, err := l.Train(watched{context.Background(), func() bool { return trials >= 1000 }}, a, 1, model.Stream(13, 1))
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if trials > 2000 { // a trial of 10,000 channels takes some 20 µs, so that these take 20 ms
		t.Errorf("went on for %d trials", trials-1000)
	}
	if !reflect.DeepEqual(l.Neuron, before) || l.Epochs != 0 || l.MeanOutput != 0.4 {
		t.Error("the epoch was not undone")
	}
}

func TestNonFiniteChangeIsAnErrorAndUndone(t *testing.T) {
	for name, bad := range map[string]model.Change{
		"Active":      {Active: math.NaN()},
		"Silent":      {Silent: math.NaN()},
		"ActiveLoss":  {ActiveLoss: math.NaN()},
		"SilentLoss":  {SilentLoss: math.NaN()},
		"infinite":    {Active: math.Inf(1)},
		"−∞":          {Active: math.Inf(-1)}, // which clipping alone would turn into 0
		"∞ of silent": {Silent: math.Inf(1)},
	} {
		for _, inhibitory := range []bool{false, true} {
			l, a := busy(t, 7)
			good, _ := busy(t, 7)
			trials := 0
			faulty := rule(func(*model.Signals) model.Change {
				trials++
				if trials == 3*a.Len()+5 { // in the fourth epoch
					return bad
				}
				return model.Change{}
			})
			if inhibitory {
				l.Inhibitory = append(l.Inhibitory, faulty)
			} else {
				l.Excitatory = append(l.Excitatory, faulty)
			}
			h, err := l.Train(context.Background(), a, 10, model.Stream(7, 1))
			refusal.Mentions(t, err, "epoch 4", "weight", "outside [0, ")
			if len(h) != 1 || h[0].Epoch != 3 {
				t.Errorf("%s: history %v", name, h)
			}
			lesson.Train(t, good, a, 3, model.Stream(7, 1))
			same(t, name, l, good)
			// The fault being gone, learning goes on as if it had not been.
			lesson.Train(t, l, a, 4, l.Resume(7, 1))
			lesson.Train(t, good, a, 4, good.Resume(7, 1))
			same(t, name+", resumed", l, good)
		}
	}
}
