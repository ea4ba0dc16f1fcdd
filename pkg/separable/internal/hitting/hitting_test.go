package hitting

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"credo/pkg/model"
)

// All subsets of up to 10 elements tell the least number that hits all sets;
// there are such that need many. It is the same if the sets are told one by one.
func TestHitExhaustive(t *testing.T) {
	seen := map[int]int{}
	for run := range uint64(400) {
		rng := model.Stream(1901, run)
		elements := 2 + rng.IntN(9)
		family, sets, lists := Family{}, []uint{}, [][]int{}
		for range rng.IntN(90) {
			var set []int
			var bitset uint
			for e := range elements {
				if rng.Float64() < 0.25+0.05*float64(run%5) {
					set, bitset = append(set, e), bitset|1<<e
				}
			}
			if set != nil {
				family.Add(set)
				sets, lists = append(sets, bitset), append(lists, set)
			}
		}
		want := elements
		for chosen := range uint(1) << elements {
			all := true
			for _, s := range sets {
				all = all && s&chosen != 0
			}
			if all {
				want = min(want, bits.OnesCount(chosen))
			}
		}
		seen[want]++
		for n := range elements + 1 {
			hit, possible, err := family.Hit(context.Background(), n, nil)
			if err != nil || possible != (n >= want) || len(hit) > n {
				t.Fatalf("run %d: %v %v %v with at most %d, the least is %d", run, hit, possible, err, n, want)
			}
			var chosen uint
			for _, e := range hit {
				chosen |= 1 << e
			}
			for _, s := range sets {
				if possible && s&chosen == 0 {
					t.Fatalf("run %d: %v leaves %b", run, hit, s)
				}
			}
			told := Family{}
			_, again, _ := told.Hit(context.Background(), n, func(hit []int) {
				for _, set := range lists {
					if !slices.ContainsFunc(set, func(e int) bool { return slices.Contains(hit, e) }) {
						told.Add(set)
						return
					}
				}
			})
			if again != possible || len(told.sets) > len(sets) {
				t.Fatalf("run %d: %t with at most %d, %d of %d sets told", run, again, n, len(told.sets), len(sets))
			}
		}
	}
	if len(seen) < 7 {
		t.Errorf("only the least numbers %v", seen)
	}
}

// Pairs without an element in common need one each; the elements lie in several
// words of a mask, as the sets do.
func TestHitPairs(t *testing.T) {
	var family Family
	for k := range 100 {
		family.Add([]int{k, k + 100})
	}
	for n, want := range map[int]bool{99: false, 100: true} {
		if hit, possible, _ := family.Hit(context.Background(), n, nil); possible != want || want && len(hit) != 100 {
			t.Errorf("%d elements: %v %v", n, hit, possible)
		}
	}
}

func TestHitStops(t *testing.T) {
	var family Family
	for i := range 30 { // the edges of a complete graph: 29 of 30 elements
		for j := range i {
			family.Add([]int{j, i})
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := family.Hit(ctx, 20, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func ExampleFamily_Hit() {
	var family Family
	for _, set := range [][]int{{0, 1}, {1, 2}, {3}} {
		family.Add(set)
	}
	fmt.Println(family.Hit(context.Background(), 2, nil))
	// Output: [1 3] true <nil>
}
