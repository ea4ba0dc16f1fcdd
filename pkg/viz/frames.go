package viz

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"slices"
	"strings"

	"gonum.org/v1/plot"
)

// Frames is [FramePanels] for figures of one panel.
func Frames(label string, values []float64, frame func(float64) *plot.Plot, alt string, opens ...float64) {
	FramePanels(label, values, func(v float64) []*plot.Plot { return []*plot.Plot{frame(v)} }, alt, opens...)
}

// FramePanels shows a figure for each value, laid out as [Show] does, and a slider that chooses among them. It opens at the value opens, which
// joins the values if it is none of them, or at the first one. All are drawn ahead, so that the slider needs no kernel and works in an exported
// page, without a script from elsewhere; paper shows the first, the one that opens or else the middle one, and the last, and a notebook that is
// not trusted the one that opens. What several frames share is stored once. The caller fixes the axes if they should stand still. Like [Show] it
// ends the cell if data cannot be drawn, and does nothing outside a notebook. It panics if there is no value, and if the figures differ in their
// number of panels. Its data have the value of the slider in their first column.
func FramePanels(label string, values []float64, frame func(float64) []*plot.Plot, alt string, opens ...float64) {
	play(sliders([]string{label}, [][]float64{values}, opens), func(at []float64) []*plot.Plot { return frame(at[0]) }, alt)
}

// FrameGrid is [Frames] for two sliders, which open at the pair opens: it draws a frame for every pair of values.
func FrameGrid(label1 string, values1 []float64, label2 string, values2 []float64, frame func(a, b float64) *plot.Plot, alt string, opens ...float64) {
	play(sliders([]string{label1, label2}, [][]float64{values1, values2}, opens),
		func(at []float64) []*plot.Plot { return []*plot.Plot{frame(at[0], at[1])} }, alt)
}

func play(s []slider, frame func(at []float64) []*plot.Plot, alt string) {
	if inNotebook() {
		f, err := record(s, frame, alt)
		if err != nil {
			panic(err)
		}
		display(bundle{"text/html": f.page(), "image/png": f.opening, "text/csv": f.data, "text/plain": alt})
	}
}

// film is figures, one for each setting of the sliders, the last of which runs fastest.
type film struct {
	alt     string
	sliders []slider
	frames  []*svgCanvas
	at      []string // the settings, "r = 0.2, b = 1"
	glyphs  *alphabet
	start   int    // the frame that opens
	opening []byte // it, as PNG
	data    string // CSV
}

// record draws all frames.
func record(s []slider, frame func(at []float64) []*plot.Plot, alt string) (film, error) {
	f, data := film{alt: alt, sliders: s, glyphs: new(alphabet)}, ledger{w: alone, h: alone}
	n, panels := 1, 0
	for _, s := range s {
		n *= len(s.values)
		f.start = f.start*len(s.values) + s.opens
		data.sliders = append(data.sliders, s.label)
	}
	for k := range n {
		at, shown, setting, rest := make([]float64, len(s)), make([]string, len(s)), make([]string, len(s)), k
		for i, s := range slices.Backward(s) {
			at[i], rest = s.values[rest%len(s.values)], rest/len(s.values)
			shown[i] = fmt.Sprintf("%.6g", at[i])
			setting[i] = s.label + " = " + short(at[i])
		}
		f.at = append(f.at, strings.Join(setting, ", "))
		err := func() (err error) {
			defer caught(&err)
			p := frame(at)
			if k == 0 {
				panels = len(p)
			}
			if k == f.start {
				if f.opening, err = Encode("png", alt, p...); err != nil {
					return err
				}
			}
			if len(p) != panels {
				fail("%d panels, and %d in the first frame", len(p), panels)
			}
			c := prepare(p, usual(len(p)), 0).svg(fmt.Sprintf("%s (%s)", alt, f.at[k]), f.glyphs)
			f.frames = append(f.frames, c)
			data.read(p, shown...)
			return nil
		}()
		if err != nil {
			return f, fmt.Errorf("%w, in the frame %s", err, f.at[k])
		}
	}
	var table strings.Builder
	_, err := data.WriteTo(&table)
	f.data = table.String()
	return f, err
}

// choose shows the frame that the sliders of the figure mean, and says the value of the one that was moved.
const choose = `var f=this.closest('figure'),r=f.querySelectorAll('input'),s=f.querySelectorAll('[data-frame]'),k=0,i,v;` +
	`for(i=0;i&lt;r.length;i++)k=k*(1+ +r[i].max)+ +r[i].value;` +
	`for(i=0;i&lt;s.length;i++)s[i].style.display=i==k?'block':'none';` +
	`v=this.getAttribute('data-values').split(';')[this.value];` +
	`this.setAttribute('aria-valuetext',this.getAttribute('aria-label')+' = '+v);` +
	`this.nextElementSibling.textContent=v`

// onPaper shows the frames that are marked for it, each under its setting.
const onPaper = `@media print{#%[1]sf [data-frame],#%[1]sf label{display:none!important}` +
	`#%[1]sf [data-paper]{display:block!important;break-inside:avoid}#%[1]sf [data-paper]::before{content:attr(data-frame);display:block}}`

