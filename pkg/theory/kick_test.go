package theory_test

import (
	"math"
	"testing"
)

// The reported circuit with A_A = 0.02 and b = 0.2: gap 0.157, kick 0.153 and
// with acetylcholine 0.267 at full rate (independent evaluation). In
// simulations from V = −1.5 it is then freed, and at a third of the rate not.
func TestKick(t *testing.T) {
	c := published()
	c.ACh.Disinhibition, c.Balance.Offset = 0.02, 0.2
	k, err := of(c).Kick(1)
	if err != nil || math.Abs(k.Gap()-0.157) > 1e-3 || math.Abs(k.Alone-0.153) > 1e-3 || math.Abs(k.WithACh-0.267) > 1e-3 {
		t.Errorf("%+v, gap %v, %v", k, k.Gap(), err)
	}
	if k, err := of(published()).Kick(1); err != nil || k.Gap() != 0 {
		t.Errorf("as reported no pattern is stuck: %+v, %v", k, err)
	}
	// Each rule has its own reference.
	c.Acetylcholine.Reference, c.Noradrenaline.Reference = 0.1, 0.3
	if k, err := of(c).Kick(0.5); err != nil || math.Abs(k.Alone-0.1*0.772*0.7) > 1e-12 || math.Abs(k.WithACh-k.Alone-0.1*0.575*0.9) > 1e-12 {
		t.Errorf("%+v, %v", k, err)
	}
	if _, err := of(c).Kick(-1); err == nil {
		t.Error("rate −1 accepted")
	}
}
