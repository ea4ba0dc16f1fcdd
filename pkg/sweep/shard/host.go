package shard

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"time"
)

// Host is where and when a shard was done.
type Host struct {
	Shard   int       `json:"shard"`
	Host    string    `json:"host"`
	Cores   int       `json:"cores"`
	Ended   time.Time `json:"ended"`
	Seconds float64   `json:"seconds"` // of the last attempt
}

func hostName(shard int) string { return fmt.Sprintf("hosts/%05d.json", shard) }

// noteHost keeps where a shard was done. Nothing depends on it: it is not synchronised, and that it cannot be written is no failure.
func (f *Folder) noteHost(shard int, begun time.Time) {
	host, _ := os.Hostname()
	h := Host{shard, host, runtime.GOMAXPROCS(0), time.Now().UTC().Round(time.Second), time.Since(begun).Round(time.Millisecond).Seconds()}
	if text, err := json.Marshal(h); err == nil {
		_ = os.WriteFile(f.path(hostName(shard)), append(text, '\n'), 0o666)
	}
}

// Hosts are those of all shards of which it is known.
func (f *Folder) Hosts() (hosts []Host) {
	for shard := 1; shard <= f.plan.Shards; shard++ {
		var h Host
		if text, err := os.ReadFile(f.path(hostName(shard))); err == nil && json.Unmarshal(text, &h) == nil {
			hosts = append(hosts, h)
		}
	}
	return hosts
}
