package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"credo/pkg/recordings"
)

// nullTable is a made-up table of the public one's columns: cell 101 is held at
// both potentials, 102 at one, with six sweeps of each of two patterns.
func nullTable() string {
	text := ",cellID,numSq,clampPotential,patternList,P0\n"
	for i := range 12 {
		for _, row := range []string{"101,5,-70,46,%d", "101,15,0,46,%d", "101,1,0,3,%d", "102,5,-70,46,%d"} {
			text += fmt.Sprintf("%d,"+row+"\n", 4*i, 10+i)
		}
	}
	return text
}

func convertNull(t *testing.T, text string, options ...string) (string, error) {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "in.csv"), filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(in, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return out, null(append([]string{in, "-o", out}, options...))
}

// opened are the responses of a file.
func opened(t *testing.T, path string) ([]recordings.Response, recordings.Account) {
	t.Helper()
	f, err := recordings.Open(path, recordings.Mapping{})
	if err != nil {
		t.Fatal(err)
	}
	responses, account, err := f.Responses(recordings.Fold{})
	if err != nil {
		t.Fatal(err)
	}
	return responses, account
}

func TestNullInOrder(t *testing.T) {
	out, err := convertNull(t, nullTable(), "-any")
	if err != nil {
		t.Fatal(err)
	}
	responses, account := opened(t, out)
	if account.Rows != 24 || account.Cells != 1 || account.Animals != 1 {
		t.Errorf("%d rows, %d cells, %d animals, want 24, 1, 1", account.Rows, account.Cells, account.Animals)
	}
	// Twelve sweeps in four runs of three; P0 counts up from 10.
	want := map[float64][]float64{-15: {10, 11, 12}, -5: {13, 14, 15}, 5: {16, 17, 18}, 60: {19, 20, 21}}
	for _, r := range responses {
		if r.Animal != "10" || r.Cell != "101" || r.Channel != 46 || r.Treatment != recordings.None || r.Paired {
			t.Errorf("%v", r)
		}
		if w := want[r.Time]; !slices.Equal(r.SweepsE, w) || !slices.Equal(r.SweepsI, w) {
			t.Errorf("at %v min: %v and %v, want %v", r.Time, r.SweepsE, r.SweepsI, w)
		}
	}
}

func TestNullDealt(t *testing.T) {
	var texts []string
	for _, seed := range []string{"0", "0", "1"} {
		out, err := convertNull(t, nullTable(), "-any", "-deal", seed)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] || texts[0] == texts[2] {
		t.Error("a deal must depend on its seed, and on nothing else")
	}
	for _, time := range []string{"-15", "-5", "5", "60"} {
		if n := strings.Count(texts[0], ","+time+",0,none,"); n != 6 {
			t.Errorf("%d sweeps at %s min, want 6", n, time)
		}
	}
}

func TestNullRefuses(t *testing.T) {
	for _, c := range []struct{ text, option, want string }{
		{nullTable(), "-any=false", "SHA-256"},
		{"cellID,numSq\n", "-any", "no column clampPotential"},
		{"cellID,numSq,clampPotential,patternList,P0\n", "-any", "no row with numSq"},
		{strings.ReplaceAll(nullTable(), ",0,46", ",-40,46"), "-any", `"-40", must be -70 or 0`},
		{strings.ReplaceAll(nullTable(), ",21\n", ",nine\n"), "-any", `"nine"`},
	} {
		out, err := convertNull(t, c.text, c.option)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one that says %s", err, c.want)
		}
		if _, err := os.Stat(out); err == nil {
			t.Error("a file was written")
		}
	}
	if err := null(nil); err == nil || !strings.Contains(err.Error(), "BhallaLab/STP_EI_paper_figs") {
		t.Errorf("error %v, want one that says where the table is", err)
	}
}
