package recordings_test

import (
	"fmt"
	"strings"

	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
)

func ExampleFold_Sweeps() {
	const file = `animal,cell,sweep,time_min,condition,tone_kHz,is_paired,is_best,holding_mV,reversal_mV,series_resistance_MOhm,current_pA,window_ms,postsynaptic_spikes
A1,C1,1,-5,ACh,4,1,0,-70,0,0,-82,50,0
A1,C1,2,-4,ACh,4,1,0,-70,0,0,-78,50,1
A1,C1,3,-3,ACh,4,1,0,0,-70,0,95,50,
A1,C1,4,8,ACh,4,1,0,-70,0,,-136,50,1
`
	f, err := recordings.Read(strings.NewReader(file), "mine.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, account, err := f.Responses(recordings.Fold{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range responses {
		fmt.Printf("%v kHz at %v min: E = %.0f ± %.0f, I = %.0f ± %.0f %s\n", r.Channel, r.Time, r.Excitation, r.ErrorE, r.Inhibition, r.ErrorI, r.Unit)
	}
	fmt.Println(account)
	// Output:
	// 4 kHz at -4 min: E = 80 ± 2, I = 95 ± NaN pA
	// 4 kHz at 8 min: E = 136 ± NaN, I = NaN ± NaN pA
	// 4 rows of 1 cells of 1 animals: 2 responses
	// note: 1 sweeps without a series resistance, not corrected, first row 4
	// note: 1 responses without a standard error of inhibition, first animal A1, cell C1, channel 4 at -4 min
	// note: 1 responses without a standard error of excitation, first animal A1, cell C1, channel 4 at 8 min
	// note: 1 responses after pairing without inhibition, first animal A1, cell C1, channel 4 at 8 min
	// note: 1 experiments with one baseline block, so that the fluctuation between blocks is unknown, first animal A1, cell C1, ACh
	// note: 1 experiments without controls, no cell having the condition none, first animal A1, cell C1, ACh
}

// The example that comes with the package, drawn by a Generator, from its rows to
// the E/I line with a 95 percent interval; true are 1 and 5 pA.
func Example() {
	f, err := recordings.Read(recordings.Example(), "example.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, account, err := f.Responses(recordings.Fold{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(account)
	cells, err := estimate.Cells(responses, 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := estimate.Restore(estimate.Of(cells, recordings.ACh), 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("slope %.2f in %s, offset %.1f pA in %s, P of no restoration %.2g, %d animals, %v\n",
		line.Slope.Value, line.Slope.Range(), line.Offset.Value, line.Offset.Range(), line.P, line.Slope.N, responses[0].Status)
	// Output:
	// 3840 rows of 16 cells of 16 animals: 384 responses
	// slope 0.96 in 0.794 … 1.14, offset 11.4 pA in −2.84 … 26.1, P of no restoration 0.0037, 8 animals, generated
}

// What a laboratory runs: read, fold and estimate all that the data allow.
func ExampleAnalyse() {
	f, err := recordings.Read(recordings.Example(), "example.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, _, err := f.Responses(recordings.Fold{Unit: "nS"})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(1, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Provenance())
	ach := report.Group(recordings.ACh)
	fmt.Printf("ACh: r = %.2f, %s; less that of sham cells %.2f, %s\n", ach.Restoration.Rate.Value, ach.Restoration.Rate.Range(), ach.Control.Rate.Value, ach.Control.Rate.Range())
	fmt.Printf("%s: %s\n", ach.Verdicts[0].Question, ach.Verdicts[0].Answer)
	// Output:
	// 384 generated responses of 16 cells, 16 animals named, in nS
	// ACh: r = 0.81, 0.72 … 0.91; less that of sham cells 0.73, 0.385 … 1.08
	// inhibition goes to a line: yes
}
