package viz_test

import (
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/cmpimg"

	"credo/pkg/viz"
)

// golden compares the figure that an example writes with the committed one, testdata/NAME_golden.png; "go test -regen" redraws it.
// The tolerance leaves room for the rounding of another processor, not for a moved or missing line.
func golden(t *testing.T, example func(), name string) {
	t.Helper()
	cmpimg.CheckPlotApprox(example, t, 0.01, name+".png")
}

// save writes the figure of an example.
func save(name string, panels ...*plot.Plot) {
	if err := viz.Save("testdata/"+name+".png", name, panels...); err != nil {
		panic(err)
	}
}
