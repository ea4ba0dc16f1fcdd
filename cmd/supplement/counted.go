package main

import (
	"fmt"

	"credo/internal/notebook"
)

// counted says how many claims there are, identities apart.
func counted(claims []notebook.Claim) string {
	identities := notebook.Identities(claims)
	text := plural(len(claims)-identities, "claim")
	switch identities {
	case 0:
	case 1:
		text += " and 1 identity"
	default:
		text += fmt.Sprintf(" and %d identities", identities)
	}
	return text
}
