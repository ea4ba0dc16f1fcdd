package recordings

import (
	"bytes"
	_ "embed"
	"io"
)

//go:embed example.csv
var example []byte

// Example returns a small file of the raw schema, "example.csv": eight cells
// paired with acetylcholine and eight with noradrenaline. Its sweeps were drawn
// by a Generator, and every row says so. It shows the schema, and nothing about
// the brain.
func Example() io.Reader { return bytes.NewReader(example) }
