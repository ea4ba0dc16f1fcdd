package main

import (
	"encoding/binary"
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every made-up sweep has 1 s at 10 kHz. Its stimulus is at 0.5 s. In voltage
// clamp the current is 20 pA, and in the 50 ms after the stimulus 20 pA and its
// own; in current clamp the potential is −65 mV, with one spike before and two
// after the stimulus.

// python is an interpreter that has the module, or the test is skipped.
func python(t *testing.T, module, of string) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import "+module).Run() == nil {
			return name
		}
	}
	t.Skipf("no python3 with %s; on Debian: apt install %s", module, of)
	return ""
}

// recipe runs one with a table and returns the columns of what it writes.
func recipe(t *testing.T, interpreter, name, file, table string, options ...string) (out string, columns map[string][]string) {
	t.Helper()
	folder := filepath.Dir(file)
	out = filepath.Join(folder, "out.csv")
	if err := os.WriteFile(filepath.Join(folder, "table.csv"), []byte(table), 0o666); err != nil {
		t.Fatal(err)
	}
	args := append([]string{filepath.Join("recipes", name), file, filepath.Join(folder, "table.csv"), "-o", out}, options...)
	if said, err := exec.Command(interpreter, args...).CombinedOutput(); err != nil {
		return string(said), nil
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns = map[string][]string{}
	for i, head := range rows[0] {
		for _, row := range rows[1:] {
			columns[head] = append(columns[head], row[i])
		}
	}
	return out, columns
}

func wantColumns(t *testing.T, got map[string][]string, want map[string]string) {
	t.Helper()
	for name, values := range want {
		if s := strings.Join(got[name], " "); s != values {
			t.Errorf("%s: %s, want %s", name, s, values)
		}
	}
}

const makeNWB = `
import sys, h5py, numpy
with h5py.File(sys.argv[1], "w") as f:
    for e in "e0", "e1":
        f[f"general/intracellular_ephys/{e}/description"] = "patch pipette"
    f.attrs["nwb_version"] = "2.6.0"
    def series(path, kind, n, data, conversion, electrode="e0"):
        g = f.create_group(path)
        g.attrs["neurodata_type"] = kind
        g.attrs["sweep_number"] = numpy.uint32(n)
        g["data"] = data
        g["data"].attrs["conversion"] = conversion
        g["starting_time"] = float(n)
        g["starting_time"].attrs["rate"] = 10000.0
        g["electrode"] = h5py.SoftLink("/general/intracellular_ephys/" + electrode)
        return g
    for n, current in enumerate([-100.0, 150.0]):
        data = numpy.full(10000, 20.0)
        data[5000:5500] += current
        s = series(f"acquisition/vc{n}", "VoltageClampSeries", n, data, 1e-12)
        s["whole_cell_series_resistance_comp"], s["resistance_comp_correction"] = 20e6, 70.0
        series(f"stimulus/presentation/vc{n}", "VoltageClampStimulusSeries", n, numpy.full(10000, [-0.07, 0.0][n]), 1.0)
    data = numpy.full(10000, -65.0)
    data[[1000, 5010, 5200]] = 20.0
    series("acquisition/cc2", "CurrentClampSeries", 2, data, 1e-3)
    series("acquisition/vc0 of e1", "VoltageClampSeries", 0, data, 1e-12, "e1")
    series("acquisition/other", "TimeSeries", 3, data, 1.0)
`

func TestRecipeNWB(t *testing.T) {
	interpreter := python(t, "h5py", "python3-h5py")
	file := filepath.Join(t.TempDir(), "a.nwb")
	if said, err := exec.Command(interpreter, "-c", makeNWB, file).CombinedOutput(); err != nil {
		t.Fatalf("%s", said)
	}
	table := "sweep,animal,cell,time_min,condition,tone_kHz,is_paired\n0,M1,c1,-5,ACh,4,1\n1,M1,c1,-5,ACh,4,1\n2,M1,c1,-5,ACh,4,1\n"
	for want, options := range map[string][]string{"no holding potential": {"--electrode", "e0"}, "two sweeps 0": {"--holding", "-70"}} {
		if said, _ := recipe(t, interpreter, "nwb.py", file, table, append(options, "--stimulus", "0.5")...); !strings.Contains(said, want) {
			t.Errorf("%s, must say %s", said, want)
		}
	}
	out, columns := recipe(t, interpreter, "nwb.py", file, table, "--stimulus", "0.5", "--holding", "file", "--electrode", "e0")
	wantColumns(t, columns, map[string]string{
		"sweep": "0 1 2", "tone_kHz": "4 4 4", "current_pA": "-100 150 ", "holding_mV": "-70 0 ", "postsynaptic_spikes": "  2",
		"window_ms": "50 50 50", "series_resistance_MOhm": "6 6 ",
	})
	responses, _ := opened(t, out)
	// What reaches the synapse through 6 MΩ is −69.4 and −0.9 mV, of 70 mV.
	if r := responses[0]; len(responses) != 1 || math.Abs(r.Excitation-100*70/69.4) > 1e-9 || math.Abs(r.Inhibition-150*70/69.1) > 1e-9 || r.Spikes != 2 || !r.Paired {
		t.Errorf("%+v", responses)
	}
}

// abf2 is an ABF 2 file of one input, 0.1 pA a bit, and an output at −70 mV, with
// one sweep for each current. A section is 512 bytes times its first number; the
// places within are those of the format.
func abf2(currents ...float64) []byte {
	const samples = 10000
	b := make([]byte, 8*512, 8*512+2*samples*len(currents))
	put := func(at int, v any) {
		if _, err := binary.Encode(b[at:], binary.LittleEndian, v); err != nil {
			panic(err)
		}
	}
	section := func(i, block, size, n int) {
		put(76+16*i, []uint32{uint32(block), uint32(size)})
		put(76+16*i+8, int64(n))
	}
	copy(b, "ABF2\x00\x00\x00\x02")
	put(12, uint32(len(currents)))
	put(16, uint32(20190304))
	put(72, uint32(1)) // the protocol's path is the first string
	section(0, 2, 512, 1)
	put(2*512, int16(5))        // episodic
	put(2*512+2, float32(100))  // µs a sample
	put(2*512+110, float32(10)) // range, V
	put(2*512+118, int32(1000)) // resolution
	section(1, 3, 128, 1)       // the input
	for _, at := range []int{28, 40, 48} {
		put(3*512+at, float32(1)) // gains
	}
	put(3*512+40, float32(0.1)) // V/pA: 10/0.1/1000 = 0.1 pA a bit
	put(3*512+74, []int32{2, 3})
	section(2, 4, 256, 1) // the output
	put(4*512+12, float32(-70))
	put(4*512+24, []int32{4, 5})
	text := "\x00\x00Clampex\x00IN 0\x00pA\x00Cmd 0\x00mV\x00"
	section(9, 5, len(text), 1)
	copy(b[5*512:], text)
	section(10, 8, 2, samples*len(currents))
	section(15, 6, 8, len(currents))
	for i, current := range currents {
		put(6*512+8*i, []int32{int32(2 * samples * i), samples})
		for k := range samples {
			pA := 20.
			if k >= 5000 && k < 5500 {
				pA += current
			}
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(10*pA))))
		}
	}
	return b
}

