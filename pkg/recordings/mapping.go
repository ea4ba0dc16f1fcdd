//go:build !js

package recordings

import (
	"slices"
	"strings"
	"unicode"

	"credo/pkg/recordings/table"
)

// synonyms are what laboratories call the columns, but for case, blanks and
// punctuation; the names of the schema itself, with and without unit, are known.
var synonyms = map[string]string{
	"animal":                 "animalid animalno animalnumber animalname mouse mouseid mouseno rat ratid subject subjectid",
	"cell":                   "cellid cellno cellnumber cellname neuron neuronid unitid",
	"sweep":                  "sweepno sweepnumber sweepid sweepindex trial trialno trialnumber episode trace traceno rep repeat repetition",
	"time_min":               "t timefrompairing timerelativetopairing timereltopairing timerelpairing timeafterpairing timesincepairing reltime timepoint",
	"block":                  "blockno run runno",
	"condition":              "cond conditions treatment group pairing pairingtype modulator neuromodulator protocol experimenttype",
	"tone_kHz":               "freq frequency tonefrequency tonefreq stimfreq stimulusfrequency",
	"channel":                "chan ch channelno channelnumber input inputno stimulus stimulusno pathway pattern tone freq frequency tonefrequency tonefreq stimfreq stimulusfrequency",
	"level_dB":               "intensity spl soundlevel tonelevel dbspl",
	"is_paired":              "paired pairedtone pairedinput pairedstim pairedfrequency pairedfreq pairedchannel conditioned isconditioned",
	"is_best":                "best besttone bestinput bestfrequency bestfreq bestchannel bf originalbest",
	"holding_mV":             "vhold vh vholding holdingpotential holdingvoltage vclamp vcmd vcommand commandpotential clamppotential hold",
	"reversal_mV":            "erev vrev reversalpotential",
	"series_resistance_MOhm": "rs rseries seriesr seriesres access accessresistance ra raccess",
	"current_pA":             "i im amp amplitude peak peakcurrent meancurrent psc pscamplitude synapticcurrent isyn ipeak imean currentamplitude",
	"window_ms":              "win windowlength integrationwindow averagingwindow windowduration",
	"postsynaptic_spikes":    "spike nspikes spikecount spikenumber numberofspikes aps napp spikespersweep spikes",
	"status":                 "provenance",

	"source_doi": "doi",
	"figure":     "fig figureno",
	"excitation": "e exc excitatory epsc ge excitatorycurrent meanexcitation emean",
	"inhibition": "i inh inhibitory ipsc gi inhibitorycurrent meaninhibition imean",
	"unit":       "units",
	"sem":        "se stderr",
	"n":          "nsweeps numberofsweeps nsweep",
}

// words are what laboratories say for a word of the schema.
var words = map[string]map[string]string{"condition": {
	"none": "control ctrl ctl sham vehicle saline acsf toneonly tonealone naive nopairing unpaired untreated",
	"ACh":  "acetylcholine nb nbpairing nbstim nbstimulation nbpaired nucleusbasalis basalforebrain achpairing pairingach cholinergic",
	"NE":   "noradrenaline norepinephrine lc lcpairing lcstim lcstimulation lcpaired locuscoeruleus nepairing noradrenergic",
	"drug": "antagonist atropine scopolamine",
}}

// unit is a unit in that of the schema, with the further names that it has.
type unit struct {
	names string
	scale float64
}

// dimensions are the units, but for case, by the one that the schema has.
var dimensions = map[string][]unit{
	"min":  {{"min minute minutes mins", 1}, {"s sec secs second seconds", 1. / 60}, {"ms", 1. / 6e4}, {"h hr hrs hour hours", 60}, {"d day days", 1440}},
	"ms":   {{"ms msec", 1}, {"s sec", 1e3}, {"us", 1e-3}},
	"kHz":  {{"kHz", 1}, {"Hz", 1e-3}},
	"mV":   {{"mV", 1}, {"V", 1e3}, {"uV", 1e-3}},
	"MOhm": {{"MOhm MOhms", 1}, {"Ohm Ohms", 1e-6}, {"kOhm", 1e-3}, {"GOhm", 1e3}},
	"pA":   {{"pA", 1}, {"nA", 1e3}, {"A", 1e12}, {"uA", 1e6}, {"fA", 1e-3}},
	"nS":   {{"nS", 1}, {"S", 1e9}, {"pS", 1e-3}, {"uS", 1e3}},
	"dB":   {{"dB dBSPL", 1}},
}

