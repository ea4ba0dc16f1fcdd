package sweep

import (
	"encoding/json"
	"fmt"
	"strings"
)

// twice returns an error if an object has a name twice, of which the decoder would take the last, whatever letters are capital.
func twice(in *json.Decoder) error {
	var open []map[string]bool // of the objects that are open: names so far; nil: an array
	name := false              // a string that follows is a name
	for {
		token, err := in.Token()
		if err != nil {
			return nil // the end; what is no JSON has been refused
		}
		switch token {
		case json.Delim('{'):
			open, name = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, name = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if name {
				s := strings.ToLower(token.(string))
				if open[len(open)-1][s] {
					return fmt.Errorf("sweep: %q is there twice", token)
				}
				open[len(open)-1][s], name = true, false
				continue
			}
		}
		name = len(open) > 0 && open[len(open)-1] != nil
	}
}
