package viz

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"html"
	"strconv"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"gonum.org/v1/plot"
)

// Show displays panels as one figure, laid out as [Save] does: SVG for the screen, PNG for what shows no SVG, the data as CSV, and the
// alternative text alt, all in one output. It returns when the notebook has received it, does nothing outside one, and ends the cell
// as [Check] does if the figure cannot be drawn.
func Show(alt string, panels ...*plot.Plot) {
	if !inNotebook() {
		return
	}
	draw := func(format string) []byte {
		return Must(encode(format, alt, panels...))
	}
	display(bundle{"image/svg+xml": string(draw("svg")), "image/png": draw("png"), "text/csv": string(draw("csv")), "text/plain": alt})
}

// Frames is [FramePanels] for figures of one panel.
func Frames(label string, values []float64, frame func(float64) *plot.Plot, alt string) {
	FramePanels(label, values, func(v float64) []*plot.Plot { return []*plot.Plot{frame(v)} }, alt)
}

// FramePanels shows a figure for each value, laid out as [Show] does, and a slider that chooses among them. All are drawn ahead, so
// that the slider needs no kernel and works in an exported page, without a script from elsewhere; paper shows the first. The
// caller fixes the axes if they should stand still. Like [Show] it ends the cell if data cannot be drawn, and does nothing outside a
// notebook. It panics if there is no value, and if the figures differ in their number of panels.
func FramePanels(label string, values []float64, frame func(float64) []*plot.Plot, alt string) {
	if len(values) == 0 || infinite(values...) {
		panic(fmt.Sprintf("viz: slider %q has no value, or one that is not finite: %v", label, values))
	}
	if !inNotebook() {
		return
	}
	page, first, err := slider(label, values, frame, alt)
	Check(err)
	display(bundle{"text/html": page, "image/png": first, "text/plain": alt})
}

// choose shows the frame whose number the slider has, and its value, which it finds from the slider: there may be two on a page.
const choose = `var f=this.closest('figure'),s=f.querySelectorAll('[data-frame]'),i;` +
	`for(i=0;i&lt;s.length;i++)s[i].style.display=i==this.value?'block':'none';` +
	`f.querySelector('output').textContent=s[this.value].getAttribute('data-frame')`

// slider returns the page and, for readers that show no HTML, the first frame as PNG.
func slider(label string, values []float64, frame func(float64) []*plot.Plot, alt string) (page string, first []byte, err error) {
	var body bytes.Buffer
	panels, show := 0, "block"
	for i, v := range values {
		p := frame(v)
		if i == 0 {
			panels = len(p)
			if first, err = encode("png", alt, p...); err != nil {
				return "", nil, fmt.Errorf("%w, in the frame %s = %v", err, label, v)
			}
		}
		if len(p) != panels {
			return "", nil, fmt.Errorf("viz: %d panels in the frame %s = %v, and %d in the first", len(p), label, v, panels)
		}
		svg, err := encode("svg", fmt.Sprintf("%s (%s = %s)", alt, label, short(v)), p...)
		if err != nil {
			return "", nil, fmt.Errorf("%w, in the frame %s = %v", err, label, v)
		}
		fmt.Fprintf(&body, "<div data-frame=\"%s\" style=\"display:%s\">%s</div>\n", short(v), show, svg)
		show = "none"
	}
	hash := fnv.New64a()
	hash.Write(body.Bytes())
	page = fmt.Sprintf("<figure id=\"frames-%s\" style=\"margin:0\">\n%s", strconv.FormatUint(hash.Sum64(), 36), body.String())
	page += fmt.Sprintf(`<label style="display:inline-flex;align-items:center;gap:0.6em">%s <input type="range" min="0" max="%d" step="1" value="0" style="width:18em" oninput="%s"> <output>%s</output></label>`+"\n</figure>\n",
		html.EscapeString(label), len(values)-1, choose, short(values[0]))
	return page, first, nil
}

func inNotebook() bool { return gonbui.IsNotebook }

// bundle is the content of an output by its type.
type bundle = map[protocol.MIMEType]any

// display sends one output and waits until it has arrived. It says whether there is a notebook.
func display(b bundle) bool {
	if inNotebook() {
		gonbui.SendData(&protocol.DisplayData{Data: b})
	}
	flush()
	return inNotebook()
}

// flush waits until the notebook has received all outputs.
func flush() {
	if inNotebook() {
		gonbui.Sync()
	}
}
