package viz_test

import (
	"fmt"
	"os"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/cmpimg"

	"credo/pkg/viz"
)

// golden compares the figure that an example writes with the committed one, testdata/NAME_golden.png; "go test -regen" redraws it.
// The tolerance leaves room for the rounding of another processor, not for a moved or missing line.
func golden(t *testing.T, example func(), name string) {
	t.Helper()
	t.Parallel()
	cmpimg.CheckPlotApprox(example, t, 0.01, name+".png")
}

// save writes the figure of an example, whose text must be legible.
func save(name string, panels ...*plot.Plot) {
	if faults := viz.Clutter(panels...); len(faults) > 0 {
		panic(fmt.Sprintf("%s: %q", name, faults))
	}
	b, err := viz.Encode("png", name, panels...)
	if err == nil {
		err = os.WriteFile("testdata/"+name+".png", b, 0o644)
	}
	if err != nil {
		panic(err)
	}
}
