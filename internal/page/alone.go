package page

import (
	"fmt"
	"regexp"
	"strings"
)

// requests match what makes a browser ask a host when it opens the page, not
// when a reader follows a link. Text between tags is escaped and does not match.
var requests = []*regexp.Regexp{
	regexp.MustCompile(`(?i)<(?:img|script|iframe|frame|embed|source|video|audio|track|input|object)\b[^>]*\s(?:src|srcset|data|poster)\s*=\s*["']?\s*([^"'>]+)`),
	regexp.MustCompile(`(?i)<link\b[^>]*\shref\s*=\s*["']?\s*([^"'>]+)`),
	regexp.MustCompile(`(?i)<(?:image|use|feImage)\b[^>]*\s(?:xlink:)?href\s*=\s*["']?\s*([^"'>]+)`),
	regexp.MustCompile(`(?i)\burl\(\s*["']?\s*([^"')]+)`),
	regexp.MustCompile(`(?i)@import\s+["']?\s*([^"';]+)`),
	regexp.MustCompile(`(?i)<(base)\b`),
	regexp.MustCompile(`\b((?:fetch|XMLHttpRequest|WebSocket|EventSource|importScripts|sendBeacon)\s*\()`),
}

var harmless = regexp.MustCompile(`^(?:data:|#|about:)`)

// inert matches the parts of a page that ask for nothing: code as text.
var inert = regexp.MustCompile(`(?is)<pre\b.*?</pre>|<code\b.*?</code>`)

// policy is what a published page may do: run what is in it and the scripts beside
// it, show what is in it, start workers of its own text. It may connect to nothing.
// 'self' is the folder of the page, also where that is a file.
const policy = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' 'self'; worker-src blob:; " +
	"style-src 'unsafe-inline'; img-src data: blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"

// Secured puts the policy of published pages before all else in a finished page.
func Secured(page string) string {
	return strings.Replace(page, "<head>", `<head><meta http-equiv="Content-Security-Policy" content="`+policy+`">`, 1)
}

// SelfContained returns an error that names the first thing which the page would
// ask for, be it of a host or of a neighbouring file.
func SelfContained(page string) error {
	page = inert.ReplaceAllString(page, "")
	for _, re := range requests {
		for _, m := range re.FindAllStringSubmatch(page, -1) {
			if !harmless.MatchString(m[1]) {
				return fmt.Errorf("the page is not self-contained: it asks for %.100q; save that beside the notebook as an image, or leave it out", m[1])
			}
		}
	}
	return nil
}
