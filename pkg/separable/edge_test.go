package separable_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"credo/pkg/separable"
)

var write = flag.String("write", "", "TestEdge writes all sequences of rows to this file, for testdata/reference.py")

// The answers are those that testdata/reference.py proved in rational
// arithmetic, with nothing of this package. Every second instance is feasible,
// and loses that with the one row more that the next has. None was undecided when
// this was written, and none may be.
func TestEdge(t *testing.T) {
	if *write != "" {
		writeSequences(t)
		return
	}
	t.Parallel()
	const right, wrong, open = 0, 1, 2
	counts := map[string]*[2][3]int{}
	instances := 0
	for _, want := range reference(t) {
		if testing.Short() && want.sequence%10 != 0 {
			continue
		}
		instances++
		i := want.instance(t)
		if counts[i.kind] == nil {
			counts[i.kind] = new([2][3]int)
		}
		for by, certificate := range i.answers(t) {
			outcome := right
			switch certificate.Answer.String() {
			case want.answer:
			case "undecided":
				outcome = open
				t.Errorf("%s %d with %d rows: undecided, %s", i.kind, i.sequence, len(i.Inputs), certificate.Reason)
			default:
				outcome = wrong
				t.Errorf("%s %d with %d rows: %v, is %s", i.kind, i.sequence, len(i.Inputs), certificate.Answer, want.answer)
			}
			counts[i.kind][by][outcome]++
		}
	}
	if !testing.Short() && instances < 1000 {
		t.Errorf("%d instances", instances)
	}
	for _, kind := range kinds {
		count := counts[kind.name]
		t.Logf("%-14s right, wrong and undecided: Store %3d, Decide %3d", kind.name, count[0], count[1])
	}
}

// answers are those of Store, where it can be asked, and of Decide, each with a
// proof that holds or a reason.
func (i instance) answers(t *testing.T) map[int]separable.Certificate {
	t.Helper()
	both := map[int]separable.Certificate{}
	c, err := separable.Decide(i.Problem)
	both[1] = c
	if err == nil && c.Answer != separable.Undecided {
		err = i.Problem.Verify(c)
	}
	if err == nil && i.targets != nil {
		a, bad := i.associations()
		if bad != nil {
			t.Fatal(bad)
		}
		c, err = separable.Store(a, i.constraints)
		both[0] = c
		if err == nil && c.Answer != separable.Undecided {
			err = c.Verify(a, i.constraints)
		}
	}
	if err != nil {
		t.Errorf("%s %d with %d rows: %v", i.kind, i.sequence, len(i.Inputs), err)
	}
	return both
}

// answer is a line of the reference.
type answer struct {
	kind                          string
	sequence, weights, rows, bits int
	digest, answer, found         string
}

func reference(t *testing.T) (all []answer) {
	file, err := os.Open("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var a answer
		if _, err := fmt.Sscan(lines.Text(), &a.kind, &a.sequence, &a.weights, &a.rows, &a.digest, &a.answer, &a.found, &a.bits); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		all = append(all, a)
	}
	return all
}

// instance draws what the answer is about, the same rows to the bit.
func (a answer) instance(t *testing.T) instance {
	t.Helper()
	kind := slices.IndexFunc(kinds[:], func(k kindOf) bool { return k.name == a.kind })
	if kind < 0 {
		t.Fatalf("no kind %q", a.kind)
	}
	i := sequence(kind, a.sequence).first(a.rows)
	if i.digest() != a.digest {
		t.Fatalf("%s %d with %d rows is another than that of the reference", a.kind, a.sequence, a.rows)
	}
	return i
}

func writeSequences(t *testing.T) {
	var all []byte
	for kind := range kinds {
		for k := range sequences {
			all = append(append(all, sequence(kind, k).text()...), '\n')
		}
	}
	if err := os.WriteFile(*write, all, 0o644); err != nil {
		t.Fatal(err)
	}
}
