package notebook

import (
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Needs is what the code of a notebook names.
type Needs struct {
	Imports []string // import paths
	Names   []string // what stands only before a dot: packages that goimports may add
	Words   []string // strings, and words of command lines: possibly files
	Beyond  string   // a command line, or a use of os, whose effect no digest covers
}

// Needs reads the cells that run. It does not parse them, for a cell need not be
// a whole file.
func (nb *Notebook) Needs() (n Needs) {
	before, alone := map[string]bool{}, map[string]bool{}
	for _, at := range nb.Running() {
		var code strings.Builder
		for line := range strings.Lines(nb.Cells[at].Source) {
			if !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") {
				code.WriteString(line)
				continue
			}
			words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r\n=\"'", r) })
			n.Words = append(n.Words, words...)
			if n.Beyond == "" && !slices.Contains([]string{"%%", "%main", "%args", "%exec", "%test", "%rm", "%ls", "%list", "%reset"}, words[0]) {
				n.Beyond = strings.TrimSpace(line)
			}
		}
		n.scan(code.String(), before, alone)
	}
	for name := range before {
		if !alone[name] {
			n.Names = append(n.Names, name)
		}
	}
	slices.Sort(n.Imports)
	slices.Sort(n.Names)
	n.Imports = slices.Compact(n.Imports)
	return n
}

func (n *Needs) scan(code string, before, alone map[string]bool) {
	file := token.NewFileSet().AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), nil, 0) // errors are the compiler's business
	importing, grouped := false, false
	last, lastTok, base := "", token.ILLEGAL, ""
	for {
		_, tok, text := s.Scan()
		if lastTok == token.IDENT {
			if tok == token.PERIOD {
				before[last] = true
			} else { // a variable, or the name of an import
				alone[last] = true
			}
		}
		switch {
		case tok == token.EOF:
			return
		case tok == token.IMPORT:
			importing = true
		case importing && tok == token.LPAREN:
			grouped = true
		case tok == token.STRING:
			if value, err := strconv.Unquote(text); err == nil {
				if importing {
					n.Imports = append(n.Imports, value)
				} else {
					n.Words = append(n.Words, value)
				}
			}
		case tok == token.RPAREN, tok == token.SEMICOLON && !grouped:
			importing, grouped = false, false
		}
		if lastTok == token.IDENT && tok == token.PERIOD {
			base = last
		}
		if lastTok == token.PERIOD && tok == token.IDENT {
			if base == "os" && !slices.Contains([]string{"Stdout", "Stderr", "Exit"}, text) {
				n.Beyond = "os." + text
			}
			base = ""
			tok = token.ILLEGAL // a field or method: no name of its own
		}
		last, lastTok = text, tok
	}
}
