package main

import (
	"io"
)

func Compare(w io.Writer, root, rev string, sources []Source) error { return nil }
