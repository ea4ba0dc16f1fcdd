package notebook

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
)

// Normalise takes out of the notebook whatever differs from one execution, host
// or front end to the next although the same was computed:
//
//   - the host's metadata: kernel and language are named, their versions are not;
//   - times, scroll positions and fold states of the front ends;
//   - missing cell ids, which are derived from the text;
//   - execution counts: the cells that run count 1, 2, 3, ...;
//   - the pieces in which a stream arrived, and the order of streams and
//     displays, which reach Jupyter by two roads: first stdout, then stderr,
//     then displays in their order, then errors;
//   - the random name of the kernel's temporary folder.
//
// It leaves alone what gonbui.UniqueId gives, eight random hexadecimal digits that
// cannot be told from data: a page that uses them differs from run to run, and
// -check says so.
func (nb *Notebook) Normalise() {
	if nb.Metadata == nil {
		nb.Metadata = map[string]any{}
	}
	for _, key := range []string{"vscode", "papermill", "toc", "orig_nbformat", "signature"} {
		delete(nb.Metadata, key)
	}
	nb.Metadata["kernelspec"] = map[string]any{"display_name": "Go (gonb)", "language": "go", "name": "gonb"}
	nb.Metadata["language_info"] = map[string]any{
		"codemirror_mode": "go", "file_extension": ".go", "mimetype": "text/x-go", "name": "go", "pygments_lexer": "go",
	}
	nb.NameCells()
	n := 0
	for _, c := range nb.Cells {
		for _, key := range []string{"execution", "ExecuteTime", "papermill", "collapsed", "scrolled", "trusted", "vscode"} {
			delete(c.Metadata, key)
		}
		c.Count = 0
		if c.Runs() {
			n++
			c.Count = n
		}
		c.Outputs = canonical(c.Outputs)
	}
}

var validID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// NameCells keeps valid ids and derives the others from type, source and place
// among equals.
func (nb *Notebook) NameCells() {
	seen := map[string]bool{}
	for _, c := range nb.Cells {
		if !validID.MatchString(c.ID) || seen[c.ID] {
			c.ID = ""
		}
		seen[c.ID] = true
	}
	for _, c := range nb.Cells {
		for k := 0; c.ID == ""; k++ {
			id := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s", c.Type, k, c.Source)))[:12]
			if !seen[id] {
				c.ID, seen[id] = id, true
			}
		}
	}
}

// canonical merges the streams of a cell and puts the outputs in order.
func canonical(outputs []Output) []Output {
	var stdout, stderr string
	var displays, failures []Output
	for _, o := range outputs {
		switch o.Type {
		case "stream":
			if o.Name == "stderr" {
				stderr += o.Text
			} else {
				stdout += o.Text
			}
		case "error":
			failures = append(failures, o)
		default:
			o.Type = "display_data"
			displays = append(displays, o)
		}
	}
	var list []Output
	for _, o := range []Output{{Name: "stdout", Text: stdout}, {Name: "stderr", Text: stderr}} {
		if o.Text != "" {
			o.Type = "stream"
			list = append(list, o)
		}
	}
	list = slices.Concat(list, displays, failures)
	for i := range list {
		o := &list[i]
		o.Text = tempName.ReplaceAllString(o.Text, "gonb")
		for j, line := range o.Traceback {
			o.Traceback[j] = tempName.ReplaceAllString(line, "gonb")
		}
		for mime, v := range o.Data {
			if s, ok := v.(string); ok && splits(mime) {
				o.Data[mime] = tempName.ReplaceAllString(s, "gonb")
			}
		}
	}
	return list
}

// tempName matches the folder TMPDIR/gonb_xxxxxxxx in which the kernel works, and
// the program of a cell, which bears the same name.
var tempName = regexp.MustCompile(`(?:/[^\s:"'<>]*/)?gonb_[0-9a-f]{8}\b`)
