package scaling_test

import (
	"os"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/scaling"
)

// The table is the whole study's, and small; the cheapest point of each part gives the same numbers again.
func TestMeasured(t *testing.T) {
	table, err := scaling.Measured()
	if err != nil {
		t.Fatal(err)
	}
	if file, err := os.Stat("measured.csv"); err != nil || file.Size() > 200_000 {
		t.Errorf("%v, %v", file.Size(), err)
	}
	if !scaling.Repeatable() {
		t.Skip("the table was measured on amd64; other processors round otherwise")
	}
	d := scaling.Study()
	few := experiment.List{Names: table.Parameters}
	var want []experiment.Row
	for _, i := range []int{0, len(table.Rows) - 1} {
		few.Values, want = append(few.Values, table.Rows[i].At), append(want, table.Rows[i])
	}
	d.Points = few
	again, err := d.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for k, row := range again.Rows {
		for c, x := range row.Values {
			if x != want[k].Values[c] {
				t.Errorf("point %v: %s is %v, and was %v", row.At, again.Columns[c], x, want[k].Values[c])
			}
		}
	}
}
