package viz

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

// table returns the data of a figure.
func table(t *testing.T, panels ...*plot.Plot) string {
	t.Helper()
	return string(mustEncode(t, "csv", "alt", panels...))
}

// What is drawn is in the table, in the columns that the comment of columns names.
func TestData(t *testing.T) {
	two := []float64{1, 2}
	for _, c := range []struct {
		name, want string
		draw       func(p *plot.Plot)
	}{
		{"line", "series,x: load P/N,y: error\n\"a, b\",1,0.333333\n\"a, b\",2,10\n", func(p *plot.Plot) {
			Line(p, "a, b", two, []float64{1. / 3, 10}, E)
		}},
		{"jump", "series,part,x: load P/N,y: error\nj,1,-1,-1\n…j,1,0,0\nj,2,3e-09,1\n…j,2,2,3\n", func(p *plot.Plot) {
			Jump(p, "j", -1, 0, 2, func(x float64) float64 { return x + map[bool]float64{true: 1}[x > 0] }, E)
		}},
		{"intervals", "series,x: load P/N,y: error,ylow,yhigh\ni_E,1,1,0.5,1.5\n2,2,0.5,0.25,1\n", func(p *plot.Plot) {
			Points(p, "$i_E$", two[:1], two[:1], []float64{0.5}, E)
			Estimates(p, "", two[1:], []Range{{0.5, 0.25, 1}}, E)
		}},
		{"band and line", "series,x: load P/N,y: error,ylow,yhigh\nb,1,1,0.5,1.5\nb,2,2,1,3\ns,1,2,,\ns,2,1,,\n", func(p *plot.Plot) {
			Band(p, "b", two, two, []float64{0.5, 1}, E)
			Steps(p, "s", two, []float64{2, 1}, E)
		}},
		{"rows", "series,x: load P/N,xlow,xhigh,y: error\nd,1,0,2,no ACh\nd,2,1,3,all\n", func(p *plot.Plot) {
			Dots(p, "d", []string{"no ACh", "all"}, two, []float64{1, 1}, E)
		}},
		{"categories", "series,x: load P/N,y: error\nc,θ_E,1\n", func(p *plot.Plot) {
			p.NominalX("$θ_E$")
			Points(p, "c", []float64{0}, two[:1], nil, E)
		}},
		{"histogram", "series,xlow: load P/N,xhigh,y: error\nh,0,1.5,0.5\nh,1.5,2,0.5\n", func(p *plot.Plot) {
			Histogram(p, "h", two, []float64{0, 1.5, 2}, E)
		}},
		{"map", "x: load P/N,y: error,z: hits P\n1,1,3\n2,1,4\n1,2,5\n2,2,6\n", func(p *plot.Plot) {
			Heat(p, "hits $P$", two, two, [][]float64{{3, 4}, {5, 6}}, 0, 0)
		}},
		{"map of strips", "xlow: load P/N,xhigh,y: error,z: hits P\n0.5,4.5,1,3\n0.5,3.5,2,3\n3.5,4.5,2,0.1235\n", func(p *plot.Plot) {
			Heat(p, "hits $P$", []float64{1, 2, 3, 4}, two, [][]float64{{3, 3, 3, 3}, {3, 3.0001, 3, 0.123456}}, 0, 0)
		}},
		{"matrix", "x: load P/N,y: error,z: m\n0,0,-3\n0,1,4\n", func(p *plot.Plot) {
			Matrix(p, "m", [][]float64{{-3}, {4}}, 0)
		}},
		{"field", "series,x: load P/N,y: error,dx,dy\nf,1,2,1,-2\n", func(p *plot.Plot) {
			Field(p, "f", 0, 2, 0, 4, 1, func(x, y float64) (float64, float64) { return x, -y }, E)
		}},
		{"reference", "series,x: load P/N,xlow,xhigh,y: error\nh,,,,1\nv,2,,,\ns,,1,2,\nd,0,,,3\nd,1,,,5\n", func(p *plot.Plot) {
			HLine(p, 1, "h")
			VLine(p, 2, "v")
			Shade(p, "s", 1, 2)
			Diagonal(p, "d", 2, 3)
			Note(p, 1, 1, "a note is no data")
		}},
		{"clouds", "series,x: load P/N,y: error\noff,2,2\non,1,1\n", func(p *plot.Plot) { Classes(p, two, two, []bool{true, false}, "on", "off") }},
	} {
		p := New("load $P/N$", "error")
		c.draw(p)
		got := table(t, p)
		if c.name == "jump" { // of each part the ends
			lines := strings.SplitAfter(got, "\n")
			got = strings.Join([]string{lines[0], lines[1], "…", lines[101], lines[102], "…", lines[202]}, "")
		}
		if got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// Several panels are told apart, and their axes too where these differ.
func TestDataOfPanels(t *testing.T) {
	one, p, q := []float64{1}, New("$t$ (s)", "error"), New("$N$", "error")
	Line(p, "", one, one, E)
	Line(q, "", one, one, E)
	if got, want := table(t, p, q), "panel,series,x: (a) t (s); (b) N,y: error\na,1,1,1\nb,1,1,1\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A map beside a plot says whose its label is.
func TestDataOfMapAndPlot(t *testing.T) {
	two, p, q := []float64{1, 2}, New("x", "y"), New("x", "")
	Heat(p, "hits", two, two, [][]float64{two, two}, 0, 0)
	Line(q, "l", two, two, E)
	if got := table(t, p, q); !strings.HasPrefix(got, "panel,series,x: x,y: (a) y,z: (a) hits\na,map,1,1,1\n") || !strings.HasSuffix(got, "\nb,l,1,1,\nb,l,2,2,\n") {
		t.Error(got)
	}
}

// A level of two parts says which is which: x² = 1/4 within [-1, 1]².
func TestDataOfLevel(t *testing.T) {
	p := New("x", "y")
	Level(p, "l", -1, 1, -1, 1, func(x, y float64) float64 { return x*x - 0.25 }, E)
	lines := strings.Split(strings.TrimSpace(table(t, p)), "\n")
	if lines[0] != "series,part,x: x,y: y" || len(lines) != 1+2*121 || lines[1] != "l,1,-0.5,-1" || !strings.HasPrefix(lines[242], "l,2,0.5,") {
		t.Errorf("%d lines, %q to %q", len(lines), lines[:2], lines[len(lines)-1])
	}
}

// The table is as long as it says.
func TestDataAreFew(t *testing.T) {
	x := make([]float64, 10*MostPoints)
	for i := range x {
		x[i] = float64(i)
	}
	p := New("x", "y")
	Scatter(p, "cloud", x, x, E)
	lines := strings.Split(strings.TrimSpace(table(t, p)), "\n")
	if len(lines) != 1+MostPoints || lines[0] != "series; 1 in 10 of the 20000 points of cloud,x: x,y: y" || lines[1] != "cloud,0,0" || lines[2] != "cloud,10,10" {
		t.Errorf("%d lines, %q", len(lines), lines[:3])
	}
}

// The data go to a file as a figure does, and fail as it does.
func TestSaveCSV(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figure.csv")
	if err := Save(file, "alt", ordinary(0)); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil || string(b) != table(t, ordinary(0)) || strings.Count(string(b), "\n") != 1+201+3+1 {
		t.Errorf("%s, %v", b, err)
	}
	bad := New("x", "y")
	Line(bad, "s", []float64{0, nan}, []float64{0, 1}, E)
	if err := Save(file, "alt", bad); err == nil || !strings.Contains(err.Error(), `series "s": x[1] = NaN is not finite`) {
		t.Error(err)
	}
}

// The table does not touch the plot.
func TestDataLeaveThePlot(t *testing.T) {
	p := New("x", "y")
	Line(p, "s", []float64{1}, []float64{1}, E)
	table(t, p)
	if p.X.Min != 1 || p.X.Max != 1 {
		t.Errorf("the axis is [%v, %v]", p.X.Min, p.X.Max)
	}
}
