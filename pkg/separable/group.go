package separable

import (
	"credo/pkg/model"
	"encoding/binary"
	"math"
)

// group is the channels that share one column: the same input in every
// pattern. Their weights act as one, of free sign if both kinds are present.
type group struct {
	excitatory, inhibitory []int
	patterns               []int32 // where the input is 1
}

// groups returns the groups of channels that are 1 in at least one pattern, in
// the order of their first channel, excitatory before inhibitory.
func groups(a *model.Associations) []group {
	var result []group
	index := make(map[string]int)
	collect := func(channels int, active func(mu int) []int32, add func(g *group, i int)) {
		columns := make([][]int32, channels)
		for mu := range a.Len() {
			for _, i := range active(mu) {
				columns[i] = append(columns[i], int32(mu))
			}
		}
		var key []byte
		for i, column := range columns {
			if column == nil {
				continue
			}
			key = appendKey(key[:0], column)
			at, known := index[string(key)]
			if !known {
				at = len(result)
				index[string(key)] = at
				result = append(result, group{patterns: column})
			}
			add(&result[at], i)
		}
	}
	collect(countE(a), a.Excitatory, func(g *group, i int) { g.excitatory = append(g.excitatory, i) })
	collect(countI(a), a.Inhibitory, func(g *group, i int) { g.inhibitory = append(g.inhibitory, i) })
	return result
}

// appendKey appends what tells the list from all others.
func appendKey(key []byte, list []int32) []byte {
	for _, i := range list {
		key = binary.LittleEndian.AppendUint32(key, uint32(i))
	}
	return binary.LittleEndian.AppendUint32(key, math.MaxUint32)
}
