//go:build !js

package viz

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"credo/internal/progress"
)

// images says whether who shows figures wants them as PNG too.
const images = true

// A cell in which runs are counted for more than two seconds says how far they are, in one line that goes when they end. Only
// a reader at work sees it: what executes notebooks for others gets the same outputs whatever the time.
func init() {
	if inNotebook() && os.Getenv(protocol.GONB_JUPYTER_KERNEL_ID_ENV) != "" && os.Getenv("CREDO_HEADLESS") != "1" {
		var m meter
		id := gonbui.UniqueId()
		progress.Watch(func(done, total int) {
			if line, changed := m.tell(done, total, time.Now()); changed {
				gonbui.UpdateHTML(id, line)
				gonbui.Sync()
			}
		})
	}
}

// meter says when to write how far a computation is.
type meter struct {
	sync.Mutex
	began, said time.Time
	shown       bool
}

// tell returns the line to show at a time, empty at the end, and whether it has changed.
func (m *meter) tell(done, total int, now time.Time) (line string, changed bool) {
	const patience, pause = 2 * time.Second, 500 * time.Millisecond
	m.Lock()
	defer m.Unlock()
	elapsed := now.Sub(m.began)
	switch {
	case done == 0 && !m.shown:
		m.began = now
	case done >= total && m.shown:
		m.shown = false
		return "", true
	case 0 < done && done < total && elapsed >= patience && now.Sub(m.said) >= pause:
		m.shown, m.said = true, now
		return fmt.Sprintf("%d of %d runs", done, total) + progress.Left(done, total, elapsed), true
	}
	return "", false
}

func inNotebook() bool { return gonbui.IsNotebook }

// display sends one output, a PNG with its size, and waits until it has arrived. It says whether there is a notebook.
func display(b bundle) bool {
	if inNotebook() {
		data := protocol.DisplayData{Data: map[protocol.MIMEType]any{}}
		for mime, content := range b {
			data.Data[protocol.MIMEType(mime)] = content
		}
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
