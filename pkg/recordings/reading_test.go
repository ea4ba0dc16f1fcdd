package recordings_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
	"credo/pkg/recordings/generate"
	"credo/pkg/recordings/table"
)

const rawHeader = "animal,cell,sweep,time_min,condition,channel,is_paired,is_best,holding_mV,reversal_mV,series_resistance_MOhm,current_pA,window_ms,postsynaptic_spikes\n"

// rawFile has two sweeps of excitation and one of inhibition.
const rawFile = rawHeader +
	"A1,C1,1,-5,ACh,1,1,0,-70,0,12,-80.5,50,0\n" +
	"A1,C1,2,-5,ACh,1,1,0,-70,0,12,-75,50,1\n" +
	"A1,C1,3,-5,ACh,1,1,0,0,-70,,92.25,50,\n"

const aggregateFile = "source_doi,figure,cell,channel,condition,time_min,excitation,inhibition,unit,sem,n,status\n" +
	"10.1038/nature06289,2c,C1,4,ACh,-5,80,95,pA,4,10,digitised\n" +
	"10.1038/nature06289,2c,C1,8,ACh,-5,60,,pA,3,10,digitised\n"

// Each file is read rightly, with so many rows, or refused with exactly this
// error.
func TestMalformedFiles(t *testing.T) {
	edit := func(file, old, new string) io.Reader {
		if !strings.Contains(file, old) {
			t.Fatalf("no %q to edit", old)
		}
		return strings.NewReader(strings.Replace(file, old, new, 1))
	}
	raw := func(old, new string) io.Reader { return edit(rawFile, old, new) }
	aggregate := func(old, new string) io.Reader { return edit(aggregateFile, old, new) }
	for _, test := range []struct {
		name string
		file io.Reader
		rows int
		want string // after "recordings: "; empty: no error
	}{
		{"as it should be", raw("", ""), 3, ""},
		{"aggregate, as it should be", aggregate("", ""), 2, ""},

		// Read rightly.
		{"byte order mark", raw("animal", "\ufeffanimal"), 3, ""},
		{"CR LF", strings.NewReader(strings.ReplaceAll(rawFile, "\n", "\r\n")), 3, ""},
		{"header only", strings.NewReader(rawHeader), 0, ""},
		{"blank lines", raw("\nA1,C1,2", "\n\n\nA1,C1,2"), 3, ""},
		{"columns in another order", strings.NewReader("status,n,sem,unit,inhibition,excitation,time_min,condition,channel,cell,figure,source_doi\nmeasured,3,,nS,2,1,0,none,1,C1,,\n"), 1, ""},
		{"quoted fields, and a comma in one", raw("A1,C1,1,-5", `"A1, left",C1,1,"-5"`), 3, ""},
		{"positive current below reversal: noise, or a matter for the fold", raw("-80.5", "80.5"), 3, ""},
		{"levels known and unknown", strings.NewReader(strings.Replace(rawHeader, "channel", "channel,level_dB", 1) + "A1,C1,1,-5,ACh,1,,1,0,-70,0,12,-80.5,50,0\nA1,C1,1,-5,ACh,1,1,1,0,-70,0,12,-80.5,50,0\n"), 2, ""},
		{"a name of 1000 bytes", raw("A1,C1,2", strings.Repeat("A", 1000)+",C1,2"), 3, ""},
		{"aggregate, inhibition alone, with its sem", aggregate("80,95,pA,4", ",95,pA,4"), 2, ""},
		{"aggregate, as large as a number can be", aggregate("80,95", "80,1e308"), 2, `x.csv: inhibition is 1e+308 pA in the mean, expected in [1, 20000]: in which unit is it? Say "units": {"inhibition": …} in a mapping`},
		{"current clamp", raw("-70,0,12,-75,50,1", ",,,,,1"), 3, ""},
		{"current clamp with a series resistance", raw("-70,0,12,-75,50,1", ",,12,,,1"), 3, ""},
		{"aggregate, spikes alone, with their sem", strings.NewReader("source_doi,figure,cell,channel,condition,time_min,excitation,inhibition,unit,sem,n,status,postsynaptic_spikes,sem_spikes\n,,C1,4,ACh,-5,,,pA,,10,measured,0.5,0.1\n"), 1, ""},
		{"exponents", raw("-80.5", "-8.05e1"), 3, ""},
		{"letters beyond ASCII in UTF-8", raw("A1,C1,1", "Ågot,C1,1"), 3, ""},
		{"TRUE and FALSE of a spreadsheet", strings.NewReader(strings.ReplaceAll(rawFile, ",1,0,", ",TRUE,FALSE,")), 3, ""},

		// The file as a whole.
		{"empty file", strings.NewReader(""), 0, `x.csv: the file is empty, must have a header`},
		{"UTF-16", bytes.NewReader(inUTF16(rawFile, true)), 3, ""},
		{"UTF-16 without a byte order mark", bytes.NewReader(inUTF16(rawFile, false)), 3, ""},
		{"zero byte in a row", raw("C1,2", "C\x001,2"), 1, `x.csv:3: a zero byte; is it a program's own format? Must be text or a workbook (.xlsx)`},
		{"carriage returns alone", strings.NewReader(strings.ReplaceAll(rawFile, "\n", "\r")), 3, ""},
		{"gigabyte line", io.MultiReader(strings.NewReader(rawFile), &repeated{1 << 30}), 3, `x.csv:5: the line is longer than 65536 bytes`},
		{"gigabyte line instead of a header", &repeated{1 << 30}, 0, `x.csv:1: the line is longer than 65536 bytes`},
		{"a line of 65536 bytes", raw("A1,C1,2", strings.Repeat("A", 65536-len("A1,C1,2,-5,ACh,1,1,0,-70,0,12,-75,50,1")+2)+",C1,2"), 1, `x.csv:3: animal = "` + strings.Repeat("A", 60) + `"…, must be text, without control characters, of at most 1000 bytes`},
		{"a line of 65537 bytes", raw("A1,C1,2", strings.Repeat("A", 65536-len("A1,C1,2,-5,ACh,1,1,0,-70,0,12,-75,50,1")+3)+",C1,2"), 1, `x.csv:3: the line is longer than 65536 bytes`},
		{"truncated within a row", strings.NewReader(rawFile[:len(rawFile)-9]), 2, `x.csv:4: the file ends within a line; is it truncated? End the last row with a line break`},
		{"truncated within the last number", strings.NewReader(rawFile[:len(rawFile)-1]), 2, `x.csv:4: the file ends within a line; is it truncated? End the last row with a line break`},
		{"truncated within quotes", strings.NewReader(rawFile + `"A1`), 3, `x.csv:5: the file ends within quotes; is it truncated?`},
		{"quote not closed", raw("A1,C1,2", `"A1,C1,2`), 1, `x.csv:3: a quote is not closed on its line`},
		{"two errors: the first", edit(strings.Replace(rawFile, "A1,C1,3", "A1,C\x001,3", 1), "A1,C1,1", `A"1",C1,1`), 0, `x.csv:2: bare " in non-quoted-field`},
		{"quotes within a field", raw("A1,C1,2", `A"1",C1,2`), 1, `x.csv:3: bare " in non-quoted-field`},

		// The header.
		{"wrong header", strings.NewReader("voltage,current\n1,2\n"), 0, `x.csv:1: no column animal, cell, time_min, condition, tone_kHz or channel, is_paired, holding_mV, which the raw schema requires; unknown are "voltage"; say "columns": {"name in the file": "animal"} in a mapping, or, if it is the same in all rows, "defaults": {"animal": …}`},
		{"no header", strings.NewReader(rawFile[len(rawHeader):]), 0, `x.csv:1: the header has numbers for names: is there a line with names?; no column animal, cell, time_min, condition, tone_kHz or channel, is_paired, holding_mV, current_pA, which the raw schema requires; unknown are "A1", "C1", "1", "-5", "ACh", "1", "1", "0", "-70", "0", "12", "-80.5", "50", "0"; say "columns": {"name in the file": "animal"} in a mapping, or, if it is the same in all rows, "defaults": {"animal": …}`},
		{"missing columns", raw("animal,cell,sweep,time_min,condition", "animal,cell,sweep"), 0, `x.csv:1: no column time_min, condition, which the raw schema requires; say "columns": {"name in the file": "time_min"} in a mapping, or, if it is the same in all rows, "defaults": {"time_min": …}`},
		{"duplicated column", raw("sweep,time_min", "sweep,sweep"), 0, `x.csv:1: column sweep stands twice, as "sweep" and "sweep": say "columns": {"sweep": ""} in a mapping to ignore one; no column time_min, which the raw schema requires; say "columns": {"name in the file": "time_min"} in a mapping, or, if it is the same in all rows, "defaults": {"time_min": …}`},
		{"another unit", raw("current_pA", "current_nA"), 3, ""},
		{"another case", raw("holding_mV", "holding_mv"), 3, ""},
		{"tone and channel", raw("condition,channel,is_paired", "condition,channel,tone_kHz,is_paired"), 0, `x.csv:1: 2 of the columns tone_kHz, channel, must be exactly one: say "columns": {"channel": ""} in a mapping to ignore one`},
		{"neither tone nor channel", raw("channel", "level_dB"), 0, `x.csv:1: no column tone_kHz or channel, which the raw schema requires; say "columns": {"name in the file": "channel"} in a mapping, or, if it is the same in all rows, "defaults": {"channel": …}`},
		{"semicolons", strings.NewReader(strings.ReplaceAll(rawFile, ",", ";")), 3, ""},
		{"tabs", strings.NewReader(strings.ReplaceAll(rawFile, ",", "\t")), 3, ""},

		// A row.
		{"a field too many: a decimal comma", raw("-80.5", "-80,5"), 0, `x.csv:2: 15 fields, must be 14 as in the header; is there a decimal comma or a comma within a text, or a column without a name?`},
		{"a field too few", raw(",50,1\n", ",50\n"), 1, `x.csv:3: 13 fields, must be 14 as in the header`},
		{"quoted decimal comma", raw("-80.5", `"-80,5"`), 0, `x.csv:2: current_pA = "-80,5", which has another decimal mark than "92.25" in line 4: say with "decimal": "," or "." in a mapping which mark is the decimal one; the other is then taken to stand between thousands`},
		{"text in a number", raw("-80.5", "-80.5 pA"), 0, `x.csv:2: current_pA = "-80.5 pA", must be a number in (−∞, ∞), or empty`},
		{"NaN", raw("-75", "NaN"), 2, ""},
		{"NA", raw(",12,-75", ",NA,-75"), 3, ""},
		{"infinity", raw("-75", "-Inf"), 1, `x.csv:3: current_pA = "-Inf", must be a number in (−∞, ∞), or empty`},
		{"a number too large", raw("-75", "-1e999"), 1, `x.csv:3: current_pA = "-1e999", must be a number in (−∞, ∞), or empty`},
		{"hexadecimal number", raw("-75", "0x1p3"), 1, `x.csv:3: current_pA = "0x1p3", must be a number in (−∞, ∞), or empty`},
		{"no current", raw("-75", ""), 2, ""},
		{"current clamp without a count of spikes", raw("-70,0,12,-75,50,1", ",,12,,,"), 2, ""},
		{"current clamp with a window", raw("-70,0,12,-75,50,1", ",,12,,50,1"), 3, ""},
		{"half a block", strings.NewReader(strings.NewReplacer("time_min", "time_min,block", ",-5,", ",-5,0.5,").Replace(rawFile)), 0, `x.csv:2: block = "0.5", must be a whole number in [0, ∞) (and so 2 times more)`},
		{"negative series resistance", raw(",12,-75", ",-12,-75"), 1, `x.csv:3: series_resistance_MOhm = "-12", must be a number in [0, 10000], or empty`},
		{"potential in V", raw("-70,0,12,-75", "-70000,0,12,-75"), 1, `x.csv:3: holding_mV = "-70000", must be a number in [-200, 200], or empty`},
		{"held at the reversal potential", raw("-70,0,12,-75", "0,0,12,-75"), 1, `x.csv:3: holding_mV = "0", must differ from reversal_mV: no current flows there`},
		{"half a spike", raw(",50,1\n", ",50,0.5\n"), 1, `x.csv:3: postsynaptic_spikes = "0.5", must be a whole number in [0, ∞), or empty`},
		{"unknown condition", raw("2,-5,ACh", "2,-5,acetylcholine"), 3, ""},
		{"unknown flag", raw("2,-5,ACh,1,1,0", "2,-5,ACh,1,yes,0"), 3, ""},
		{"no animal", raw("A1,C1,2", ",C1,2"), 1, `x.csv:3: animal = "", must be text, without control characters, of at most 1000 bytes; if an empty field means something, say "defaults": {"animal": …} in a mapping, or "fill": ["animal"] if it means what stands above`},
		{"a name of 1001 bytes", raw("A1,C1,2", strings.Repeat("A", 1001)+",C1,2"), 1, `x.csv:3: animal = "` + strings.Repeat("A", 60) + `"…, must be text, without control characters, of at most 1000 bytes`},
		{"a space before a name", raw("A1,C1,2", "A1, C1,2"), 3, ""},
		{"Latin-1", raw("A1,C1,2", "Ren\xe9,C1,2"), 3, ""},

		// Between rows.
		{"duplicate key", raw("C1,2,-5", "C1,1,-5"), 1, `x.csv:3: the same animal, cell, condition, channel, sweep, time, level and holding potential as line 2`},
		{"duplicate key, −0 and 0", strings.NewReader(strings.Replace(strings.Replace(rawFile, "C1,1,-5", "C1,1,0", 1), "C1,2,-5", "C1,1,-0", 1)), 1, `x.csv:3: the same animal, cell, condition, channel, sweep, time, level and holding potential as line 2`},
		{"paired and unpaired", raw("C1,2,-5,ACh,1,1,0", "C1,2,-5,ACh,1,0,0"), 1, `x.csv:3: is_paired = "0", contradicts line 2 for channel 1 of cell C1 of animal A1`},
		{"best and not", raw("C1,2,-5,ACh,1,1,0", "C1,2,-5,ACh,1,1,1"), 1, `x.csv:3: is_best = "1", contradicts line 2 for channel 1 of cell C1 of animal A1`},

		// Aggregate files.
		{"aggregate: negative n", aggregate(",3,10,", ",3,-10,"), 1, `x.csv:3: n = "-10", must be a whole number in [1, ∞), or empty`},
		{"aggregate: n of 0", aggregate(",3,10,", ",3,0,"), 1, `x.csv:3: n = "0", must be a whole number in [1, ∞), or empty`},
		{"aggregate: inward negative", aggregate("-5,60", "-5,-60"), 1, `x.csv:3: excitation = "-60", must be a number in [0, ∞), or empty`},
		{"aggregate: negative sem", aggregate("pA,3", "pA,-3"), 1, `x.csv:3: sem = "-3", must be a number in [0, ∞), or empty`},
		{"aggregate: mixed units", aggregate("60,,pA", "60,,nS"), 1, `x.csv:3: unit = "nS", must be "pA" as in the rows before of the same source and figure`},
		{"aggregate: unknown status", aggregate("10,digitised\n10", "10,digitized\n10"), 0, `x.csv:2: status = "digitized", must be one of measured, derived, digitised, generated; say "words": {"status": {"digitized": …}} in a mapping`},
		{"aggregate: nothing measured", aggregate("-5,60,", "-5,,"), 1, `x.csv:3: neither excitation nor inhibition nor spikes`},
		{"aggregate: sem_inhibition without an inhibition", strings.NewReader(strings.Replace(strings.Replace(aggregateFile, "sem,n", "sem,sem_inhibition,n", 1), "4,10,digitised\n10.1038/nature06289,2c,C1,8,ACh,-5,60,,pA,3,", "4,4,10,digitised\n10.1038/nature06289,2c,C1,8,ACh,-5,60,,pA,3,1,", 1)), 1, `x.csv:3: sem_inhibition = "1", must be empty without an inhibition`},
		{"aggregate: sem without an excitation", strings.NewReader(strings.Replace(strings.Replace(aggregateFile, "sem,n", "sem,sem_inhibition,n", 1), "80,95,pA,4,", ",95,pA,4,4,", 1)), 0, `x.csv:2: sem = "4", must be empty without an excitation`},
		{"aggregate: sem_spikes without spikes", strings.NewReader("source_doi,figure,cell,channel,condition,time_min,excitation,inhibition,unit,sem,n,status,postsynaptic_spikes,sem_spikes\n,,C1,4,ACh,-5,1,,pA,,10,measured,,0.1\n"), 0, `x.csv:2: sem_spikes = "0.1", must be empty without postsynaptic_spikes`},
		{"aggregate: best and not", aggregate("n,status\n10.1038/nature06289,2c,C1,4,ACh,-5,80,95,pA,4,10,digitised\n10.1038/nature06289,2c,C1,8,ACh,-5,60,,pA,3,10,digitised", "n,status,is_best\n,1,C1,4,ACh,-5,80,95,pA,4,10,derived,0\n,1,C1,4,ACh,5,60,,pA,3,10,derived,1"), 1, `x.csv:3: is_best = "1", contradicts line 2 for channel 4 of cell C1 of animal `},
		{"aggregate: duplicate key", aggregate("C1,8", "C1,4"), 1, `x.csv:3: the same source, figure, animal, cell, condition, channel and time as line 2`},
		{"aggregate: no DOI", aggregate("10.1038/nature06289,2c,C1,8", "Froemke 2007,2c,C1,8"), 1, `x.csv:3: source_doi = "Froemke 2007", must be a DOI, as 10.1038/nature06289, or empty`},
	} {
		rows, err := 0, error(nil)
		if strings.HasPrefix(test.name, "aggregate") || strings.HasPrefix(test.name, "columns in") {
			rows, err = drain(recordings.ReadAggregate(test.file, "x.csv"))
		} else {
			rows, err = drain(recordings.ReadRaw(test.file, "x.csv"))
		}
		got := ""
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "recordings: ")
			if bad := (*table.Error)(nil); !errors.As(err, &bad) || bad.File != "x.csv" {
				t.Errorf("%s: %T, must be a *table.Error that names the file", test.name, err)
			}
		}
		if got != test.want || rows != test.rows {
			t.Errorf("%s:\n got %d rows, %s\nwant %d rows, %s", test.name, rows, got, test.rows, test.want)
		}
	}
}

