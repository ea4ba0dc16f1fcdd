package recordings

import (
	"fmt"
	"strings"
)

// InputError says what is wrong with a file and where.
type InputError struct {
	File   string // as the caller named it
	Line   int    // from 1; 0 if it is the whole file
	Column string // name; empty if it is the whole line
	Value  string // as it stands there; empty with Column if a field is empty
	Reason string // what it must be, or what is wrong
}

// Error says file, line, column, value and domain.
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString("recordings: " + e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": ")
	if e.Column != "" {
		fmt.Fprintf(&b, "%s = %s, ", e.Column, quoted(e.Value))
	}
	b.WriteString(e.Reason)
	return b.String()
}

// quoted quotes a value of the file, shortened if it is long.
func quoted(s string) string {
	const most = 60
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
