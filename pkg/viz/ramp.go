package viz

import (
	"image/color"
	"math"
)

// ramp is a map from [0, 1] to colours, linear between anchors that are evenly spaced.
type ramp []uint32

var (
	// viridis, by van der Walt and Smith (matplotlib 1.5): perceptually uniform, dark is low, readable in grey and without
	// red-green vision. Nine of its 256 entries.
	viridis = ramp{0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725}
	// signed, the nine-class RdBu of Brewer's ColorBrewer reversed: blue is negative, white is zero, red is positive.
	signed = ramp{0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B}
)

// at returns the colour at t, the nearest end if t is outside [0, 1].
func (r ramp) at(t float64) color.RGBA {
	s := math.Max(0, math.Min(1, t)) * float64(len(r)-1)
	i := min(int(s), len(r)-2)
	part := s - float64(i)
	channel := func(shift uint) uint8 {
		a, b := float64(r[i]>>shift&0xff), float64(r[i+1]>>shift&0xff)
		return uint8(math.Round(a + (b-a)*part))
	}
	return color.RGBA{channel(16), channel(8), channel(0), 0xff}
}

// palette returns 256 colours of the ramp.
func (r ramp) palette() color.Palette {
	p := make(color.Palette, 256)
	for i := range p {
		p[i] = r.at(float64(i) / 255)
	}
	return p
}
