package main

import "testing"

func (r *reader) works(t *testing.T, names []string) {}
