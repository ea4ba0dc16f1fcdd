package main

import "credo/internal/notebook"

// NewSeal is that of a normalised notebook which has just been executed.
func NewSeal(nb *notebook.Notebook, r Recipe, t Toolchain) notebook.Seal {
	if r.Unknown != nil {
		return notebook.Seal{Arch: t.Arch, Go: t.Go, Outputs: nb.OutputsDigest()}
	}
	return notebook.Seal{Arch: t.Arch, Digest: r.Digest(t), Go: t.Go, Outputs: nb.OutputsDigest()}
}

// A Verdict says whether a notebook must be executed.
type Verdict struct {
	Fresh bool   // its outputs are those of its seal, and the seal is of today
	Why   string // else the reason
}

// Judge compares the notebook with its seal.
func Judge(nb *notebook.Notebook, r Recipe, t Toolchain) Verdict {
	s := nb.Seal()
	switch {
	case r.Unknown != nil:
		return Verdict{Why: "executed each time: " + r.Unknown.Error()}
	case s.Digest == "":
		return Verdict{Why: "it has no digest yet"}
	case s.Outputs != nb.OutputsDigest():
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
