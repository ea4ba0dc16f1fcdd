package main

import "credo/internal/citation"

type object = map[string]any

// Zenodo is the content of .zenodo.json, by the names of Zenodo's deposit metadata.
func Zenodo(c citation.Citation) object {
	var creators, related []object
	for _, a := range c.Authors {
		name := a.Name
		if name == "" {
			name = a.Family + ", " + a.Given
		}
		creators = append(creators, object{"name": name})
	}
	for _, r := range c.References {
		related = append(related, object{"identifier": r.URL, "relation": "references", "resource_type": "publication-preprint"})
	}
	return object{
		"upload_type": "software", "access_right": "open", "title": c.Title, "description": c.Abstract, "version": c.Version,
		"publication_date": c.Released, "license": c.License, "keywords": c.Keywords,
		"creators": creators, "related_identifiers": related,
	}
}
