package workshop

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSlots(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "proc/meminfo"), "MemTotal: 9000000 kB\nMemAvailable: 4000000 kB\n")
	if free, ok := freeMemory(root); !ok || free != 4000000<<10 {
		t.Errorf("%d, %v", free, ok)
	}
	write(t, filepath.Join(root, "sys/fs/cgroup/memory.max"), "max\n")
	if free, _ := freeMemory(root); free != 4000000<<10 {
		t.Errorf("no limit: %d", free)
	}
	write(t, filepath.Join(root, "sys/fs/cgroup/memory.max"), "1000\n")
	if free, _ := freeMemory(root); free != 1000 {
		t.Errorf("limit: %d", free)
	}
	if Slots(1) != 1 || Slots(100) < 1 {
		t.Errorf("%d, %d", Slots(1), Slots(100))
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
