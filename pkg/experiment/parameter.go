package experiment

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"credo/internal/domain"
)

// wide are the parameters that move several fields.
var wide = []string{"Load", "Coding", "TargetCoding"}

// Set returns the design with a parameter moved. Names are
//
//	Load                     P/N: patterns follow as round(load N), also if Channels is set later; Patterns undoes it
//	Coding, TargetCoding     f, f_Y of circuit and task, in every place that depends on them
//	Rate, Duration, Weight, …
//	                         the fields of the design that are numbers or bools (0 or 1)
//	Task.Channels, Circuit.Balance.Offset, Circuit.ACh.Probability, …
//	                         the fields of the task and of the circuit; the first word may be left out
//
// It returns an error if there is no such parameter, if the value is not finite or if the parameter is a whole number and
// the value is not. Domains are checked by what uses the value.
func (d Design) Set(name string, value float64) (Design, error) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return d, fmt.Errorf("experiment: parameter %s = %v, must be finite", name, value)
	}
	c := &d.Circuit
	f, fY := c.Acetylcholine.Coding, c.Hebbian.MeanOutput
	switch name {
	case "Load":
		if err := domain.Positive.Check("experiment: parameter Load", value); err != nil {
			return d, err
		}
		d.load = value
	case "Coding":
		d.Task.Coding, *c = value, c.With(value, c.TargetCoding, c.Threshold)
		c.Hebbian.MeanOutput = fY // follows f_Y alone
	case "TargetCoding":
		d.Task.TargetCoding, *c = value, c.With(c.Coding, value, c.Threshold)
		c.Acetylcholine.Coding = f
	default:
		at, is := fields[name]
		if !is {
			return d, fmt.Errorf("experiment: unknown parameter %q, must be one of %s", name, strings.Join(Parameters(), ", "))
		}
		if err := assign(reflect.ValueOf(&d).Elem().FieldByIndex(at), value); err != nil {
			return d, fmt.Errorf("experiment: parameter %s = %v, %w", name, value, err)
		}
		if strings.TrimPrefix(name, "Task.") == "Patterns" {
			d.load = 0
		}
	}
	if d.load != 0 {
		d.Task.Patterns = int(math.Round(d.load * float64(d.Task.Channels)))
	}
	return d, nil
}

// SetAll returns the design with several parameters moved. Their order does not matter: those that move several fields
// come first. It returns an error as [Design.Set] does, and if two of them are one.
func (d Design) SetAll(values map[string]float64) (Design, error) {
	var err error
	for _, name := range wide {
		if v, is := values[name]; is {
			if d, err = d.Set(name, v); err != nil {
				return d, err
			}
		}
	}
	moved := make(map[string]string, len(values))
	if values["Load"] != 0 {
		moved[fmt.Sprint(fields["Patterns"])] = "Load"
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(wide, name) {
			continue
		}
		if d, err = d.Set(name, values[name]); err != nil {
			return d, err
		}
		at := fmt.Sprint(fields[name])
		if other := moved[at]; other != "" {
			return d, fmt.Errorf("experiment: parameters %s and %s are one, must be said once", other, name)
		}
		moved[at] = name
	}
	return d, nil
}

// fields says where in a design the number of a name is.
var fields = func() map[string][]int {
	all := make(map[string][]int)
	var walk func(t reflect.Type, name string, at []int)
	walk = func(t reflect.Type, name string, at []int) {
		for i := range t.NumField() {
			f, name, at := t.Field(i), name+t.Field(i).Name, append(slices.Clip(at), i)
			switch f.Type.Kind() {
			case reflect.Float64, reflect.Int, reflect.Bool:
				short := strings.TrimPrefix(strings.TrimPrefix(name, "Task."), "Circuit.")
				if f.IsExported() && name != "Seeds" && name != "Entries" { // which no point moves
					all[name], all[short] = at, at
				}
			case reflect.Struct:
				walk(f.Type, name+".", at)
			}
		}
	}
	walk(reflect.TypeFor[Design](), "", nil)
	return all
}()

// assign puts a value into a field of any of the three kinds.
func assign(f reflect.Value, value float64) error {
	switch f.Kind() {
	case reflect.Int:
		if value != math.Trunc(value) || math.Abs(value) > math.MaxInt32 {
			return fmt.Errorf("must be a whole number")
		}
		f.SetInt(int64(value))
	case reflect.Bool:
		if value != 0 && value != 1 {
			return fmt.Errorf("must be 0 or 1")
		}
		f.SetBool(value == 1)
	default:
		f.SetFloat(value)
	}
	return nil
}

// Parameters lists the names that [Design.Set] knows, those of task and circuit without their first word.
func Parameters() []string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(fields)), func(name string) bool {
		return slices.Contains(wide, name) || strings.HasPrefix(name, "Task.") || strings.HasPrefix(name, "Circuit.")
	})
	return append(slices.Clone(wide), names...)
}
