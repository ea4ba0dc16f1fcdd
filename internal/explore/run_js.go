package explore

import (
	"encoding/json"
	"strings"
	"syscall/js"
)

// Run answers the page's worker until that ends: it calls credoAsk with a [Request] as
// JSON, and is called as credoAnswer with each [Answer], the first of which says only that
// it may ask.
func Run([]string) {
	var d Dialogue
	var step js.Func
	waiting := false
	soon := func() {
		if !waiting { // between steps the worker hears what is asked
			waiting = true
			js.Global().Call("setTimeout", step, 0)
		}
	}
	tell := func(a *Answer) {
		var text strings.Builder
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false) // figures are long
		if err := e.Encode(a); err != nil {
			panic(err) // there is no number in it that JSON has not
		}
		js.Global().Call("credoAnswer", text.String())
	}
	step = js.FuncOf(func(js.Value, []js.Value) any {
		waiting = false
		answer, more := d.Step()
		if answer != nil {
			tell(answer)
		}
		if more {
			soon()
		}
		return nil
	})
	js.Global().Set("credoAsk", js.FuncOf(func(_ js.Value, args []js.Value) any {
		r, err := ParseRequest(args[0].String())
		if err != nil {
			tell(&Answer{Error: err.Error()})
			return nil
		}
		d.Ask(r)
		soon()
		return nil
	}))
	tell(&Answer{}) // ready
	select {}
}
