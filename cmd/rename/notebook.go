package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// notebook changes the text of a notebook outside of its outputs, which say what
// was computed.
func (r renamer) notebook(old []byte) ([]byte, error) {
	spans, err := outputs(old)
	if err != nil {
		return nil, fmt.Errorf("not a notebook: %w", err)
	}
	var text []byte
	at := 0
	for _, s := range spans {
		text = append(append(text, r.text(old[at:s[0]])...), old[s[0]:s[1]]...)
		at = s[1]
	}
	return append(text, r.text(old[at:])...), nil
}

// outputs returns where the values of the keys "outputs" begin and end.
func outputs(text []byte) (spans [][2]int, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	var value func() error
	value = func() error {
		token, err := d.Token()
		if err != nil {
			return err
		}
		object := token == json.Delim('{')
		if !object && token != json.Delim('[') {
			return nil
		}
		for d.More() {
			if object {
				key, err := d.Token()
				if err != nil {
					return err
				}
				if key == "outputs" {
					from := int(d.InputOffset())
					if err := d.Decode(new(json.RawMessage)); err != nil {
						return err
					}
					spans = append(spans, [2]int{from, int(d.InputOffset())})
					continue
				}
			}
			if err := value(); err != nil {
				return err
			}
		}
		_, err = d.Token()
		return err
	}
	if err := value(); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("text follows the JSON")
	}
	return spans, nil
}
