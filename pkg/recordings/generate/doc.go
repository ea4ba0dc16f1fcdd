// Package generate draws recordings of cells whose synapses change by the rules of
// a circuit, so that the truth behind them is known. They are no experiment.
package generate