// drain counts the rows before the first error.
func drain[T any](rows func(func(T, error) bool)) (n int, err error) {
	for _, e := range rows {
		if e != nil {
			return n, e
		}
		n++
	}
	return n, nil
}

// repeated is so many bytes of one digit.
type repeated struct{ left int }

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), r.left)
	for i := range p[:n] {
		p[i] = '7'
	}
	r.left -= n
	return n, nil
}

func inUTF16(s string, mark bool) (b []byte) {
	if mark {
		b = []byte{0xff, 0xfe}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// A reader that fails is reported with the name of the file.
func TestReaderFails(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(rawFile), failing{})
	n, err := drain(recordings.ReadRaw(broken, "x.csv"))
	if want := "recordings: x.csv: the disk is gone"; n != 3 || fmt.Sprint(err) != want {
		t.Errorf("%d rows, %v; want %s", n, err, want)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// What is refused is refused by its values, not by chance.
func TestValuesAreReadAsTheyStand(t *testing.T) {
	var got []recordings.Sweep
	for s, err := range recordings.ReadRaw(strings.NewReader(rawFile), "x.csv") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	want := recordings.Sweep{
		Animal: "A1", Cell: "C1", Number: 2, Time: -5, Treatment: recordings.ACh, Channel: 1, Level: math.NaN(), Paired: true,
		Holding: -70, Series: 12, Current: -75, Window: 50, Spikes: 1,
	}
	if fmt.Sprint(got[1]) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got[1], want)
	}
	if last := got[2]; !math.IsNaN(last.Series) || !math.IsNaN(last.Spikes) || last.Reversal != -70 || last.Current != 92.25 {
		t.Errorf("got %+v", last)
	}
}

// Without a column of its own, the standard error of inhibition is that of
// excitation, and there is none of what was not measured.
func TestAggregateIsReadAsItStands(t *testing.T) {
	var got []recordings.Aggregate
	for a, err := range recordings.ReadAggregate(strings.NewReader(aggregateFile), "x.csv") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, a)
	}
	want := recordings.Aggregate{
		Response: recordings.Response{
			Cell: "C1", Channel: 4, Treatment: recordings.ACh, Time: -5, Excitation: 80, Inhibition: 95,
			ErrorE: 4, ErrorI: 4, Unit: "pA", Spikes: math.NaN(), ErrorSpikes: math.NaN(), Status: recordings.Digitised,
		},
		Source: "10.1038/nature06289", Figure: "2c", N: 10,
	}
	if fmt.Sprint(got[0]) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got[0], want)
	}
	if a := got[1]; a.ErrorE != 3 || !math.IsNaN(a.ErrorI) || !math.IsNaN(a.Inhibition) {
		t.Errorf("got %+v", a)
	}
	all, _, err := recordings.Collect(recordings.ReadAggregate(strings.NewReader(aggregateFile), "x.csv"))
	if err != nil || all[0].Animal != "10.1038/nature06289 2c" || all[0].Excitation != 80 || all[0].ErrorI != 4 {
		t.Errorf("got %+v, %v", all, err)
	}
}

