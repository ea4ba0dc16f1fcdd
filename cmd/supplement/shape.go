package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"credo/internal/notebook"
	"credo/internal/shape"
)

// CheckShape returns an error that lists what the notebooks lack to read like
// the others.
func CheckShape(sources []notebook.Source) error {
	var list []error
	for _, s := range sources {
		for _, fault := range shape.Faults(filepath.Base(s.Path), s.Text) {
			list = append(list, fmt.Errorf("%s: %s", s.Label, fault))
		}
	}
	return errors.Join(list...)
}
