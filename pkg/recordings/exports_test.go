package recordings_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"credo/pkg/model"
	"credo/pkg/recordings"

	"github.com/xuri/excelize/v2"
	"gonum.org/v1/gonum/stat"
)

// One small experiment is written in sixty ways, as laboratories write their
// files, and each file must read as that experiment, or be refused in a sentence
// that is enough to mend it. The files are made here:
//
//	go test ./pkg/recordings -run Exports -update
//
// A file's columns are "header=key|header=key"; the keys are those of the rows
// that sweepRows, meanRows and the wide ones make.

// export is a file, and what becomes of it.
type export struct {
	file    string
	rows    func() []row
	columns string
	form    func([][]string) []byte
	outcome outcome
	says    []string // what the refusal must contain
}

type outcome int

const (
	atOnce   outcome = iota // it reads without a word
	template                // it is asked about, and reads with the mapping that the inspector writes
	mapped                  // it reads with the mapping beside it, which is the answer to what is asked
	refused                 // with one message that is enough
)

const (
	canonical = "animal=animal|cell=cell|sweep=sweep|time_min=min|condition=cond|tone_kHz=kHz|is_paired=paired:01|is_best=best:01|" +
		"holding_mV=mV|reversal_mV=rev|series_resistance_MOhm=rs|current_pA=pA|window_ms=window"
	laboratory = "Animal=animal|Cell=cell|Sweep=sweep|Time (min)=min|Condition=cond|Frequency (kHz)=kHz|Paired=paired:01|Best=best:01|" +
		"Vhold (mV)=mV|Erev (mV)=rev|Rs (MOhm)=rs|I (pA)=pA|Window (ms)=window"
	bare  = "animal=animal|cell=cell|sweep=sweep|time_min=min|condition=cond|tone_kHz=kHz|is_paired=paired:01|holding_mV=mV|current_pA=pA"
	few   = "Animal=animal|Cell=cell|Sweep=sweep|Time (min)=min|Condition=cond|Tone (kHz)=kHz|Paired=paired:01|Vhold (mV)=mV|I (pA)=pA"
	means = "animal=animal|cell=cell|channel=kHz|condition=cond|time_min=min|is_paired=paired:01|is_best=best:01"
	wide  = "Animal=animal|Cell=cell|Tone (kHz)=kHz|Condition=cond|Paired=paired:01"
)

// change puts other columns in place of some.
func change(columns string, with ...string) string {
	for i := 0; i < len(with); i += 2 {
		if !strings.Contains(columns, with[i]) {
			panic("no column " + with[i])
		}
		columns = strings.Replace(columns, with[i], with[i+1], 1)
	}
	return columns
}