// odd draws finite numbers of all sizes, and now and then NaN where that means
// a field that is empty.
func odd(rng *rand.Rand, empty bool) float64 {
	for {
		x := math.Float64frombits(rng.Uint64())
		switch {
		case empty && rng.IntN(4) == 0:
			return math.NaN()
		case x-x == 0:
			return x
		}
	}
}

// What is written is read back bit for bit.
func TestWriteThenReadIsTheIdentity(t *testing.T) {
	rng := model.Stream(3, 0)
	names := []string{"A1", `quo"ted`, "a, b", "Ågot", "ünïcode ∫", "=SUM(A1)", `\.`, "#1"}
	name := func() string { return names[rng.IntN(len(names))] }
	for _, tone := range []bool{false, true} {
		var sweeps []recordings.Sweep
		for i := range 500 {
			channel := math.Abs(odd(rng, false))
			if !tone {
				channel = float64(rng.IntN(1 << 40))
			}
			sweeps = append(sweeps, recordings.Sweep{
				Animal: name(), Cell: name(), Number: i, Time: odd(rng, false), Block: rng.IntN(3), Treatment: recordings.Treatment(rng.IntN(4)),
				Channel: channel, Tone: tone, Level: odd(rng, true), Paired: rng.IntN(2) == 0, Best: rng.IntN(2) == 0,
				Holding: 400*rng.Float64() - 200, Reversal: 400*rng.Float64() - 200, Series: []float64{math.NaN(), 1e4 * rng.Float64()}[rng.IntN(2)],
				Current: odd(rng, false), Window: math.Abs(odd(rng, false)), Spikes: []float64{math.NaN(), 3}[rng.IntN(2)], Status: recordings.Status(rng.IntN(4)),
			})
			if s := &sweeps[i]; s.Spikes == 3 && rng.IntN(4) == 0 { // current clamp
				s.Holding, s.Reversal, s.Current, s.Window = math.NaN(), math.NaN(), math.NaN(), math.NaN()
			}
		}
		var file bytes.Buffer
		if err := recordings.Write(&file, slices.Values(sweeps)); err != nil {
			t.Fatal(err)
		}
		i := 0
		for s, err := range recordings.ReadRaw(&file, "written") {
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", sweeps[i]) { // %v of a float64 is exact, and NaN its own equal
				t.Fatalf("row %d: %+v, want %+v", i, s, sweeps[i])
			}
			i++
		}
		if i != len(sweeps) {
			t.Errorf("%d rows, want %d", i, len(sweeps))
		}
	}

	var rows []recordings.Aggregate
	for i := range 500 {
		a := recordings.Aggregate{
			Response: recordings.Response{
				Animal: []string{"", name()}[rng.IntN(2)], Cell: name(), Channel: math.Abs(odd(rng, false)), Treatment: recordings.Treatment(rng.IntN(4)),
				Time: odd(rng, false), Block: rng.IntN(3), Paired: rng.IntN(2) == 0, Best: rng.IntN(2) == 0,
				Excitation: math.Abs(odd(rng, true)), Inhibition: math.Abs(odd(rng, false)), ErrorE: math.NaN(), ErrorI: math.Abs(odd(rng, true)),
				Unit: "% of baseline", Spikes: math.Abs(odd(rng, true)), ErrorSpikes: math.NaN(), Status: recordings.Status(rng.IntN(4)),
			},
			Source: []string{"", "10.1038/nature06289"}[rng.IntN(2)], Figure: fmt.Sprint("fig ", i), N: 1 + rng.IntN(100),
		}
		if !math.IsNaN(a.Excitation) {
			a.ErrorE = math.Abs(odd(rng, true))
		}
		if !math.IsNaN(a.Spikes) {
			a.ErrorSpikes = math.Abs(odd(rng, true))
		}
		rows = append(rows, a)
	}
	var file bytes.Buffer
	if err := recordings.Write(&file, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	i := 0
	for a, err := range recordings.ReadAggregate(&file, "written") {
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", rows[i]) {
			t.Fatalf("row %d: %+v, want %+v", i, a, rows[i])
		}
		i++
	}
	if i != len(rows) {
		t.Errorf("%d rows, want %d", i, len(rows))
	}
}

