package rules

// The rules that read binary signals only say so; see model.Binary.

// Binary implements model.Binary: not if the reference runs.
func (r Hebbian) Binary() bool { return !r.Running }

// Binary implements model.Binary.
func (Acetylcholine) Binary() bool { return true }

// Binary implements model.Binary.
func (Noradrenaline) Binary() bool { return true }

// Binary implements model.Binary.
func (Delta) Binary() bool { return true }

// Binary implements model.Binary.
func (Reward) Binary() bool { return true }

// Binary implements model.Binary.
func (Burst) Binary() bool { return true }

// Binary implements model.Binary.
func (Competitive) Binary() bool { return true }