// dimension is the units that a column may have in the schema: one, but of means
// of currents or conductances; none where a column has no unit.
func dimension(column string) []string {
	switch column {
	case "channel", "is_paired", "is_best": // where they are tones
		return []string{"kHz"}
	case "excitation", "inhibition", "sem", "sem_inhibition":
		return []string{"pA", "nS"}
	}
	if base := column[strings.LastIndexByte(column, '_')+1:]; dimensions[base] != nil {
		return []string{base}
	}
	return nil
}

// scaleOf is what turns a unit of the file into one of the schema. Of "min, rel. to
// pairing" the unit is the first word.
func scaleOf(column, name string) (scale float64, base string, ok bool) {
	if words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == ',' }); len(words) > 0 {
		name = normal(words[0])
		for _, base := range dimension(column) {
			for _, u := range dimensions[base] {
				if slices.Contains(strings.Fields(strings.ToLower(u.names)), name) {
					return u.scale, base, true
				}
			}
		}
	}
	return 1, "", false
}

// unitsOf are the units that a column may have in a file, that of the schema first.
func unitsOf(column string) (names []string) {
	for _, base := range dimension(column) {
		for _, u := range dimensions[base] {
			names = append(names, strings.Fields(u.names)[0])
		}
	}
	return names
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

var greek = strings.NewReplacer("µ", "u", "μ", "u", "Ω", "Ohm", "Ω", "Ohm")

// bracketed takes a name apart into what stands before brackets at its end and
// what stands in them.
func bracketed(header string) (name, within string) {
	if i := strings.LastIndexAny(header, "([{"); i > 0 && strings.ContainsAny(header[len(header)-1:], ")]}") {
		return header[:i], strings.Trim(header[i:], "()[]{} ")
	}
	return header, ""
}

// unlike is the tier of a name that is not that of a column.
const unlike = 3

// named is how surely a column of the file is one of the schema, and the unit that
// its name carries: 0 is the very name, 1 the name but for unit and writing, 2 a
// synonym.
func named(column, header string) (tier int, unit string) {
	stem := column
	if d := dimension(column); len(d) == 1 {
		if stem = strings.TrimSuffix(column, "_"+d[0]); header == column && stem != column {
			return 0, d[0]
		}
	}
	is := func(name string) int {
		switch n := normal(name); {
		case name == column:
			return 0
		case n == normal(stem):
			return 1
		case n != "" && slices.Contains(strings.Fields(synonyms[column]), n):
			return 2
		}
		if words := tokens(name); len(words) == 2 && erring[column] != "" { // "gE SEM"
			if slices.Contains(sems, words[1]) {
				slices.Reverse(words)
			}
			if slices.Contains(sems, words[0]) && parts[words[1]] == erring[column] {
				return 2
			}
		}
		return unlike
	}
	if tier = is(header); tier < unlike {
		return tier, ""
	}
	name, unit := bracketed(header)
	if unit == "" {
		i := strings.LastIndexAny(header, "_ /.,-")
		if _, _, ok := scaleOf(column, header[i+1:]); i < 0 || !ok {
			return unlike, ""
		}
		name, unit = strings.TrimSuffix(strings.TrimRight(header[:i], "_ /.,-"), " in"), header[i+1:]
	}
	return is(name), unit
}

// erring is of what a column is the standard error; sems are words for one.
var (
	erring = map[string]string{"sem": "excitation", "sem_inhibition": "inhibition", "sem_spikes": "postsynaptic_spikes"}
	sems   = []string{"sem", "se", "stderr"}
)

// hint is the nearest of some names, if one is near, and that in words.
func hint(name string, names []string) (text, near string) {
	bare := func(s string) string {
		s, _ = bracketed(s)
		for _, d := range dimension(s) {
			s = strings.TrimSuffix(s, "_"+d)
		}
		return normal(s)
	}
	a := bare(name)
	if len(a) > 100 {
		return "", ""
	}
	best := max(2, len(a)/3) + 1
	for _, n := range names {
		b := bare(n)
		if len(b) > 100 {
			continue
		}
		d := distance(a, b)
		if short := min(len(a), len(b)); short > 3 && (strings.Contains(a, b) || strings.Contains(b, a)) {
			d = min(d, 1)
		} else if d >= short {
			continue
		}
		if d < best {
			best, near = d, n
		}
	}
	if near != "" {
		text = " (is it " + table.Quoted(near) + "?)"
	}
	return text, near
}

// distance is how many letters have to be changed, added or left out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
