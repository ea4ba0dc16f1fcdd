package recordings_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"credo/pkg/recordings"
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
	const columns = "animal, cell, sweep, time_min, block, condition, tone_kHz, channel, level_dB, is_paired, is_best, holding_mV, reversal_mV, series_resistance_MOhm, current_pA, window_ms, postsynaptic_spikes, status"
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
		{"wrong header", strings.NewReader("voltage,current\n1,2\n"), 0, `x.csv:1: no column animal, cell, time_min, condition, tone_kHz or channel, is_paired, which the raw schema requires; say "columns": {"name in the file": "animal"} in a mapping, or, if it is the same in all rows, "defaults": {"animal": …}`},
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
				t.Errorf("%s: %T, must be an *InputError that names the file", test.name, err)
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
