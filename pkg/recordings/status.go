package recordings

// Status is where a number comes from. Every figure and table should say it.
type Status uint8

const (
	Measured  Status = iota // in an experiment, by whoever made the file
	Derived                 // computed from measured numbers
	Digitised               // read off a published figure
	Generated               // by a Generator: no experiment
)

var statuses = [...]string{Measured: "measured", Derived: "derived", Digitised: "digitised", Generated: "generated"}

// String returns the word of the schemas.
func (s Status) String() string { return word(statuses[:], int(s)) }
