package slurm

import (
	"debug/elf"
	"fmt"
)

// Static returns an error unless a program runs on machines without the libraries of this one.
func Static(program string) error {
	f, err := elf.Open(program)
	if err != nil {
		return fmt.Errorf("slurm: %s is no program for Linux: %w", program, err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return fmt.Errorf("slurm: the program needs libraries of this machine, which nodes may not have; build it with CGO_ENABLED=0 go build, and plan the study by that program in another folder")
		}
	}
	return nil
}