// What cannot be read back is not written.
func TestWritersRefuse(t *testing.T) {
	good := recordings.Sweep{
		Animal: "A1", Cell: "C1", Treatment: recordings.ACh, Channel: 1, Level: math.NaN(), Holding: -70, Series: math.NaN(), Current: -80, Window: 50, Spikes: math.NaN(),
	}
	for want, spoil := range map[string]func(*recordings.Sweep){
		"row 1: no current was measured":                          func(s *recordings.Sweep) { s.Current = math.NaN() },
		"row 1: window_ms = \"+Inf\"":                             func(s *recordings.Sweep) { s.Window = math.Inf(1) },
		"row 1: cell = \"\", must be":                             func(s *recordings.Sweep) { s.Cell = "" },
		"row 1: condition = \"unknown (9)\", must be one of none": func(s *recordings.Sweep) { s.Treatment = 9 },
		"row 1: sweep = \"-1\", must be a whole number":           func(s *recordings.Sweep) { s.Number = -1 },
		"row 2: the same animal":                                  func(*recordings.Sweep) {},
		"row 1: holding_mV must differ from reversal_mV":          func(s *recordings.Sweep) { s.Reversal = -70 },
	} {
		bad := good
		spoil(&bad)
		refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Sweep{bad, bad})), want)
	}
	tone := good
	tone.Number, tone.Tone = 1, true
	refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Sweep{good, tone})), "row 2", "tones in some rows")
	refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Aggregate{{Response: recordings.Response{Cell: "C1", Excitation: -1, Unit: "pA"}, N: 1}})), "row 1: excitation = \"-1\"")
}

