package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// fault is an error that travels inside a plot from the function that saw the data to Encode, which returns it.
type fault struct{ error }

func (f fault) Plot(draw.Canvas, *plot.Plot) { panic(f) }

// column is a named slice of a series.
type column struct {
	name   string
	values []float64
}

// finite says whether the columns, which must have equal lengths, are finite; if they are not, the plot will not be drawn.
func finite(p *plot.Plot, series string, columns ...column) bool {
	for _, c := range columns[1:] {
		if len(c.values) != len(columns[0].values) {
			panic(fmt.Sprintf("viz: series %q: %d values of %s for %d of %s",
				series, len(c.values), c.name, len(columns[0].values), columns[0].name))
		}
	}
	for _, c := range columns {
		for i, v := range c.values {
			if infinite(v) {
				p.Add(fault{fmt.Errorf("viz: series %q: %s[%d] = %v is not finite", series, c.name, i, v)})
				return false
			}
		}
	}
	return true
}

// pairs copies two slices of equal length into the form that gonum/plot reads.
func pairs(x, y []float64) plotter.XYs {
	xys := make(plotter.XYs, len(x))
	for i := range x {
		xys[i].X, xys[i].Y = x[i], y[i]
	}
	return xys
}

// key adds a series to the plot's key. A series without a name has no entry.
func key(p *plot.Plot, name string, thumbs ...plot.Thumbnailer) {
	if name != "" {
		p.Legend.Add(name, thumbs...)
	}
}

// axisFault returns an error for an axis whose range cannot be drawn.
func axisFault(p *plot.Plot) error {
	for _, a := range []struct {
		name string
		*plot.Axis
	}{{"x", &p.X}, {"y", &p.Y}} {
		if math.IsNaN(a.Min) || math.IsNaN(a.Max) {
			return fmt.Errorf("viz: the range of the %s axis is [%v, %v]", a.name, a.Min, a.Max)
		}
		if _, log := a.Scale.(plot.LogScale); log && a.Min <= 0 {
			return fmt.Errorf("viz: the %s axis is logarithmic and its smallest value, %v, is not positive", a.name, a.Min)
		}
	}
	return nil
}

// mustBeLinear is called when a plot is drawn, since its axes may change until then.
func mustBeLinear(p *plot.Plot, name string) {
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		if _, log := a.Scale.(plot.LogScale); log {
			panic(fault{fmt.Errorf("viz: %q needs linear axes, one is logarithmic", name)})
		}
	}
}

// notNegative says whether the half-widths of intervals are none of them negative; if one is, the plot will not be drawn.
func notNegative(p *plot.Plot, series string, half []float64) bool {
	for i, h := range half {
		if h < 0 {
			p.Add(fault{fmt.Errorf("viz: series %q: half[%d] = %v is negative", series, i, h)})
			return false
		}
	}
	return true
}
