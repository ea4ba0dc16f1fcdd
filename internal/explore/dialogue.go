package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// A Request is a new setting of the parameters.
type Request struct {
	Number int                // answers have the same
	Values map[string]float64 // by name; what is left out has its default
}

// An Answer is a part of what is known at a setting; what it leaves out has not changed.
type Answer struct {
	Number     int      `json:"number"`
	Error      string   `json:"error,omitempty"` // a parameter outside its domain: nothing else is said
	Learnable  bool     `json:"learnable"`
	Verdict    []string `json:"verdict,omitempty"`
	Derivation string   `json:"derivation,omitempty"`
	Regime     string   `json:"regime,omitempty"`
	Broken     []string `json:"broken"`
	Figures    []Figure `json:"figures"`
	Epoch      int      `json:"epoch"`
	Epochs     int      `json:"epochs"`
	Score      string   `json:"score,omitempty"`
	Done       bool     `json:"done"`
}

// A Dialogue answers in steps. The next request makes what is left of the last one void.
type Dialogue struct {
	state *State
	queue []func(*Answer) (again bool, err error)
	last  int
	drawn time.Time
	turn  int // of the pictures of a neuron that learns
}

// slice is how long a neuron learns before somebody may ask anew, and pause how long
// between two pictures of it.
const slice, pause = 15 * time.Millisecond, 200 * time.Millisecond

// Ask begins with a request.
func (d *Dialogue) Ask(r Request) {
	d.last = r.Number
	d.queue = []func(*Answer) (bool, error){func(a *Answer) (bool, error) {
		s, err := New(r.Values)
		if err != nil {
			return false, err
		}
		s.after(d.state)
		d.state = s
		a.Verdict, a.Learnable = s.Verdict(), s.condition.Learnable
		d.queue = append(d.queue, d.rest()...)
		return false, a.draw(s.Force, s.Window)
	}}
}

// rest is what follows the condition, in the order in which it is done.
func (d *Dialogue) rest() []func(*Answer) (bool, error) {
	s := d.state
	draw := func(f func() (Figure, error)) func(*Answer) (bool, error) {
		return func(a *Answer) (bool, error) { return false, a.draw(f) }
	}
	list := []func(*Answer) (bool, error){
		func(a *Answer) (bool, error) {
			r := s.Regime()
			a.Derivation, a.Regime, a.Broken = s.condition.String(), r.String(), []string{}
			for _, x := range r.Assumptions {
				if x.Broken != "" && x.Broken != s.condition.Advice() { // which is said already
					a.Broken = append(a.Broken, x.Name+": "+x.Broken)
				}
			}
			return false, nil
		},
		draw(s.Potentials), draw(s.Answers),
	}
	if len(s.edges.rho) < rhos {
		list = append(list, func(*Answer) (bool, error) { return s.widen() }, draw(s.Window))
	}
	return append(list,
		func(*Answer) (bool, error) { return s.predict() }, draw(s.Load),
		d.learn,
		draw(s.Potentials), draw(s.Answers), draw(s.Load),
		func(a *Answer) (bool, error) { a.Done = true; return false, nil })
}

// learn is a slice, or a picture when it is time for one.
func (d *Dialogue) learn(a *Answer) (again bool, err error) {
	s := d.state
	if now := time.Now(); now.Sub(d.drawn) > pause {
		pictures := [...]func() (Figure, error){s.Potentials, s.Answers}
		d.drawn, d.turn = now, (d.turn+1)%len(pictures)
		return true, a.draw(pictures[d.turn])
	}
	err = s.learning.step(context.Background(), slice)
	return !s.learning.done(), err
}

func (a *Answer) draw(list ...func() (Figure, error)) error {
	for _, f := range list {
		g, err := f()
		if err != nil {
			return err
		}
		a.Figures = append(a.Figures, g)
	}
	return nil
}

// Step does the next thing, a few hundredths of a second long in a browser, and returns
// what is to be said, if anything, and whether there is more to do.
func (d *Dialogue) Step() (answer *Answer, more bool) {
	if len(d.queue) == 0 {
		return nil, false
	}
	a := &Answer{Number: d.last}
	again, err := d.queue[0](a)
	if err != nil {
		d.queue = nil
		return &Answer{Number: d.last, Error: err.Error()}, false
	}
	if !again {
		d.queue = d.queue[1:]
	}
	if s := d.state; a.Figures != nil || a.Done {
		l := s.learning
		a.Epoch, a.Epochs = l.learner.Epochs, l.design.Epochs()
		c := l.course
		a.Score = fmt.Sprintf("of late %.3g hits, %.3g false alarms, error %.3g", late(c.hits), late(c.alarms), late(c.error))
	} else if a.Regime == "" {
		a = nil
	}
	return a, len(d.queue) > 0
}

// ParseRequest reads one as JSON.
func ParseRequest(text string) (r Request, err error) {
	err = json.Unmarshal([]byte(text), &r)
	return r, err
}
