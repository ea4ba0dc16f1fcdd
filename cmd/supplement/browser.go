package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"credo/internal/workshop"
)

// A Browser is a Chromium that runs in the workshop, without network.
type Browser struct {
	Shop workshop.Workshop
	Path string
}

func (b Browser) run(ctx context.Context, args ...string) ([]byte, error) {
	profile, err := os.MkdirTemp(b.Shop.Path("home"), "chromium-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(profile)
	cmd, done := b.Shop.Command(ctx, b.Path, append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
		"--disable-extensions", "--disable-background-networking", "--disable-sync", "--disable-component-update",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files", "--user-data-dir=" + profile,
	}, args...)...)
	defer done()
	cmd.Env = append(cmd.Env, "HOME="+profile, "XDG_CONFIG_HOME="+profile, "XDG_CACHE_HOME="+b.Shop.Path("home"), "XDG_DATA_HOME="+profile)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("%s: %w: %s", b.Path, err, lastLine(log.String()))
	}
	return out.Bytes(), nil
}

var errNotDrawn = errors.New("the mathematics was not drawn: MathJax did not finish")

var marks = regexp.MustCompile(` data-(typeset|errors)="([^"]*)"`)

// Typeset lets MathJax draw the mathematics of a page and returns the page that
// remains, which needs neither MathJax nor a network.
func (b Browser) Typeset(ctx context.Context, path string) (string, error) {
	// The budget is virtual time: it passes as fast as the page is ready.
	out, err := b.run(ctx, "--virtual-time-budget=60000", "--dump-dom", fileURL(path))
	if err != nil {
		return "", err
	}
	head, rest, _ := strings.Cut(string(out), "<head>")
	found := map[string]string{}
	for _, m := range marks.FindAllStringSubmatch(head, -1) {
		found[m[1]] = html.UnescapeString(m[2])
	}
	if found["errors"] != "" {
		return "", fmt.Errorf("TeX: %s", found["errors"])
	}
	if found["typeset"] == "" {
		return "", errNotDrawn
	}
	return marks.ReplaceAllString(head, "") + "<head>" + rest, nil
}

var folded = regexp.MustCompile(`<details((?: (?:class|id)="[^"]*")*)>`)

var pdfDate = regexp.MustCompile(`D:\d{14}\+00'00'`)

// otherPages are links to the files beside a page. A PDF can have them only with the
// folder in which it is made.
var otherPages = regexp.MustCompile(`(<a\b[^>]*?) href="[^"#:]+(?:#[^"]*)?"`)

// Print makes a PDF of a finished page. What is folded on the screen is open on
// paper, and links to other pages are their words only. The PDF bears the given date,
// YYYYMMDDhhmmss in UTC, or none, instead of that of its making, and numbers its
// parts anew, so that the same page gives the same bytes.
func (b Browser) Print(ctx context.Context, page, date string) ([]byte, error) {
	dir, err := os.MkdirTemp(b.Shop.Path("home"), "print-")
	if err != nil {
		return nil, err
	}
	path, pdf := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	page = otherPages.ReplaceAllString(folded.ReplaceAllString(page, "<details$1 open>"), "$1")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		return nil, err
	}
	// Heads and page numbers are in the page's own style.
	if _, err := b.run(ctx, "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf="+pdf, fileURL(path)); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(pdf)
	if err != nil || !bytes.HasPrefix(text, []byte("%PDF-")) {
		return nil, fmt.Errorf("the browser wrote no PDF of %s: it cannot see that folder, or is a snap; choose another by CHROMIUM or another folder by TMPDIR", path)
	}
	return renumbered(dated(text, date)), nil
}

var pdfNode = regexp.MustCompile(`\(node(\d{8})\)`)

// renumbered numbers the elements of a PDF in the order in which it names them first:
// the browser begins with a number of its own.
func renumbered(pdf []byte) []byte {
	known := map[string][]byte{}
	return pdfNode.ReplaceAllFunc(pdf, func(m []byte) []byte {
		if known[string(m)] == nil {
			known[string(m)] = fmt.Appendf(nil, "(node%08d)", len(known)+1)
		}
		return known[string(m)]
	})
}

// dated gives a PDF another date, or none. Its length must stay: the offsets of
// its objects are written in it.
func dated(pdf []byte, date string) []byte {
	if len(date) == 14 {
		return pdfDate.ReplaceAll(pdf, []byte("D:"+date+"+00'00'"))
	}
	return pdfDates.ReplaceAllFunc(pdf, func(m []byte) []byte { return bytes.Repeat([]byte(" "), len(m)) })
}

var pdfDates = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:\d{14}\+00'00'\)`)

// fileURL is the address of a file, whatever characters its path has.
func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexByte(s, '\n')+1:]
}
