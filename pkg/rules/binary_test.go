package rules_test

import (
	"testing"

	"credo/pkg/model"
)

// Whatever a rule that says that it is binary is shown beside the binary signals, it
// answers the same.
func TestBinaryRulesReadBinarySignals(t *testing.T) {
	found := 0
	for _, k := range kinds() {
		r, ok := k.rule.(model.Binary)
		if !ok || !r.Binary() {
			continue
		}
		found++
		rng, differ := model.Stream(1, 2), false
		for range 1000 {
			s := scene(rng)
			want, other := r.Change(&s), scene(rng)
			other.Output, other.ACh, other.NE, other.Reward, other.Target = s.Output, s.ACh, s.NE, s.Reward, s.Target
			other.AChExcess, other.NEExcess = s.AChExcess, s.NEExcess
			if got := r.Change(&other); got != want {
				t.Fatalf("%T: %+v and, where only other signals differ, %+v", r, want, got)
			}
			differ = differ || want != model.Change{}
		}
		if !differ {
			t.Errorf("%T changes nothing", r)
		}
	}
	if found < 7 {
		t.Errorf("%d kinds are binary, want at least 7", found)
	}
}
