package notebook

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// A Seal lies in the metadata of an executed notebook, under the key credo. It
// says of what the outputs are, so that a clone need not compute them again.
type Seal struct {
	Arch    string `json:"arch"`    // GOARCH of the execution
	Digest  string `json:"digest"`  // of all that the outputs depend on
	Go      string `json:"go"`      // version of the execution
	Outputs string `json:"outputs"` // digest of the outputs, so that an edit is found
}

const SealKey = "credo"

// Seal returns the notebook's, or none.
func (nb *Notebook) Seal() (s Seal) {
	if text, err := json.Marshal(nb.Metadata[SealKey]); err == nil {
		_ = json.Unmarshal(text, &s) // what is no seal seals nothing
	}
	return s
}

// SetSeal seals the notebook; an empty seal takes it away.
func (nb *Notebook) SetSeal(s Seal) {
	delete(nb.Metadata, SealKey)
	if s != (Seal{}) {
		nb.Metadata[SealKey] = map[string]any{"arch": s.Arch, "digest": s.Digest, "go": s.Go, "outputs": s.Outputs}
	}
}

// OutputsDigest is the digest of all outputs of the normalised notebook.
func (nb *Notebook) OutputsDigest() string {
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
	return fmt.Sprintf("%x", sha256.Sum256(text))
}
