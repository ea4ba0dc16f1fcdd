package main

import "encoding/json"

// A Seal lies in the metadata of an executed notebook, under the key credo. It
// says of what the outputs are, so that a clone need not compute them again.
type Seal struct {
	Arch    string `json:"arch"`    // GOARCH of the execution
	Digest  string `json:"digest"`  // of all that the outputs depend on
	Go      string `json:"go"`      // version of the execution
	Outputs string `json:"outputs"` // digest of the outputs, so that an edit is found
}

const sealKey = "credo"

// Seal returns the notebook's, or none.
func (nb *Notebook) Seal() (s Seal) {
	if text, err := json.Marshal(nb.Metadata[sealKey]); err == nil {
		_ = json.Unmarshal(text, &s) // what is no seal seals nothing
	}
	return s
}

// SetSeal seals the notebook; an empty seal takes it away.
func (nb *Notebook) SetSeal(s Seal) {
	delete(nb.Metadata, sealKey)
	if s != (Seal{}) {
		nb.Metadata[sealKey] = map[string]any{"arch": s.Arch, "digest": s.Digest, "go": s.Go, "outputs": s.Outputs}
	}
}

// NewSeal is that of a normalised notebook which has just been executed.
func NewSeal(nb *Notebook, r Recipe, t Toolchain) Seal {
	if r.Unknown != nil {
		return Seal{Arch: t.Arch, Go: t.Go, Outputs: nb.outputsDigest()}
	}
	return Seal{Arch: t.Arch, Digest: r.Digest(t), Go: t.Go, Outputs: nb.outputsDigest()}
}

// outputsDigest is that of all outputs of the normalised notebook.
func (nb *Notebook) outputsDigest() string {
	var list []any
	for _, c := range nb.Cells {
		if c.Type != "code" {
			continue
		}
		outputs := []any{count(c.Count)}
		for _, o := range c.Outputs {
			outputs = append(outputs, o.tree(c.Count))
		}
		list = append(list, outputs)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return ""
	}
	return digest(text)
}

// A Verdict says whether a notebook must be executed.
type Verdict struct {
	Fresh bool   // its outputs are those of its seal, and the seal is of today
	Why   string // else the reason
}

// Judge compares the notebook with its seal.
func Judge(nb *Notebook, r Recipe, t Toolchain) Verdict {
	s := nb.Seal()
	switch {
	case r.Unknown != nil:
		return Verdict{Why: "executed each time: " + r.Unknown.Error()}
	case s.Digest == "":
		return Verdict{Why: "it has no digest yet"}
	case s.Outputs != nb.outputsDigest():
		return Verdict{Why: "its outputs are not those of its execution"}
	case s.Digest == r.Digest(t):
		if _, failures := nb.Examine(""); len(failures) > 0 {
			return Verdict{Why: failures[0].String()}
		}
		return Verdict{Fresh: true}
	case s.Arch != t.Arch:
		return Verdict{Why: "it was executed on " + s.Arch + ", this is " + t.Arch}
	case s.Go != t.Go:
		return Verdict{Why: "it was executed with " + s.Go + ", this is " + t.Go}
	}
	return Verdict{Why: "its code, a package or the kernel has changed"}
}
