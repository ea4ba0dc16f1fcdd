package sweep

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"credo/pkg/experiment"
	"credo/pkg/rules"
)

// file is a study as JSON describes it; see [Read].
type file struct {
	Name    string             `json:"name"`
	Seed    uint64             `json:"seed"`
	Seeds   int                `json:"seeds"`
	Without []string           `json:"without"`
	Set     map[string]float64 `json:"set"`

	Grid           experiment.Grid            `json:"grid"`
	List           *experiment.List           `json:"list"`
	Random         *experiment.Random         `json:"random"`
	LatinHypercube *experiment.LatinHypercube `json:"latin_hypercube"`
}

// Read reads a study that trains a neuron of the reported circuit and asks it what it has learned:
//
//	{
//	  "name": "load", "seed": 1, "seeds": 20,
//	  "without": ["NE"],
//	  "set": {"Channels": 200, "Weight": 20, "Rate": 0.1, "Duration": 300, "Balance.Offset": 0.3},
//	  "grid": [{"name": "Load", "values": [0.2, 0.5, 0.8]}, {"name": "Coding", "values": [0.1, 0.2]}]
//	}
//
// without knocks out parts of the circuit, set moves parameters ([experiment.Design.SetAll]) and one of grid, list, random
// and latin_hypercube says at which points it is studied; with none, at one. What set does not name is N = 200, a load of 0.5, weights of 20,
// λ = 0.1 and T = 300. What cannot be read, a field that there is not and a field that is there twice is an error.
func Read(text []byte) (d experiment.Design, err error) {
	var f file
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&f); err != nil {
		return d, fmt.Errorf("sweep: %w", readable(text, err))
	}
	if err := twice(json.NewDecoder(bytes.NewReader(text))); err != nil {
		return d, err
	}
	if in.More() {
		return d, fmt.Errorf("sweep: the study ends, but the file goes on")
	}
	return f.study()
}

// readable says in which line an error of package json is, and what it is without the words of Go.
func readable(text []byte, err error) error {
	line := func(offset int64) int { return 1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n")) }
	kinds := map[reflect.Kind]string{reflect.Float64: "a number", reflect.Int: "a whole number", reflect.Uint64: "a whole number, not negative",
		reflect.String: "a string", reflect.Bool: "true or false", reflect.Slice: "a list in []", reflect.Map: "an object in {}", reflect.Struct: "an object in {}"}
	switch e := err.(type) {
	case *json.SyntaxError:
		return fmt.Errorf("line %d: %w", line(e.Offset), err)
	case *json.UnmarshalTypeError:
		return fmt.Errorf("line %d: %s is of kind %s, must be %s", line(e.Offset), cmp.Or(e.Field, "the study"), e.Value, kinds[e.Type.Kind()])
	}
	return err
}

// study makes the design that a file describes.
func (f file) study() (d experiment.Design, err error) {
	c := rules.Reported()
	for _, part := range f.Without {
		if !slices.Contains([]string{"ACh", "NE", "Hebbian", "Balance"}, part) {
			return d, fmt.Errorf("sweep: without %q, must be one of ACh, NE, Hebbian, Balance", part)
		}
		c = c.Without(part)
	}
	d = experiment.Design{Name: f.Name, Seed: f.Seed, Seeds: f.Seeds, Circuit: c, Task: experiment.Task(c, 200, 0.5), Weight: 20, Rate: 0.1, Duration: 300}
	d, _ = d.Set("Load", 0.5) // patterns follow the channels
	if d, err = d.SetAll(f.Set); err != nil {
		return d, err
	}
	points := []struct {
		name string
		is   bool
		p    experiment.Points
	}{{"grid", f.Grid != nil, f.Grid}, {"list", f.List != nil, f.List}, {"random", f.Random != nil, f.Random}, {"latin_hypercube", f.LatinHypercube != nil, f.LatinHypercube}}
	chosen := ""
	for _, p := range points {
		if !p.is {
			continue
		}
		if chosen != "" {
			return d, fmt.Errorf("sweep: the study has both %s and %s, must have one of them", chosen, p.name)
		}
		chosen, d.Points = p.name, p.p
	}
	return d, nil
}
