package cholesky

import "credo/internal/lanes"

const (
	atOnce  = lanes.Tables * lanes.Members // vectors whose sums are looked up at a time
	sparser = 0.15                         // density below which it takes longer than to add one by one
)

// Outers are binary vectors b_k, of which [Matrix.SetOuters] makes the matrix
// Σ_k values_k b_k b_kᵀ.
type Outers struct {
	lists       [][]int32 // where b_k is 1, increasing
	transposed  [][]int32 // for each place the vectors that are 1 there
	next        []int     // scratch, by vector
	row         []float64 // scratch
	offsets     []uint16  // by 40 vectors and row, of lanes.LookUp; nil if sparse or small
	table, some []float64 // scratch of the tables and their members
}

// NewOuters returns the vectors, each known by the increasing list of the places, below
// n, where it is 1. It keeps the lists, and transposed, for each place the list of the
// vectors.
func NewOuters(n int, lists, transposed [][]int32) *Outers {
	o := &Outers{lists: lists, transposed: transposed, next: make([]int, len(lists))}
	squares := 0.0
	for _, list := range lists {
		squares += float64(len(list)) * float64(len(list))
	}
	if squares < sparser*sparser*float64(n)*float64(n)*float64(len(lists)) || n < 2*width {
		o.row = make([]float64, n+width)
		return o
	}
	rows := (n + width - 1) / width * width
	o.offsets = make([]uint16, (len(lists)+atOnce-1)/atOnce*rows*lanes.Tables)
	for k, list := range lists {
		at, bit := k/atOnce*rows*lanes.Tables+k%atOnce/lanes.Members, uint16(lanes.Offset)<<(k%lanes.Members)
		for _, i := range list {
			o.offsets[at+int(i)*lanes.Tables] += bit
		}
	}
	o.table, o.some = make([]float64, lanes.Entries*lanes.Part), make([]float64, atOnce*width)
	return o
}

// SetOuters makes the matrix Σ_k values_k b_k b_kᵀ.
func (m *Matrix) SetOuters(o *Outers, values []float64) {
	m.Clear()
	clear(o.next)
	if o.offsets == nil {
		m.addOneByOne(o, values)
	} else {
		m.addByTable(o, values)
	}
}

// addByTable takes 40 vectors at a time, in eight fives. In a panel 5 vectors can add one of
// 32 rows, all of which are summed first; which one a row of the matrix gets is known
// beforehand. So a row of 8 lanes takes one addition for 5 vectors, whatever their density.
func (m *Matrix) addByTable(o *Outers, values []float64) {
	const table = lanes.Entries / lanes.Tables * lanes.Part
	rows := m.panels * width * lanes.Tables // offsets of 40 vectors
	for j := range m.panels {
		panel, left, right := m.panel(j), int32(j*width), int32((j+1)*width)
		for first := 0; first < len(o.lists); first += atOnce {
			clear(o.some)
			for k := first; k < min(first+atOnce, len(o.lists)); k++ {
				list, at := o.lists[k], o.next[k]
				some := (*[width]float64)(o.some[(k-first)*width:])
				for ; at < len(list) && list[at] < right; at++ {
					some[list[at]-left] = values[k]
				}
				o.next[k] = at
			}
			for half := 0; half < width; half += lanes.Part {
				for t := range lanes.Tables {
					lanes.Subsets(o.table[t*table:], o.some[t*lanes.Members*width+half:])
				}
				lanes.LookUp(panel[half:], o.table, o.offsets[first/atOnce*rows:][:len(panel)/width*lanes.Tables])
			}
		}
	}
}

// addOneByOne fills the matrix row by row, so that what is being written stays in the
// fastest cache.
func (m *Matrix) addOneByOne(o *Outers, values []float64) {
	for i, members := range o.transposed {
		clear(o.row)
		for _, k := range members {
			value, from := values[k], o.next[k]
			o.next[k]++ // its places before are those of rows done
			for _, j := range o.lists[k][from:] {
				o.row[j] += value
			}
		}
		for j := i / width; j < m.panels; j++ {
			copy(m.panel(j)[i*width:(i+1)*width], o.row[j*width:])
		}
	}
}
