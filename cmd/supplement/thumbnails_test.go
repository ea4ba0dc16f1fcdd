package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"credo/internal/notebook"
)

func TestThumbnails(t *testing.T) {
	encode := func(w, h int) string {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, w, h))); err != nil { // transparent
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(b.Bytes())
	}
	nb := &notebook.Notebook{}
	for _, s := range []string{encode(600, 480), encode(3, 2), encode(1, 4000), encode(5, 5), encode(6, 6)} {
		nb.Cells = append(nb.Cells, &notebook.Cell{Outputs: []notebook.Output{{Data: map[string]any{"image/png": s + "\n"}}}})
	}
	list, err := thumbnails(nb)
	if err != nil || len(list) != thumbnailCount {
		t.Fatalf("%d thumbnails, %v", len(list), err)
	}
	for i, want := range []image.Point{{300, 240}, {3, 2}, {1, 240}, {5, 5}} {
		raw, _ := base64.StdEncoding.DecodeString(list[i])
		p, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Bounds().Size(); got != want {
			t.Errorf("thumbnail %d has size %v, want %v", i, got, want)
		}
		if r, _, _, a := p.At(0, 0).RGBA(); r != 0xffff || a != 0xffff {
			t.Errorf("thumbnail %d is not on white", i)
		}
	}
	for _, bad := range []string{"***", base64.StdEncoding.EncodeToString([]byte("GIF89a"))} {
		nb := &notebook.Notebook{Cells: []*notebook.Cell{{}, {Outputs: []notebook.Output{{Data: map[string]any{"image/png": bad}}}}}}
		if _, err := thumbnails(nb); err == nil || !strings.Contains(err.Error(), "cell 2") {
			t.Errorf("%q: error %v, want one that names cell 2", bad, err)
		}
	}
}
