package sweep

import (
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"credo/pkg/experiment"
)

// writeParquet writes the table as Parquet: point and seed are INT32, all others DOUBLE, none is optional. It is not compressed, so
// that its bytes depend on nothing but the table.
func writeParquet(w io.Writer, t *experiment.Table) error {
	head := t.Head()
	fields := make([]reflect.StructField, len(head))
	for k, name := range head {
		kind := reflect.TypeFor[float64]()
		if k < 2 {
			kind = reflect.TypeFor[int32]()
		}
		// A struct keeps the order of the columns.
		fields[k] = reflect.StructField{Name: fmt.Sprintf("F%d", k), Type: kind, Tag: reflect.StructTag(fmt.Sprintf("parquet:%q", name))}
	}
	schema := parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
	out := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Uncompressed), parquet.CreatedBy("credo", "1", ""))
	row := make(parquet.Row, len(head))
	for _, r := range t.Rows {
		row[0] = parquet.Int32Value(int32(r.Point)).Level(0, 0, 0)
		row[1] = parquet.Int32Value(int32(r.Seed)).Level(0, 0, 1)
		for k, v := range append(append(make([]float64, 0, len(head)), r.At...), r.Values...) {
			row[2+k] = parquet.DoubleValue(v).Level(0, 0, 2+k)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return fmt.Errorf("sweep: parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("sweep: parquet: %w", err)
	}
	return nil
}
