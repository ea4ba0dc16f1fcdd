package estimate

import (
	"math"
	"slices"

	"credo/pkg/recordings"
)

// Depression sets laws of the change of unpaired channels' excitation against
// each other, as [Compare] does for inhibition:
//
//	none          ΔE = 0
//	uniform       ΔE = −u Ē, the rule of acetylcholine, Ē the cell's mean before
//	proportional  ΔE = −p E
//	best only     ΔE = −q E at the strongest unpaired channel, 0 elsewhere, as in a heterosynaptic model cited
//
// A channel that is called the best because an error raised it falls back when
// it is measured again. So the best one is the one that the data flag; where
// they flag none among the unpaired it is that of the largest inhibition before
// pairing, whose error is another's. It returns an error as [Restore] does.
func Depression(cells []Cell, treatment recordings.Treatment) (Contest, error) {
	var chosen []Cell
	for _, c := range cells {
		if c.Treatment != treatment {
			continue
		}
		unpaired := slices.DeleteFunc(slices.Clone(c.Channels), func(t Track) bool { return t.Paired })
		if !slices.ContainsFunc(unpaired, func(t Track) bool { return t.Best }) {
			best := -1
			for k, t := range unpaired {
				if i := t.I[Before].Value; !math.IsNaN(i) && (best < 0 || i > unpaired[best].I[Before].Value) {
					best = k
				}
			}
			if best >= 0 {
				unpaired[best].Best = true
			}
		}
		c.Channels = unpaired
		chosen = append(chosen, c)
	}
	s, err := gather(chosen, AfterPairing, e1, e0, e1)
	if err != nil {
		return Contest{}, err
	}
	strongest := own(e0, 1)
	strongest.best = true
	laws := []Rival{
		{Name: "none", Law: "ΔE = 0"},
		{Name: "uniform", Law: "ΔE = −u Ē", x: []form{mean(e0, 1)}, within: []int{0}},
		{Name: "proportional", Law: "ΔE = −p E", x: []form{own(e0, 1)}, within: []int{0}},
		{Name: "best only", Law: "ΔE = −q E at the best", x: []form{strongest}, within: []int{0}},
	}
	return s.choose(own(e1, 1).plus(own(e0, -1)), laws), nil
}
