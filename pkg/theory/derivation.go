package theory

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// String derives the condition line by line, with the numbers in it.
func (d Condition) String() string {
	var out strings.Builder
	line := func(format string, a ...any) { out.WriteString(minus(fmt.Sprintf(format+"\n", a...))) }
	line("At small rate a co-tuned pattern moves by its own force alone,")
	switch {
	case math.IsNaN(d.Lower.Value):
		line("    F(Y, V) = ⟨Δw_E⟩ − ⟨Δw_I⟩.")
	case d.Gated:
		line("    F(Y, V) = S_E(Y, V) − a_I ȳ(Y, V) (V + b + θ),")
		line("inhibition being plastic only when the neuron fires.")
	default:
		line("    F(Y, V) = S_E(Y, V) − a_I (V + b + θ).")
	}

	line("1. A Y = 0 pattern above threshold must fall: F(0, 0⁺) = %.4g %s 0.", d.Above[0], sign(d.Above[0]))
	if d.Gated {
		line("   Below, it must not be driven back: F(0, 0⁻) = %.4g, against a push of %.4g by heterosynaptic depression.", d.Below[0], d.Push)
		if d.Chatter > 0 {
			line("   It is driven back, and held at threshold, where it fires on a fraction %.4g of its presentations.", d.Chatter)
		}
	} else if d.Chatter > 0 {
		line("   But below it rises, F(0, 0⁻) = %.4g: held at threshold, it fires on a fraction %.4g of its presentations.", d.Below[0], d.Chatter)
	}
	d.Lower.write(line, "b + θ > b_min")

	if d.Gated {
		line("2. A Y = 1 pattern below threshold must rise: F(1, 0⁻) = %.4g just below it.", d.Below[1])
	} else {
		line("2. A Y = 1 pattern below threshold must rise: the least F(1, V) over V ≤ 0 is %.4g, at V = %.4g.", d.Least, d.Deepest)
	}
	switch {
	case math.IsInf(d.Escape, 1):
		line("   It rises from every depth.")
	case d.Escape > 0:
		line("   It rises from depths up to %.4g; what starts deeper stays below.", d.Escape)
	default:
		line("   Even at threshold it falls: F(1, 0⁻) = %.4g, F(1, 0⁺) = %.4g.", d.Below[1], d.Above[1])
	}
	if d.Loss != 0 {
		line("   Other patterns take %.4g from its force: heterosynaptic depression, and Y = 0 patterns that sink.", d.Loss)
	}
	d.Upper.write(line, "b + θ < b_max")

	for k, s := range d.Verdict() {
		head := "3. "
		if k > 0 || math.IsNaN(d.Lower.Value+d.Upper.Value) {
			head = "   "
		}
		line("%s%s", head, strings.ReplaceAll(s, "\n", "\n   "))
	}
	return out.String()
}

// Verdict says where b + θ lies and what follows from the two requirements, a sentence or two each.
func (d Condition) Verdict() (list []string) {
	line := func(format string, a ...any) { list = append(list, minus(fmt.Sprintf(format, a...))) }
	lower, upper := d.Margins()
	if !math.IsNaN(lower + upper) {
		line("b + θ = %.4g, which is %s and %s.", d.Offset, beside(lower, "b_min", "above", "below"), beside(upper, "b_max", "below", "above"))
	}
	switch {
	case d.Learnable && math.IsInf(d.Escape, 1):
		line("%s the circuit learns, whatever the start.", d.given())
	case d.Learnable:
		line("%s the circuit learns, from potentials above %.4g.", d.given(), -d.Escape)
	case d.Bistable:
		line("The circuit is bistable: it keeps what starts on the right side, and does not learn from every start.")
	default:
		line("The circuit does not learn.")
	}
	switch {
	case d.V1 > 0 && d.Chatter > 0:
		line("Y = 1 patterns come to rest at V_1 = %.4g.", d.V1)
	case d.V1 > 0 && math.IsInf(d.V0, -1):
		line("Y = 1 patterns come to rest at V_1 = %.4g; Y = 0 patterns sink without end.", d.V1)
	case d.V1 > 0 && d.V0 <= 0:
		line("On the right side patterns come to rest at V_1 = %.4g and V_0 = %.4g.", d.V1, d.V0)
	}
	if b := d.circuit.Acetylcholine.Depression; b != 0 && !d.Gated {
		line("β = %v is not in this window: it shifts and spreads the potentials with the load, and the errors that this\n"+
			"makes stay at any rate; Heterosynaptic and Online count them.", b)
	}
	line("%s", d.Advice())
	return list
}

// given is what the verdict takes for granted.
func (d Condition) given() string {
	const slow = "At vanishing rate, with time enough, for fewer patterns than can stand still together"
	if d.circuit.Acetylcholine.Depression != 0 && !d.Gated {
		return slow + ", and were β 0,"
	}
	return slow + ","
}

// write lists the terms of the edge, one a line.
func (e Edge) write(line func(string, ...any), head string) {
	if math.IsNaN(e.Value) {
		return
	}
	at := "just above threshold"
	switch {
	case e.Potential < 0:
		at = fmt.Sprintf("at V = %.4g", e.Potential)
	case e.Potential == 0:
		at = "just below threshold"
	}
	line("   In terms of b, decided %s, %s:", at, head)
	width := 0
	for _, t := range e.Terms {
		width = max(width, utf8.RuneCountInString(t.Formula))
	}
	for _, t := range e.Terms {
		line("      %+8.4f  %-*s  %s", t.Value, width, t.Formula, t.Name)
	}
	line("     =%8.4f", e.Value)
}

func sign(x float64) string {
	switch {
	case x < 0:
		return "<"
	case x > 0:
		return ">"
	}
	return "="
}

// beside says on which side of an edge a margin lies.
func beside(margin float64, edge, inside, outside string) string {
	if margin < 0 {
		inside, margin = outside, -margin
	}
	return fmt.Sprintf("%.4g %s %s", margin, inside, edge)
}

// minus writes the hyphens of formatted numbers as minus signs, and leaves those
// of words.
func minus(s string) string { return negative.ReplaceAllString(s, "−$1") }

var negative = regexp.MustCompile(`-(\d|Inf)`)
