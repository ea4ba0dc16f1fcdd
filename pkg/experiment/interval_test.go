package experiment_test

import (
	"testing"

	"credo/pkg/experiment"
)

func TestIntervalString(t *testing.T) {
	for want, v := range map[string]experiment.Interval{"−0.5 ± 0.1 (n = 3)": {Mean: -0.5, Half: 0.1, N: 3}, "−0.5 ± 0.1": {Mean: -0.5, Half: 0.1}} {
		if got := v.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
