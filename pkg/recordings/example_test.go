package recordings_test

import (
	"fmt"
	"strings"

	"credo/pkg/recordings"
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
}
