package notebooks

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mathSpan   = regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$\n]+(?:\n[^$\n]+)*\$|\\begin\{.*?\\end\{[a-z*]+\}`)
	notProse   = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	texToken   = regexp.MustCompile(`\\[A-Za-z]+|\\.|[A-Za-z]|[0-9.]+|\s+|.`)
	greek      = regexp.MustCompile(`^\\(var)?([aA]lpha|[bB]eta|[gG]amma|[dD]elta|epsilon|zeta|eta|[tT]heta|iota|kappa|[lL]ambda|mu|nu|[xX]i|[pP]i|rho|[sS]igma|tau|upsilon|[pP]hi|chi|[pP]si|[oO]mega)$|^\\ell$`)
	letter     = regexp.MustCompile(`^[A-Za-z]$`)
	accent     = regexp.MustCompile(`^\\(bar|hat|tilde|dot|ddot|vec|mathbf|mathcal|mathbb|boldsymbol|overline)$`)
	wordArg    = regexp.MustCompile(`^\\(text|textrm|textit|mathrm|operatorname|begin|end|label|eqref|ref|tag|href|hspace|vspace)$`)
	transposed = regexp.MustCompile(`^(\\mathsf|\\sf)?T$|^\\top$`)
	indexTail  = regexp.MustCompile(`,(?:i|j|k|l|s|t|\\mu|\\nu|')+$`)
	indices    = regexp.MustCompile(`^(i|j|k|l|s|t|\\mu|\\nu|'|,|≠|=|0|1|2)*$`)
)

// A use is a symbol and the sentence that it stands in.
type use struct{ symbol, sentence string }

// symbolsIn returns the symbols of the formulas in Markdown, each where it is first used. A symbol is a letter, Greek or Latin, with its accent, a
// subscript that is no index, a star, a sign and primes. Words, numbers, powers, differentials, e of an exponential, and P of a probability P(...) are none.
func symbolsIn(markdown string) (list []use) {
	seen := map[string]bool{}
	markdown = notProse.ReplaceAllStringFunc(markdown, func(s string) string { return strings.Repeat(" ", len(s)) })
	for _, at := range mathSpan.FindAllStringIndex(markdown, -1) {
		for _, s := range symbolsOf(texToken.FindAllString(strings.Trim(markdown[at[0]:at[1]], "$"), -1)) {
			if !seen[s] {
				seen[s] = true
				list = append(list, use{s, sentence(markdown, at[0], at[1])})
			}
		}
	}
	return list
}

func sentence(text string, from, to int) string {
	first, last := max(0, strings.LastIndex(text[:from], ". ")+1), len(text)
	if k := strings.Index(text[to:], "."); k >= 0 {
		last = to + k + 1
	}
	return strings.Join(strings.Fields(text[max(first, from-200):min(last, to+100)]), " ")
}

// group returns the tokens of the argument at k, without braces, and where it ends.
func group(t []string, k int) ([]string, int) {
	for k < len(t) && strings.TrimSpace(t[k]) == "" {
		k++
	}
	if k >= len(t) {
		return nil, k
	}
	if t[k] != "{" {
		if accent.MatchString(t[k]) || wordArg.MatchString(t[k]) {
			_, end := group(t, k+1)
			return t[k:end], end
		}
		return t[k : k+1], k + 1
	}
	depth := 0
	for end := k; end < len(t); end++ {
		switch t[end] {
		case "{":
			depth++
		case "}":
			if depth--; depth == 0 {
				return t[k+1 : end], end + 1
			}
		}
	}
	return t[k+1:], len(t)
}

// name joins the tokens of a subscript.
func name(t []string) string {
	var out strings.Builder
	for _, x := range t {
		switch x {
		case `\rm`, `\mathrm`, `\text`, `{`, `}`, `\,`:
		default:
			out.WriteString(strings.TrimSpace(x))
		}
	}
	return out.String()
}

func symbolsOf(t []string) (list []string) {
	for k := 0; k < len(t); {
		base, next := "", k+1
		switch x := t[k]; {
		case x == `\rm`: // roman to the end of the group
			depth := 0
			for next < len(t) && depth >= 0 {
				depth += strings.Count(t[next], "{") - strings.Count(t[next], "}")
				next++
			}
		case wordArg.MatchString(x):
			_, next = group(t, k+1)
		case accent.MatchString(x):
			arg, end := group(t, k+1)
			if next = end; len(arg) == 1 && (letter.MatchString(arg[0]) || greek.MatchString(arg[0])) {
				base = x + " " + arg[0]
			} else {
				list = append(list, symbolsOf(arg)...)
			}
		case x == "d" && next < len(t) && (letter.MatchString(t[next]) || greek.MatchString(t[next])): // differential
		case x == "e" && next < len(t) && t[next] == "^": // exponential
		case (x == "P" || x == "O") && next < len(t) && t[next] == "(":
		case letter.MatchString(x) || greek.MatchString(x):
			base = x
		}
		var inner []string
		for next < len(t) && base != "" || next < len(t) && t[next] == "^" {
			if t[next] == "'" {
				base, next = base+"'", next+1
				continue
			}
			if t[next] != "_" && t[next] != "^" {
				break
			}
			arg, end := group(t, next+1)
			script := indexTail.ReplaceAllString(name(arg), "") // w_{E,i} is w_E
			switch {
			case t[next] == "^" && transposed.MatchString(script):
			case base == "":
				inner = append(inner, symbolsOf(arg)...)
			case t[next] == "_" && (!indices.MatchString(script) || script == "0" || script == "1" || script == "2"):
				base += "_" + script
			case t[next] == "^" && (script == "*" || script == `\ast`):
				base += "^*"
			case t[next] == "^" && (script == "+" || script == "-"):
				base += "^" + script
			default:
				inner = append(inner, symbolsOf(arg)...)
			}
			next = end
		}
		if base != "" {
			list = append(list, base)
		}
		list, k = append(list, inner...), next
	}
	return list
}

func TestSymbolsIn(t *testing.T) {
	text := "Let $V_1 = \\rho_A a_A(1-y_{\\rm ref})/a_I - b$ and $$ {\\rm Var}\\,V^\\mu = \\int e^{-t/\\tau}\\,dt, \\quad \\bar y_{\\mathrm{ref}} \\frac{x_i^2}{\\hat I'} w_{E,i}^\\ast F(0^+) \\, P(y=1) $$ in `$code$`, $\\varepsilon^*$."
	var got []string
	for _, u := range symbolsIn(text) {
		got = append(got, u.symbol)
	}
	want := []string{"V_1", `\rho_A`, "a_A", "y_ref", "a_I", "b", "V", `\mu`, "t", `\tau`, `\bar y_ref`, "x", "i", `\hat I'`, "w_E^*", "F", "y", `\varepsilon^*`}
	if !slices.Equal(got, want) {
		t.Errorf("symbols %q\nwant    %q", got, want)
	}
}
