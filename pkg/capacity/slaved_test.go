package capacity

import "testing"

func TestSlavedAndDetailedBalance(t *testing.T) {
	// n_E, f_Y, capacity with slaved inhibition, and with independent inhibition balanced in detail: 15-digit evaluation. For
	// the last, linear programmes with 400 binary inputs gave 0.3352 ± 0.0041 (n_E = 0.5, f_Y = 0.5), 0.2056 ± 0.0088
	// (0.8, 0.5), 0.3559 ± 0.0052 (0.5, 0.2) and 0.2569 ± 0.0117 (0.8, 0.2).
	for _, c := range [][4]float64{
		{0.5, 0.5, 0.5, 0.333333333333333},
		{0.8, 0.5, 0.8, 0.2},
		{0.8, 0.4, 0.821089592749658, 0.205272398187414},
		{0.5, 0.2, 0.666898647870526, 0.363670864505789},
		{0.8, 0.2, 1.06703783659284, 0.26675945914821},
		{0.6, 0.05, 1.82485356324843, 0.429406900035651},
		{0.9, 0.01, 8.63877861798408, 0.475244198427852},
	} {
		p := Composition{ExcitatoryFraction: c[0], Coding: 0.2}
		slaved, err := p.Slaved(Capacity{TargetCoding: c[1]})
		if err != nil || relative(slaved, c[2]) > 1e-14 {
			t.Errorf("n_E = %v, f_Y = %v: slaved %v, %v; want %v", c[0], c[1], slaved, err, c[2])
		}
		detailed, err := p.DetailedBalance(c[1])
		if err != nil || relative(detailed, c[3]) > 3e-15 {
			t.Errorf("n_E = %v, f_Y = %v: balanced in detail %v, %v; want %v", c[0], c[1], detailed, err, c[3])
		}
	}
	// With excitation alone nothing is lost by slaving, and all by balancing.
	p := Composition{ExcitatoryFraction: 1, Coding: 0.2}
	want, _ := Capacity{0.3, 1}.SignConstrained()
	slaved, err := p.Slaved(Capacity{0.3, 1})
	detailed, err2 := p.DetailedBalance(0.3)
	if err != nil || err2 != nil || slaved != want || detailed != 0 {
		t.Errorf("excitatory: slaved %v, %v; want %v; balanced in detail %v, %v; want 0", slaved, err, want, detailed, err2)
	}
}
