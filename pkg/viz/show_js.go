package viz

import (
	"syscall/js"

	"gonum.org/v1/plot/vg"

	"credo/internal/progress"
)

// A page shows SVG.
const images = false

func init() {
	progress.Watch(func(done, total int) { js.Global().Call("credoProgress", done, total) })
}

func inNotebook() bool { return true }

// display gives one output to the function credoDisplay of the page's worker, by type. It says that there is a notebook.
func display(b bundle) bool {
	text := map[string]any{}
	for mime, content := range b {
		if s, ok := content.(string); ok {
			text[mime] = s
		}
	}
	js.Global().Call("credoDisplay", text)
	return true
}

func flush() {}

// newPDF refuses: what writes PDF is a tenth of a program that a page must load.
func newPDF(vg.Length, vg.Length, string) vg.CanvasWriterTo {
	fail("format \"pdf\" is not for a page in a browser")
	return nil
}
