package viz

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Save writes the figure that [Show] shows to a file whose extension is the format: .svg, .pdf, or .png with 300 dots per inch. One
// panel measures 14 x 9 cm, several 9 x 8 cm each, 8 x 8 in rows of three. The alternative text alt is in the SVG, and the title of
// the PDF. An error names the file and the reason; no part of a figure remains then.
func Save(file, alt string, panels ...*plot.Plot) error {
	w, h := size(len(panels))
	return SaveSize(file, alt, w, h, panels...)
}

// SaveSize is [Save] for a page of another width and height, such as 8.5*vg.Centimeter, at most 14400 points. Text and lines keep their
// size; a page in which the panels have no room is an error.
func SaveSize(file, alt string, width, height vg.Length, panels ...*plot.Plot) error {
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	b, err := render(format, alt, width, height, paper, panels)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if format == "png" {
		b = withDensity(b, paper)
	}
	f, err := os.Create(file)
	if err == nil {
		_, err = f.Write(b)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(file)
		}
	}
	if err != nil {
		return fmt.Errorf("viz: %w", err)
	}
	return nil
}

// withDensity puts the chunk pHYs, dots per metre, behind the header of a PNG: programs then print it at its size.
func withDensity(png []byte, dpi float64) []byte {
	const header = 8 + 25 // the signature and the chunk IHDR
	dots := uint32(math.Round(dpi / 0.0254))
	chunk := binary.BigEndian.AppendUint32([]byte("pHYs"), dots)
	chunk = append(binary.BigEndian.AppendUint32(chunk, dots), 1)
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk))
	return slices.Concat(png[:header], []byte{0, 0, 0, 9}, chunk, sum, png[header:])
}