var exports = []export{
	{file: "01_canonical.csv", columns: canonical + "|postsynaptic_spikes=spikes"},
	{file: "02_semicolons.csv", columns: canonical, form: text(";", "\n")},
	{file: "03_tabs.tsv", columns: canonical, form: text("\t", "\n")},
	{file: "04_blanks.txt", columns: bare, form: blanks},
	{file: "05_decimal_commas.csv", columns: laboratory, form: commas(text(";", "\r\n"))},
	{file: "06_tabs_decimal_commas.txt", columns: laboratory, form: commas(text("\t", "\n"))},
	{file: "07_title.csv", columns: laboratory, form: above("Whole-cell recordings, auditory cortex, A1\n\n", text(",", "\n"))},
	{file: "08_comments.csv", columns: canonical, form: above("# exported by lab script, v2.1\n# currents: mean of 50 ms after onset, baseline subtracted\n", text(",", "\n"))},
	{file: "09_unit_row.csv", columns: "animal=animal|cell=cell|sweep=sweep|time=min|condition=cond|tone=kHz|paired=paired:01|holding=mV|current=pA",
		form: under(",,,min,,kHz,,mV,pA", text(",", "\n"))},
	{file: "10_carriage_returns.csv", columns: canonical, form: text(",", "\r")},
	{file: "11_crlf.csv", columns: laboratory, form: text(",", "\r\n")},
	{file: "12_byte_order_mark.csv", columns: laboratory, form: above("\ufeff", text(",", "\r\n"))},
	{file: "13_utf16le.txt", columns: few, form: wideText(binary.LittleEndian, text("\t", "\r\n"))},
	{file: "14_utf16be.csv", columns: few, form: wideText(binary.BigEndian, text(",", "\n"))},
	{file: "15_windows1252.csv", columns: few + "|Température (°C)=temperature|Intensité (µA)=intensity|Expérimentateur=who", form: latin(commas(text(";", "\r\n")))},
	{file: "16_ohm_sign.csv", columns: change(laboratory, "MOhm", "MΩ", "I (pA)=pA", "I (pA)=pA:minus")},
	{file: "17_one_sheet.xlsx", columns: laboratory, form: book("Sheet1", 0)},
	{file: "18_several_sheets.xlsx", columns: laboratory, form: book("sweeps", sheetNotes|sheetTitle)},
	{file: "19_text_numbers.xlsx", columns: laboratory, form: book("export", sheetText)},
	{file: "20_merged_title.xlsx", columns: laboratory, form: book("data", sheetTitle|sheetMerged|sheetMargin)},
	{file: "21_igor.itx", columns: bare, form: igor},
	{file: "22_headers_with_units.csv", columns: laboratory},
	{file: "23_synonyms.csv", columns: "Mouse ID=animal|Neuron=cell|Trial=sweep|t [min]=min|Cond.=cond|freq_kHz=kHz|paired?=paired:01|best freq=best:01|V_hold_mV=mV|E_rev (mV)=rev|Ra (MΩ)=rs|I_pA=pA|win_ms=window"},
	{file: "24_extra_columns.csv", columns: laboratory + "|Rin (MOhm)=rin|Experimenter=who|Date=date|Notes=notes"},
	{file: "25_index_column.csv", columns: "=index|" + canonical},
	{file: "26_flags_floats.csv", columns: change(canonical, "paired:01", "paired:float", "best:01", "best:float")},
	{file: "27_flags_yes_no.csv", columns: change(laboratory, "paired:01", "paired:yes", "best:01", "best:TRUE")},
	{file: "28_flags_x.csv", columns: change(laboratory, "paired:01", "paired:x", "best:01", "best:x")},
	{file: "29_sham.csv", columns: change(laboratory, "=cond", "=sham")},
	{file: "30_vehicle.csv", columns: change(canonical, "=cond", "=vehicle")},
	{file: "31_own_words.csv", columns: change(laboratory, "Condition=cond", "Group=own"), outcome: mapped},
	{file: "32_nan.csv", columns: change(canonical, "=rs", "=rs:NaN|level_dB=level:NA")},
	{file: "33_dashes.csv", columns: change(laboratory, "=rs", "=rs:-|Level (dB)=level:#N/A")},
	{file: "34_unicode_minus.txt", columns: change(few, "=min", "=min:minus", "=mV", "=mV:minus", "=pA", "=pA:thin"), form: text("\t", "\n")},
	{file: "35_bare.csv", columns: change(canonical, "|is_best=best:01", "", "|series_resistance_MOhm=rs", "", "|window_ms=window", "")},
	{file: "36_no_reversal.csv", columns: change(canonical, "|reversal_mV=rev", "")},
	{file: "37_nanoamperes.csv", columns: change(laboratory, "I (pA)=pA", "I (nA)=nA")},
	{file: "38_amperes.csv", columns: change(laboratory, "I (pA)=pA", "I (A)=A", "Rs (MOhm)=rs", "Rs (Ohm)=ohm")},
	{file: "39_volts_and_hertz.csv", columns: change(laboratory, "Vhold (mV)=mV", "Vhold (V)=V", "Frequency (kHz)=kHz", "freq_Hz=Hz", "Erev (mV)=rev", "Erev (V)=revV")},
	{file: "40_seconds.csv", columns: change(laboratory, "Time (min)=min", "Time [s]=s")},
	{file: "41_time_s.csv", columns: change(canonical, "time_min=min", "time_s=s")},
	{file: "42_time_without_unit.csv", columns: change(laboratory, "Time (min)=min", "Time=s"), outcome: template, says: []string{"Time", "is it in s", `"units": {"time_min": "s"}`}},
	{file: "43_current_without_unit.csv", columns: change(laboratory, "I (pA)=pA", "Current=A"), outcome: template, says: []string{"Current", "is it in A", `"units": {"current_pA": "A"}`}},
	{file: "44_thousands.csv", columns: change(few, "Tone (kHz)=kHz", "Tone (Hz)=Hz:thousands", "=pA", "=pA:int"), outcome: mapped, says: []string{"Tone (Hz)", ",000", `"decimal"`}},
	{file: "45_percent.csv", rows: meanRows, columns: means + "|E (% of baseline)=E:percent|I (% of baseline)=I:percent", outcome: refused, says: []string{"%", "baseline"}},
	{file: "46_two_levels.csv", columns: change(laboratory, "|Rs (MOhm)=rs", "|Level (dB)=level:two"), outcome: refused, says: []string{"dB", "Fold.Levels"}},
	{file: "47_quoted.csv", columns: change(few, "Animal=animal", `"Animal, strain"=animal:quoted`, "Cell=cell", "Notes=notes|Cell=cell"), outcome: template},
	{file: "48_empty_rows_and_columns.csv", columns: laboratory, form: padded},
	{file: "49_means_below.csv", columns: few, form: below("Mean,,,,,,,,12.3\nSD,,,,,,,,98.7\n", text(",", "\n")), outcome: refused, says: []string{":322", "Mean", "delete such rows"}},
	{file: "50_magnitudes.csv", columns: change(canonical, "=pA", "=pA:magnitude"), outcome: refused, says: []string{"sign"}},
	{file: "51_means.csv", rows: meanRows, columns: means + "|excitation_pA=E|sem_E=semE|inhibition_pA=I|sem_I=semI"},
	{file: "52_conductances.csv", rows: meanRows, columns: means + "|gE (nS)=gE|gI (nS)=gI|SEM gE (nS)=semgE|SEM gI (nS)=semgI|n=n"},
	{file: "53_siemens.csv", rows: meanRows, columns: means + "|gE (S)=gE:S|gI (S)=gI:S|SEM gE (S)=semgE:S|SEM gI (S)=semgI:S|n=n"},
	{file: "54_inward_means.csv", rows: meanRows, columns: means + "|EPSC (pA)=E:inward|IPSC (pA)=I|EPSC sem (pA)=semE|IPSC sem (pA)=semI|n=n"},
	{file: "55_wide.csv", rows: wideRows, columns: wide + "|E_before=E_before|E_early=E_early|E_late=E_late|I_before=I_before|I_early=I_early|I_late=I_late", outcome: mapped, says: []string{"E_before", "time_min"}},
	{file: "56_wide_with_errors.xlsx", rows: wideRows, columns: wide + "|E before (pA)=E_before|E before SEM=semE_before|E early (pA)=E_early|E early SEM=semE_early|E late (pA)=E_late|E late SEM=semE_late" +
		"|I before (pA)=I_before|I before SEM=semI_before|I early (pA)=I_early|I early SEM=semI_early|I late (pA)=I_late|I late SEM=semI_late", form: book("summary", sheetTitle), outcome: mapped, says: []string{"E before (pA)", "time_min"}},
	{file: "57_column_per_channel.csv", rows: channelRows, columns: "Animal=animal|Cell=cell|Sweep=sweep|Time (min)=min|Condition=cond|Paired (kHz)=paired_kHz|Vhold (mV)=mV|2 kHz=pA_2|4 kHz=pA_4|8 kHz=pA_8|16 kHz=pA_16"},
	{file: "58_standard_deviations.csv", rows: meanRows, columns: means + "|E (pA)=E|SD E=sdE|I (pA)=I|SD I=sdI|n=n"},
	{file: "59_plus_minus.csv", rows: meanRows, columns: means + "|E (pA)=E±|I (pA)=I±", outcome: refused, says: []string{"E (pA)", "±", "must be a number"}},
	{file: "60_wide_times.csv", rows: wideRows, columns: wide + "|E -15 min (pA)=E_-15|E -5 min (pA)=E_-5|E +5 min (pA)=E_5|E +60 min (pA)=E_60" +
		"|I -15 min (pA)=I_-15|I -5 min (pA)=I_-5|I +5 min (pA)=I_5|I +60 min (pA)=I_60"},
}

