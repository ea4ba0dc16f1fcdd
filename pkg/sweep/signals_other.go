//go:build !unix

package sweep

import (
	"errors"
	"os"
)

func stopping() []os.Signal { return nil }

func replace([]string) error { return errors.ErrUnsupported }
