//go:build !windows

package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// setting is what a row of the table is about: N channels, P = N/2 patterns,
// f = f_Y = 0.2, co-tuned, learned by the four reported rules.
type setting struct {
	channels, epochs int
	numpy            bool // whether NumPy is to be measured too; it takes long
}

var settings = []setting{
	{channels: 100, epochs: 1600, numpy: true},
	{channels: 400, epochs: 400, numpy: true},
	{channels: 400, epochs: 8000}, // weights have reached zero
	{channels: 1000, epochs: 200},
	{channels: 10000, epochs: 40},
}

// Of every run: initial weights, and the learning rate λ.
const weight, rate = 20, 0.1

func (s setting) String() string { return fmt.Sprintf("N = %d, %d epochs", s.channels, s.epochs) }

// trials is how many trials a run of the setting takes.
func (s setting) trials() float64 { return float64(s.epochs) * float64(s.channels/2) }

// draw draws the setting's task.
func (s setting) draw() (*model.Associations, error) {
	c := rules.Reported()
	task := model.Task{
		Channels: s.channels, Patterns: s.channels / 2,
		Coding: c.Coding, TargetCoding: c.TargetCoding, CoTuning: 1,
	}
	return task.Draw(model.Stream(1, uint64(s.channels)))
}

// write writes a task to a file in dir, as peer/train.c says, and returns the
// file's name.
func write(a *model.Associations, dir string) (string, error) {
	file, err := os.Create(filepath.Join(dir, "task"))
	if err != nil {
		return "", err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	channels, _ := a.Channels()
	binary.Write(out, binary.NativeEndian, []int32{int32(channels), int32(a.Len())})
	for mu := range a.Len() {
		var target int32
		if a.Target(mu) {
			target = 1
		}
		active := a.Excitatory(mu)
		binary.Write(out, binary.NativeEndian, []int32{target, int32(len(active))})
		binary.Write(out, binary.NativeEndian, active)
	}
	return file.Name(), out.Flush() // which repeats the first error of all
}
