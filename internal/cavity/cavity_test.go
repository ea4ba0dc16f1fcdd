package cavity

import (
	"errors"
	"math"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// bent is a force with a jump down at threshold and bends on both sides.
func bent() Table {
	return Table{{-3, 2.6}, {-1, 1.4}, {0, 1.1}, {1e-12, 0.3}, {0.5, 0.1}, {2, -1.8}}
}

// at is the map's value, from the piece that contains ω.
func at(pieces []Piece, omega float64) float64 {
	for _, p := range pieces {
		if omega >= p.Lo && omega <= p.Hi {
			return p.At + p.Slope*omega
		}
	}
	return math.NaN()
}

// force interpolates the table, and continues it.
func (t Table) force(v float64) float64 {
	k := 0
	for k+2 < len(t) && v > t[k+1].V {
		k++
	}
	return t[k].F + (t[k+1].F-t[k].F)*(v-t[k].V)/(t[k+1].V-t[k].V)
}

// V solves V − χF(V) = ω, or is 0 where F jumps through the value needed, and
// both routes to it agree.
func TestPiecesSolveTheEquation(t *testing.T) {
	for _, chi := range []float64{0.1, 1, 7} {
		pieces, global := bent().Pieces(chi), bent().Global(chi)
		for omega := -9.; omega < 9; omega += 0.0437 {
			v := at(pieces, omega)
			if math.Abs(v) > 1e-9 && math.Abs(v-chi*bent().force(v)-omega) > 1e-9 || math.Abs(v) <= 1e-9 && (omega < -chi*1.1-1e-9 || omega > -chi*0.3+1e-9) {
				t.Fatalf("χ = %v: V(%v) = %v", chi, omega, v)
			}
			if g := at(global, omega); math.Abs(g-v) > 1e-9 {
				t.Fatalf("χ = %v: V(%v) = %v and %v", chi, omega, v, g)
			}
		}
	}
}

// A force that jumps up from s to r at threshold, F = s − V and r − V: the
// minima are equally deep at ω = −χ(r+s)/2.
func TestGlobalJumpsByMaxwell(t *testing.T) {
	const s, r, chi = -0.2, 0.6, 1.7
	var table Table
	for v := -4.; v < -1e-9; v += 0.01 {
		table = append(table, Point{v, s - v})
	}
	table = append(table, Point{0, s}, Point{1e-12, r})
	for v := 0.01; v < 4; v += 0.01 {
		table = append(table, Point{v, r - v})
	}
	pieces := table.Global(chi)
	jump := -chi * (r + s) / 2
	for _, omega := range []float64{-3, jump - 1e-3, jump + 1e-3, 2} {
		want := (omega + chi*s) / (1 + chi)
		if omega > jump {
			want = (omega + chi*r) / (1 + chi)
		}
		if v := at(pieces, omega); math.Abs(v-want) > 1e-9 {
			t.Errorf("V(%v) = %v, want %v", omega, v, want)
		}
	}
}

func TestMeansByQuadrature(t *testing.T) {
	const bias, sd, chi = -0.3, 0.8, 1.5
	pieces := bent().Pieces(chi)
	got := Mean(pieces, bias, sd)
	var want Averages
	work := 0.
	for _, p := range pieces { // smooth on each
		lo, hi := max((p.Lo-bias)/sd, -12), min((p.Hi-bias)/sd, 12)
		integral := func(f func(z, omega, v float64) float64) float64 {
			return quad.Fixed(func(z float64) float64 {
				omega := bias + sd*z
				return gauss.PDF(z) * f(z, omega, p.At+p.Slope*omega)
			}, lo, hi, 80, quad.Legendre{}, 0)
		}
		want.Shift += integral(func(_, o, v float64) float64 { return v - o })
		want.Square += integral(func(_, o, v float64) float64 { return (v - o) * (v - o) })
		want.Along += integral(func(z, o, v float64) float64 { return z * (v - o) })
		want.Fires += integral(func(_, o, _ float64) float64 { return p.Fires + p.FiresSlope*o })
		lo, hi = max(p.Lo-bias, -12), min(p.Hi-bias, 12)
		work += quad.Fixed(func(z float64) float64 {
			return gauss.PDF(z) * (bias + z) * (p.At + p.Slope*(bias+z))
		}, lo, hi, 80, quad.Legendre{}, 0)
	}
	for _, x := range [][2]float64{{got.Shift, want.Shift}, {got.Square, want.Square}, {got.Along, want.Along}, {got.Fires, want.Fires}, {Work(pieces, bias), work}} {
		if math.Abs(x[0]-x[1]) > 1e-12 {
			t.Errorf("%v, quadrature %v", x[0], x[1])
		}
	}
}

// For F = t − V of two classes the state is that of least squares,
// 1 − V' = 1/α, sd² = σ_t²/(α−1), and below α = 1 there is none.
func TestSolveLeastSquares(t *testing.T) {
	linear := func(target float64) Table { return Table{{-5, target + 5}, {5, target - 5}} }
	prox := func(chi float64) [2][]Piece { return [2][]Piece{linear(-0.4).Pieces(chi), linear(0.6).Pieces(chi)} }
	for _, load := range []float64{1.3, 2, 20} {
		s, err := Solve(load, 0.3, 0, prox)
		if err != nil || math.Abs(s.Bias+0.1) > 1e-9 || math.Abs(s.SD-math.Sqrt(0.21/(load-1))) > 1e-8 || math.Abs(s.Susceptibility*(load-1)-1) > 1e-7 {
			t.Errorf("α = %v: %+v, %v", load, s, err)
		}
	}
	if _, err := Solve(0.9, 0.3, 0, prox); !errors.Is(err, ErrBelowCapacity) {
		t.Errorf("α = 0.9: %v", err)
	}
}
