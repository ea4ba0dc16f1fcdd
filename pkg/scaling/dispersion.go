package scaling

// Dispersion compares how the number of neurons that learned scatters between runs at the same point with that of independent neurons, by Pearson's
//
//	Σ (k − n p)²/(n p(1−p)) / degrees,  n = [Neurons], p the share that learned at the point,
//
// over all points where some did and some did not. It is 1 ± √(2/degrees) if the neurons of a run are as good as independent
// ones, which Cover's count of dichotomies, the same for all inputs in general position, suggests; and at most n. NaN without degrees.
func Dispersion(all []Outcome) (ratio float64, degrees int) {
	sum := 0.
	for _, o := range all {
		p := o.Share()
		if p == 0 || p == 1 {
			continue
		}
		for _, k := range o.Learned {
			off := k - float64(Neurons*p)
			sum += float64(off*off) / (Neurons * p * (1 - p))
		}
		degrees += len(o.Learned) - 1
	}
	return sum / float64(degrees), degrees
}
