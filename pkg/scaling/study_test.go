package scaling_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/scaling"
)

// The study's points can be run, are tasks of whole numbers, have runs enough to draw them anew, and are few enough for a table of 200 kB.
func TestStudy(t *testing.T) {
	d := scaling.Study()
	runs, err := d.Runs()
	if err != nil {
		t.Fatal(err)
	}
	if runs.Len() > 1700 {
		t.Errorf("%d runs", runs.Len())
	}
	table := runs.Table(nil, slices.Repeat([][]float64{{}}, runs.Len()))
	layers := map[string]int{}
	for i := range runs.Len() {
		at := table.Rows[i].At
		if p := at[2] * at[3]; math.Abs(p-math.Round(p)) > 1e-9 || at[1]*p < 1 {
			t.Errorf("run %d has %v patterns", i, p)
		}
		layers[fmt.Sprint(at[:9])]++
	}
	for point, n := range layers {
		if n < 2 {
			t.Errorf("%d run at %s", n, point)
		}
	}
	// Three standard deviations below 1.526/√50 below capacity, by hand.
	if got := scaling.Load(0.2, 50, 3); math.Abs(got-(2.4396-3*1.526/math.Sqrt(50))) > 1e-3 {
		t.Errorf("load %v", got)
	}
}

// Few patterns are learned by all neurons in the end, many by none; what is asked too early is refused.
func TestCourse(t *testing.T) {
	d := scaling.Study()
	d.Task = experiment.Task(d.Circuit, 40, 0.3)
	d.Duration = 160
	v, err := scaling.Course(t.Context(), experiment.Run{Design: d}, model.Stream(1, 1))
	if err != nil || v["learned"] != scaling.Neurons || v["error"] > scaling.Tolerance || v["error_eighth"] < v["error"] || len(v) != 12 {
		t.Errorf("few patterns: %v, %v", v, err)
	}
	again, err := scaling.Course(t.Context(), experiment.Run{Design: d}, model.Stream(1, 1))
	if err != nil || fmt.Sprint(again) != fmt.Sprint(v) {
		t.Errorf("%v, then %v, %v", v, again, err)
	}
	d.Task = experiment.Task(d.Circuit, 40, 4)
	v, err = scaling.Course(t.Context(), experiment.Run{Design: d}, model.Stream(1, 2))
	if err != nil || v["learned"] != 0 || v["error"] < 0.05 {
		t.Errorf("many patterns: %v, %v", v, err)
	}
	d.Duration = 0.9
	if _, err := scaling.Course(t.Context(), experiment.Run{Design: d}, model.Stream(1, 3)); err == nil || !strings.Contains(err.Error(), "3 epochs, must be at least 8") {
		t.Error(err)
	}
}
