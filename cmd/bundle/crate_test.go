package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// RO-Crate 1.2 demands a descriptor that is about the root, of the root the type
// Dataset, a name, a description, a date and a licence, that the graph is flat, and
// that what is part of the crate is in it.
func TestCrate(t *testing.T) {
	files := unzip(t, packed(t, tree(t)), t.TempDir())
	var crate struct {
		Context string                       `json:"@context"`
		Graph   []map[string]json.RawMessage `json:"@graph"`
	}
	decode(t, files["ro-crate-metadata.json"], &crate)
	if crate.Context != "https://w3id.org/ro/crate/1.2/context" {
		t.Errorf("context %s", crate.Context)
	}
	entities := map[string]map[string]json.RawMessage{}
	for _, e := range crate.Graph {
		id := text(t, e["@id"])
		if entities[id] != nil {
			t.Errorf("two entities %s", id)
		}
		if entities[id] = e; text(t, e["@type"]) == "" {
			t.Errorf("%s has no type", id)
		}
	}
	refs := func(raw json.RawMessage) (ids []string) {
		var list []map[string]string
		if json.Unmarshal(raw, &list) != nil {
			list = []map[string]string{nil}
			decode(t, raw, &list[0])
		}
		for _, r := range list {
			if len(r) != 1 || r["@id"] == "" {
				t.Errorf("no reference: %s", raw)
			}
			ids = append(ids, r["@id"])
		}
		return ids
	}
	about := entities["ro-crate-metadata.json"]
	if got := refs(about["about"]); !slices.Equal(got, []string{"./"}) {
		t.Errorf("the descriptor is about %q", got)
	}
	if got := refs(about["conformsTo"]); !slices.Equal(got, []string{"https://w3id.org/ro/crate/1.2"}) {
		t.Errorf("it conforms to %q", got)
	}
	top := entities["./"]
	if text(t, top["@type"]) != "Dataset" || text(t, top["name"]) == "" || text(t, top["description"]) == "" {
		t.Errorf("root: %s", top)
	}
	if _, err := time.Parse(time.DateOnly, text(t, top["datePublished"])); err != nil {
		t.Error(err)
	}
	for _, property := range []string{"license", "author", "citation", "hasPart"} {
		for _, id := range refs(top[property]) {
			if e := entities[id]; e == nil || text(t, e["name"]) == "" {
				t.Errorf("%s %s has no entity with a name", property, id)
			}
		}
	}
	for _, id := range refs(top["hasPart"]) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(p string) bool {
			return p == id || strings.HasSuffix(id, "/") && strings.HasPrefix(p, id)
		}) {
			t.Errorf("%s is not in the bundle", id)
		}
	}
}
