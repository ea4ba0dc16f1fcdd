package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"

	"credo/pkg/model"
	"credo/pkg/recordings"
)

// The public table of the real null: responses of CA1 pyramidal cells to patterns
// of optical stimulation of CA3, clamped at −70 and at 0 mV; nothing was paired.
// Its repository states a licence for code only, so the data are not part of this
// project. Asopa and Bhalla 2024, doi:10.1101/2024.10.30.621034.
const (
	nullPlace = "parsed_data/second_order/all_cells_VC_analysed_params_short.h5.csv of the repository BhallaLab/STP_EI_paper_figs, commit df80a4a, on GitHub"
	nullSize  = 3178054
	nullSum   = "60fded7c853734abab920e59044ecf45effc27462762b553e6dfa22a4a0bfe29"
)

// nullTimes are the four times of a cell, in min relative to a pairing that there
// was not: two blocks of baseline, early, late.
var nullTimes = [...]float64{-15, -5, 5, 60}

// null converts the public table to the raw schema. Real cells that were never
// paired then pass for an experiment, in which no estimate should find a change.
func null(args []string) error {
	flags := flag.NewFlagSet("null", flag.ContinueOnError)
	out := flags.String("o", "", "the CSV file to write, which must not be there")
	deal := flags.Uint64("deal", 0, "deal sweeps to times at random, from this seed; otherwise in recorded order")
	others := flags.Bool("any", false, "take a file of another size or sum")
	path, err := arguments(flags, args)
	if err != nil {
		return fmt.Errorf("%w; FILE is %s, of %d bytes", err, nullPlace, nullSize)
	}
	if *out == "" {
		return fmt.Errorf("null: -o must name the file to write")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(data)); sum != nullSum && !*others {
		return fmt.Errorf("null: %s has %d bytes and SHA-256 %s, must be %s, of %d bytes and SHA-256 %s; -any takes it all the same", path, len(data), sum, nullPlace, nullSize, nullSum)
	}
	sweeps, err := nullSweeps(data)
	if err != nil {
		return fmt.Errorf("null: %s: %w", path, err)
	}
	var rng *rand.Rand
	flags.Visit(func(f *flag.Flag) {
		if f.Name == "deal" {
			rng = model.Stream(*deal, 0)
		}
	})
	nullDeal(sweeps, rng)
	return create(*out, func(w io.Writer) error { return recordings.Write(w, slices.Values(sweeps)) })
}

// nullSweeps are the rows of patterns of 5 or 15 squares of the cells that were
// held at both potentials, in their order, which within a cell is that of
// recording. The animal is the cell's number without its last digit, the channel
// the pattern, the current the first response, P0 in pA, with the sign that it
// has at that potential; where noise gave it the other sign, it keeps that.
func nullSweeps(data []byte) ([]recordings.Sweep, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	names := []string{"cellID", "numSq", "clampPotential", "patternList", "P0"}
	at := make([]int, len(names))
	for i, name := range names {
		if len(rows) == 0 || !slices.Contains(rows[0], name) {
			return nil, fmt.Errorf("no column %s; the columns needed are %v", name, names)
		}
		at[i] = slices.Index(rows[0], name)
	}
	held := map[string]map[string]bool{}
	for _, row := range rows[1:] {
		if id := row[at[0]]; held[id] == nil {
			held[id] = map[string]bool{}
		}
		held[row[at[0]]][row[at[2]]] = true
	}
	var sweeps []recordings.Sweep
	for i, row := range rows[1:] {
		id, squares, potential := row[at[0]], row[at[1]], row[at[2]]
		if squares != "5" && squares != "15" || len(held[id]) < 2 {
			continue
		}
		channel, err1 := strconv.ParseFloat(row[at[3]], 64)
		peak, err2 := strconv.ParseFloat(row[at[4]], 64)
		s := recordings.Sweep{
			Animal: id[:max(0, len(id)-1)], Cell: id, Number: i, Channel: channel, Level: math.NaN(), Series: math.NaN(),
			Window: 50, Spikes: math.NaN(),
		}
		switch potential {
		case "-70":
			s.Holding, s.Reversal, s.Current = -70, 0, -peak
		case "0":
			s.Holding, s.Reversal, s.Current = 0, -70, peak
		default:
			err1 = fmt.Errorf("clampPotential = %q, must be -70 or 0", potential)
		}
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+2, err)
		}
		sweeps = append(sweeps, s)
	}
	if sweeps == nil {
		return nil, fmt.Errorf("no row with numSq 5 or 15 of a cell that was held at both potentials")
	}
	return sweeps, nil
}

// nullDeal gives the sweeps of each channel and potential their times: four runs
// of the recorded order as long as each other, the last ones one longer if need
// be, so that of six sweeps early and late have two. With rng they are shuffled
// first, so that nothing can have changed.
func nullDeal(sweeps []recordings.Sweep, rng *rand.Rand) {
	type series struct {
		cell             string
		channel, holding float64
	}
	var order []series
	members := map[series][]int{}
	for i, s := range sweeps {
		key := series{s.Cell, s.Channel, s.Holding}
		if members[key] == nil {
			order = append(order, key)
		}
		members[key] = append(members[key], i)
	}
	for _, key := range order {
		list := members[key]
		if rng != nil {
			rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		n := len(list)
		for run, time := range nullTimes {
			size := (n + run) / len(nullTimes)
			for _, i := range list[:size] {
				sweeps[i].Time = time
			}
			list = list[size:]
		}
	}
}
