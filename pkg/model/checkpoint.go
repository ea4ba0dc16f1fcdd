package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// A checkpoint is a line of text with the version, the state in little-endian
// binary, and the SHA-256 of both.
const checkpointVersion, checkpointLine = 1, "credo checkpoint 1\n"

// checkpointHead is the state of fixed size, before the weights.
type checkpointHead struct {
	Epochs                 uint64
	MeanOutput, Threshold  float64
	Excitatory, Inhibitory uint64 // numbers of weights
}

// Save writes a checkpoint: the weights, the threshold, the running mean and
// the number of epochs done. Rules and rates are not in it: they are the
// program's. Restored, the learner continues bit for bit; see [Learner.Resume].
func (l *Learner) Save(w io.Writer) error {
	if _, err := w.Write(l.checkpoint()); err != nil {
		return fmt.Errorf("model: checkpoint: %w", err)
	}
	return nil
}

// checkpoint is what Save writes.
func (l *Learner) checkpoint() []byte {
	n, b := l.Neuron, []byte(checkpointLine)
	head := checkpointHead{uint64(l.Epochs), l.MeanOutput, n.Threshold, uint64(len(n.Excitatory)), uint64(len(n.Inhibitory))}
	for _, part := range []any{head, n.Excitatory, n.Inhibitory} {
		b, _ = binary.Append(b, binary.LittleEndian, part) // no error, as the elements have a fixed size
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// Restore reads a checkpoint into l, whose neuron must have as many weights as
// the one that was saved. It returns an error, and leaves l as it was, if the
// checkpoint is truncated, damaged, of a newer version or not one at all, or
// if it is of a neuron of another size.
func (l *Learner) Restore(r io.Reader) error {
	n, size := l.Neuron, len(l.checkpoint())
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return fmt.Errorf("model: checkpoint: %w", err)
	}
	line, body, _ := bytes.Cut(data, []byte("\n"))
	version := 0
	fmt.Sscanf(string(line), "credo checkpoint %d", &version) // leaves 0 if it is not one
	switch {
	case strings.HasPrefix(checkpointLine, string(data)):
		return fmt.Errorf("model: checkpoint is truncated: %d bytes", len(data))
	case version < 1:
		return fmt.Errorf("model: not a credo checkpoint: it begins with %.20q", data)
	case version > checkpointVersion:
		return fmt.Errorf("model: checkpoint of version %d, newer than %d, which this program reads", version, checkpointVersion)
	}
	var head checkpointHead
	fixed, err := binary.Decode(body, binary.LittleEndian, &head)
	switch {
	case err != nil:
		return fmt.Errorf("model: checkpoint is truncated: %d bytes", len(data))
	case head.Excitatory != uint64(len(n.Excitatory)) || head.Inhibitory != uint64(len(n.Inhibitory)):
		return fmt.Errorf("model: checkpoint of %d excitatory and %d inhibitory weights for a neuron of %d and %d",
			head.Excitatory, head.Inhibitory, len(n.Excitatory), len(n.Inhibitory))
	case len(data) != size:
		return fmt.Errorf("model: checkpoint of %d bytes, must be %d: truncated or followed by something else", len(data), size)
	}
	if sum := sha256.Sum256(data[:size-sha256.Size]); !bytes.Equal(sum[:], data[size-sha256.Size:]) {
		return fmt.Errorf("model: checkpoint is damaged: its checksum does not fit")
	}
	weights := body[fixed:]
	binary.Decode(weights, binary.LittleEndian, n.Excitatory)
	binary.Decode(weights[8*len(n.Excitatory):], binary.LittleEndian, n.Inhibitory)
	n.Threshold, l.MeanOutput, l.Epochs = head.Threshold, head.MeanOutput, int(head.Epochs)
	return nil
}
