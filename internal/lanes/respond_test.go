package lanes

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// odd puts numbers into rows that comparisons and sums may treat in their own way.
func (p *pool) odd(rows ...*Row) {
	all := [...]float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 5e-324}
	for _, r := range rows {
		for l := range r {
			if k := p.rng.IntN(4 * len(all)); k < len(all) {
				r[l] = all[k]
			}
		}
	}
}

// one makes all that is no number one and the same: a sum of two may be either.
func one(x []float64) []float64 {
	for i := range x {
		if x[i] != x[i] {
			x[i] = math.NaN()
		}
	}
	return x
}

// response draws what Respond reads, half of it without lines, and responds.
func (p *pool) response() (r Response, v *Row, gains, currents *[2]Row, choices [2]*Choice, lines [2]*Lines) {
	v, gains, currents = p.row(), p.pair(), p.pair()
	p.odd(v, &gains[0], &gains[1], &currents[0], &currents[1])
	for kind := range choices {
		_, rows := p.rows(4)
		choices[kind] = (*Choice)(unsafe.Pointer(&rows[0]))
		p.odd(&rows[0], &rows[1], &rows[2], &rows[3])
		if p.rng.IntN(2) == 0 {
			_, rows := p.rows(6)
			p.odd(&rows[0], &rows[1], &rows[3])
			lines[kind] = (*Lines)(unsafe.Pointer(&rows[0]))
		}
	}
	Respond(&r, v, gains, currents, &choices, &lines)
	return r, v, gains, currents, choices, lines
}

func init() {
	kernels = append(kernels,
		kernel{"Potentials", func(p *pool, _ int) []float64 {
			v, sums, scale := p.row(), p.pair(), p.rng.NormFloat64()
			p.odd(&sums[0], &sums[1])
			Potentials(v, sums, scale, p.row())
			return one(append(append(v[:], sums[0][:]...), sums[1][:]...))
		}},
		kernel{"Respond", func(p *pool, _ int) (x []float64) {
			r, _, _, _, _, _ := p.response()
			for kind := range 2 {
				x = append(append(append(x, r.Extra[kind][:]...), r.Common[kind][:]...), float64(r.Sweeps[kind]))
			}
			return one(append(x, float64(r.Fires)))
		}})
}

// A lane of a response is what a neuron does alone: it fires above threshold, and its
// synapses follow the line or the choice of its output.
func TestRespondIsNeurons(t *testing.T) {
	p := &pool{rand.New(rand.NewPCG(5, 5))}
	fired, lined := 0, 0
	for range 300 {
		r, v, gains, currents, choices, lines := p.response()
		for l := range Neurons {
			y := r.Fires >> l & 1
			if fires := v[l]+gains[0][l]+gains[1][l] > 0; fires != (y == 1) {
				t.Fatalf("potential %v + %v + %v: y = %d", v[l], gains[0][l], gains[1][l], y)
			}
			fired += y
			for kind, choice := range choices {
				extra, common := choice[y].Extra[l], choice[y].Common[l]
				if lines := lines[kind]; lines != nil && lines.Follows[y][l] != 0 {
					lined++
					active := lines.Rate[l] * (float64(lines.Slope[l]*currents[0][l]) + lines.Offset[l] - currents[1][l])
					extra = float64(lines.Scale[l]*active) + (active - active)
				}
				if same := math.Float64bits(r.Extra[kind][l]) == math.Float64bits(extra) || extra != extra && r.Extra[kind][l] != r.Extra[kind][l]; !same {
					t.Fatalf("extra = %v, want %v", r.Extra[kind][l], extra)
				}
				if sweeps := common != 0; math.Float64bits(r.Common[kind][l]) != math.Float64bits(common) || sweeps != (r.Sweeps[kind]>>l&1 == 1) {
					t.Fatalf("common = %v, sweeps %b; want %v", r.Common[kind][l], r.Sweeps[kind], common)
				}
			}
		}
	}
	if fired < 500 || fired > 1900 || lined < 500 {
		t.Errorf("of 2400 neurons %d fired, %d lines were followed", fired, lined)
	}
}
