package viz

import (
	"fmt"
	"os"

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

func inNotebook() bool { return gonbui.IsNotebook }

// bundle is the content of an output by its type.
type bundle = map[protocol.MIMEType]any

// display sends one output, a PNG with its size, and waits until it has arrived. It says whether there is a notebook.
func display(b bundle) bool {
	if inNotebook() {
		data := protocol.DisplayData{Data: b}
		if png, ok := b["image/png"].([]byte); ok {
			w, h := onScreen(png)
			data.Metadata = map[string]any{"image/png": map[string]int{"width": w, "height": h}}
		}
		gonbui.SendData(&data)
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

// Must returns the value, or ends the program as [Check] does. It serves the cells of a notebook, whose reader is told what is wrong in one
// sentence; a package returns its errors.
func Must[T any](value T, err error) T {
	Check(err)
	return value
}

// Must2 is [Must] for two values.
func Must2[T, U any](value T, second U, err error) (T, U) {
	Check(err)
	return value, second
}

// Check does nothing if err is nil. Else it writes the line "error: " with the error to stderr, after all that has been shown has arrived,
// and ends the program with status 1: no trace of goroutines, and no deferred call runs.
func Check(err error) {
	if err == nil {
		return
	}
	flush()
	fmt.Fprintln(os.Stderr, "error:", oneLine(err.Error()))
	os.Exit(1)
}
