package recordings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Mapping says what a laboratory calls what the schemas have other names for. In
// the zero value all is found out from the file; File.Template is what was, to be
// changed and given back. It is written as JSON.
type Mapping struct {
	About string `json:"about,omitempty"` // a comment

	Schema    string `json:"schema,omitempty"`    // "raw" or "aggregate"; empty: that which the header fits
	Sheet     string `json:"sheet,omitempty"`     // of a workbook
	Separator string `json:"separator,omitempty"` // of fields: ",", ";", "\t", or " " for blanks
	Decimal   string `json:"decimal,omitempty"`   // mark, "." or ","; the other one may then stand between thousands
	Header    int    `json:"header,omitempty"`    // line of the header

	Columns  map[string]string            `json:"columns,omitempty"`  // name in the file to name in the schema; "" ignores the column
	Words    map[string]map[string]string `json:"words,omitempty"`    // column of the schema, then word in the file to word of the schema
	Units    map[string]string            `json:"units,omitempty"`    // column, by either name, to the unit that the file has it in
	Defaults map[string]string            `json:"defaults,omitempty"` // column of the schema to what a missing column or an empty field means; "=cell" is as in the column cell
	Fill     []string                     `json:"fill,omitempty"`     // columns in which an empty field means what stands above

	// Wide is of tables with several measurements in a row: the column's name in
	// the file, then what holds of it in columns of the schema, with "*" for that
	// in which its own values belong, as {"E early": {"excitation": "*",
	// "time_min": "5"}}.
	Wide map[string]map[string]string `json:"wide,omitempty"`

	// NegativeInward is false if inward currents are positive in the file. In the
	// aggregate schema, which has magnitudes, true turns the sign of excitation.
	NegativeInward *bool `json:"negative_inward,omitempty"`
}

// synonyms are what laboratories call the columns, but for case, blanks and
// punctuation; the names of the schema itself, with and without unit, are known.
var synonyms = map[string]string{
	"animal":                 "animalid animalno animalnumber animalname mouse mouseid mouseno rat ratid subject subjectid",
	"cell":                   "cellid cellno cellnumber cellname neuron neuronid unitid",
	"sweep":                  "sweepno sweepnumber sweepid sweepindex trial trialno trialnumber episode trace traceno rep repeat repetition",
	"time_min":               "t timefrompairing timerelativetopairing timereltopairing timerelpairing timeafterpairing timesincepairing reltime timepoint",
	"block":                  "blockno run runno",
	"condition":              "cond conditions treatment group pairing pairingtype modulator neuromodulator protocol experimenttype",
	"tone_kHz":               "freq frequency tonefrequency tonefreq stimfreq stimulusfrequency f",
	"channel":                "chan ch channelno channelnumber input inputno stimulus stim stimulusno pathway pattern",
	"level_dB":               "intensity spl soundlevel tonelevel dbspl",
	"is_paired":              "paired pairedtone pairedinput conditioned isconditioned pairedstim pairedyn",
	"is_best":                "best besttone bestinput originalbest",
	"paired_channel":         "pairedfrequency pairedfreq conditionedfrequency pairedchannelno",
	"best_channel":           "bestfrequency bestfreq bf",
	"holding_mV":             "vhold vh vholding holdingpotential holdingvoltage vclamp vcmd vcommand commandpotential clamppotential hold potential voltage",
	"reversal_mV":            "erev vrev reversalpotential",
	"series_resistance_MOhm": "rs rseries seriesr seriesres access accessresistance ra raccess",
	"current_pA":             "i im amp amplitude peak peakcurrent meancurrent psc pscamplitude synapticcurrent isyn ipeak imean response currentamplitude",
	"window_ms":              "win windowlength integrationwindow averagingwindow windowduration",
	"postsynaptic_spikes":    "spike nspikes spikecount spikenumber numberofspikes aps napp spikespersweep spikes",
	"status":                 "provenance",

	"source_doi": "doi source reference",
	"figure":     "fig figureno",
	"excitation": "e exc excitatory epsc ge excitatorycurrent meanexcitation emean",
	"inhibition": "i inh inhibitory ipsc gi inhibitorycurrent meaninhibition imean",
	"unit":       "units",
	"sem":        "se stderr",
	"n":          "nsweeps numberofsweeps count nsweep",
}

// words are what laboratories say for a word of the schema.
var words = map[string]map[string]string{"condition": {
	"none": "control ctrl ctl sham vehicle saline acsf toneonly tonealone naive nopairing unpaired untreated",
	"ACh":  "acetylcholine nb nbpairing nbstim nbstimulation nbpaired nucleusbasalis basalforebrain achpairing pairingach cholinergic",
	"NE":   "na noradrenaline norepinephrine lc lcpairing lcstim lcstimulation lcpaired locuscoeruleus nepairing noradrenergic",
	"drug": "antagonist atropine scopolamine",
}}

// unit is a unit of a dimension, in that of the schema.
type unit struct {
	name  string
	scale float64
	also  string // further names, but for case
}

