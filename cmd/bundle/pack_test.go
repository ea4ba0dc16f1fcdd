package main

import (
	"archive/zip"
	"bytes"
	"context"
	"slices"
	"testing"
	"time"
)

// Twice the same bytes; names in order, all of one time, and what is run can be run.
func TestSameBytes(t *testing.T) {
	of := tree(t)
	first := packed(t, of)
	again, err := ReadTree(context.Background(), root)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, packed(t, again)) {
		t.Error("two bundles of one commit differ")
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if !f.Modified.Equal(time.Unix(of.Archive.Time, 0)) {
			t.Errorf("%s is of %v, the commit of %v", f.Name, f.Modified, time.Unix(of.Archive.Time, 0))
		}
	}
	if !slices.IsSorted(names) {
		t.Error("names are not in order")
	}
	for _, want := range []string{"LICENSE", "CITATION.cff", "go.mod", "pkg/model/train.go", "supplement/files/figure.svg", "archive.json"} {
		if !slices.Contains(names, "credo/"+want) {
			t.Errorf("no %s", want)
		}
	}
	for _, name := range []string{"credo/setup.sh", "credo/.jupyter/kernels/gonb/gonb.sh"} {
		if f := r.File[slices.Index(names, name)]; f.Mode()&0o111 == 0 {
			t.Errorf("%s cannot be run: %v", name, f.Mode())
		}
	}
}
