package book

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Display is a bundle that a cell shows: content by MIME type, text or bytes.
type Display struct{ Data, Metadata map[string]any }

// pipes are the kernel's ends of the two named pipes to a program. Both ends of
// both are held here, so that neither side waits for the other to open one.
type pipes struct {
	displays, back string
	files          []*os.File
	writer         *os.File // of our own, into displays
	done, refused  chan struct{}
	list           []Display
	err            error
}

var opened atomic.Int64

// openPipes makes the pipes in a folder and begins to listen.
func openPipes(dir string) (*pipes, error) {
	n := opened.Add(1)
	p := &pipes{displays: filepath.Join(dir, fmt.Sprintf("pipe%d", n)), back: filepath.Join(dir, fmt.Sprintf("back%d", n)), done: make(chan struct{}), refused: make(chan struct{})}
	read, write, err := fifo(p.displays)
	if err != nil {
		return nil, err
	}
	p.writer, p.files = write, []*os.File{read}
	readBack, writeBack, err := fifo(p.back)
	if err != nil {
		p.writer.Close()
		p.remove()
		return nil, err
	}
	p.files = append(p.files, readBack, writeBack)
	go func() {
		defer close(p.done)
		p.err = p.listen(gob.NewDecoder(read), gob.NewEncoder(writeBack))
		if p.err != nil {
			close(p.refused)
			_, _ = io.Copy(io.Discard, read)
		}
	}()
	return p, nil
}

// listen collects what is displayed and acknowledges each Sync. A program that
// wants more of the kernel, a widget, an input or an update, is refused.
func (p *pipes) listen(in *gob.Decoder, out *gob.Encoder) error {
	for {
		var d protocol.DisplayData
		err := in.Decode(&d)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil // the program has ended, maybe in the middle
		case err != nil:
			return fmt.Errorf("a display that cannot be read: %w", err)
		}
		if v, ok := d.Data[protocol.MIMECommValue].(protocol.CommValue); ok && v.Address == protocol.GonbuiSyncAddress {
			if err := out.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: v.Value}); err != nil {
				return err
			}
			continue
		}
		shown := Display{map[string]any{}, d.Metadata}
		for mime, v := range d.Data {
			switch v.(type) {
			case protocol.CommValue, protocol.InputRequest, protocol.CommSubscription:
				return fmt.Errorf("a cell asks the kernel for %s", mime)
			}
			shown.Data[string(mime)] = v
		}
		if d.DisplayID != "" {
			return errors.New("a cell updates a display")
		}
		p.list = append(p.list, shown)
	}
}

// close is called when the program has ended; it returns all that was displayed.
func (p *pipes) close() ([]Display, error) {
	p.writer.Close()
	<-p.done
	return p.list, p.err
}

func (p *pipes) remove() {
	for _, f := range append(p.files, p.writer) {
		f.Close()
	}
	os.Remove(p.displays)
	os.Remove(p.back)
}
