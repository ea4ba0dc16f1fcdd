package viz

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// everything is a figure with all that a page must hold: italics and Greek, indices, pale areas, dashes, markers, an image.
func everything() []*plot.Plot {
	p, x := New("load $P/N = α$ (patterns)", "error $P(y ≠ Y)$ √ ≤ ±"), []float64{0, 1, 2}
	p.Title.Text = "bold tag, plain title, $θ_E$"
	Band(p, "band", x, x, []float64{0.6, 0.6, 0.6}, ACh)
	Points(p, "points", x, x, []float64{0.1, 0.1, 0.1}, E)
	Scatter(p, "scatter", []float64{0.5, 1.5}, []float64{1.5, 0.5}, Zero)
	Note(p, 0.2, 1.8, "note $x^2$")
	q := New("$x$", "$y$")
	Heat(q, "colour $z$", x, x, [][]float64{{0, 0, 1}, {0, 0, 0}, {0, 0, 0}}, 0, 1)
	return []*plot.Plot{p, q}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A PNG has 300 dots per inch, 11811 per metre, and says so; 8.5 by 5 cm are 1004 by 591 dots.
func TestSavePNG(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figure.PNG")
	if err := SaveSize(file, "alt", 8.5*vg.Centimeter, 5*vg.Centimeter, ordinary(0)); err != nil {
		t.Fatal(err)
	}
	b := read(t, file)
	img, err := png.Decode(bytes.NewReader(b)) // which checks the sums of the chunks
	if err != nil || img.Bounds().Size() != (image.Point{1004, 591}) {
		t.Errorf("%v, %v", img.Bounds(), err)
	}
	if i := bytes.Index(b, []byte("pHYs\x00\x00\x2e\x23\x00\x00\x2e\x23\x01")); i != 8+25+4 {
		t.Errorf("the density is at %d", i)
	}
}

// An SVG in a file is the one in a notebook.
func TestSaveSVG(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figure.svg")
	if err := Save(file, "alt", ordinary(0)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read(t, file), mustEncode(t, "svg", "alt", ordinary(0))) {
		t.Error("differs from what is shown")
	}
}

// A PDF is as large as it should be, has the alternative text as its title, the same bytes each time, no date but a fixed one, and no
// fonts to be missing.
func TestSavePDF(t *testing.T) {
	b := mustEncode(t, "pdf", "a θ𝑃", everything()...)
	if !bytes.Equal(b, mustEncode(t, "pdf", "a θ𝑃", everything()...)) {
		t.Error("differs the second time")
	}
	for _, want := range []string{"%PDF-1.4\n", "/MediaBox [0 0 459.21 ", "/Title (\xfe\xff\x00a\x00 \x03\xb8\xd8\x35\xdc\x43)", "/ca 0.220", "%%EOF\n"} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if bytes.Contains(b, []byte("/FontFile")) || bytes.Count(b, []byte("Date")) != bytes.Count(b, []byte("Date (D:19700101000000)")) {
		t.Error("a font or the date")
	}
}

// painted renders a PDF at 72 dots per inch.
func painted(t *testing.T, pdf []byte) image.Image {
	t.Helper()
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("pdftoppm, which draws a PDF, is not installed")
	}
	cmd := exec.Command("pdftoppm", "-r", "72", "-png")
	cmd.Stdin = bytes.NewReader(pdf)
	var said bytes.Buffer
	cmd.Stderr = &said
	b, err := cmd.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("%v: %s", err, said.Bytes())
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// The PDF looks like the PNG: the ink of each of 12 by 6 tiles is the same, which a missing word, an image upside down or a pale area
// that is not pale would change.
func TestPDFLooksLikePNG(t *testing.T) {
	t.Parallel()
	want, err := png.Decode(bytes.NewReader(mustEncode(t, "png", "alt", everything()...)))
	if err != nil {
		t.Fatal(err)
	}
	got := painted(t, mustEncode(t, "pdf", "alt", everything()...))
	for row := range 6 {
		for column := range 12 {
			for channel := range 3 {
				a, b := tone(got, column, row, channel), tone(want, column, row, channel)
				if math.Abs(a-b) > 0.04 {
					t.Errorf("tile %d of row %d: channel %d has %.3f, want %.3f", column, row, channel, a, b)
				}
			}
		}
	}
}

// tone is the mean of a channel, 0 to 1, in one of 12 × 6 tiles.
func tone(img image.Image, column, row, channel int) float64 {
	size, sum, n := img.Bounds().Size(), 0.0, 0.0
	for y := row * size.Y / 6; y < (row+1)*size.Y/6; y++ {
		for x := column * size.X / 12; x < (column+1)*size.X/12; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			sum += float64([]uint8{c.R, c.G, c.B}[channel]) / 255
			n++
		}
	}
	return sum / n
}

// The Save of gonum/plot writes our plots as PDF too.
func TestPlainSaveOfPDF(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "figure.pdf")
	for _, p := range everything() {
		if err := p.Save(10*vg.Centimeter, 8*vg.Centimeter, file); err != nil {
			t.Fatal(err)
		}
		if size := painted(t, read(t, file)).Bounds().Size(); size != (image.Point{284, 227}) {
			t.Error(size)
		}
	}
}

// An error names the file and the reason, and leaves no file.
func TestSaveFails(t *testing.T) {
	dir := t.TempDir()
	bad := New("x", "y")
	Line(bad, "s", []float64{0, nan}, []float64{0, 1}, E)
	for _, c := range []struct {
		file          string
		width, height vg.Length
		p             *plot.Plot
		want          string
	}{
		{"figure.gif", 100, 100, ordinary(0), `format "gif" is none of svg, pdf, png and csv`},
		{"figure", 100, 100, ordinary(0), `format "" is none of svg, pdf, png and csv`},
		{"none/figure.svg", 400, 300, ordinary(0), "no such file or directory"},
		{"figure.pdf", 400, 300, bad, `series "s": x[1] = NaN is not finite`},
		{"figure.svg", 400, 300, bad, `series "s": x[1] = NaN is not finite`},
		{"figure.png", 0, 100, ordinary(0), "a figure of 0 × 100 points"},
		{"figure.png", 100, vg.Length(nan), ordinary(0), "a figure of 100 × NaN points"},
		{"figure.png", 100, 14401, ordinary(0), "a figure of 100 × 14401 points"},
		{"figure.svg", 200, 40, ordinary(0), "has no room for data"},
	} {
		file := filepath.Join(dir, c.file)
		err := SaveSize(file, "alt", c.width, c.height, c.p)
		if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.file, err, c.want)
		}
	}
	if _, err := os.Stat("/dev/full"); err == nil { // a device on which every byte is one too many
		file := filepath.Join(dir, "full.svg")
		if err := os.Symlink("/dev/full", file); err != nil {
			t.Fatal(err)
		}
		if err := Save(file, "alt", ordinary(0)); err == nil || !strings.Contains(err.Error(), file) {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("%v, %v", left, err)
	}
	if err := Save(filepath.Join(dir, "a.pdf"), "alt"); err == nil || !strings.Contains(err.Error(), "no panel") {
		t.Error(err)
	}
}
