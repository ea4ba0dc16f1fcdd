// Scaling is the study of capacity at many sizes, [scaling.Study], with the commands of package sweep:
//
//	go run ./cmd/scaling plan|run|status|merge|slurm|parallel
//
// Its table, build/sweep/scaling/table.csv, is committed as pkg/scaling/measured.csv. It takes under half an hour of two cores.
package main

import (
	"credo/pkg/scaling"
	"credo/pkg/sweep"
)

func main() { sweep.Main(scaling.Study()) }
