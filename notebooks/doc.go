// Package notebooks holds one derivation a notebook, NN_name.ipynb, committed
// executed. Its only code is a test of the notebooks' shape; what they run is in
// the packages.
package notebooks
