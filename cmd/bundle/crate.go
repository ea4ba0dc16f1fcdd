package main

import (
	"maps"
	"slices"
	"strings"

	"credo/internal/citation"
)

// Crate is the content of ro-crate-metadata.json, RO-Crate 1.2: a descriptor, the root
// with its name, description, date and licences, and what they refer to.
// (https://w3id.org/ro/crate/1.2)
func Crate(c citation.Citation, titles map[string]string) object {
	var graph, parts, authors, works []object
	ref := func(id string) object { return object{"@id": id} }
	add := func(id, kind string, e object) object {
		e["@id"], e["@type"] = id, kind
		graph = append(graph, e)
		return ref(id)
	}

	root := object{"name": c.Title, "description": c.Abstract, "datePublished": c.Released, "version": c.Version, "keywords": c.Keywords}
	add("ro-crate-metadata.json", "CreativeWork", object{"about": ref("./"), "conformsTo": ref("https://w3id.org/ro/crate/1.2")})
	add("./", "Dataset", root)
	root["license"] = []object{
		add("http://spdx.org/licenses/"+c.License, "CreativeWork", object{"name": c.License, "description": "of the code, see LICENSE"}),
		add("http://spdx.org/licenses/CC-BY-4.0", "CreativeWork", object{"name": "CC-BY-4.0", "description": "of text and figures, see LICENSE"}),
	}
	for _, a := range c.Authors {
		kind := "Organization"
		if a.Name == "" {
			kind = "Person"
		}
		authors = append(authors, add("#"+strings.ReplaceAll(a.String(), " ", "-"), kind, object{"name": a.String()}))
	}
	root["author"] = authors
	for _, r := range c.References {
		var names []string
		for _, a := range r.Authors {
			names = append(names, a.String())
		}
		works = append(works, add(r.URL, "ScholarlyArticle",
			object{"name": r.Title, "datePublished": r.Year, "creditText": strings.Join(names, ", ") + ": " + r.Title + ", " + r.Year}))
	}
	root["citation"] = works

	part := func(id, kind string, e object) { parts = append(parts, add(id, kind, e)) }
	part("supplement/", "Dataset", object{"name": "The supplement", "description": "pages and PDFs that need no network; begin at index.html"})
	part("pkg/", "Dataset", object{"name": "Go packages", "description": "the model, its rules and their theory, on which the notebooks rest"})
	for _, p := range slices.Sorted(maps.Keys(titles)) {
		part(p, "File", object{"name": titles[p], "encodingFormat": "application/x-ipynb+json"})
	}
	root["hasPart"] = parts
	return object{"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph}
}
