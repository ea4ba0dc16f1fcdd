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

// Rows returns the estimates as rows of a table, with the null hypothesis of
// each P value and the number of animals (cells, where none is named).
func (r Report) Rows() (rows [][]any) {
	add := func(name string, v Estimate, null string) {
		p := fmt.Sprintf("%.2g", v.P)
		if math.IsNaN(v.P) {
			p = "–"
		}
		rows = append(rows, []any{name, v.Value, v.Range(), p, null, v.N})
	}
	verdict := func(name string, x *Restoration) {
		shown := map[bool]string{true: "yes", false: "not shown"}[x.P < 1-r.Options.Level]
		rows = append(rows, []any{name, shown, "", fmt.Sprintf("%.2g", x.P), "no restoration", ""})
	}
	if x := r.Restoration; x != nil {
		verdict("restoration of the line", x)
		add("slope a", x.Slope, "a r ≤ 0")
		add("offset b, "+r.Unit, x.Offset, "")
		add("rate r, until late", x.Rate, "r ≤ 0")
		add("  by ordinary regression", x.Naive, "do not use")
		rows = append(rows, []any{"  which noise alone makes", x.Artefact, "", "", "", ""})
	}
	if x := r.Rescaled; x != nil {
		verdict("restoration, drift of gain taken out", x)
		add("rate r, drift of gain taken out", x.Rate, "r ≤ 0")
	}
	if x := r.Resampled; x != nil {
		add("slope a, bootstrap", x.Slope, "0")
		add("offset b, bootstrap", x.Offset, "0")
		add("rate r, bootstrap", x.Rate, "0")
	}
	laws := func(c *Contest, of string) {
		if c == nil {
			return
		}
		for _, x := range c.Rivals {
			mark := map[bool]string{true: "chosen"}[x.Chosen]
			rows = append(rows, []any{of + x.Law, x.Loss, fmt.Sprintf("± %.2g", x.Error), mark, fmt.Sprintf("loss; criterion %.3g", x.Criterion), ""})
		}
	}
	laws(r.Rivals, "law of ΔI: ")
	if x := r.Gating; x != nil {
		add("rate without spikes η_0", x.Always, "0: gated")
		v := x.Gated
		v.P = x.P
		add("rate a spike η_1", v, "0: not gated (permuted)")
	}
	if x := r.Asymmetry; x != nil {
		add("rate, too little inhibition", x.TooLittle, "0")
		add("rate, too much inhibition", x.TooMuch, "0")
		add("  difference", x.Difference, "0: symmetric")
		add("ΔI on spikes, too much, "+r.Unit, x.Evoked, "0; D'amour & Froemke: > 0, line: < 0")
	}
	if x := r.Course; x != nil {
		add("time constant τ, min", x.Tau, "no change at the last time")
	}
	for _, x := range r.Excitation {
		c := ", " + x.Treatment.String()
		add("ΔE paired"+c, x.Paired, "0")
		add("ΔE unpaired"+c, x.Unpaired, "0")
		add("ΔE total"+c, x.Total, "0: conserved")
		add("β"+c, x.Beta, "0: no depression")
	}
	if x := r.Contrast; x != nil {
		add("ΔE unpaired, ACh − NE", *x, "0")
	}
	laws(r.Depression, "law of unpaired ΔE: ")
	if x := r.Tuning; x != nil {
		for p := Before; p <= Late; p++ {
			v := x.Corrected[p]
			v.P = x.Paired[p]
			add(fmt.Sprintf("E/I correlation, %v", p), v, "not paired (permuted)")
		}
		add("  early − before", x.Broken, "0")
		add("  late − early", x.Healed, "0")
	}
	return rows
}

// Range writes the bounds as "low … high".
func (v Estimate) Range() string {
	switch {
	case math.IsNaN(v.Low):
		return "–"
	case math.IsInf(v.Low, 0) && math.IsInf(v.High, 0):
		return "not bounded"
	}
	return strings.ReplaceAll(fmt.Sprintf("%.3g … %.3g", v.Low, v.High), "-", "−")
}

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

// String is the table as text, under the provenance and above the notes.
func (r Report) String() string {
	var out strings.Builder
	fmt.Fprintln(&out, r.Provenance())
	w := tabwriter.NewWriter(&out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(r.Head(), "\t")+"\t")
	for _, row := range r.Rows() {
		for _, cell := range row {
			if f, ok := cell.(float64); ok {
				cell = fmt.Sprintf("%.4g", f)
			}
			fmt.Fprintf(w, "%v\t", cell)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	for _, n := range r.Notes {
		fmt.Fprintln(&out, "note:", n)
	}
	return out.String()
}
