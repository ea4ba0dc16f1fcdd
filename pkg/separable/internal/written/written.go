// Package written makes small associations for tests from lines of text.
package written

import (
	"strings"
	"testing"

	"credo/pkg/model"
)

// Patterns makes associations from patterns written as "010 11 1": excitatory
// inputs, inhibitory inputs, target.
func Patterns(t testing.TB, channels int, list ...string) *model.Associations {
	t.Helper()
	var excitatory, inhibitory [][]int32
	var targets []bool
	active := func(s string) (list []int32) {
		for i, x := range s {
			if x == '1' {
				list = append(list, int32(i))
			}
		}
		return list
	}
	for _, p := range list {
		fields := strings.Fields(p)
		excitatory, inhibitory = append(excitatory, active(fields[0])), append(inhibitory, active(fields[1]))
		targets = append(targets, fields[2] == "1")
	}
	a, err := model.NewAssociations(channels, excitatory, inhibitory, targets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
