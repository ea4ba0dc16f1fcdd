package shard

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Engine is a command that distributes shards: the study, what checks all shards and writes the table (an [Exit] with ExitIncomplete if some
// are not done), its arguments after the command's own name and -out, and where it prints. It ends when the context does. Its
// error is a sentence; an [Exit] tells the status with which the program ends.
type Engine func(ctx context.Context, f *Folder, merge func() error, args []string, out, complaints io.Writer) error

// Shell writes a command line for a shell.
func Shell(command []string) string {
	var words []string
	for _, word := range command {
		words = append(words, "'"+strings.ReplaceAll(word, "'", `'\''`)+"'")
	}
	return strings.Join(words, " ")
}

// Few writes the first five of many, and how many more there are.
func Few(all []string, separator string) string {
	const most = 5
	text := strings.Join(all[:min(most, len(all))], separator)
	if len(all) > most {
		text += fmt.Sprintf(" and %d more", len(all)-most)
	}
	return text
}
