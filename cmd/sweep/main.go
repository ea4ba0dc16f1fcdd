// Sweep plans, runs and merges studies that a JSON file describes; see package sweep.
//
//	go run ./cmd/sweep plan   STUDY.json [-out DIR] [-shards K]
//	go run ./cmd/sweep run    STUDY.json [-out DIR] [-shard i/n]
//	go run ./cmd/sweep status STUDY.json [-out DIR]
//	go run ./cmd/sweep merge  STUDY.json [-out DIR] [-partial]
//
// and where that takes too long on one machine,
//
//	go run ./cmd/sweep slurm    STUDY.json [-out DIR] -watch                   on a Slurm cluster
//	go run ./cmd/sweep parallel STUDY.json [-out DIR] [-hosts 4/one,8/two,:]   by GNU parallel, here and on hosts by ssh
//
// For machines without Go and without the libraries of this one, build the program first, and plan by it:
//
//	CGO_ENABLED=0 go build -o build/ ./cmd/sweep
//
// A study that has been planned is also named by its folder alone, -out DIR. A study that needs Go is a program of ten
// lines with [sweep.Main], which has the same commands.
package main

import "credo/pkg/sweep"

func main() { sweep.MainFile() }
