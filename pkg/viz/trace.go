package viz

import (
	"slices"

	"gonum.org/v1/plot/plotter"
)

// trace follows f = 0 by marching squares: in each cell of the grid, the curve joins the edges, from node to node, on which f
// changes its sign. (plotter.Contour crashes on zeros at a node.)
func trace(x0, x1, y0, y1 float64, f func(x, y float64) float64) []plotter.XYs {
	const n = 121
	var z [n * n]float64
	node := func(k int) plotter.XY {
		return plotter.XY{X: between(x0, x1, float64(k%n)/(n-1), false), Y: between(y0, y1, float64(k/n)/(n-1), false)}
	}
	for k := range z {
		at := node(k)
		z[k] = f(at.X, at.Y)
	}
	type edge struct{ from, to int }
	next := map[edge][]edge{} // one or two neighbours on the curve
	var order []edge
	for k := range n * (n - 1) {
		if k%n == n-1 || infinite(z[k], z[k+1], z[k+n], z[k+n+1]) {
			continue
		}
		corners := []int{k, k + 1, k + n + 1, k + n} // round the cell
		var crossed []edge
		for i, a := range corners {
			b := corners[(i+1)%4]
			if (z[a] < 0) != (z[b] < 0) {
				crossed = append(crossed, edge{min(a, b), max(a, b)})
			}
		}
		if len(crossed) == 4 && (z[k]+z[k+1]+z[k+n]+z[k+n+1] < 0) != (z[k] < 0) { // a saddle: a curve cuts off k
			crossed = append(crossed[1:], crossed[0])
		}
		for i := 0; i+1 < len(crossed); i += 2 {
			a, b := crossed[i], crossed[i+1]
			next[a], next[b] = append(next[a], b), append(next[b], a)
			order = append(order, a, b)
		}
	}
	var paths []plotter.XYs
	done := map[edge]bool{}
	isDone := func(e edge) bool { return done[e] }
	for _, neighbours := range []int{1, 2} { // open curves from their ends, then loops from anywhere
		for _, e := range order {
			if done[e] || len(next[e]) != neighbours {
				continue
			}
			var path plotter.XYs
			for !done[e] {
				done[e] = true
				a, b, part := node(e.from), node(e.to), z[e.from]/(z[e.from]-z[e.to])
				path = append(path, plotter.XY{X: between(a.X, b.X, part, false), Y: between(a.Y, b.Y, part, false)})
				if more := slices.DeleteFunc(slices.Clone(next[e]), isDone); len(more) > 0 {
					e = more[0]
				}
			}
			if len(path) > 2 && len(next[e]) == 2 { // a loop closes
				path = append(path, path[0])
			}
			paths = append(paths, path)
		}
	}
	return paths
}
