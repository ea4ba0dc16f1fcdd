package recordings

// What the tests outside of the package share with it.
var (
	Collect = collect
	Shorter = shorter
)
