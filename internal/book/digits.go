package book

import "strings"

// fused is what GODEBUG must hold for programs to compute the same bits on every
// processor of an architecture, compiled for a level of it; empty: nothing.
//
// On amd64 the assembly of math.Exp multiplies and adds with one rounding where the
// processor has the instruction (FMA), and with two elsewhere. From level v3 on every
// processor has it, and the setting, like that of another architecture, would only
// make Go print that it knows none.
func fused(arch, level string) string {
	if arch == "amd64" && (level == "v1" || level == "v2") {
		return "cpu.fma=off"
	}
	return ""
}

// steady is env with the setting at the end of its GODEBUG, where it wins.
func steady(env []string, setting string) []string {
	if setting == "" {
		return env
	}
	own := ""
	for _, e := range env {
		if value, is := strings.CutPrefix(e, "GODEBUG="); is && value != "" {
			own = value + "," // of several the last counts
		}
	}
	return append(env, "GODEBUG="+own+setting)
}
