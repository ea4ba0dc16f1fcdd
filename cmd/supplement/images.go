package main

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"credo/internal/notebook"
)

var imageTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml", ".webp": "image/webp",
}

const imageLimit = 10 << 20 // bytes

var images = regexp.MustCompile(`(?is)<pre\b.*?</pre>|<code\b.*?</code>|(<img\b[^>]*?\ssrc=")([^"]+)"`)

// EmbedImages puts the local images that a page shows into it, as data. They are
// taken from the folder of its notebook.
func EmbedImages(page, dir string, nb *notebook.Notebook) (string, error) {
	var first error
	page = images.ReplaceAllStringFunc(page, func(tag string) string {
		m := images.FindStringSubmatch(tag)
		src := html.UnescapeString(m[2])
		if m[2] == "" || elsewhere(src) {
			return tag
		}
		data, err := imageData(src, dir)
		if err != nil {
			if first == nil {
				first = fmt.Errorf("%s: %w", whereabouts(nb, src), err)
			}
			return tag
		}
		return m[1] + data + `"`
	})
	return page, first
}

// elsewhere tells whether an image is in the page already, or of a host.
func elsewhere(src string) bool {
	u, err := url.Parse(src)
	return err == nil && (u.Scheme != "" || u.Host != "" || strings.HasPrefix(src, "#"))
}

func imageData(src, dir string) (string, error) {
	path, err := url.PathUnescape(src)
	if err != nil {
		path = src
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, filepath.FromSlash(path))
	}
	mime := imageTypes[strings.ToLower(filepath.Ext(path))]
	if mime == "" {
		return "", fmt.Errorf("the image %s is none of PNG, JPEG, GIF, SVG, WebP", src)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("the image %s cannot be read: %w", src, err)
	}
	if len(text) > imageLimit {
		return "", fmt.Errorf("the image %s has %d MB; at most %d can be embedded", src, len(text)>>20, imageLimit>>20)
	}
	return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(text), nil
}

// whereabouts names the first cell that mentions a text.
func whereabouts(nb *notebook.Notebook, text string) string {
	for i, c := range nb.Cells {
		if strings.Contains(c.Source, text) {
			return fmt.Sprintf("cell %d", i+1)
		}
	}
	return "a cell"
}
