// Package viz draws pictures, tables and claims from plain slices.
//
// A figure is begun by [New], filled by functions that take the plot first (Line, Points, Scatter, Histogram, Heat, Field
// and others, one file each) and shown by [Show]. Every series is drawn in a [Code]: a colour that always comes with its
// own dashes and its own marker, so that no figure speaks by colour alone.
//
// Text may hold mathematics between dollar signs: letters become italic, _ and ^ make subscripts and superscripts, braces
// group, as in "current $i_E$ (threshold units)" or "$10^{-3}$". Greek letters, √, ≤, ± and the like are written as they are.
//
// Failure has three voices. Slices whose lengths differ, a name that has no meaning: a panic that names both, since a
// reader of the call can see it. Data that are NaN or infinite, or that a logarithmic axis cannot show: the series is
// not drawn, and [Encode] returns an error that names the series and the index; [Show], which has no error to return,
// panics with it, so that the cell fails. There is never a plot of non-finite data. Drawing never alters the data, which
// are copied.
//
// Only show.go knows the notebook. Everything under it is a pure function from data to bytes, the same bytes each time.
package viz
