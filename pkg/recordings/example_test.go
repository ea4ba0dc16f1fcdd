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
	responses, account, err := recordings.Fold{}.Sweeps(recordings.ReadRaw(strings.NewReader(file), "mine.csv"))
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
	responses, account, err := recordings.Fold{}.Sweeps(recordings.ReadRaw(recordings.Example(), "example.csv"))
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
	line, err := estimate.Restore(cells, estimate.AfterPairing, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("slope %.2f in %s, offset %.1f pA in %s, P of no restoration %.2g, %d animals, %v\n",
		line.Slope.Value, line.Slope.Range(), line.Offset.Value, line.Offset.Range(), line.P, line.Slope.N, responses[0].Status)
	// Output:
	// 2304 rows of 16 cells of 16 animals: 288 responses
	// note: 16 experiments with one baseline block, so that the fluctuation between blocks is unknown, first animal ACh A1, cell C1, ACh
	// note: 16 experiments without controls, no cell having the condition none, first animal ACh A1, cell C1, ACh
	// slope 0.97 in 0.894 … 1.05, offset 6.0 pA in −1.52 … 12.9, P of no restoration 0.00014, 16 animals, generated
}

// What a laboratory runs: read, fold and estimate all that the data allow.
func ExampleAnalyse() {
	responses, _, err := recordings.Fold{Unit: "nS"}.Sweeps(recordings.ReadRaw(recordings.Example(), "example.csv"))
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
	for _, p := range report.Excitation {
		fmt.Printf("%v: β = %.2f, %s; unpaired P = %.2f\n", p.Treatment, p.Beta.Value, p.Beta.Range(), p.Unpaired.P)
	}
	fmt.Printf("ACh − NE: %.3f, %s\n", report.Contrast.Value, report.Contrast.Range())
	// Output:
	// 288 generated responses of 16 cells, 16 animals named, in nS
	// ACh: β = 0.27, −0.0951 … 0.808; unpaired P = 0.12
	// NE: β = -0.08, −0.306 … 0.263; unpaired P = 0.51
	// ACh − NE: -0.037, −0.0852 … 0.0119
}
