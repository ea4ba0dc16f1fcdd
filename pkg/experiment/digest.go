package experiment

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
)

// Digest is a hash of all that the study says: name, seed, points and all numbers of the design, in hexadecimal
// digits. Functions count by their type only; which program they are in is for the caller to say.
func (r *Runs) Digest() string {
	h := sha256.New()
	d := r.design
	d.Points = nil
	write(h, reflect.ValueOf(d))
	fmt.Fprintf(h, "%d %q %x", r.seeds, r.names, r.points)
	return hex.EncodeToString(h.Sum(nil))
}

// write writes a value with the names of its types and fields, exactly.
func write(h hash.Hash, v reflect.Value) {
	if !v.IsValid() {
		fmt.Fprint(h, "nil;")
		return
	}
	fmt.Fprintf(h, "%s:", v.Type())
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fmt.Fprintf(h, "%s ", v.Type().Field(i).Name)
			write(h, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(h, "%d ", v.Len())
		for i := range v.Len() {
			write(h, v.Index(i))
		}
	case reflect.Interface, reflect.Pointer:
		write(h, v.Elem())
	case reflect.Float32, reflect.Float64:
		fmt.Fprintf(h, "%x;", v.Float())
	case reflect.String:
		fmt.Fprintf(h, "%q;", v.String())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		fmt.Fprintf(h, "%t;", v.IsNil())
	default: // whole numbers and bools, and maps, whose keys are printed in order
		fmt.Fprintf(h, "%v;", v)
	}
}
