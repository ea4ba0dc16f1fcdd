package lanes

import "unsafe"

// A trial of eight neurons between the sums of their weights and the steps that follow
// from them. What depends on whether a neuron fires is laid out for both cases
// beforehand, so that no lane needs a jump.

// Choice is what is added to the active weights of one kind, and then to all, where the
// neuron is silent and where it fires.
type Choice [2]struct{ Extra, Common Row }

// Lines are added to the active weights, in place of a [Choice],
//
//	scale · rate (slope i_E + offset − i_I),
//
// where Follows, of silent neurons and of those that fire, is not 0.
type Lines struct {
	Follows                    [2]Row
	Slope, Offset, Rate, Scale Row
}

// Response is what comes of a trial: what is added to the weights of each kind, and the
// lanes, a bit for each, that fire and those to all of whose weights something is added.
type Response struct {
	Extra, Common [2]Row
	Fires         int
	Sweeps        [2]int
}

// Potentials multiplies the sums by the scale, which makes them the currents, and sets v
// to the first less the second less the threshold.
func Potentials(v *Row, sums *[2]Row, scale float64, threshold *Row) {
	potentials(&v[0], &sums[0][0], scale, &threshold[0])
}

// Respond lets those neurons fire whose v and gains, added in this order, are more than
// 0, and makes the choices of both kinds of weights; lines may be nil. What is not finite
// of a line is NaN.
func Respond(r *Response, v *Row, gains, currents *[2]Row, choices *[2]*Choice, lines *[2]*Lines) {
	respond((*float64)(unsafe.Pointer(r)), &v[0], &gains[0][0], &currents[0][0],
		&choices[0][0].Extra[0], &choices[1][0].Extra[0], (*float64)(unsafe.Pointer(lines[0])), (*float64)(unsafe.Pointer(lines[1])))
}

func potentialsPlain(pv, psums *float64, scale float64, pthreshold *float64) {
	v, sums, threshold := (*Row)(slice(pv, Neurons)), (*[2]Row)(unsafe.Pointer(psums)), slice(pthreshold, Neurons)
	for l := range v {
		e, i := float64(sums[0][l]*scale), float64(sums[1][l]*scale)
		sums[0][l], sums[1][l], v[l] = e, i, e-i-threshold[l]
	}
}

func respondPlain(pr, pv, pgains, pcurrents, pchoice0, pchoice1, plines0, plines1 *float64) {
	r, v := (*Response)(unsafe.Pointer(pr)), (*Row)(slice(pv, Neurons))
	gains, currents := (*[2]Row)(unsafe.Pointer(pgains)), (*[2]Row)(unsafe.Pointer(pcurrents))
	choices := [2]*Choice{(*Choice)(unsafe.Pointer(pchoice0)), (*Choice)(unsafe.Pointer(pchoice1))}
	lines := [2]*Lines{(*Lines)(unsafe.Pointer(plines0)), (*Lines)(unsafe.Pointer(plines1))}
	r.Fires, r.Sweeps = 0, [2]int{}
	for l := range v {
		y := 0
		if v[l]+gains[0][l]+gains[1][l] > 0 {
			y = 1
		}
		r.Fires |= y << l
		for kind, choice := range choices {
			r.Extra[kind][l], r.Common[kind][l] = choice[y].Extra[l], choice[y].Common[l]
			if r.Common[kind][l] != 0 {
				r.Sweeps[kind] |= 1 << l
			}
			if line := lines[kind]; line != nil && line.Follows[y][l] != 0 {
				active := line.Rate[l] * (float64(line.Slope[l]*currents[0][l]) + line.Offset[l] - currents[1][l])
				r.Extra[kind][l] = float64(line.Scale[l]*active) + (active - active)
			}
		}
	}
}
