package page

import "regexp"

// The outline of a character, as package viz defines it in each drawing, and its use.
var (
	outlined  = regexp.MustCompile(`<path id="([^"]+)" d="([^"]+)"/>`)
	outlining = regexp.MustCompile(`<use href="#([^"]+)"`)
)

// spellOnce leaves the outline of a character where it is first on a page, and has all drawings use that; else it would
// be there with every figure. Who takes a drawing away takes along what it uses of others (page.js).
func spellOnce(page string) string {
	first, other := map[string]string{}, map[string]string{}
	page = outlined.ReplaceAllStringFunc(page, func(s string) string {
		m := outlined.FindStringSubmatch(s)
		if name, there := first[m[2]]; there {
			other[m[1]] = name
			return ""
		}
		first[m[2]] = m[1]
		return s
	})
	return outlining.ReplaceAllStringFunc(page, func(s string) string {
		if name, there := other[outlining.FindStringSubmatch(s)[1]]; there {
			return `<use href="#` + name + `"`
		}
		return s
	})
}