// TestExportFiles holds the files to what the table above makes.
func TestExportFiles(t *testing.T) {
	folder := filepath.Join("testdata", "exports")
	if len(exports) != 60 {
		t.Errorf("%d exports, must be 60", len(exports))
	}
	for _, e := range exports {
		path, made := filepath.Join(folder, e.file), e.bytes()
		if len(made) >= 30000 {
			t.Errorf("%s has %d bytes, must be less than 30000", e.file, len(made))
		}
		if *update {
			if err := os.MkdirAll(folder, 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, made, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		there, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, ".xlsx") { // its bytes are the library's, and change with it
			there, made = cellsOf(t, there), cellsOf(t, made)
		}
		if !bytes.Equal(there, made) {
			t.Errorf("%s is not what the test makes; write it by -update", path)
		}
	}
}

// TestExports reads the files. What reads must be what the file says, whatever was
// expected of it: none may be wrong in silence.
func TestExports(t *testing.T) {
	var counts [refused + 1]int
	for _, e := range exports {
		path := filepath.Join("testdata", "exports", e.file)
		read := func(m recordings.Mapping) (*recordings.File, error) {
			f, err := recordings.Open(path, m)
			if err != nil {
				return f, err
			}
			responses, _, err := f.Responses(recordings.Fold{})
			if wrong := e.differs(responses); err == nil && wrong != "" {
				t.Errorf("%s: read in silence and wrong: %s\n%v", e.file, wrong, f)
			}
			return f, err
		}
		got := atOnce
		f, first := read(recordings.Mapping{})
		err := first
		if err != nil && f != nil {
			got = template
			_, err = read(f.Template())
		}
		if data, none := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ".json"); err != nil && none == nil {
			var m recordings.Mapping
			if err := json.Unmarshal(data, &m); err != nil {
				t.Fatal(err)
			}
			got = mapped
			_, err = read(m)
		}
		if err != nil {
			got = refused
		}
		counts[got]++
		if got != e.outcome {
			t.Errorf("%s: %v, want %v: %v; then %v", e.file, got, e.outcome, first, err)
		}
		for _, word := range e.says {
			if first == nil || !strings.Contains(first.Error(), word) {
				t.Errorf("%s: %v, must say %s", e.file, first, word)
			}
		}
	}
	t.Logf("read at once %d, with the template %d, with a mapping %d, refused %d", counts[atOnce], counts[template], counts[mapped], counts[refused])
	if counts[atOnce]+counts[template] < 50 {
		t.Error("at least 50 must read at once or with the template")
	}
}

