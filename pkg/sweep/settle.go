package sweep

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"credo/pkg/sweep/shard"
)

// settle makes the program compute the same bits on every processor of an architecture, and as the notebooks do: on amd64 the
// assembly of math.Exp rounds once where the processor has FMA, and twice elsewhere. Go reads the setting when it starts, so
// the program starts anew in its own place. From level v3 on every processor has FMA.
func settle() {
	const setting = "cpu.fma=off"
	own := os.Getenv("GODEBUG")
	if runtime.GOARCH != "amd64" || level() >= "v3" || own == setting || strings.HasSuffix(own, ","+setting) {
		return
	}
	if own != "" {
		own += ","
	}
	// Of a name that is there twice the first would count, and the program start anew for ever.
	env := slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GODEBUG=") })
	_ = replace(append(env, "GODEBUG="+own+setting)) // where that cannot be, digits are those of the processor
}

// level is the level of the processor that the program was built for.
func level() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "GOAMD64" {
				return s.Value
			}
		}
	}
	return "v1"
}

// signals ends the context at the first signal to stop, with a [shard.Exit] as its cause; the second has its ordinary effect.
func signals(parent context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(parent)
	c := make(chan os.Signal, 1)
	signal.Notify(c, append(stopping(), os.Interrupt)...)
	go func() {
		s := <-c
		signal.Stop(c)
		code := shard.ExitStopped
		if s == os.Interrupt {
			code = shard.ExitInterrupt
		}
		cancel(shard.Exit{Code: code, Err: errors.New(s.String())})
	}()
	return ctx
}
