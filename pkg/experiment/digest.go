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
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		fmt.Fprintf(h, "%d;", v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		fmt.Fprintf(h, "%d;", v.Uint())
	case reflect.String:
		fmt.Fprintf(h, "%q;", v.String())
	case reflect.Bool:
		fmt.Fprintf(h, "%t;", v.Bool())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		fmt.Fprintf(h, "%t;", v.IsNil())
	default: // maps, whose keys are printed in order, and complex numbers
		fmt.Fprintf(h, "%v;", v)
	}
}
