package main

import (
	"path/filepath"
	"testing"
	"time"

	"credo/internal/workshop"
)

// Kernel and program give the same bits, whether or not the user's GODEBUG lets
// math.Exp use what not every processor has.
func TestSameBits(t *testing.T) {
	if testing.Short() {
		t.Skip("a kernel: not under -short")
	}
	house, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if err := workshop.LocateKernel(house); err != nil {
		t.Skip(err)
	}
	cell := "%%\nvar digest uint64\nfor i := range 100000 {\n\tdigest = 31*digest + math.Float64bits(math.Exp(float64(i)*.0007-35))\n}\nfmt.Printf(\"%x\", digest)"
	study := strictModule(t, house)
	first := executor{t, study, house, false, time.Minute}.notebook([]string{cell})
	for _, debug := range []string{"cpu.fma=off", "cpu.fma=on"} {
		for _, kernel := range []bool{false, true} {
			t.Setenv("GODEBUG", debug)
			p := planted{executor{t, study, house, kernel, time.Minute}, first.Notebook}
			for _, s := range p.run("") {
				t.Errorf("GODEBUG=%s, by the kernel %v: %s", debug, kernel, s)
			}
		}
	}
}
