package notebook

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Encode writes the notebook as Jupyter does, format 4.5: keys sorted, one space
// of indentation, text as lists of lines, a newline at the end. Equal notebooks
// give equal bytes.
func (nb *Notebook) Encode() ([]byte, error) {
	cells := make([]any, len(nb.Cells))
	for i, c := range nb.Cells {
		cells[i] = c.tree()
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(map[string]any{
		"cells": cells, "metadata": orEmpty(nb.Metadata), "nbformat": 4, "nbformat_minor": 5,
	})
	return b.Bytes(), err
}

func (c *Cell) tree() map[string]any {
	t := map[string]any{"cell_type": c.Type, "id": c.ID, "metadata": orEmpty(c.Metadata), "source": split(c.Source)}
	if len(c.Attachments) > 0 {
		t["attachments"] = c.Attachments
	}
	if c.Type == "code" {
		t["execution_count"] = count(c.Count)
		outputs := make([]any, len(c.Outputs))
		for i, o := range c.Outputs {
			outputs[i] = o.tree(c.Count)
		}
		t["outputs"] = outputs
	}
	return t
}

func (o Output) tree(n int) map[string]any {
	switch o.Type {
	case "stream":
		return map[string]any{"output_type": o.Type, "name": o.Name, "text": split(o.Text)}
	case "error":
		if o.Traceback == nil {
			o.Traceback = []string{}
		}
		return map[string]any{"output_type": o.Type, "ename": o.Name, "evalue": o.Text, "traceback": o.Traceback}
	}
	data := map[string]any{}
	for mime, v := range o.Data {
		if s, ok := v.(string); ok && splits(mime) {
			v = split(s)
		}
		data[mime] = v
	}
	t := map[string]any{"output_type": o.Type, "data": data, "metadata": orEmpty(o.Metadata)}
	if o.Type == "execute_result" {
		t["execution_count"] = count(n)
	}
	return t
}

// split cuts a text after each newline.
func split(s string) []string {
	list := strings.SplitAfter(s, "\n")
	if list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

func count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
