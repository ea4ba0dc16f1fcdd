package recordings

// Column documents one column of a schema.
type Column struct {
	Name     string
	Domain   string // of a field
	About    string
	Required bool // the column must be there
}

// RawColumns documents the raw schema, the rows of which are Sweep.
func RawColumns() []Column { return raw.document() }

// AggregateColumns documents the aggregate schema, the rows of which are
// Aggregate.
func AggregateColumns() []Column { return aggregate.document() }

func (s *schema[T]) document() []Column {
	var all []Column
	for _, c := range s.columns {
		all = append(all, Column{c.name, c.domain, c.about, !c.optional})
	}
	return all
}
