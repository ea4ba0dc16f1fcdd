// Package progress carries word of how far a long computation is, from the rooms that
// compute to whoever watches; neither knows the other.
package progress

import (
	"context"
	"sync/atomic"
)

var watcher atomic.Pointer[func(done, total int)]

// Watch says who is told, in any goroutine, that so many parts of a computation are
// done: 0 when it begins, all when it ends, with an error too. Nobody is at first.
func Watch(f func(done, total int)) { watcher.Store(&f) }

type inside struct{}

// Begin begins a computation of that many parts and returns the function that tells how
// many are done. What is computed with the context that it returns is a part, and is
// not told of.
func Begin(ctx context.Context, total int) (context.Context, func(done int)) {
	f := watcher.Load()
	if f == nil || ctx.Value(inside{}) != nil {
		return ctx, func(int) {}
	}
	(*f)(0, total)
	return context.WithValue(ctx, inside{}, true), func(done int) { (*f)(done, total) }
}
