package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// spoiled says what git or an editor did to the text of a notebook, with the line.
func spoiled(text []byte) error {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return errors.New("line 1 begins with a byte order mark: save the file as UTF-8 without it")
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return errors.New("line 1 begins as UTF-16: save the file as UTF-8")
	case bytes.HasPrefix(text, []byte("version https://git-lfs")):
		return errors.New("the file is a pointer of Git LFS: git lfs pull")
	}
	if at := marker.FindIndex(text); at != nil {
		line, _, _ := strings.Cut(string(text[at[0]:]), "\n")
		return fmt.Errorf("line %d: a merge conflict is not resolved (%s)", lineOf(text, at[0]), strings.TrimSpace(line))
	}
	return nil
}

var marker = regexp.MustCompile(`(?m)^(?:<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)(?: .*)?$`)

// conflict returns the first line of a cell's source that git left there.
func conflict(source string) string {
	if !strings.Contains(source, "<<<<<<<") || !strings.Contains(source, ">>>>>>>") {
		return ""
	}
	return strings.TrimSpace(marker.FindString(source))
}

// located adds line and column to an error of the JSON decoder that knows a place.
func located(text []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	at := int64(-1)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("the JSON is truncated after line %d", lineOf(text, len(text)))
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	default:
		return err
	}
	end := int(max(0, min(at, int64(len(text)))))
	return fmt.Errorf("line %d: %w", lineOf(text, max(0, end-1)), err)
}

// lineOf is the number, from 1, of the line that holds the byte at.
func lineOf(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }
