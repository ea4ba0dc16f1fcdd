package model_test

import (
	"slices"
	"testing"

	"credo/pkg/model"
)

func TestByTarget(t *testing.T) {
	a, err := model.NewAssociations(1, make([][]int32, 4), nil, []bool{true, false, false, true})
	if err != nil {
		t.Fatal(err)
	}
	one, zero := a.ByTarget([]float64{1, 2, 3, 4})
	if !slices.Equal(one, []float64{1, 4}) || !slices.Equal(zero, []float64{2, 3}) {
		t.Errorf("one %v, zero %v", one, zero)
	}
	defer func() {
		if recover() == nil {
			t.Error("three values for four patterns do not panic")
		}
	}()
	a.ByTarget([]float64{1, 2, 3})
}
