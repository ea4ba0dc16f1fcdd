package slurm

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"credo/pkg/sweep/shard"
)

// note notes something about a shard, to be said with all of which the same is true.
func (c *client) note(shard int, format string, values ...any) {
	line := fmt.Sprintf(format, values...)
	c.notes[line] = append(c.notes[line], shard)
}

// sayNotes says what was noted in this round and was not, of one of its shards, in the last one.
func (c *client) sayNotes() {
	for _, line := range slices.Sorted(maps.Keys(c.notes)) {
		if slices.ContainsFunc(c.notes[line], func(shard int) bool { return !slices.Contains(c.told[line], shard) }) {
			c.say(list("shard", c.notes[line]) + ": " + line)
		}
	}
	c.told, c.notes = c.notes, make(map[string][]int)
}

// list names the first few: "shard 3", "shards 3, 4, 7, 8, 9 and 12 more".
func list(noun string, numbers []int) string {
	if len(numbers) > 1 {
		noun += "s"
	}
	return noun + " " + shard.Few(strings.Split(strings.Trim(fmt.Sprint(numbers), "[]"), " "), ", ")
}
