package viz

// Encode draws as a notebook shows it: the golden figures have that resolution.
var Encode = encode
