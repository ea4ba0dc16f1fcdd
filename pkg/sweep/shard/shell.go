package shard

import "strings"

// Shell writes a command line for a shell.
func Shell(command []string) string {
	var words []string
	for _, word := range command {
		words = append(words, "'"+strings.ReplaceAll(word, "'", `'\''`)+"'")
	}
	return strings.Join(words, " ")
}