// Generated sweeps, written, read and folded, are the generated responses; so
// are generated responses as an aggregate file. Load tells the two apart.
func TestLoad(t *testing.T) {
	g := generate.Typical()
	g.Cells, g.Dropout, g.Times = 3, 0.3, []float64{-15, -5, 5, 60}
	set, err := g.Generate(model.Stream(4, 0))
	if err != nil {
		t.Fatal(err)
	}
	var raw, aggregate bytes.Buffer
	if err := recordings.Write(&raw, set.Sweeps()); err != nil {
		t.Fatal(err)
	}
	var rows []recordings.Aggregate
	for _, r := range set.Responses {
		rows = append(rows, r.Aggregate())
	}
	if err := recordings.Write(&aggregate, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, r := range set.Responses {
		if math.IsNaN(r.Inhibition) {
			missing++
		}
	}
	for name, file := range map[string]*bytes.Buffer{"raw": &raw, "aggregate": &aggregate} {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		got, account, err := recordings.Load(path, recordings.Fold{})
		if err != nil || len(got) != len(set.Responses) {
			t.Fatalf("%s: %d responses, want %d: %v", name, len(got), len(set.Responses), err)
		}
		for i, want := range set.Responses {
			if name == "aggregate" {
				want.SweepsE, want.SweepsI, want.SweepsSpikes = nil, nil, nil
			}
			if !alike(got[i], want, 1e-12) {
				t.Fatalf("%s: response %d:\n got %+v\nwant %+v", name, i, got[i], want)
			}
		}
		if n := noted(account, "responses after pairing without inhibition").Count; n != missing || missing == 0 {
			t.Errorf("%s: %d without inhibition, want %d", name, n, missing)
		}
		if account.Cells != 3 || account.Animals != 3 || account.Responses != 3*8*4 {
			t.Errorf("%s: %v", name, account)
		}
	}

	_, _, err = recordings.Load(filepath.Join(t.TempDir(), "none.csv"), recordings.Fold{})
	refusal.Mentions(t, err, "none.csv", "no such file")
	for name, text := range map[string]string{"empty": "", "header": rawHeader, "strange": "voltage,time\n"} {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err = recordings.Load(path, recordings.Fold{})
		refusal.Mentions(t, err, name+".csv", map[string]string{"empty": "is empty", "header": "no row after the header", "strange": "which the raw schema requires"}[name])
	}
}

// The blocks of an aggregate file are its times, by cell and condition, or its own
// numbers where they differ, on either side of pairing.
func TestBlocksOfAggregates(t *testing.T) {
	for _, test := range []struct {
		rows string // cell, channel, condition, time, block
		want []int
	}{
		{"C1,1,ACh,-5,0 C1,2,ACh,-5,0 C1,1,ACh,-20,0 C1,1,ACh,5,0 C2,1,ACh,-5,0 C1,1,none,60,0", []int{1, 1, 0, 2, 0, 0}},
		{"C1,1,ACh,-6,4 C1,2,ACh,-5,4 C1,1,ACh,-20,3 C1,2,ACh,-19,3 C1,1,ACh,5,4", []int{1, 1, 0, 0, 2}},
		{"C1,1,ACh,-6,1 C1,1,ACh,-5,1 C2,1,ACh,-5,2", []int{0, 1, 0}},
	} {
		file := "source_doi,figure,cell,channel,condition,time_min,block,excitation,inhibition,unit,sem,n,status\n"
		for _, row := range strings.Fields(test.rows) {
			file += ",," + row + ",1,1,pA,,5,derived\n"
		}
		all, _, err := recordings.Collect(recordings.ReadAggregate(strings.NewReader(file), "x.csv"))
		var got []int
		for _, r := range all {
			got = append(got, r.Block)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: blocks %v, want %v; %v", test.rows, got, test.want, err)
		}
	} // Spikes alone are no baseline block of the currents.
	_, account, err := recordings.Collect(recordings.ReadAggregate(strings.NewReader(
		"source_doi,figure,cell,channel,condition,time_min,excitation,inhibition,unit,sem,n,status,postsynaptic_spikes\n"+
			",,C1,1,ACh,-20,1,1,pA,,5,derived,\n,,C1,1,ACh,-5,,,pA,,5,derived,0.5\n"), "x.csv"))
	if err != nil || noted(account, alone[0].What).Count != 1 {
		t.Errorf("%v, want one baseline block; %v", account, err)
	}

}

// alike is whether two responses agree, numbers to a relative tolerance and NaN
// with NaN.
func alike(a, b recordings.Response, tolerance float64) bool {
	close := func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= tolerance*max(math.Abs(x), math.Abs(y))
	}
	words := func(r recordings.Response) string {
		return strings.Join([]string{r.Animal, r.Cell, r.Treatment.String(), r.Unit, r.Status.String(), fmt.Sprint(r.Channel, r.Paired, r.Best, r.Block, len(r.SweepsE), len(r.SweepsI), len(r.SweepsSpikes))}, "|")
	}
	return words(a) == words(b) && close(a.Time, b.Time) && close(a.Excitation, b.Excitation) && close(a.Inhibition, b.Inhibition) &&
		close(a.ErrorE, b.ErrorE) && close(a.ErrorI, b.ErrorI) && close(a.Spikes, b.Spikes) && close(a.ErrorSpikes, b.ErrorSpikes) &&
		slices.EqualFunc(a.SweepsE, b.SweepsE, close) && slices.EqualFunc(a.SweepsI, b.SweepsI, close)
}

