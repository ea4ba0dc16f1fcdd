#!/bin/sh
# gonb.sh starts the GoNB kernel for Jupyter, which passes the connection file.
#
# In the repository it takes the tools from .bin and opens the repository's
# packages to the notebook. Copied elsewhere by `make kernel` it takes the tools
# from the folder bin beside it and opens the module of the notebook's folder.
#
#	GONB_GOPROXY    module proxy. Default in a module: off, for its go.mod says
#	                what there is, and a cell starts 0.7 s sooner; elsewhere the user's
#	CREDO_HEADLESS  1: errors as text instead of HTML
#	CREDO_PIDFILE   file to write the process number to, for whoever must end a
#	                kernel that hangs
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin:/opt/homebrew/bin:${HOME:-/}/go/bin

if [ -x "$here/bin/gonb" ]; then
	PATH=$here/bin:$PATH
	root=$(dirname -- "$(go env GOMOD)")
	[ -f "$root/go.mod" ] || root=
else
	root=$(CDPATH='' cd -- "$here/../../.." && pwd -P)
	PATH=$root/.bin:$PATH
fi
proxy=${GONB_GOPROXY:-${root:+off}}
[ -z "$proxy" ] || export GOPROXY="$proxy"
export PATH
# Links faster: no symbol table, and of gonum/plot only what draws SVG and PNG.
# (A -mod=mod of the user's own would break the workspace.)
export GOFLAGS="-tags=minimal '-ldflags=-s -w'"

[ -z "${CREDO_PIDFILE:-}" ] || echo $$ >"$CREDO_PIDFILE"
raw=false
[ "${CREDO_HEADLESS:-}" != 1 ] || raw=true
exec gonb --kernel "$1" -raw_error="$raw" ${root:+"-go_work=$root"}
