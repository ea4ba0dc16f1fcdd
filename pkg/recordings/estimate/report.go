package estimate

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"

	"credo/pkg/recordings"
)

// Head are the names of the columns of Report.Rows.
func (Report) Head() []string {
	return []string{"estimate", "value", "interval", "P", "of the null", "n"}
}

// Rows returns, by condition, the verdicts and then the estimates as rows of a
// table, with the null hypothesis of each P value and the number of animals (cells,
// where none is named). What is not known is "–".
func (r Report) Rows() (rows [][]any) {
	for _, g := range r.Groups {
		rows = append(rows, []any{g.heading(), "", "", "", "", ""})
		for _, v := range g.Verdicts {
			rows = append(rows, []any{v.Question, v.Answer, "", "", v.because(), ""})
		}
		rows = append(rows, g.rows(r.Unit)...)
	}
	return rows
}

func (g Group) heading() string {
	return fmt.Sprintf("%v: %d cells, %d animals named", g.Treatment, g.Cells, g.Animals)
}

// number is a value in a table, "–" where it is not known.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	return x
}

func short(x float64) string {
	if unknown, is := number(x).(string); is {
		return unknown
	}
	return fmt.Sprintf("%.2g", x)
}

func (g Group) rows(unit string) (rows [][]any) {
	plain := func(name string, x any, about string) { rows = append(rows, []any{name, x, "", "", about, ""}) }
	// add adds an estimate and its differences from that of a control, or of what else.
	var add func(name string, v Estimate, null string, controls ...Estimate)
	add = func(name string, v Estimate, null string, controls ...Estimate) {
		if v.N > 0 {
			rows = append(rows, []any{name, number(v.Value), v.Range(), short(v.P), null, v.N})
		}
		indent := "  " + name[:len(name)-len(strings.TrimLeft(name, " "))]
		for k, d := range controls {
			add(indent+[]string{"minus control", "minus noradrenaline"}[k], d, "0")
		}
	}
	within := func(most float64, v Estimate) Estimate { // ±most, not bounded by the data if it is all of that
		if v.Low <= -most && v.High >= most {
			v.Low, v.High = math.Inf(-1), math.Inf(1)
		}
		return v
	}
	without := func(of string, v Estimate) {
		if animal, x := v.Influential(); animal != "" {
			plain("  "+of+" without "+animal, number(x), "the most influential animal")
		}
	}
	laws := func(c Contest, of string) {
		for _, x := range c.Rivals {
			rows = append(rows, []any{of + x.Law, number(x.Loss), "± " + short(x.Error), map[bool]string{true: "chosen"}[x.Chosen], "loss", ""})
		}
	}
	if x := g.Restoration; x != nil {
		add("rate r, until late", x.Rate, "r ≤ 0", g.Control.Rate)
		without("r", x.Rate)
		naive, artefact := x.Ordinary(x.Slope.Value, x.Offset.Value)
		add("  by ordinary regression", naive, "do not use")
		plain("  which noise alone makes", number(artefact), "")
		add("slope a", x.Slope, "a r ≤ 0")
		add("offset b, "+unit, x.Offset, "")
		plain("smallest r found in 8 of 10", number(x.Smallest()), fmt.Sprintf("at %d animals", x.Rate.N))
		plain("animals for r = 0.2, 0.5, 0.8", fmt.Sprintf("%d, %d, %d", x.Animals(0.2), x.Animals(0.5), x.Animals(0.8)), "0: more than 1000")
		laws(g.InhibitoryLaws, "law of ΔI: ")
	}
	gate, excitation := or(g.Gating), or(g.Excitation)
	add("rate without spikes η_0", gate.Always, "0: gated")
	add("rate a spike η_1", gate.Gated, "0: not gated (permuted)", g.Control.Gated)
	add("rate, too little inhibition", gate.TooLittle, "0")
	add("rate, too much inhibition", gate.TooMuch, "0")
	add("  difference", gate.Difference, "0: symmetric")
	add("ΔI on spikes, too much, "+unit, gate.Evoked, "0; D'amour & Froemke: > 0, line: < 0")
	add("time constant τ, min", or(g.Course).Tau, "no change at the last time")
	add("ΔE paired", excitation.Paired, "0", g.Control.Paired)
	add("ΔE unpaired", excitation.Unpaired, "0", g.Control.Unpaired, g.Noradrenaline)
	add("ΔE total", excitation.Total, "0: conserved")
	add("β", excitation.Beta, "0: no depression")
	laws(g.DepressionLaws, "law of unpaired ΔE: ")
	if x := g.Tuning; x != nil {
		for p := Before; p <= Late; p++ {
			v := x.Corrected[p]
			v.P = x.Paired[p]
			add(fmt.Sprintf("E/I correlation ρ, %v", p), within(1, v), "not paired (permuted)")
			without("ρ", v)
		}
		add("  early − before", within(2, x.Broken), "0", g.Control.Broken)
		add("  late − early", within(2, x.Healed), "0", g.Control.Healed)
	}
	for k, of := range []string{"shared by E and I", "of E alone", "of I alone"} {
		if g.Replicated > 0 {
			plain("gain between baseline blocks, s.d. "+of, number(g.Fluctuation[k]), fmt.Sprintf("%d cells", g.Replicated))
		}
	}
	return rows
}

// because says what a verdict rests on and what is missing.
func (v Verdict) because() string {
	out := strings.Join(v.Rests, "; ")
	if len(v.Missing) > 0 {
		out = strings.TrimPrefix(out+"; missing: "+strings.Join(v.Missing, ", "), "; ")
	}
	return out
}

// String is the verdict as a sentence.
func (v Verdict) String() string { return v.Question + ": " + v.Answer + " (" + v.because() + ")" }

// Provenance says how many responses have which status.
func (r Report) Provenance() string {
	var parts []string
	for s := recordings.Measured; s <= recordings.Generated; s++ {
		if n := r.Status[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %v", n, s))
		}
	}
	return fmt.Sprintf("%s responses of %d cells, %d animals named, in %s", strings.Join(parts, ", "), r.Cells, r.Animals, r.Unit)
}

// String is the provenance, the verdicts and the table of each condition as text,
// above the notes.
func (r Report) String() string {
	var out strings.Builder
	fmt.Fprintln(&out, r.Provenance())
	for _, g := range r.Groups {
		fmt.Fprintf(&out, "\n%s\n", g.heading())
		for _, v := range g.Verdicts {
			fmt.Fprintln(&out, v)
		}
		w := tabwriter.NewWriter(&out, 0, 8, 2, ' ', 0)
		fmt.Fprintln(w, strings.Join(r.Head(), "\t")+"\t")
		for _, row := range g.rows(r.Unit) {
			for _, cell := range row {
				if f, ok := cell.(float64); ok {
					cell = fmt.Sprintf("%.4g", f)
				}
				fmt.Fprintf(w, "%v\t", cell)
			}
			fmt.Fprintln(w)
		}
		w.Flush()
	}
	for _, n := range r.Notes {
		fmt.Fprintln(&out, "note:", n)
	}
	return out.String()
}
