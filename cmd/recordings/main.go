package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "null" {
		fmt.Fprintln(os.Stderr, "recordings: must be null FILE -o OUT.csv")
		os.Exit(2)
	}
	if err := null(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "recordings:", err)
		os.Exit(2)
	}
}
