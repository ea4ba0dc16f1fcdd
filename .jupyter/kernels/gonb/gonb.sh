#!/bin/sh
# gonb.sh starts the GoNB kernel for Jupyter, which passes the connection file.
#
# It opens the module of the folder in which the notebook lies, and the folders by
# which that module's go.mod replaces others: for a study this is how its
# notebooks reach credo. The tools are those of the repository's .bin, or, where
# `make kernel` has copied this file, of the folder bin beside it.
#
#	GONB_GOPROXY    module proxy. Default in a module: off, for its go.mod says
#	                what there is, and a cell starts 0.7 s sooner; elsewhere the user's
#	CREDO_HEADLESS  1: errors as text instead of HTML
#	CREDO_PIDFILE   file to write the process number to, for whoever must end a
#	                kernel that hangs
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin:/opt/homebrew/bin:${HOME:-/}/go/bin

# Of the user's own settings of Go those stay that say where things are; flags or a
# workspace of his would change what there is.
unset GOWORK GOFLAGS
eval "$(go env | grep -E '^(GOMOD|GOMODCACHE|GOCACHE|GOPROXY|GOPRIVATE|GONOPROXY|GONOSUMDB|GOSUMDB|GOTOOLCHAIN)=')"
export GOENV=off GOMODCACHE GOCACHE GOPROXY GOPRIVATE GONOPROXY GONOSUMDB GOSUMDB GOTOOLCHAIN
root=$(dirname -- "$GOMOD")
if [ -x "$here/bin/gonb" ]; then
	PATH=$here/bin:$PATH
	[ -f "$root/go.mod" ] || root=
else
	house=$(CDPATH='' cd -- "$here/../../.." && pwd -P)
	PATH=$house/.bin:$PATH
	[ -f "$root/go.mod" ] || root=$house
fi

# The modules of the workspace. In `go mod edit -json` only the folder of a
# replacement is a path that begins with a dot or a slash.
work=$root
if [ -n "$root" ]; then
	folders=$(cd -- "$root" && go mod edit -json | sed -n 's/^[[:space:]]*"Path": "\([./].*\)",\{0,1\}$/\1/p')
	while read -r folder; do
		[ -z "$folder" ] || work=$work,$(cd -- "$root" && cd -- "$folder" && pwd -P)
	done <<-END
		$folders
	END
fi

proxy=${GONB_GOPROXY:-${root:+off}}
[ -z "$proxy" ] || export GOPROXY="$proxy"
export PATH
# Links faster: no symbol table, and of gonum/plot only what draws SVG and PNG.
# (A -mod=mod of the user's own would break the workspace.)
export GOFLAGS="-tags=minimal '-ldflags=-s -w'"
# The same bits on every amd64: there the assembly of math.Exp multiplies and adds with one
# rounding where the processor can (FMA), unless told not to. From level v3 on all can,
# and Go would print that it knows no such setting, as elsewhere.
case $(go env GOARCH)/$(go env GOAMD64) in
amd64/v[12]) export GODEBUG="${GODEBUG:+$GODEBUG,}cpu.fma=off" ;;
esac

[ -z "${CREDO_PIDFILE:-}" ] || echo $$ >"$CREDO_PIDFILE"
# A reader wants the sentence of a panic, not the stack below it; whoever wants that
# says in a cell: %env GOTRACEBACK=single
raw=false
if [ "${CREDO_HEADLESS:-}" = 1 ]; then
	raw=true
else
	export GOTRACEBACK="${GOTRACEBACK:-none}"
fi
exec gonb --kernel "$1" -raw_error="$raw" ${work:+"-go_work=$work"}
