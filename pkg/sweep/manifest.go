package sweep

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// manifest says what a table is of. Two machines that compute the same study by the same program write the same.
type manifest struct {
	Name       string            `json:"name"`
	Study      string            `json:"study"` // hash
	Code       string            `json:"code"`  // hash of the program
	Go         string            `json:"go"`
	Arch       string            `json:"arch"`
	Modules    map[string]string `json:"modules"` // what the program is built of, by version
	Seed       uint64            `json:"seed"`
	Seeds      int               `json:"seeds"` // at each point
	Points     int               `json:"points"`
	Parameters []string          `json:"parameters"`
	Columns    []string          `json:"columns"`
	Design     []string          `json:"design"` // the design where no point moves it, for a reader
	CSV        string            `json:"table.csv"`
	Parquet    string            `json:"table.parquet"` // SHA-256 of the files
}

// hosts says where and when shards were computed.
type hosts struct {
	Shards   int            `json:"shards"`
	Estimate shard.Estimate `json:"estimate"`
	Hosts    []shard.Host   `json:"hosts"`
}

func (s *session) manifest(f *shard.Folder, t *experiment.Table, csv, parquet []byte) (what, where []byte, err error) {
	p, d := f.Plan(), s.design
	m := manifest{Name: p.Name, Study: p.Study, Code: p.Code, Go: p.Go, Arch: p.Arch, Modules: map[string]string{},
		Seed: d.Seed, Seeds: s.runs.Seeds(), Points: s.runs.Len() / s.runs.Seeds(), Parameters: t.Parameters, Columns: t.Columns,
		CSV: fmt.Sprintf("%x", sha256.Sum256(csv)), Parquet: fmt.Sprintf("%x", sha256.Sum256(parquet))}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range append(info.Deps, &info.Main) {
			m.Modules[module.Path] = module.Version
		}
	}
	for line := range strings.Lines(d.Circuit.String()) {
		m.Design = append(m.Design, strings.TrimRight(line, "\n"))
	}
	m.Design = append(m.Design, fmt.Sprintf("task %+v", d.Task),
		fmt.Sprintf("weight %v, rate %v, duration %v, potential %v", d.Weight, d.Rate, d.Duration, d.Potential))
	if what, err = json.MarshalIndent(m, "", "  "); err == nil {
		where, err = json.MarshalIndent(hosts{p.Shards, f.Estimate(), f.Hosts()}, "", "  ")
	}
	return append(what, '\n'), append(where, '\n'), err
}
