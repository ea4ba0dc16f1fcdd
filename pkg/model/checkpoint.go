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
const (
	checkpointMagic   = "credo checkpoint "
	checkpointVersion = 1
)

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
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%d\n", checkpointMagic, checkpointVersion)
	n := l.Neuron
	head := checkpointHead{uint64(l.Epochs), l.MeanOutput, n.Threshold, uint64(len(n.Excitatory)), uint64(len(n.Inhibitory))}
	for _, part := range []any{head, n.Excitatory, n.Inhibitory} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			return fmt.Errorf("model: checkpoint: %w", err)
		}
	}
	sum := sha256.Sum256(b.Bytes())
	b.Write(sum[:])
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("model: checkpoint: %w", err)
	}
	return nil
}

// Restore reads a checkpoint into l, whose neuron must have as many weights as
// the one that was saved. It returns an error, and leaves l as it was, if the
// checkpoint is truncated, damaged, of a newer version or not one at all, or
// if it is of a neuron of another size.
func (l *Learner) Restore(r io.Reader) error {
	n := l.Neuron
	const fixed = 5 * 8
	size := len(fmt.Sprintf("%s%d\n", checkpointMagic, checkpointVersion)) + fixed + 8*(len(n.Excitatory)+len(n.Inhibitory)) + sha256.Size
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return fmt.Errorf("model: checkpoint: %w", err)
	}
	body, err := checkpointBody(data)
	if err != nil {
		return err
	}
	var head checkpointHead
	if _, err := binary.Decode(body, binary.LittleEndian, &head); err != nil {
		return fmt.Errorf("model: checkpoint is truncated: %d bytes", len(data))
	}
	if head.Excitatory != uint64(len(n.Excitatory)) || head.Inhibitory != uint64(len(n.Inhibitory)) {
		return fmt.Errorf("model: checkpoint of %d excitatory and %d inhibitory weights for a neuron of %d and %d",
			head.Excitatory, head.Inhibitory, len(n.Excitatory), len(n.Inhibitory))
	}
	if len(data) != size {
		return fmt.Errorf("model: checkpoint of %d bytes, must be %d: truncated or followed by something else", len(data), size)
	}
	if sum := sha256.Sum256(data[:size-sha256.Size]); !bytes.Equal(sum[:], data[size-sha256.Size:]) {
		return fmt.Errorf("model: checkpoint is damaged: its checksum does not fit")
	}
	weights := body[fixed:]
	for _, w := range [][]float64{n.Excitatory, n.Inhibitory} {
		if _, err := binary.Decode(weights, binary.LittleEndian, w); err != nil {
			return fmt.Errorf("model: checkpoint: %w", err)
		}
		weights = weights[8*len(w):]
	}
	n.Threshold, l.MeanOutput, l.Epochs = head.Threshold, head.MeanOutput, int(head.Epochs)
	return nil
}

// checkpointBody returns what follows the line with the version.
func checkpointBody(data []byte) ([]byte, error) {
	line, body, found := bytes.Cut(data, []byte("\n"))
	version, ok := strings.CutPrefix(string(line), checkpointMagic)
	var number int
	if _, err := fmt.Sscanf(version, "%d", &number); !found || !ok || err != nil {
		if strings.HasPrefix(checkpointMagic, string(data)) || ok && !found {
			return nil, fmt.Errorf("model: checkpoint is truncated: %d bytes", len(data))
		}
		return nil, fmt.Errorf("model: not a credo checkpoint: it begins with %.20q", data)
	}
	if number > checkpointVersion {
		return nil, fmt.Errorf("model: checkpoint of version %d, newer than %d, which this program reads", number, checkpointVersion)
	}
	if number != checkpointVersion {
		return nil, fmt.Errorf("model: checkpoint of unknown version %d", number)
	}
	return body, nil
}
