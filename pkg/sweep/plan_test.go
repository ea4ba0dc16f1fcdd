package sweep

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// Who times runs while another process plans takes its plan, in however many shards that is, unless asked for a number.
func TestPlannedMeanwhile(t *testing.T) {
	for shards, taken := range map[int]bool{0: true, 2: false} {
		s := &session{}
		var once sync.Once
		s.design = &experiment.Design{Name: "s", Seeds: 9, Measure: func(context.Context, experiment.Run, *rand.Rand) (experiment.Values, error) {
			once.Do(func() { // the other
				p := s.plan
				p.Shards = 3
				if _, err := shard.Create(s.dir, p, nil); err != nil {
					t.Error(err)
				}
			})
			return experiment.Values{"a": 1}, nil
		}}
		if _, err := s.read([]string{"-out", filepath.Join(t.TempDir(), "s")}); err != nil {
			t.Fatal(err)
		}
		f, err := s.cut(t.Context(), shards, true)
		if (err == nil) != taken || taken && f.Plan().Shards != 3 {
			t.Errorf("asked for %d shards: %v", shards, err)
		}
	}
}
