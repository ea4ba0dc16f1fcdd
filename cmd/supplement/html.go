package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// page holds the template of nbconvert, the style and the script that draws the mathematics.
//
//go:embed page
var page embed.FS

// ConvertHTML has nbconvert turn notebooks, given by name, into pages whose
// mathematics is still to be drawn. One start of Python serves all.
// It returns the files' paths by name.
func ConvertHTML(ctx context.Context, w workshop.Workshop, nbconvert, mathjax string, notebooks map[string]*notebook.Notebook) (map[string]string, error) {
	template := w.Path("templates", "credo")
	if err := os.MkdirAll(template, 0o700); err != nil {
		return nil, err
	}
	files, err := fs.ReadDir(page, "page")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		text, err := page.ReadFile("page/" + f.Name())
		if err == nil {
			err = os.WriteFile(filepath.Join(template, f.Name()), text, 0o600)
		}
		if err != nil {
			return nil, err
		}
	}
	args := []string{"--to", "html", "--template", "credo", "--log-level=WARN",
		"--TemplateExporter.extra_template_basedirs=" + w.Path("templates"),
		"--HTMLExporter.mathjax_url=" + fileURL(mathjax) + "/MathJax.js?config=TeX-AMS_SVG-full,Safe",
		"--HTMLExporter.exclude_anchor_links=True", "--HTMLExporter.embed_images=True",
		"--output-dir", w.Path("html")}
	pages := map[string]string{}
	for name, nb := range notebooks {
		text, err := nb.Encode()
		if err != nil {
			return nil, err
		}
		path := w.Path("home", name+".ipynb")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
		args = append(args, path)
		pages[name] = w.Path("html", name+".html")
	}
	cmd, done := w.Command(ctx, nbconvert, args...)
	defer done()
	cmd.Env = append(cmd.Env, w.JupyterEnv()...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("nbconvert to HTML: %w: %s", err, strings.TrimSpace(string(out)))
	}
	for name, path := range pages {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("nbconvert made no page of %s: %s", name, out)
		}
	}
	return pages, nil
}
