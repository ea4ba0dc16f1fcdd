package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"credo/internal/notebook"

	"golang.org/x/image/draw"
)

const (
	thumbnailHeight = 240 // pixels: twice the size shown, for dense screens
	thumbnailCount  = 4   // of one notebook
)

// thumbnails returns small pictures, PNG in base64, of the notebook's first
// figures. It makes them of the outputs of type image/png.
func thumbnails(nb *notebook.Notebook) ([]string, error) {
	var list []string
	for i, c := range nb.Cells {
		for _, o := range c.Outputs {
			text, ok := o.Data["image/png"].(string)
			if !ok || len(list) == thumbnailCount {
				continue
			}
			raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(text, "\n", ""))
			var picture image.Image
			if err == nil {
				picture, err = png.Decode(bytes.NewReader(raw))
			}
			if err != nil {
				return nil, fmt.Errorf("cell %d: image/png: %w", i+1, err)
			}
			small, err := shrink(picture)
			if err != nil {
				return nil, err
			}
			list = append(list, base64.StdEncoding.EncodeToString(small))
		}
	}
	return list, nil
}

// shrink draws the picture on white at the height of a thumbnail, or at its own
// if that is less.
func shrink(p image.Image) ([]byte, error) {
	b := p.Bounds()
	h := min(thumbnailHeight, b.Dy())
	small := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*h/b.Dy()), h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(small, small.Bounds(), p, b, draw.Over, nil)
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err := e.Encode(&out, small)
	return out.Bytes(), err
}
