package notebook

import (
	"reflect"
	"testing"
)

func TestFlags(t *testing.T) {
	source := `import "flag"
%autoget
var (
	rho   = flag.Float64("rho", 0.8, "pairing probability")
	seed  = flag.Uint64("seed", 0x2a, "seed")
	name  = flag.String("name", "a \"b\"", "")
	limit = flag.Duration("limit", 2*time.Second, "limit")
	other = math.Float64("rho", 1, "no flag")
	n     int
)
func init() { flag.IntVar(&n, "n", -1, "count") }
%%
flag.Bool("later", true, "not a declaration")
`
	got, err := Flags(source)
	want := []Parameter{{"rho", "Float64", "0.8", "pairing probability"}, {"seed", "Uint64", "0x2a", "seed"}, {"name", "String", `a "b"`, ""},
		{"limit", "Duration", "2*time.Second", "limit"}, {"n", "Int", "-1", "count"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Flags("var ("); err == nil {
		t.Error("no error for broken Go")
	}
	_, nb := fixture(t)
	list, err := nb.Parameters()
	if err != nil || len(list) != 2 || list[1] != (Parameter{"seed", "Uint64", "1", "seed of the generator"}) {
		t.Errorf("fixture: %+v, %v", list, err)
	}
}
