// Sweep plans, runs and merges studies that a JSON file describes, on one machine, on several or on a Slurm cluster; package sweep tells
// of the commands, the folder and the exit status.
//
//	go run ./cmd/sweep plan  STUDY.json
//	go run ./cmd/sweep run   STUDY.json
//	go run ./cmd/sweep merge STUDY.json
//	go run ./cmd/sweep -h
//
// For machines without Go and without the libraries of this one, build the program first, so that it is the same wherever and whenever
// it is built of these sources, and plan by it:
//
//	CGO_ENABLED=0 go build -trimpath -buildvcs=false -o build/bin/ ./cmd/sweep
//
// A study that needs Go is a program of ten lines with [sweep.Main], which has the same commands.
package main

import "credo/pkg/sweep"

func main() { sweep.MainFile() }