// The same stream gives the same set, and folding its sweeps the responses.
func TestSweepsAndResponsesAgree(t *testing.T) {
	g := generate.Typical()
	g.Dropout, g.Drift, g.Additive = 0.2, 0.1, 2
	g.Times = []float64{-15, -5, -3, 5, 60, 61} // nearer than a gap, but numbered
	draw := func() *generate.Set {
		s, err := g.Generate(model.Stream(11, 9))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := draw(), draw()
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("the same stream gives another set")
	}
	rows := slices.Collect(a.Sweeps())
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Status != recordings.Generated {
			t.Fatal("a generated sweep is not marked")
		}
		if key := fmt.Sprintln(r.Cell, r.Number, r.Holding); seen[key] {
			t.Fatalf("sweep %d of cell %s stands twice at %v mV", r.Number, r.Cell, r.Holding)
		} else {
			seen[key] = true
		}
	}
	all, account, err := recordings.Fold{}.Sweeps(values(rows))
	if err != nil || len(all) != len(a.Responses) || account.LeftOut != nil {
		t.Fatalf("%d responses: %v, %v", len(all), err, account)
	}
	for i, want := range a.Responses {
		if !alike(all[i], want, 1e-12) {
			t.Fatalf("response %d: %+v, want %+v", i, all[i], want)
		}
	}
}

// What a reader takes without an error is written and read back as it was, and
// whatever it takes can be folded; what it refuses it refuses with an error
// that names the file. Five minutes of it, beside the seeds that every test
// run takes:
//
//	go test -run '^$' -fuzz FuzzReadRaw -fuzztime 150s -parallel 1 ./pkg/recordings
//	go test -run '^$' -fuzz FuzzReadAggregate -fuzztime 150s -parallel 1 ./pkg/recordings
//	go test -run '^$' -fuzz FuzzMapping -fuzztime 150s -parallel 1 ./pkg/recordings
func FuzzReadRaw(f *testing.F) {
	f.Add([]byte(rawFile))
	f.Add([]byte(rawHeader))
	f.Add([]byte(strings.Replace(rawFile, "-70,0,12,-75,50,1", ",,,,,1", 1)))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(rawFile, "\n", "\r\n")))
	f.Add([]byte(strings.Replace(rawFile, "channel", "tone_kHz", 1)))
	f.Add([]byte(strings.Replace(rawFile, "A1,C1,2", `"A""1",C1,2`, 1)))
	f.Add(inUTF16(rawFile, true))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows := fuzzed(t, file, recordings.ReadRaw, recordings.Write)
		for _, fold := range []recordings.Fold{{}, {Unit: "nS", Unmix: true, Edges: []float64{1, 2}}, {Gap: 1e-3, Length: 2}, {Gap: 1e308, Length: 1e-300}} {
			all, account, err := fold.Sweeps(values(rows))
			if err == nil && (account.Rows != len(rows) || account.Responses != len(all) || len(account.String()) == 0) {
				t.Errorf("%d rows and %d responses: %v", len(rows), len(all), account)
			}
		}
	})
}

func FuzzReadAggregate(f *testing.F) {
	f.Add([]byte(aggregateFile))
	f.Add([]byte("status,n,sem,unit,inhibition,excitation,time_min,condition,channel,cell,figure,source_doi,sem_inhibition,is_paired\nmeasured,3,,nS,2,1,0,none,1,C1,,,0.1,1\n"))
	f.Add([]byte(strings.ReplaceAll(aggregateFile, "\n", "\r\n")))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows := fuzzed(t, file, recordings.ReadAggregate, recordings.Write)
		all, account, err := recordings.Collect(func(yield func(recordings.Aggregate, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		})
		if err != nil || len(all) != len(rows) || account.Rows != len(rows) {
			t.Errorf("%d responses of %d rows: %v, %v", len(all), len(rows), account, err)
		}
	})
}

