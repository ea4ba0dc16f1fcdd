// Package viz draws pictures, tables and claims from plain slices.
//
// A figure is begun by [New], filled by functions that take the plot first (Line, Points, Scatter, Histogram, Heat, Field and others)
// and shown by [Show], or written to a file by [Save]. Every series has a [Code]: a colour with its own dashes and marker, so that no
// figure speaks by colour alone.
//
// Text may hold mathematics between dollar signs: letters become italic, _ and ^ make subscripts and superscripts, braces group, as in
// "current $i_E$ (threshold units)" or "$10^{-3}$". Greek letters, √, ≤, ± and the like are written as they are; a hyphen
// before a number, and in a formula, becomes a minus sign.
//
// Failure has two voices. What a reader of the call can see, such as slices whose lengths differ, is a panic that names both. Data that
// are not finite, or that a logarithmic axis cannot show, and axes that cannot be divided are never drawn: [Save] returns an error that
// names the series and the index, or the axis; [Show], which has none to return, and the Save of gonum/plot panic with it.
//
// Data are copied. Only show.go knows the notebook, and show_js.go the page in a browser; all else is a pure function from data to bytes, the same bytes each time.
package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

const (
	labelSize = vg.Length(10.5) // points, axis labels and titles
	tickSize  = vg.Length(9)    // points, ticks, keys and direct labels
)

var (
	sans     = font.Font{Typeface: "Liberation", Variant: "Sans"}
	grey     = color.Gray{Y: 0x60} // reference lines and their labels
	gridGrey = color.Gray{Y: 0xE6}
)

// New returns an empty plot in the house style. The labels say what is drawn, with symbol and unit, such as
// "load $P/N$ (patterns per synapse)".
func New(x, y string) *plot.Plot {
	p := plot.New()
	p.TextHandler = maths
	p.Title.TextStyle = textStyle(labelSize)
	p.Legend.TextStyle = textStyle(tickSize)
	for a, label := range map[*plot.Axis]string{&p.X: x, &p.Y: y} {
		a.Label.Text = label
		a.Label.TextStyle.Font = font.From(sans, labelSize)
		a.Label.TextStyle.Handler = maths
		a.Label.Padding = 1
		a.Tick.Label.Font = font.From(sans, tickSize)
		a.Tick.Label.Handler = maths
		a.Tick.Marker = even(mostTicks)
		a.Tick.Length = 4
		a.Padding = 4
	}
	p.Y.Label.Padding = 5
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = gridGrey, gridGrey
	p.Add(grid)
	return p
}

// LogX makes the horizontal axis logarithmic, to base ten. It comes before [Curve].
func LogX(p *plot.Plot) { logarithmic(&p.X) }

// LogY makes the vertical axis logarithmic, to base ten.
func LogY(p *plot.Plot) { logarithmic(&p.Y) }

func logarithmic(a *plot.Axis) { a.Scale, a.Tick.Marker = logScale{}, decades(mostTicks) }

// logScale is plot.LogScale, but names a value that is not positive.
type logScale struct{ plot.LogScale }

func (s logScale) Normalize(min, max, x float64) float64 {
	if x <= 0 {
		fail("%v is not positive and stands on a logarithmic axis", x)
	}
	return s.LogScale.Normalize(min, max, x)
}

func isLog(a *plot.Axis) bool {
	_, ours := a.Scale.(logScale)
	_, plain := a.Scale.(plot.LogScale)
	return ours || plain
}

// between returns the point a part of the way from a to b, on a logarithmic scale if log.
func between(a, b, part float64, log bool) float64 {
	if log {
		return a * math.Pow(b/a, part)
	}
	return a + (b-a)*part
}

// mustBeLinear is called when a plot is drawn, since its axes may change until then.
func mustBeLinear(p *plot.Plot, name string) {
	if isLog(&p.X) || isLog(&p.Y) {
		fail("%q needs linear axes, one is logarithmic", name)
	}
}

func mustSpan(name string, s span) {
	if !(s.x0 < s.x1 && s.y0 < s.y1) || math.IsInf(s.x1-s.x0, 0) || math.IsInf(s.y1-s.y0, 0) {
		panic(fmt.Sprintf("viz: %q over [%v, %v] × [%v, %v]", name, s.x0, s.x1, s.y0, s.y1))
	}
}

func textStyle(size vg.Length) text.Style {
	return text.Style{Color: color.Black, Font: font.From(sans, size), Handler: maths}
}
