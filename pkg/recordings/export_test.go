package recordings

// Collect makes the tests of a whole aggregate file independent of the disk.
var Collect = collect
