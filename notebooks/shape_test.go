package notebooks

import (
	"os"
	"path/filepath"
	"testing"

	"credo/internal/shape"
)

func TestShape(t *testing.T) {
	paths, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no notebooks")
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range shape.Faults(path, text) {
				t.Error(fault)
			}
		})
	}
}
