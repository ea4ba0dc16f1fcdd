package viz

import (
	"image/color"

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
	p.TextHandler = mathText{}
	p.Title.TextStyle = textStyle(labelSize)
	p.Legend.TextStyle = textStyle(tickSize)
	for a, label := range map[*plot.Axis]string{&p.X: x, &p.Y: y} {
		a.Label.Text = label
		a.Label.TextStyle.Font = font.From(sans, labelSize)
		a.Label.TextStyle.Handler = mathText{}
		a.Label.Padding = 1
		a.Tick.Label.Font = font.From(sans, tickSize)
		a.Tick.Label.Handler = mathText{}
		a.Tick.Marker = evenTicks{}
		a.Tick.Length = 4
		a.Padding = 4
	}
	p.Y.Label.Padding = 5
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = gridGrey, gridGrey
	p.Add(grid)
	return p
}

// LogX makes the horizontal axis logarithmic, to base ten.
func LogX(p *plot.Plot) { logarithmic(&p.X) }

// LogY makes the vertical axis logarithmic, to base ten.
func LogY(p *plot.Plot) { logarithmic(&p.Y) }

func logarithmic(a *plot.Axis) {
	a.Scale, a.Tick.Marker = plot.LogScale{}, logTicks{}
}

func textStyle(size vg.Length) text.Style {
	return text.Style{Color: color.Black, Font: font.From(sans, size), Handler: mathText{}}
}