// fuzzed returns the rows before the first error.
func fuzzed[T any](t *testing.T, file []byte, read func(r io.Reader, name string) iter.Seq2[T, error], write func(w io.Writer, rows iter.Seq[T]) error) (rows []T) {
	for row, err := range read(bytes.NewReader(file), "fuzz.csv") {
		if bad := (*table.Error)(nil); err != nil {
			if !errors.As(err, &bad) || bad.File != "fuzz.csv" || bad.Reason == "" {
				t.Errorf("%T: %v", err, err)
			}
			break
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	var again bytes.Buffer
	if err := write(&again, slices.Values(rows)); err != nil {
		t.Fatalf("what was read is not written: %v", err)
	}
	i := 0
	for row, err := range read(&again, "fuzz.csv") {
		if err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
		if fmt.Sprintf("%+v", row) != fmt.Sprintf("%+v", rows[i]) {
			t.Fatalf("read back as %+v, was %+v", row, rows[i])
		}
		i++
	}
	if i != len(rows) {
		t.Fatalf("%d rows read back of %d", i, len(rows))
	}
	return rows
}

// Whatever a file and a mapping are, a file is opened or refused in a sentence, and
// then says what it is; and what its template reads, is read again so.
func FuzzMapping(f *testing.F) {
	f.Add([]byte(rawFile), []byte(`{}`))
	f.Add([]byte(strings.NewReplacer("time_min", "Zeit", "ACh", "NB", ",", ";").Replace(rawFile)), []byte(`{"columns":{"Zeit":"time_min"},"units":{"Zeit":"s"},"words":{"condition":{"NB":"ACh"}},"fill":["animal"],"negative_inward":false}`))
	f.Add([]byte("animal,cell,channel,condition,is_paired,E before (nA),I_5min\nA,B,1,sham,x,0.1,0.2\n"), []byte(`{"wide":{"E before (nA)":{"excitation":"*","time_min":"-5"}},"defaults":{"unit":"?","cell":"=animal"}}`))
	f.Add([]byte("IGOR\nWAVES E I\nBEGIN\n1 2\nEND\n"), []byte(`{"schema":"aggregate","decimal":",","header":2,"separator":" ","sheet":"a"}`))
	f.Fuzz(func(t *testing.T, file, mapping []byte) {
		var m recordings.Mapping
		if json.Unmarshal(mapping, &m) != nil {
			return
		}
		for range 2 {
			f, err := recordings.Read(bytes.NewReader(file), "fuzz.csv", m)
			if bad := (*table.Error)(nil); err != nil && !errors.As(err, &bad) {
				t.Fatalf("%T: %v", err, err)
			}
			if f.String() == "" {
				t.Error("nothing is said")
			}
			responses, account, failed := f.Responses(recordings.Fold{})
			if (err != nil) != (failed != nil) && err != nil || failed == nil && account.Responses != len(responses) {
				t.Errorf("opened with %v, folded with %v", err, failed)
			}
			m = f.Template()
		}
	})
}

// What a mapping says is followed, and what has to be said is asked for at once and
// in a way that can be followed.
func TestMappings(t *testing.T) {
	const head = "Maus,Zelle,Zeit,Gruppe,ch,gepaart,Vh,I\n"
	const rows = "M1,1,-300,NB,1,1,-70,-80\nM1,1,-300,NB,1,1,0,90\n"
	const named = `"columns":{"Maus":"animal","Zelle":"cell","Zeit":"time_min","Gruppe":"condition","gepaart":"is_paired"},"units":{"time_min":"s"}`
	const mean = "animal,cell,channel,condition,time_min,is_paired,"
	for _, c := range []struct {
		file, mapping string
		want          []string // of an error, or of what the responses are
	}{
		{head + rows, `{}`, []string{`no column animal, cell, time_min, condition, is_paired,`, `unknown are "Maus", "Zelle", "Zeit", "Gruppe", "gepaart"`, `"columns": {"name in the file": "animal"}`}},
		{head + rows, `{` + named + `}`, []string{"M1 1 1 at -5: ACh true 80 90"}},
		{strings.Replace(head+rows, "NB", "so", 1), `{` + named + `}`, []string{`:2: Gruppe = "so", must be one of none, ACh, NE, drug; say "words": {"condition": {"so": …}} in a mapping`}},
		{strings.ReplaceAll(head+rows, "NB", "so"), `{` + named + `,"words":{"condition":{"so":"drug"}}}`, []string{"drug true 80 90"}},
		{strings.Replace(head+rows, "\nM1,1,-300,NB,1,1,0", "\n,,-300,NB,1,1,0", 1), `{` + named + `}`, []string{`:3: Maus = ""`, `"fill": ["animal"]`, `line 3: Zelle = ""`}},
		{strings.Replace(head+rows, "\nM1,1,-300,NB,1,1,0", "\n,,-300,NB,1,1,0", 1), `{` + named + `,"fill":["animal","cell"]}`, []string{"M1 1 1 at -5: ACh true 80 90"}},
		{strings.NewReplacer("-80", "80", ",90", ",-90").Replace(head + rows), `{` + named + `,"negative_inward":false}`, []string{"80 90"}},
		{strings.NewReplacer("Maus,", "", "M1,", "").Replace(head + rows), `{"columns":{"Zelle":"cell","Zeit":"time_min","Gruppe":"condition","gepaart":"is_paired"},"units":{"Zeit":"s"},"defaults":{"animal":"=cell"}}`, []string{"1 1 1 at -5: ACh true 80 90"}},
		{head + rows, `{"columns":{"Maus":"animl","Tier":"animal"},"units":{"zeit_min":"?"},"schema":"rare"}`, []string{`names "animl", which is none (is it "animal"?)`, `names "Tier"`, `names "zeit_min", which is none`, `question mark for "zeit_min"`, `schema in the mapping is "rare"`}},
		{strings.Replace(head+rows, "Vh", "Vm", 1), `{` + named + `}`, []string{"no column holding_mV, which the raw schema requires"}},
		{strings.Replace(head+rows, "NB", "NA", 1), `{` + named + `}`, []string{`Gruppe = "NA", must be one of none`}},
		{strings.Replace(rawFile, "current_pA", "current_nA", 1), `{}`, []string{"the magnitudes of current_nA (current_pA)", "is it in pA", `"units": {"current_pA": "pA"}`}},
		{strings.ReplaceAll(rawFile, ",-5,", ",-500,"), `{}`, []string{"time_min, 500 in the middle", `"min" if it is right`}},
		{strings.ReplaceAll(rawFile, ",-5,", ",-500,"), `{"units":{"time_min":"min"}}`, []string{"at -500"}},
		{strings.ReplaceAll(rawFile, ",-70,", ",-0.07,"), `{}`, []string{"holding_mV", "is it in V"}},
		{strings.ReplaceAll(strings.ReplaceAll(rawFile, "reversal_mV", "x"), ",-70,0,12", ",-40,0,12"), `{}`, []string{":2: reversal_mV", "which current is measured at -40 mV"}},
		{mean + "E,I\nA,B,1,sham,-5,1,-80,90\n", `{}`, []string{"A B 1 at -5: none true 80 90 unknown unit"}},
		{mean + "E (nA),I (nS)\nA,B,1,sham,-5,1,80,90\n", `{}`, []string{"I (nS) is in nS, and other magnitudes are in pA; must be one unit"}},
		{mean + "E (nA),sem E (nA),I (nA)\nA,B,1,sham,-5,1,0.08,0.004,0.09\n", `{}`, []string{"80 90 pA ± 4 NaN"}},
		{mean + "E (rel.),I (rel.)\nA,B,1,sham,-5,1,1.02,0.98\n", `{}`, []string{"near 1 in the mean", "must be currents or conductances"}},
		{mean + "E (nA),I (nA)\nA,B,1,sham,-5,1,80,90\n", `{}`, []string{"excitation is 8e+04 pA in the mean"}},
		{"animal,cell,channel,condition,is_paired,E_before (pA),I_before (pA)\nA,B,1,sham,1,80,90\n", `{}`, []string{"do not say at what time before is", `"wide": {"E_before (pA)"`}},
		{"animal,cell,channel,condition,is_paired,E_before,I_before\nA,B,1,sham,1,80,90\n", `{"wide":{"E_before":{"excitation":"*","time_min":"-7"},"I_before":{"inhibition":"*","time_min":"-7"}},"defaults":{"unit":"pA"}}`, []string{"A B 1 at -7: none true 80 90 pA"}},
		{"animal,cell,channel,condition,is_paired,E_before\nA,B,1,sham,1,80\n", `{"wide":{"E_before":{"excitation":"80"}}}`, []string{`wide in the mapping says "*" of "E_before" 0 times`}},
		{"animal,cell,time_min,condition,paired channel,Vh,ch1 (pA),ch2 (pA)\nA,B,-5,ACh,2,-70,-80,-70\nA,B,-5,ACh,2,0,90,60\n", `{}`, []string{"A B 2 at -5: ACh true 70 60"}},
		{"animal,cell,channel,condition,is_paired,E 5 min (pA),I 5 min (pA)\nA,B,1,sham,1,80,90\nA,B,2,sham,1,,70\n", `{"fill":["excitation"]}`, []string{"A B 2 at 5: none true 80 70 pA"}}, // in a wide table too
		{strings.Replace(head+rows, "NB", "so", 1), `{` + named + `,"words":{"condition":{"so":""}},"defaults":{"condition":"ACh"}}`, []string{"M1 1 1 at -5: ACh true 80 90"}},
		{mean + "unit,E,I,Notes\nA,B,1,ACh,-5,1,pA,80,90,x\nMean,,1,ACh,-5,1,pA,80,90,x\n", `{}`, []string{`:3: animal = "Mean", looks like a summary`}},
	} {
		var m recordings.Mapping
		if err := json.Unmarshal([]byte(c.mapping), &m); err != nil {
			t.Fatal(err)
		}
		f, err := recordings.Read(strings.NewReader(c.file), "x.csv", m)
		said := fmt.Sprint(err)
		if err == nil {
			var responses []recordings.Response
			responses, _, err = f.Responses(recordings.Fold{})
			said = fmt.Sprint(err)
			for _, r := range responses {
				said += fmt.Sprintf("\n%s %s %v at %v: %v %v %.4g %.4g %s ± %.4g %.4g", r.Animal, r.Cell, r.Channel, r.Time, r.Treatment, r.Paired, r.Excitation, r.Inhibition, r.Unit, r.ErrorE, r.ErrorI)
			}
		}
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%q with %s:\n got %s\nwant %s", c.file, c.mapping, said, want)
			}
		}
	}
}