// TestExportsTell makes sure that a wrong reading would be found.
func TestExportsTell(t *testing.T) {
	for _, e := range []export{exports[0], exports[50]} {
		for name, spoil := range map[string]func(r *recordings.Response){
			"nothing":   func(*recordings.Response) {},
			"a channel": func(r *recordings.Response) { r.Channel++ },
			"a flag":    func(r *recordings.Response) { r.Paired = !r.Paired },
			"treatment": func(r *recordings.Response) { r.Treatment = recordings.Drug },
			"a time":    func(r *recordings.Response) { r.Time *= 60 },
			"a block":   func(r *recordings.Response) { r.Block++ },
			"a current": func(r *recordings.Response) {
				r.Inhibition *= 1.001
				slices.Reverse(r.SweepsE)
				r.SweepsE = r.SweepsE[:len(r.SweepsE)/2]
			},
			"an error": func(r *recordings.Response) { r.ErrorE *= 1.001; r.SweepsI = r.SweepsI[:len(r.SweepsI)/2] },
		} {
			f, err := recordings.Open(filepath.Join("testdata", "exports", e.file), recordings.Mapping{})
			if err != nil {
				t.Fatal(err)
			}
			responses, _, err := f.Responses(recordings.Fold{})
			if err != nil {
				t.Fatal(err)
			}
			spoil(&responses[7])
			if wrong := e.differs(responses); (wrong == "") != (name == "nothing") {
				t.Errorf("%s with %s changed: %q", e.file, name, wrong)
			}
		}
	}
}

// TestUnitsAsked has columns in units that they cannot have, which must be asked
// about, and remarks in brackets, which are no units.
func TestUnitsAsked(t *testing.T) {
	for _, c := range []struct {
		export
		want string
	}{
		{export{columns: change(few, "I (pA)", "I (mV)")}, `I (mV) is in "mV"`},
		{export{columns: change(few, "I (pA)", "I (% of baseline)")}, `I (% of baseline) is in "% of baseline"`},
		{export{columns: change(few, "Time (min)", "Time (weeks)")}, `Time (weeks) is in "weeks"`},
		{export{columns: change(few, "Vhold (mV)=mV", "Vhold=V")}, "is it in V?"},
		{export{rows: meanRows, columns: means + "|gE=gE:S|gI=gI:S"}, "in which unit is it?"},
		{export{columns: change(few, "I (pA)", "I (baseline subtracted)", "Vhold (mV)", "Vhold (mV, junction potential corrected)")}, ""},
	} {
		f, err := recordings.Read(bytes.NewReader(c.bytes()), "a.csv", recordings.Mapping{})
		if err == nil {
			_, _, err = f.Responses(recordings.Fold{})
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, must say %s", c.columns, err, c.want)
		}
	}
}

// cellsOf are the raw values of all sheets.
func cellsOf(t *testing.T, data []byte) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		all = fmt.Appendf(all, "%s %q", name, rows)
	}
	return all
}

// sweep is one sweep of the experiment.
type sweep struct {
	animal, cell      string
	treated           bool
	n, channel        int // from 1
	minute, kHz       float64
	paired, best      bool
	holding, reversal float64 // mV
	series            float64 // MΩ
	current           float64 // pA, of two decimals
}

var minutes = [...]float64{-15, -5, 5, 60}

// experiment is three cells of which one tone was paired with acetylcholine, and
// two of sham: four tones, two blocks of baseline, early and late, two sweeps at
// each potential. At −70 mV excitation flows, at 0 mV inhibition.
func experiment() (sweeps []sweep) {
	rng := model.Stream(1, 0)
	for c, name := range []string{"M1 c1", "M1 c2", "M2 c1", "M3 c1", "M3 c2"} {
		animal, cell, _ := strings.Cut(name, " ")
		treated, series := c < 3, 5+float64(c)
		best, paired := 1+rng.IntN(2), 3
		e, i := make([]float64, 4), make([]float64, 4)
		for k := range e {
			e[k] = 60 + 30*rng.Float64()
			if k == best {
				e[k] += 60
			}
			i[k] = e[k]*math.Exp(0.2*rng.NormFloat64()) + 5
		}
		n := 0
		for _, minute := range minutes {
			if treated && minute == 5 {
				e[paired] *= 1.6
			}
			if treated && minute == 60 {
				i[paired] = e[paired] + 5
			}
			for _, holding := range []float64{-70, 0} {
				for range 2 {
					for k, kHz := range []float64{2, 4, 8, 16} {
						n++
						s := sweep{animal, cell, treated, n, k + 1, minute, kHz, k == paired, k == best, holding, -70 - holding, series, -e[k]}
						if holding == 0 {
							s.current = i[k]
						}
						s.current = math.Round(100*s.current*math.Exp(0.1*rng.NormFloat64())) / 100
						sweeps = append(sweeps, s)
					}
				}
			}
		}
	}
	return sweeps
}

