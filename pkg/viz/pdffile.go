package viz

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"unicode/utf16"
)

// pdfFile is a PDF in the making; objects are numbered from 1 in the order of their writing.
type pdfFile struct {
	bytes.Buffer
	offsets []int
}

func (f *pdfFile) object(format string, args ...any) (number int) {
	f.offsets = append(f.offsets, f.Len())
	fmt.Fprintf(f, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(f.offsets)}, args...)...)
	return len(f.offsets)
}

// stream writes an object of compressed data.
func (f *pdfFile) stream(entries string, data []byte) (number int) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data)
	z.Close() // writing to a buffer does not fail
	return f.object("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", entries, b.Len(), b.Bytes())
}

// image writes an image in RGB, with its opacity as another image.
func (f *pdfFile) image(img image.Image) (number int) {
	var rgb, opacity []byte
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			n := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			rgb, opacity = append(rgb, n.R, n.G, n.B), append(opacity, n.A)
		}
	}
	form := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace ", b.Dx(), b.Dy())
	mask := f.stream(form+"/DeviceGray", opacity)
	return f.stream(fmt.Sprintf("%s/DeviceRGB /SMask %d 0 R", form, mask), rgb)
}

// document returns the PDF, whose title is the alternative text. It has no date, so that the same figure has the same bytes.
func (c *pdfCanvas) document(alt string) []byte {
	var f pdfFile
	var images, opacities string
	f.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	for i, img := range c.images {
		images += fmt.Sprintf("/I%d %d 0 R ", i, f.image(img))
	}
	for a, used := range c.opacity {
		if used {
			opacities += fmt.Sprintf("/A%d << /ca %.4g /CA %.4[2]g >> ", a, float64(a)/255)
		}
	}
	content := f.stream("", c.body.Bytes())
	leaf := f.object("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R /Resources << /XObject << %s>> /ExtGState << %s>> >> >>",
		content+2, num(c.w.Points()), num(c.h.Points()), content, images, opacities)
	pages := f.object("<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", leaf)
	root := f.object("<< /Type /Catalog /Pages %d 0 R /ViewerPreferences << /DisplayDocTitle true >> >>", pages)
	title := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(alt)) {
		title = binary.BigEndian.AppendUint16(title, unit)
	}
	info := f.object("<< /Title <%X> >>", title)
	table := f.Len()
	fmt.Fprintf(&f, "xref\n0 %d\n0000000000 65535 f \n", info+1)
	for _, at := range f.offsets {
		fmt.Fprintf(&f, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&f, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", info+1, root, info, table)
	return f.Bytes()
}