// BenchmarkMillionRows reads a raw file of a million rows, 2084 generated cells,
// and folds it into 50,016 responses. It reports the seconds and the peak of
// the process's memory, in which the file is not (Linux):
//
//	go test -run '^$' -bench MillionRows -benchtime 1x ./pkg/recordings
func BenchmarkMillionRows(b *testing.B) {
	path := filepath.Join(b.TempDir(), "million.csv")
	rows := writeMillion(b, path)
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // sets the peak back to what is in use now
	before := peak()
	for b.Loop() {
		all, account, err := recordings.Load(path, recordings.Fold{})
		if err != nil || account.Rows != rows || len(all) != 50016 {
			b.Fatal(len(all), account, err)
		}
		r, err := estimate.Analyse(all, estimate.Options{}, model.Stream(13, 1))
		if g := r.Group(recordings.ACh); err != nil || g == nil || g.Restoration == nil || g.Gating == nil || g.Tuning == nil {
			b.Fatal(r.Notes, err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/file")
	b.ReportMetric(peak(), "peak-MiB")
	b.ReportMetric(before, "before-MiB")
	b.ReportMetric(float64(rows), "rows")
}

// writeMillion writes a file of at least a million rows and returns how many.
func writeMillion(tb testing.TB, path string) (rows int) {
	g := generate.Typical()
	g.Cells = 2084
	set, err := g.Generate(model.Stream(13, 0))
	if err != nil {
		tb.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	err = recordings.Write(out, func(yield func(recordings.Sweep) bool) {
		for s := range set.Sweeps() {
			rows++
			if !yield(s) {
				return
			}
		}
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		tb.Fatal(err)
	}
	return rows
}

// peak is the largest resident memory of the process so far, in MiB, or 0 where
// the system does not say.
func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	fmt.Sscan(rest, &kB)
	return kB / 1024
}