// row is a row of a file: the text of every key that a file may have.
type row map[string]string

func number(x float64, digits int) string { return strconv.FormatFloat(x, 'f', digits, 64) }

// name is what is said of a sweep or a mean alike.
func (s *sweep) name() row {
	r := row{
		"animal": s.animal, "cell": s.cell, "cond": "none", "sham": "sham", "vehicle": "vehicle", "own": "group A",
		"min": number(s.minute, -1), "s": number(60*s.minute, -1), "kHz": number(s.kHz, -1), "number": strconv.Itoa(s.channel),
		"Hz": number(1000*s.kHz, -1), "Hz:thousands": number(s.kHz, -1) + ",000", "who": "J. Müller", "date": "2019-03-0" + s.animal[1:],
		"notes": "ok", "temperature": "32.5", "intensity": "20", "rin": "180", "paired_kHz": "16", "animal:quoted": s.animal + ", C57BL/6",
	}
	if s.treated {
		r["cond"], r["sham"], r["vehicle"], r["own"] = "ACh", "NB pairing", "acetylcholine", "group B"
	}
	for key, flag := range map[string]bool{"paired": s.paired, "best": s.best} {
		for style, words := range map[string][2]string{"01": {"0", "1"}, "float": {"0.0", "1.0"}, "yes": {"no", "yes"}, "TRUE": {"FALSE", "TRUE"}, "x": {"", "x"}} {
			r[key+":"+style] = words[0]
			if flag {
				r[key+":"+style] = words[1]
			}
		}
	}
	r["min:minus"] = minus(r["min"])
	return r
}

// minus puts the sign of a typesetter for the hyphen.
func minus(s string) string { return strings.Replace(s, "-", "\u2212", 1) }

// sweepRows has a row a sweep and channel.
func sweepRows() (rows []row) {
	for i, s := range experiment() {
		r := s.name()
		maps.Copy(r, row{
			"index": strconv.Itoa(i), "sweep": strconv.Itoa(s.n), "mV": number(s.holding, -1), "V": number(s.holding/1000, -1),
			"rev": number(s.reversal, -1), "revV": number(s.reversal/1000, -1), "rs": number(s.series, -1), "ohm": number(1e6*s.series, -1), "window": "50", "spikes": "",
			"pA": number(s.current, 2), "nA": number(s.current/1000, 5), "A": strconv.FormatFloat(s.current*1e-12, 'e', 6, 64),
			"pA:minus": minus(number(s.current, 2)), "pA:int": number(s.current, 0), "pA:magnitude": number(math.Abs(s.current), 2),
			"pA:thin": "\u2009" + minus(number(s.current, 2)) + "\u00a0", "mV:minus": minus(number(s.holding, -1)), "level:two": strconv.Itoa(60 + 10*(s.n/4%2)),
		})
		for _, nothing := range []string{"NaN", "-", "NA", "#N/A"} {
			r["rs:"+nothing], r["level:"+nothing] = r["rs"], "70"
			if s.cell == "c2" {
				r["rs:"+nothing], r["level:"+nothing] = nothing, nothing
			}
		}
		if s.n%7 == 0 {
			r["notes"] = `slow, "unstable"; kept`
		}
		rows = append(rows, r)
	}
	return rows
}

// meanOf is the mean magnitude of the sweeps that are asked for, its standard
// deviation and standard error in pA, and their number.
func meanOf(sweeps []sweep, holding, from, to float64) (mean, sd, sem float64, n int) {
	var v []float64
	for _, s := range sweeps {
		if s.holding == holding && from <= s.minute && s.minute <= to {
			v = append(v, math.Abs(s.current))
		}
	}
	mean, sd = stat.MeanStdDev(v, nil)
	return mean, sd, stat.StdErr(sd, float64(len(v))), len(v)
}

// channels are the sweeps of each channel of each cell.
func channels() (list [][]sweep) {
	all := experiment()
	for i := range all {
		if all[i].n > 4 {
			continue
		}
		var one []sweep
		for _, s := range all {
			if s.animal == all[i].animal && s.cell == all[i].cell && s.channel == all[i].channel {
				one = append(one, s)
			}
		}
		list = append(list, one)
	}
	return list
}

