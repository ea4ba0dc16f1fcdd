package viz

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func labels(ticks []plot.Tick) string {
	var s []string
	for _, t := range ticks {
		if t.Label != "" {
			s = append(s, t.Label)
		}
	}
	return strings.Join(s, " ")
}

func TestEvenTicks(t *testing.T) {
	for _, c := range []struct {
		min, max float64
		want     string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1.0"},
		{-1, 1, "−1.0 −0.5 0 0.5 1.0"},
		{0, 0.6, "0 0.1 0.2 0.3 0.4 0.5 0.6"},
		{0.1, 3, "0.5 1.0 1.5 2.0 2.5 3.0"},
		{0, 8000, "0 2000 4000 6000 8000"},
		{0, 400_000, "0 100000 200000 300000 400000"},
		{0, 5e6, "0 1·$10^{6}$ 2·$10^{6}$ 3·$10^{6}$ 4·$10^{6}$ 5·$10^{6}$"},
		{0, 3e-6, "0 5·$10^{−7}$ 1·$10^{−6}$ 1.5·$10^{−6}$ 2·$10^{−6}$ 2.5·$10^{−6}$ 3·$10^{−6}$"},
		{10, 12, "10.0 10.5 11.0 11.5 12.0"},
	} {
		if got := labels(even(mostTicks).Ticks(c.min, c.max)); got != c.want {
			t.Errorf("[%v, %v]: %s, want %s", c.min, c.max, got, c.want)
		}
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		min, max float64
		want     string
	}{
		{1e-3, 1, "0.001 0.01 0.1 1"},
		{1e-6, 10, "$10^{−6}$ $10^{−4}$ 0.01 1"},
		{100, 1000, "100 200 500 1000"},
		{0.3, 0.7, "0.5"},
		{50, 800, "50 100 200 500"},
		{200, 13_000, "1000 $10^{4}$"},
	} {
		ticks := decades(mostTicks).Ticks(c.min, c.max)
		if got := labels(ticks); got != c.want {
			t.Errorf("[%v, %v]: %s, want %s", c.min, c.max, got, c.want)
		}
		for _, tick := range ticks {
			if tick.Value < c.min*0.999 || tick.Value > c.max*1.001 {
				t.Errorf("[%v, %v]: tick at %v", c.min, c.max, tick.Value)
			}
		}
	}
}

// Ranges of any size and place get a handful of ticks.
func TestTicksAreFew(t *testing.T) {
	for e := -12.0; e <= 12; e += 0.37 {
		for _, offset := range []float64{0, -1, 1e3} {
			span := math.Pow(10, e)
			if span < 1e-10 && offset == 1e3 {
				continue // too narrow for float64
			}
			if n := len(even(mostTicks).Ticks(offset, offset+span)); n > 9 || n < 3 && span > 1e-6 {
				t.Errorf("%d ticks over [%v, %v]", n, offset, offset+span)
			}
		}
	}
}