// dimensions are the units by the one that the schema has.
var dimensions = map[string][]unit{
	"min":  {{"min", 1, "minute minutes mins"}, {"s", 1. / 60, "sec secs second seconds"}, {"ms", 1. / 6e4, ""}, {"h", 60, "hr hrs hour hours"}, {"d", 1440, "day days"}},
	"ms":   {{"ms", 1, "msec"}, {"s", 1e3, "sec"}, {"us", 1e-3, ""}},
	"kHz":  {{"kHz", 1, ""}, {"Hz", 1e-3, ""}},
	"mV":   {{"mV", 1, ""}, {"V", 1e3, "volt volts"}, {"uV", 1e-3, ""}},
	"MOhm": {{"MOhm", 1, "mohms megaohm"}, {"Ohm", 1e-6, "ohms"}, {"kOhm", 1e-3, ""}, {"GOhm", 1e3, ""}},
	"pA":   {{"pA", 1, ""}, {"nA", 1e3, ""}, {"A", 1e12, "amp ampere"}, {"uA", 1e6, ""}, {"fA", 1e-3, ""}},
	"nS":   {{"nS", 1, ""}, {"S", 1e9, "siemens"}, {"pS", 1e-3, ""}, {"uS", 1e3, ""}},
	"dB":   {{"dB", 1, "dbspl"}},
}

// dimension is the unit of a column in the schema; of magnitudes pA, or nS where
// the file has them as conductances.
func dimension(column string) string {
	switch column {
	case "paired_channel", "best_channel", "channel":
		return "kHz"
	case "excitation", "inhibition", "sem", "sem_inhibition":
		return "pA"
	}
	if i := strings.LastIndexByte(column, '_'); i >= 0 && dimensions[column[i+1:]] != nil {
		return column[i+1:]
	}
	return ""
}

// unitsOf are the units that a column may have in a file, that of the schema first.
func unitsOf(column string) (names []string) {
	for _, u := range dimensions[dimension(column)] {
		names = append(names, u.name)
	}
	return names
}

// scaleOf is what turns a unit into that of the schema, and false if the column
// cannot have it. Of "min, rel. to pairing" the unit is the first word.
func scaleOf(column, name string) (scale float64, ok bool) {
	name, _, _ = strings.Cut(strings.TrimSpace(name), ",")
	name, _, _ = strings.Cut(name, " ")
	name = normal(name)
	for _, u := range dimensions[dimension(column)] {
		if name == strings.ToLower(u.name) || name != "" && slices.Contains(strings.Fields(u.also), name) {
			return u.scale, true
		}
	}
	return 1, false
}

// scaled is exact where a unit is a whole part of the schema's.
func scaled(x, scale float64) float64 {
	if math.Abs(scale) < 1 {
		return x / math.Round(1/scale)
	}
	return x * scale
}

// normal is a name without what differs from one file to the next: case, blanks,
// punctuation.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, greek.Replace(s))
}

var greek = strings.NewReplacer("µ", "u", "μ", "u", "Ω", "Ohm", "Ω", "Ohm", "%", "percent")

// erring is of what a column is the standard error, by which words.
var (
	erring = map[string]string{"sem": "excitation", "sem_inhibition": "inhibition", "sem_spikes": "postsynaptic_spikes"}
	sems   = []string{"sem", "se", "stderr"}
)

// missing is whether a field says that there is no number.
func missing(s string) bool {
	switch s {
	case "", "-", "−", "–", "—", ".", "NaN", "nan", "NAN", "NA", "na", "N/A", "n/a", "#N/A", "#NA", "null", "NULL":
		return true
	}
	return false
}

// named is whether a column of the file is one of the schema, how surely, and the
// unit that the name carries: 0 is the very name, 1 the name but for the unit and
// its writing, 2 a synonym.
func named(column, header string) (tier int, unit string, ok bool) {
	if header == column {
		return 0, dimension(column), true
	}
	base := dimension(column)
	stem := normal(strings.TrimSuffix(column, "_"+base))
	is := func(name string) (int, bool) {
		if n := normal(name); n == stem || n == normal(column) {
			return 1, true
		} else if n != "" && slices.Contains(strings.Fields(synonyms[column]), n) {
			return 2, true
		}
		return 0, false
	}
	if normal(header) == normal(column) && stem != normal(column) {
		return 1, base, true
	}
	if i := strings.LastIndexAny(header, "([{"); i > 0 {
		if tier, ok := is(header[:i]); ok {
			return tier, strings.Trim(header[i:], "()[]{} "), true
		}
	}
	if tier, ok := is(header); ok {
		return tier, "", true
	}
	if of, ok := erring[column]; ok { // "SEM gE (nS)"
		name, unit := header, bracket(header)
		if unit != "" {
			name = header[:strings.LastIndexAny(header, "([{")]
		}
		words := tokens(name)
		if len(words) == 2 && slices.Contains(sems, words[1]) {
			slices.Reverse(words)
		}
		return 2, unit, len(words) == 2 && slices.Contains(sems, words[0]) && parts[words[1]] == of
	}
	if i := strings.LastIndexAny(header, "_ /.,-"); i > 0 && base != "" {
		_, known := scaleOf(column, header[i+1:])
		_, other := scaleOf("_nS", header[i+1:])
		if known || base == "pA" && other {
			tier, ok := is(strings.TrimSuffix(strings.TrimRight(header[:i], "_ /.,-"), " in"))
			return tier, header[i+1:], ok
		}
	}
	return 0, "", false
}

// ReadMapping reads a mapping from a file as JSON; without a path there is none. It
// returns an error for a field that a mapping does not have.
func ReadMapping(path string) (m Mapping, err error) {
	if path == "" {
		return m, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return m, fmt.Errorf("recordings: the mapping: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("recordings: %s: must be a mapping as inspect prints it: %w", filepath.Base(path), err)
	}
	return m, nil
}