// meanRows has a row a cell, channel and time.
func meanRows() (rows []row) {
	for _, sweeps := range channels() {
		for _, minute := range minutes {
			at := sweeps[0]
			at.minute = minute
			r := at.name()
			for key, holding := range map[string]float64{"E": -70, "I": 0} {
				mean, sd, sem, n := meanOf(sweeps, holding, minute, minute)
				before, _, _, _ := meanOf(sweeps, holding, -99, 0)
				maps.Copy(r, row{
					key: number(mean, 3), "sd" + key: number(sd, 3), "sem" + key: number(sem, 3), key + ":inward": number(-mean, 3), "n": strconv.Itoa(n),
					key + ":percent": number(100*mean/before, 1), key + "±": number(mean, 1) + " ± " + number(sem, 1),
					"g" + key: number(mean/70, 5), "semg" + key: number(sem/70, 5),
					"g" + key + ":S": strconv.FormatFloat(mean/70*1e-9, 'e', 5, 64), "semg" + key + ":S": strconv.FormatFloat(sem/70*1e-9, 'e', 5, 64),
				})
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// wideRows has a row a cell and channel.
func wideRows() (rows []row) {
	for _, sweeps := range channels() {
		r := sweeps[0].name()
		for key, holding := range map[string]float64{"E": -70, "I": 0} {
			for when, span := range map[string][2]float64{"before": {-15, -5}, "early": {5, 5}, "late": {60, 60}, "-15": {-15, -15}, "-5": {-5, -5}, "5": {5, 5}, "60": {60, 60}} {
				mean, _, sem, _ := meanOf(sweeps, holding, span[0], span[1])
				r[key+"_"+when], r["sem"+key+"_"+when] = number(mean, 3), number(sem, 3)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// channelRows has a row a sweep, with a column for each tone.
func channelRows() (rows []row) {
	for i, r := range sweepRows() {
		if i%4 == 0 {
			r["sweep"] = strconv.Itoa(i / 4)
			rows = append(rows, r)
		}
		rows[i/4]["pA_"+r["kHz"]] = r["pA"]
	}
	return rows
}

// keys are the headers and the keys of the columns.
func (e *export) keys() (heads, keys []string) {
	for _, column := range strings.Split(e.columns, "|") {
		i := strings.LastIndex(column, "=")
		heads, keys = append(heads, column[:i]), append(keys, column[i+1:])
	}
	return heads, keys
}

// bytes is the file.
func (e *export) bytes() []byte {
	heads, keys := e.keys()
	lines := [][]string{heads}
	for _, r := range e.source()() {
		line := make([]string, len(keys))
		for i, key := range keys {
			field, ok := r[key]
			if !ok {
				panic(e.file + ": no key " + key)
			}
			line[i] = field
		}
		lines = append(lines, line)
	}
	if e.form == nil {
		return text(",", "\n")(lines)
	}
	return e.form(lines)
}

func (e *export) source() func() []row {
	if e.rows == nil {
		return sweepRows
	}
	return e.rows
}

// text separates fields, and quotes those that need it.
func text(separator, end string) func([][]string) []byte {
	return func(lines [][]string) []byte {
		var b strings.Builder
		for _, line := range lines {
			for i, field := range line {
				if i > 0 {
					b.WriteString(separator)
				}
				if strings.Contains(field, separator) || strings.ContainsAny(field, "\"\n") {
					field = `"` + strings.ReplaceAll(strings.Trim(field, `"`), `"`, `""`) + `"`
				}
				b.WriteString(field)
			}
			b.WriteString(end)
		}
		return []byte(b.String())
	}
}

// blanks aligns columns by blanks.
func blanks(lines [][]string) []byte {
	var b strings.Builder
	for _, line := range lines {
		for i, field := range line {
			fmt.Fprintf(&b, "%*s ", len(lines[0][i]), field)
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// padded has empty columns on the right and empty rows below, as a spreadsheet
// saves them.
func padded(lines [][]string) []byte {
	for i := range lines {
		lines[i] = append(slices.Clone(lines[i]), "", "")
	}
	for range 3 {
		lines = append(lines, make([]string, len(lines[0])))
	}
	return text(",", "\r\n")(lines)
}

func commas(form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) []byte {
		for _, line := range lines {
			for i, field := range line {
				if _, err := strconv.ParseFloat(field, 64); err == nil {
					line[i] = strings.Replace(field, ".", ",", 1)
				}
			}
		}
		return form(lines)
	}
}

func above(head string, form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) []byte { return append([]byte(head), form(lines)...) }
}

func below(foot string, form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) []byte { return append(form(lines), foot...) }
}

// under puts a line under the header.
func under(line string, form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) []byte { return form(slices.Insert(lines, 1, strings.Split(line, ","))) }
}

func wideText(order binary.AppendByteOrder, form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) (out []byte) {
		for _, unit := range utf16.Encode([]rune("\ufeff" + string(form(lines)))) {
			out = order.AppendUint16(out, unit)
		}
		return out
	}
}

// latin is Windows-1252 of what has no other letters than Latin-1.
func latin(form func([][]string) []byte) func([][]string) []byte {
	return func(lines [][]string) (out []byte) {
		for _, r := range string(form(lines)) {
			if r > 0xff {
				panic("not in Windows-1252: " + string(r))
			}
			out = append(out, byte(r))
		}
		return out
	}
}

// igor is Igor text: a block a wave, text waves quoted.
func igor(lines [][]string) []byte {
	var b strings.Builder
	b.WriteString("IGOR\r")
	for i, head := range lines[0] {
		_, err := strconv.ParseFloat(lines[1][i], 64)
		if wave := map[bool]string{true: "WAVES/D", false: "WAVES/T"}[err == nil]; true {
			fmt.Fprintf(&b, "%s\t%s\rBEGIN\r", wave, head)
		}
		for _, line := range lines[1:] {
			if err != nil {
				fmt.Fprintf(&b, "\t%q\r", line[i])
			} else {
				fmt.Fprintf(&b, "\t%s\r", line[i])
			}
		}
		fmt.Fprintf(&b, "END\rX SetScale/P x 0,1,\"\", %s; SetScale y 0,0,\"\", %s\r\r", head, head)
	}
	return []byte(b.String())
}

// What a spreadsheet has beside its table.
const (
	sheetNotes  = 1 << iota // a sheet of notes before it
	sheetTitle              // two lines above
	sheetMerged             // of merged cells
	sheetMargin             // an empty column on the left and rows with formats below
	sheetText               // all numbers as text
)

func book(name string, with int) func([][]string) []byte {
	return func(lines [][]string) []byte {
		f := excelize.NewFile()
		must := func(err error) {
			if err != nil {
				panic(err)
			}
		}
		set := func(sheet string, column, line int, value any) string {
			cell, err := excelize.CoordinatesToCellName(column, line)
			must(err)
			must(f.SetCellValue(sheet, cell, value))
			return cell
		}
		must(f.SetSheetName("Sheet1", name))
		if with&sheetNotes != 0 {
			must(f.SetSheetName(name, "notes"))
			_, err := f.NewSheet(name)
			must(err)
			set("notes", 1, 1, "Recorded in the spring, see the notebook")
			set("notes", 1, 2, "Rs after compensation")
		}
		column, line := 1, 1
		if with&sheetMargin != 0 {
			column = 2
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
			must(err)
			must(f.SetCellStyle(name, "B400", "D410", style))
		}
		if with&sheetTitle != 0 {
			from := set(name, column, 1, "Pairing experiment, auditory cortex")
			set(name, column, 2, "baseline subtracted")
			line = 4
			if with&sheetMerged != 0 {
				to, err := excelize.CoordinatesToCellName(column+len(lines[0])-1, 1)
				must(err)
				must(f.MergeCell(name, from, to))
			}
		}
		for i, fields := range lines {
			for k, field := range fields {
				var value any = field
				if x, err := strconv.ParseFloat(field, 64); err == nil && with&sheetText == 0 {
					value = x
				}
				set(name, column+k, line+i, value)
			}
		}
		var b bytes.Buffer
		must(f.Write(&b))
		return b.Bytes()
	}
}

// channel is what a file says of a channel of a cell in a phase: the magnitudes
// of the sweeps in order of size, or a mean and its standard error.
type channel struct {
	paired, best bool
	treatment    recordings.Treatment
	values       [2][]float64 // E, I
	errors       [2]float64   // of means; NaN if the file has none
}

// place is where: a time in min, or of sweeps and wide rows a phase of fold's.
type place struct {
	animal, cell string
	channel      float64
	when         string
}

func phase(minute float64) string {
	switch {
	case minute < 0:
		return "before"
	case minute < 20:
		return "early"
	}
	return "late"
}

// truth is what the file says, from the texts of its own fields, in pA or nS.
func (e *export) truth() map[place]*channel {
	_, keys := e.keys()
	has := func(key string) bool { return slices.Contains(keys, key) }
	any := func(stem string) string {
		for _, key := range keys {
			if key == stem || strings.HasPrefix(key, stem+":") {
				return key
			}
		}
		return ""
	}
	value := func(r row, key string) float64 {
		x, err := strconv.ParseFloat(strings.ReplaceAll(r[key], "\u2212", "-"), 64)
		if err != nil {
			return math.NaN()
		}
		return x
	}
	all := map[place]*channel{}
	at := func(r row, kHz float64, when string) *channel {
		p := place{r["animal"], r["cell"], kHz, when}
		if has("animal:quoted") {
			p.animal = r["animal:quoted"]
		}
		if all[p] == nil {
			paired, best := any("paired"), any("best")
			all[p] = &channel{treatment: recordings.None, errors: [2]float64{math.NaN(), math.NaN()},
				paired: paired != "" && r["paired:01"] == "1" || has("paired_kHz") && r["paired_kHz"] == number(kHz, -1), best: best != "" && r["best:01"] == "1"}
			if r["cond"] == "ACh" {
				all[p].treatment = recordings.ACh
			}
		}
		return all[p]
	}
	for _, r := range e.source()() {
		kHz := value(r, "kHz")
		switch {
		case has("pA_2"):
			for _, kHz := range []float64{2, 4, 8, 16} {
				c, kind, pA := at(r, kHz, phase(value(r, "min"))), 0, value(r, "pA_"+number(kHz, -1))
				if r["mV"] == "0" {
					kind = 1
				}
				c.values[kind] = append(c.values[kind], math.Abs(pA))
			}
		case r["pA"] != "":
			c, kind, force, pA := at(r, kHz, phase(value(r, "min"))), 0, -70., value(r, "pA")
			if r["mV"] == "0" {
				kind, force = 1, 70
			}
			if has("pA:int") {
				pA = value(r, "pA:int")
			}
			// The clamp reaches V − I R_s: the ideal clamp's current is larger.
			if series := value(r, any("rs")); has("ohm") {
				pA *= force / (force - pA*value(r, "rs")*1e-3)
			} else if series == series {
				pA *= force / (force - pA*series*1e-3)
			}
			c.values[kind] = append(c.values[kind], math.Abs(pA))
		default:
			for kind, key := range []string{"E", "I"} {
				for _, k := range keys {
					when, ok := strings.CutPrefix(k, key+"_")
					minute := r["min"]
					switch {
					case k == key || k == "g"+key || strings.HasPrefix(k, key+":") || strings.HasPrefix(k, "g"+key+":"):
						when = minute
					case !ok:
						continue
					}
					c, scale := at(r, kHz, when), 1.
					if strings.HasSuffix(k, ":S") {
						scale = 1e9
					}
					c.values[kind] = []float64{math.Abs(scale * value(r, k))}
					if sem := "sem" + strings.TrimSuffix(k, ":inward"); has(sem) {
						c.errors[kind] = scale * value(r, sem)
					}
				}
			}
		}
	}
	return all
}

// read is the same of responses, but for the flags.
func (e *export) read(responses []recordings.Response) map[place]*channel {
	all := map[place]*channel{}
	truth := e.truth()
	for _, r := range responses {
		p := place{r.Animal, r.Cell, r.Channel, number(r.Time, -1)}
		if truth[p] == nil {
			p.when = phase(r.Time)
		}
		if all[p] == nil {
			all[p] = &channel{errors: [2]float64{r.ErrorE, r.ErrorI}}
		}
		c := all[p]
		if r.SweepsE == nil && r.SweepsI == nil {
			c.values[0], c.values[1] = append(c.values[0], r.Excitation), append(c.values[1], r.Inhibition)
			continue
		}
		c.values[0], c.values[1] = append(c.values[0], r.SweepsE...), append(c.values[1], r.SweepsI...)
		c.errors = [2]float64{math.NaN(), math.NaN()}
	}
	return all
}

// differs is the first difference between what was read and the truth, empty if
// there is none.
func (e *export) differs(responses []recordings.Response) string {
	want, got := e.truth(), e.read(responses)
	for p := range want {
		if got[p] == nil {
			return fmt.Sprintf("%v is not there", p)
		}
	}
	same := func(a, b float64) bool { return a == b || a != a && b != b || math.Abs(a-b) <= 1e-4*math.Abs(b)+5e-6 }
	for _, r := range responses {
		for p, w := range want {
			if p.animal == r.Animal && p.cell == r.Cell && p.channel == r.Channel && (r.Paired != w.paired || r.Best != w.best || r.Treatment != w.treatment) {
				return fmt.Sprintf("%v: paired %v, best %v, %v; want %v, %v, %v", p, r.Paired, r.Best, r.Treatment, w.paired, w.best, w.treatment)
			}
		}
		if _, keys := e.keys(); !slices.Contains(keys, "E_before") && (r.Block >= len(minutes) || minutes[r.Block] != r.Time) {
			return fmt.Sprintf("block %d is at %v min, want blocks at %v", r.Block, r.Time, minutes)
		}
	}
	for p, g := range got {
		w := want[p]
		if w == nil {
			return fmt.Sprintf("%v is not in the file", p)
		}
		for kind, values := range g.values {
			slices.Sort(values)
			slices.Sort(w.values[kind])
			if !slices.EqualFunc(values, w.values[kind], same) || !same(g.errors[kind], w.errors[kind]) {
				return fmt.Sprintf("%v: %v ± %v, want %v ± %v", p, values, g.errors[kind], w.values[kind], w.errors[kind])
			}
		}
	}
	return ""
}
