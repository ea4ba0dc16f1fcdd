package book

import (
	"regexp"
	"slices"
	"strings"
)

var (
	identifier = regexp.MustCompile(`[\pL_][\pL\pN_]*`)
	defines    = regexp.MustCompile(`\bflag\.\w+\(\s*"([^"]+)"`)
)

// Reads are the names of the flags that a cell may read: those whose variables it
// names, itself or by way of what it calls. It is told by words alone: a word that means
// something else there counts too, and what asks for a flag by its name does not.
func (p *Program) Reads(cell int) []string {
	texts, flags := map[string][]string{}, map[string]string{}
	for _, d := range p.declarations {
		for _, name := range d.names {
			name = name[strings.LastIndexByte(name, '.')+1:] // of a method
			texts[name] = append(texts[name], d.text)
			if m := defines.FindStringSubmatch(d.text); m != nil && d.word == "var" {
				flags[name] = m[1]
			}
		}
	}
	read, seen := []string{}, map[string]bool{}
	var walk func(text string)
	walk = func(text string) {
		for _, name := range identifier.FindAllString(text, -1) {
			if seen[name] {
				continue
			}
			seen[name] = true
			if f, ok := flags[name]; ok {
				read = append(read, f)
				continue
			}
			for _, t := range texts[name] {
				walk(t)
			}
		}
	}
	for _, b := range p.bodies {
		if b.cell == cell {
			walk(b.text)
		}
	}
	slices.Sort(read)
	return read
}