// page returns the film as HTML. Where styles, drawings and scripts are taken out of it, in a notebook that is not trusted, the frame that opens
// remains, as an image.
func (f film) page() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<figure id="%[1]sf" style="margin:0"><style>`+onPaper+"</style>\n", idMark)
	bodies := f.share(&b)
	w, h := onScreen(f.opening)
	fmt.Fprintf(&b, `<img alt="%s" width="%d" height="%d" src="data:image/png;base64,%s" style="display:none">`,
		html.EscapeString(f.alt+" ("+f.at[f.start]+")"), w, h, base64.StdEncoding.EncodeToString(f.opening))
	b.WriteString(`<p style="display:none">In a trusted notebook a slider chooses among the frames of this figure.</p>` + "\n")
	last, middle := len(f.frames)-1, f.start
	if middle == 0 || middle == last {
		middle = last / 2
	}
	for k, c := range f.frames {
		paper, display := "", "none"
		if k == 0 || k == middle || k == last {
			paper = " data-paper"
		}
		if k == f.start {
			display = "block"
		}
		fmt.Fprintf(&b, `<div data-frame="%s"%s style="display:%s">`, html.EscapeString(f.at[k]), paper, display)
		c.open(&b, strokes)
		b.WriteString(bodies[k] + "</g></svg></div>\n")
	}
	for _, s := range f.sliders {
		var values []string
		for _, v := range s.values {
			values = append(values, short(v))
		}
		label := html.EscapeString(s.label)
		fmt.Fprintf(&b, `<label style="display:inline-flex;align-items:center;gap:0.6em;margin-right:1.5em">%s <input type="range" min="0" max="%d" step="1" value="%[6]d" aria-label="%[1]s" aria-valuetext="%[1]s = %[3]s" data-values="%[4]s" style="width:14em" oninput="%[5]s"> <output>%[3]s</output></label>`+"\n",
			label, len(values)-1, values[s.opens], strings.Join(values, ";"), choose, s.opens)
	}
	b.WriteString("</figure>\n")
	return string(ownIds(b.Bytes()))
}

// share writes the characters and the elements that several frames have, once, and returns the bodies of the frames, in which references
// stand for these.
func (f film) share(b *bytes.Buffer) (bodies []string) {
	const worth = 40 // bytes, so that a reference is shorter
	count, number := map[string]int{}, map[string]int{}
	for _, c := range f.frames {
		seen := map[string]bool{}
		for line := range strings.Lines(c.body.String()) {
			if !seen[line] {
				seen[line] = true
				count[line]++
			}
		}
	}
	b.WriteString(`<svg width="0" height="0" aria-hidden="true" style="position:absolute">`)
	f.glyphs.define(b)
	b.WriteString("<defs>")
	for _, c := range f.frames {
		var body strings.Builder
		for line := range strings.Lines(c.body.String()) {
			if count[line] < 2 || len(line) < worth {
				body.WriteString(line)
				continue
			}
			if _, ok := number[line]; !ok {
				number[line] = len(number)
				fmt.Fprintf(b, `<g id="%ss%d">%s</g>`, idMark, number[line], strings.TrimSuffix(line, "\n"))
			}
			fmt.Fprintf(&body, `<use href="#%ss%d"/>`, idMark, number[line])
		}
		bodies = append(bodies, body.String())
	}
	b.WriteString("</defs></svg>\n")
	return bodies
}

// slider has a name, values to choose from, and the place among them of the value at which it opens.
type slider struct {
	label  string
	values []float64
	opens  int
}

// sliders returns those with these labels and values that open at opens, or all at their first value if nothing is said.
func sliders(labels []string, values [][]float64, opens []float64) (all []slider) {
	if len(opens) != 0 && len(opens) != len(labels) {
		panic(fmt.Sprintf("viz: %d values at which %d sliders open: %v", len(opens), len(labels), opens))
	}
	for i, label := range labels {
		s := newSlider(label, values[i])
		if len(opens) > 0 {
			s = s.openingAt(opens[i])
		}
		all = append(all, s)
	}
	return all
}

func newSlider(label string, values []float64) slider {
	if len(values) == 0 || infinite(values...) {
		panic(fmt.Sprintf("viz: slider %q has no value, or one that is not finite: %v", label, values))
	}
	return slider{label: plain(label), values: values}
}

// openingAt returns the slider that opens at v, which takes its place in the order of the values, rising or falling, if it is none of them.
func (s slider) openingAt(v float64) slider {
	if infinite(v) {
		panic(fmt.Sprintf("viz: slider %q opens at %v, which must be finite", s.label, v))
	}
	if s.opens = slices.Index(s.values, v); s.opens < 0 {
		falls := s.values[0] > s.values[len(s.values)-1]
		s.opens = slices.IndexFunc(s.values, func(u float64) bool { return u > v != falls })
		if s.opens < 0 {
			s.opens = len(s.values)
		}
		s.values = slices.Insert(slices.Clone(s.values), s.opens, v)
	}
	return s
}
