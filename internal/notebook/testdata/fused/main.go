// Fused prints numbers whose last digits depend on the processor: where it fuses
// x*y + z, that is rounded once instead of twice.
package main

import "fmt"

func main() {
	v := 0.1
	for n := range 20 {
		v = v*0.7 + 1.3/(float64(n)+1.7)
		fmt.Printf("step %d: v = %v, rounded %.3f\n", n+1, v, v)
	}
}
