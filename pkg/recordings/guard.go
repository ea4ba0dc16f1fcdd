package recordings

import (
	"bufio"
	"bytes"
	"io"
)

// longest is the greatest length of a line, in bytes.
const longest = 1 << 16

// guard passes on the bytes of a text file and stops at what would make a CSV
// reader hold much of it in memory or misread it: a line without end, a quote
// that is not closed on its line, another encoding, a last line cut short. A
// byte order mark of UTF-8 is passed over.
type guard struct {
	in     *bufio.Reader
	err    error // what stopped it
	file   string
	line   int  // under way, from 1; 0 before the first byte
	length int  // of that line so far
	quotes bool // inside quotes
	cr     bool // the last byte was a carriage return
}

func newGuard(r io.Reader, file string) *guard {
	return &guard{in: bufio.NewReaderSize(r, longest), file: file}
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	if g.line == 0 {
		if g.err = g.begin(); g.err != nil {
			return 0, g.err
		}
	}
	n, err := g.in.Read(p)
	for i, b := range p[:n] {
		if reason := g.byte(b); reason != "" {
			g.err = g.wrong(reason)
			return i, g.err
		}
	}
	if err == io.EOF && g.length > 0 {
		err = g.wrong("the file ends within a line; is it truncated? End the last row with a line break")
		if g.quotes {
			err = g.wrong("the file ends within quotes; is it truncated?")
		}
	}
	g.err = err
	return n, err
}

// begin looks at the first bytes.
func (g *guard) begin() error {
	g.line = 1
	head, _ := g.in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := g.in.Discard(3)
		return err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return g.wrong("the file is UTF-16 or UTF-32, must be UTF-8")
	}
	return nil
}

// byte takes one byte and returns what is wrong with it.
func (g *guard) byte(b byte) string {
	if g.cr && b != '\n' {
		return "a carriage return within the line; lines must end with LF or CR LF"
	}
	g.cr = b == '\r'
	switch b {
	case '\n':
		if g.quotes {
			return "a quote is not closed on its line"
		}
		g.line, g.length = g.line+1, 0
		return ""
	case '"':
		g.quotes = !g.quotes
	case 0:
		return "a zero byte; is it UTF-16 or a spreadsheet's own format? Must be CSV in UTF-8"
	}
	if g.length++; g.length > longest {
		return "the line is longer than 65536 bytes"
	}
	return ""
}

func (g *guard) wrong(reason string) error {
	return &InputError{File: g.file, Line: g.line, Reason: reason}
}
