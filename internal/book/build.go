package book

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
)

// A Binary is a built program.
type Binary struct {
	Program   *Program
	workspace *Workspace
	dir, path string
}

var built atomic.Int64

// Build completes the imports and builds. It refuses a program whose variables
// print or fail where they are initialised: in the kernel only the cells from their
// declaration on do that.
func (w *Workspace) Build(ctx context.Context, p *Program) (*Binary, error) {
	whole, err := w.complete(ctx, p)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("n%d", built.Add(1))
	b := &Binary{whole, w, filepath.Join(w.Dir, name), filepath.Join(w.Dir, name, "run")}
	if err := os.Mkdir(b.dir, 0o700); err != nil {
		return nil, err
	}
	for file, text := range map[string]string{"cells.go": whole.text("main"), "main.go": mainText} {
		if err := os.WriteFile(filepath.Join(b.dir, file), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	args := []string{"build", "-o", b.path}
	if w.Overlay != "" {
		args = append(args, "-overlay", w.Overlay)
	}
	if _, err := w.output(ctx, w.Dir, nil, "go", append(args, "./"+name)...); err != nil {
		return nil, err
	}
	still, err := b.run(ctx, 0, nil, Limits{})
	if err != nil {
		return nil, err
	}
	if len(still.Stdout)+len(still.Stderr)+len(still.Displays) > 0 || still.Failed != "" {
		return nil, fmt.Errorf("a variable prints, displays or fails where it is initialised: %.200s", bytes.TrimSpace(append(still.Stdout, still.Stderr...)))
	}
	return b, nil
}

// Close removes the program.
func (b *Binary) Close() { os.RemoveAll(b.dir) }
