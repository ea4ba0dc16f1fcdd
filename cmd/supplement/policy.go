package main

import (
	"strings"

	"credo/internal/page"
)

// policy is what a published page may do: run what is in it and the scripts beside
// it, show what is in it, start workers of its own text. It may connect to nothing.
// 'self' is the folder of the page, also where that is a file.
const policy = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' 'self'; worker-src blob:; " +
	"style-src 'unsafe-inline'; img-src data: blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"

// secured puts the policy before all else in a finished page.
func secured(page string) string {
	return strings.Replace(page, "<head>", `<head><meta http-equiv="Content-Security-Policy" content="`+policy+`">`, 1)
}

// explorerPage is the finished page of the explorer, which has no mathematics to draw.
func explorerPage(b *page.Book) ([]byte, error) {
	text, err := b.Explore()
	if err != nil {
		return nil, err
	}
	finished := secured(string(text))
	return []byte(finished), SelfContained(finished)
}
