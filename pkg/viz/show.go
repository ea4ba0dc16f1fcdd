package viz

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"html"
	"strconv"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"gonum.org/v1/plot"
)

// Show displays panels side by side as one figure, as [Save] lays them out: SVG for the reader's screen, PNG for what shows no SVG,
// and the alternative text alt, all in one output. It returns when the notebook has received it. It does nothing outside a notebook,
// and panics with the error of Save if there is no figure to be drawn from the data.
func Show(alt string, panels ...*plot.Plot) {
	if !inNotebook() {
		return
	}
	svg, err := encode("svg", alt, panels...)
	if err != nil {
		panic(err)
	}
	png, err := encode("png", alt, panels...)
	if err != nil {
		panic(err)
	}
	display(map[string]any{"image/svg+xml": string(svg), "image/png": png, "text/plain": alt})
}

// Frames shows one plot for each value, and a slider that chooses among them. All frames are drawn ahead, so the slider needs
// no kernel and works in an exported page, without a script from elsewhere; paper shows the first frame. The caller fixes the axes
// if they should stand still. Like [Show] it panics on data that cannot be drawn, and does nothing outside a notebook.
// It panics if there is no value.
func Frames(label string, values []float64, frame func(float64) *plot.Plot, alt string) {
	FramePanels(label, values, func(v float64) []*plot.Plot { return []*plot.Plot{frame(v)} }, alt)
}

// FramePanels is [Frames] for figures of several panels, laid out as [Show] does. All have the same number of panels, so that
// nothing jumps; it panics otherwise.
func FramePanels(label string, values []float64, frame func(float64) []*plot.Plot, alt string) {
	if len(values) == 0 || infinite(values...) {
		panic(fmt.Sprintf("viz: slider %q has no value, or one that is not finite: %v", label, values))
	}
	if !inNotebook() {
		return
	}
	page, first, err := slider(label, values, frame, alt)
	if err != nil {
		panic(err)
	}
	display(map[string]any{"text/html": page, "image/png": first, "text/plain": alt})
}

// choose shows the frame whose number the slider has, and its value. It finds them from the slider itself, so that it works
// wherever the page is put, and for two equal sliders on a page.
const choose = `var f=this.closest('figure'),s=f.querySelectorAll('[data-frame]'),i;` +
	`for(i=0;i&lt;s.length;i++)s[i].style.display=i==this.value?'block':'none';` +
	`f.querySelector('output').textContent=s[this.value].getAttribute('data-frame')`

// slider returns the page and, for readers that show no HTML, the first frame as PNG.
func slider(label string, values []float64, frame func(float64) []*plot.Plot, alt string) (page string, first []byte, err error) {
	var body bytes.Buffer
	panels := 0
	for i, v := range values {
		p := frame(v)
		if i == 0 {
			panels = len(p)
		}
		if len(p) != panels {
			return "", nil, fmt.Errorf("viz: %d panels in the frame %s = %v, and %d in the first", len(p), label, v, panels)
		}
		text := short(v)
		svg, err := encode("svg", fmt.Sprintf("%s (%s = %s)", alt, label, text), p...)
		if err != nil {
			return "", nil, fmt.Errorf("%w, in the frame %s = %v", err, label, v)
		}
		show := "none"
		if i == 0 {
			show = "block"
			if first, err = encode("png", alt, p...); err != nil {
				return "", nil, err
			}
		}
		fmt.Fprintf(&body, "<div data-frame=\"%s\" style=\"display:%s\">%s</div>\n", text, show, svg)
	}
	hash := fnv.New64a()
	hash.Write(body.Bytes())
	var b strings.Builder
	fmt.Fprintf(&b, "<figure id=\"frames-%s\" style=\"margin:0\">\n%s", strconv.FormatUint(hash.Sum64(), 36), body.String())
	fmt.Fprintf(&b, `<label style="display:inline-flex;align-items:center;gap:0.6em">%s <input type="range" min="0" max="%d" step="1" value="0" style="width:18em" oninput="%s"> <output>%s</output></label>`+"\n</figure>\n",
		html.EscapeString(label), len(values)-1, choose, short(values[0]))
	return b.String(), first, nil
}

func inNotebook() bool { return gonbui.IsNotebook }

// display sends one output, its content by MIME type, and waits until it has arrived. It says whether there is a notebook.
func display(bundle map[string]any) bool {
	if !inNotebook() {
		return false
	}
	data := make(map[protocol.MIMEType]any, len(bundle))
	for mime, content := range bundle {
		data[protocol.MIMEType(mime)] = content
	}
	gonbui.SendData(&protocol.DisplayData{Data: data})
	gonbui.Sync()
	return true
}
