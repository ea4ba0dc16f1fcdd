package main

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

// SelfContained returns an error that names the first thing which the page would
// ask for, be it of a host or of a neighbouring file.
func SelfContained(page string) error { return selfContained(page, false) }

// selfContained forgives local images where they are still to be embedded.
func selfContained(page string, images bool) error {
	page = inert.ReplaceAllString(page, "")
	for i, re := range requests {
		for _, m := range re.FindAllStringSubmatch(page, -1) {
			if !harmless.MatchString(m[1]) && !(images && i == 0 && strings.HasPrefix(m[0], "<img") && !strings.Contains(m[1], "//")) {
				return fmt.Errorf("the page is not self-contained: it asks for %.100q; save that beside the notebook as an image, or leave it out", m[1])
			}
		}
	}
	return nil
}
