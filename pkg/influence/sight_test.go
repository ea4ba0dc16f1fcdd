package influence_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"credo/pkg/influence"
)

func TestScratch(t *testing.T) {
	b, _ := os.ReadFile("/work/shared/reference_extension.json")
	var d struct {
		A_observer struct {
			Partial struct {
				Values []struct{ Alpha, R, Phi, Gamma, Own, Nu2, N_eff float64 }
			}
		}
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	worst := 0.
	for _, v := range d.A_observer.Partial.Values {
		h, err := influence.Sight{Feedback: influence.Detailed, Load: v.Alpha, CoTuning: v.R, Seen: v.Phi, Gain: v.Gamma}.Hearing()
		if err != nil {
			t.Error(err)
			continue
		}
		e := max(abs(h.Own-v.Own), abs(h.Noise-v.Nu2))
		if e > 1e-6 {
			fmt.Println(v, h)
		}
		worst = max(worst, e)
	}
	fmt.Println(len(d.A_observer.Partial.Values), worst)
}
func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