func TestRecipeABF(t *testing.T) {
	interpreter := python(t, "neo", "python3-neo")
	file := filepath.Join(t.TempDir(), "a.abf")
	if err := os.WriteFile(file, abf2(-100, -120.5, -90), 0o666); err != nil {
		t.Fatal(err)
	}
	table := "sweep,animal,cell,time_min,condition,tone_kHz,is_paired\n1,M1,c1,-5,none,4,0\n3,M1,c1,5,none,4,0\n"
	out, columns := recipe(t, interpreter, "abf.py", file, table, "--stimulus", "0.5", "--holding", "file")
	wantColumns(t, columns, map[string]string{"sweep": "1 3", "current_pA": "-100 -90", "holding_mV": "-70 -70", "time_min": "-5 5"})
	if responses, _ := opened(t, out); len(responses) != 2 || responses[0].Excitation != 100 || responses[1].Excitation != 90 || responses[0].Time != -5 {
		t.Errorf("%+v", responses)
	}
	for _, c := range []struct{ table, want string }{
		{"sweep,cell\n4,c1\n", "no sweep 4"},
		{"sweep,cell,stimulus_s\n1,c1,0.96\n", "must be within its 1 s"},
		{"cell\nc1\n", "must have the column sweep"},
	} {
		if err := os.Remove(out); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if said, _ := recipe(t, interpreter, "abf.py", file, c.table, "--stimulus", "0.5", "--holding", "-70"); !strings.Contains(said, c.want) || strings.Contains(said, "Traceback") {
			t.Errorf("%s, must say %s", said, c.want)
		}
	}
}
