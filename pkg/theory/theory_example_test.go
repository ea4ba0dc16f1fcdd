package theory_test

import (
	"fmt"

	"credo/pkg/rules"
	"credo/pkg/theory"
)

// The force on both classes of the reported circuit: a pattern that should
// fire rises at every potential below threshold, one that should not falls
// above it.
func ExampleTheory_Force() {
	c := rules.Reported()
	for _, v := range []float64{-0.8, -0.4, 0, 0.4, 0.8} {
		fmt.Printf("V = %4.1f: F(1, V) = %7.4f, F(0, V) = %7.4f\n", v, of(c).Force(true, v), of(c).Force(false, v))
	}
	// Output:
	// V = -0.8: F(1, V) =  0.4844, F(0, V) =  0.4818
	// V = -0.4: F(1, V) =  0.3354, F(0, V) =  0.2273
	// V =  0.0: F(1, V) =  0.3799, F(0, V) = -0.0272
	// V =  0.4: F(1, V) =  0.2045, F(0, V) = -0.2651
	// V =  0.8: F(1, V) = -0.0507, F(0, V) = -0.5203
}

// The price of heterosynaptic depression at the reported β: false alarms that
// no small rate removes.
func ExampleTheory_Online() {
	c := rules.Reported()
	without := c
	without.Acetylcholine.Depression = 0
	for _, load := range []float64{0.1, 0.3, 0.5, 0.8} {
		with, err1 := of(c).Online(load, 0.01)
		none, err2 := of(without).Online(load, 0.01)
		if err1 != nil || err2 != nil {
			fmt.Println(err1, err2)
			return
		}
		fmt.Printf("P/N = %.1f: false alarms %.4f, without depression %.4f\n", load, with.FalseAlarm, none.FalseAlarm)
	}
	// Output:
	// P/N = 0.1: false alarms 0.0000, without depression 0.0000
	// P/N = 0.3: false alarms 0.0048, without depression 0.0000
	// P/N = 0.5: false alarms 0.0448, without depression 0.0000
	// P/N = 0.8: false alarms 0.1977, without depression 0.0000
}

// The capacity of gated inhibition for ever sparser targets.
func ExampleGated_Capacity() {
	for _, f := range []float64{0.5, 0.2, 0.05, 0.01} {
		alpha, err := theory.Gated{TargetCoding: f}.Capacity()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("f_Y = %.2f: P/N = %.4f\n", f, alpha)
	}
	// Output:
	// f_Y = 0.50: P/N = 1.4375
	// f_Y = 0.20: P/N = 2.4396
	// f_Y = 0.05: P/N = 5.9851
	// f_Y = 0.01: P/N = 19.1503
}

// Overload is refused where learning has many end states.
func ExampleTheory_Overload() {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0
	_, err := of(c).Overload(2, 0)
	fmt.Println(err)
	// Output:
	// theory: the loss is not convex: F(0, V) jumps up at V = 0, from -0.02724 to -0.009929; learning then has many end states
}
