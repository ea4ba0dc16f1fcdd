package viz

import (
	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"gonum.org/v1/plot"
)

// Show displays panels side by side as one figure, as [Encode] lays them out: SVG for the reader's screen, PNG for what shows no SVG,
// and the alternative text alt, all in one output. It returns when the notebook has received it. It does nothing outside a notebook,
// and panics with Encode's error if there is no figure to be drawn from the data.
func Show(alt string, panels ...*plot.Plot) {
	if !inNotebook() {
		return
	}
	svg, err := Encode("svg", alt, panels...)
	if err != nil {
		panic(err)
	}
	png, err := Encode("png", alt, panels...)
	if err != nil {
		panic(err)
	}
	display(map[string]any{"image/svg+xml": string(svg), "image/png": png, "text/plain": alt})
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
