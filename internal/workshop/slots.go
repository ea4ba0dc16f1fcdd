package workshop

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// kernelNeeds is the memory that one notebook takes in execution: Python, the
// kernel and a cell's program, 0.3 GB as measured, and more while a cell is linked.
const kernelNeeds = 1 << 30

// Slots is the number of notebooks, of n, to be executed at once: as many as
// there are processors, if the memory holds them.
func Slots(n int) int {
	k := runtime.GOMAXPROCS(0)
	if free, ok := freeMemory("/"); ok {
		k = min(k, int(free/kernelNeeds))
	}
	return max(1, min(k, n))
}

// freeMemory returns what Linux says is available, or the limit of a container if
// that is less; elsewhere it does not know.
func freeMemory(root string) (bytes uint64, ok bool) {
	text, _ := os.ReadFile(filepath.Join(root, "proc/meminfo"))
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "MemAvailable:" {
			n, err := strconv.ParseUint(f[1], 10, 64)
			bytes, ok = n<<10, err == nil
		}
	}
	limit, limited := number(filepath.Join(root, "sys/fs/cgroup/memory.max"))
	if limited && (!ok || limit < bytes) {
		return limit, true
	}
	return bytes, ok
}

// number reads a file that holds one number.
func number(path string) (uint64, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil
}
