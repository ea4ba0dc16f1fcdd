package book

import (
	"runtime"
	"strings"
	"testing"
)

// exponentials is a cell that prints a digest of the bits of many exponentials: those of a few
// arguments depend on the processor.
const exponentials = "%%\nvar digest uint64\nfor i := range 100000 {\n\tdigest = 31*digest + math.Float64bits(math.Exp(float64(i)*.0007-35))\n}\nfmt.Printf(\"%x\", digest)"

// Whatever the user's GODEBUG says of FMA, the bits are the same, for the setting wins. Without
// it they are not: so much the test would notice.
func TestSameBits(t *testing.T) {
	b, err := build(t, exponentials)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	bits := func(b *Binary, debug string) (bits, complaint string) {
		t.Helper()
		t.Setenv("GODEBUG", debug)
		o, err := b.Run(t.Context(), 1, Limits{})
		if err != nil || o.Failed != "" {
			t.Fatal(err, o.Failed)
		}
		return string(o.Stdout), string(o.Stderr)
	}
	want, _ := bits(b, "cpu.fma=off")
	for _, debug := range []string{"", "cpu.fma=on", "cpu.all=on", "gctrace=0"} { // a processor that has not all complains of "all"
		if got, _ := bits(b, debug); len(got) < 10 || got != want {
			t.Errorf("GODEBUG=%s: %s, want %s", debug, got, want)
		}
	}

	if runtime.GOARCH != "amd64" {
		t.Skip("not amd64: the processors of this architecture do not differ in math.Exp")
	}
	without := *b.workspace
	without.setting = ""
	control := *b
	control.workspace = &without
	with, complaint := bits(&control, "cpu.fma=on")
	if strings.Contains(complaint, "GODEBUG") {
		t.Skip("this processor has no FMA, or it is compiled for one that must: " + complaint)
	}
	if with == want {
		t.Error("the bits are the same without the setting: the test tries nothing")
	}
}

func TestSteady(t *testing.T) {
	for _, c := range []struct{ env, setting, want string }{
		{"A=1", "", "A=1"},
		{"A=1", "cpu.fma=off", "A=1 GODEBUG=cpu.fma=off"},
		{"GODEBUG=", "cpu.fma=off", "GODEBUG= GODEBUG=cpu.fma=off"},
		{"GODEBUG=x=1 A=1 GODEBUG=cpu.fma=on,y=2", "cpu.fma=off", "GODEBUG=x=1 A=1 GODEBUG=cpu.fma=on,y=2 GODEBUG=cpu.fma=on,y=2,cpu.fma=off"},
	} {
		if got := strings.Join(steady(strings.Fields(c.env), c.setting), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.env, got, c.want)
		}
	}
	for _, c := range []struct{ arch, level, want string }{
		{"amd64", "v1", "cpu.fma=off"}, {"amd64", "v2", "cpu.fma=off"}, {"amd64", "v3", ""}, {"arm64", "", ""}, {"386", "v1", ""},
	} {
		if got := fused(c.arch, c.level); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.arch, c.level, got, c.want)
		}
	}
}
