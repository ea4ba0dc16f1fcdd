package sparse

import (
	"reflect"
	"testing"
)

func TestTranspose(t *testing.T) {
	lists := [][]int32{{0, 3}, {}, {3}, {1, 3}}
	got := Transpose(5, len(lists), func(k int) []int32 { return lists[k] })
	want := [][]int32{{0}, {3}, {}, {0, 2, 3}, {}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	back := Transpose(len(lists), len(got), func(j int) []int32 { return got[j] })
	if !reflect.DeepEqual(back, lists) {
		t.Errorf("twice transposed %v, want %v", back, lists)
	}
}
