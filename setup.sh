#!/bin/sh
# setup.sh installs what the notebooks need and is missing here, and nothing else:
#
#	.bin/gonb, .bin/goimports   the kernel and its tool, at the versions of go.mod;
#	                            and .bin/staticcheck, for make test
#	.bin/complete/gopls         for completion in cells, if COMPLETE is set
#	Go's own caches             modules and compiled packages, so that cells start at once
#	jupyter, chromium, MathJax  on Debian by apt-get, as root or with sudo;
#	                            elsewhere it says what to install, and stops
#	.bin/axe.min.js             for make test, where npm is: what tells whether pages can be
#	                            read by everyone
#	python3-h5py, python3-neo   for make test, which sets RECIPES, on Debian as root or with sudo:
#	                            the recipes of cmd/recordings for other formats are tried by them;
#	                            elsewhere that test is skipped
#	slurm, parallel, ssh        likewise, but only where the system is set to start no daemon at its
#	                            installation, as images are; the engines of pkg/sweep are tried by them
#
# NBCONVERT, CHROMIUM and MATHJAX in the environment name others than those found.
#
# It asks nothing, and writes nothing to HOME but Go's caches. When all is there
# it takes well under a second.
set -eu
cd -- "$(dirname -- "$0")"

say() { printf 'setup: %s\n' "$*"; }
stop() {
	printf 'setup: %s\n' "$@" >&2
	exit 2
}

# --- Go: the two tools, the modules, and a warm build cache.

command -v go >/dev/null || stop "Go 1.26 or newer is needed: https://go.dev/dl"

# Flags and a workspace of the user's own, in the environment or in Go's own file,
# would change what there is; an empty value would not override that file.
export GOFLAGS='-mod=readonly -buildvcs=false' GOWORK=off

# Each of these would else end in many lines of something else.
case $(uname) in
MINGW* | MSYS* | CYGWIN*) stop "the Go kernel needs a Unix shell and Linux's paths: use WSL, and there: make supplement" ;;
esac
if [ -z "${HOME:-}" ]; then
	[ -n "${GOCACHE:-${XDG_CACHE_HOME:-}}" ] && [ -n "${GOMODCACHE:-${GOPATH:-}}" ] ||
		stop "HOME is not set, and Go keeps its caches there: HOME=/your/home make supplement"
fi
temp=${TMPDIR:-/tmp}
case $temp in
/*) ;;
*) stop "TMPDIR = $temp is relative; give a whole path: TMPDIR=/other/folder make supplement" ;;
esac
probe=$temp/credo-setup-$$
{ printf '#!/bin/sh\n' >"$probe"; } 2>/dev/null ||
	stop "TMPDIR = $temp: no file can be written there (is it full, or not yours?); choose another: TMPDIR=/other/folder make supplement"
chmod 700 "$probe"
size=$(wc -c <"$probe")
runs=yes
"$probe" 2>/dev/null || runs=no
rm -f "$probe"
[ "$size" -gt 0 ] || stop "TMPDIR = $temp is full; choose another: TMPDIR=/other/folder make supplement"
[ $runs = yes ] || stop "TMPDIR = $temp: programs cannot be run there (noexec?); choose another: TMPDIR=/other/folder make supplement"
version=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed -n 's/^.*go1\.\([0-9]*\).*$/\1/p')
if [ "${version:-0}" -lt 26 ]; then
	# From 1.21 on Go fetches the version that go.mod asks for, if it may.
	newer=$(go env GOVERSION 2>/dev/null | sed -n 's/^.*go1\.\([0-9]*\).*$/\1/p')
	[ "${newer:-0}" -ge 26 ] || stop "Go 1.26 or newer is needed, this is Go 1.${version:-?}: https://go.dev/dl"
fi

# The stamp names what the installed state depends on; any change sets up anew.
stamp=.bin/stamp
state=$(go env GOVERSION GOOS GOARCH GOMODCACHE GOCACHE && cksum go.mod go.sum)
modules=$(go env GOMODCACHE)/gonum.org
built=$(go env GOCACHE)/00

if [ ! -x .bin/gonb ] || [ ! -x .bin/goimports ] || [ ! -d "$modules" ] || [ ! -d "$built" ] ||
	[ "$(cat $stamp 2>/dev/null)" != "$state" ]; then
	say "the Go tools into .bin, the modules and the build cache"
	mkdir -p .bin
	rm -f $stamp
	go mod download
	GOBIN=$PWD/.bin go install tool
	go build ./...
	# What a cell of a notebook links, built as the kernel builds it.
	GOFLAGS=-tags=minimal go build ./pkg/... github.com/janpfeifer/gonb/gonbui github.com/janpfeifer/must
	printf '%s\n' "$state" >$stamp
fi

# For make lab COMPLETE=1. Newer ones need a newer Go.
gopls=v0.21.0
if [ -n "${COMPLETE:-}" ] && ! go version -m .bin/complete/gopls 2>/dev/null | grep -q "golang.org/x/tools/gopls[[:space:]]$gopls"; then
	say "gopls $gopls into .bin/complete; it is large"
	GOBIN=$PWD/.bin/complete go install golang.org/x/tools/gopls@$gopls
fi

# --- The rules of accessibility for the tests of pages: a file of 0.7 MB, and only where
# npm is, for which Debian would install hundreds of packages. Without it that test is skipped.

axe=axe-core@4.14.1
sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
if [ ! -f .bin/axe.min.js ] && command -v npm >/dev/null; then
	say "$axe into .bin"
	(cd .bin && npm pack --silent $axe && tar -xzf axe-core-*.tgz package/axe.min.js) >/dev/null 2>.bin/axe.log || :
	file=.bin/package/axe.min.js
	if [ -f $file ] && [ "$(sha256sum $file 2>/dev/null | cut -d' ' -f1)" = $sum ]; then
		mv $file .bin/axe.min.js
	else
		say "$axe could not be fetched or is not what it should be: that part of the tests is skipped (log in .bin/axe.log)"
	fi
	rm -rf .bin/package .bin/axe-core-*.tgz
fi

# --- Jupyter, a browser that prints, and mathematics.

# found prints the first argument that is a command.
found() {
	for c; do
		command -v "$c" 2>/dev/null && return
	done
	return 1
}

# works tells whether nbconvert's launcher runs; a pyenv shim may exist and not work.
# Debian's own is believed, for starting Python takes longer than all the rest.
works() {
	case $1 in
	/usr/bin/*) [ -x "$1" ] ;;
	*) [ -n "$1" ] && "$1" --version >/dev/null 2>&1 ;;
	esac
}

# mathjax tells whether MathJax 2 is in one of the places where cmd/supplement looks.
mathjax() {
	for d in "${MATHJAX:-}" /usr/share/javascript/mathjax .bin/node_modules/mathjax; do
		[ ! -f "$d/MathJax.js" ] || return 0
	done
	return 1
}

missing=
works "${NBCONVERT:-/usr/bin/jupyter-nbconvert}" || works "$(found jupyter-nbconvert)" || missing="$missing jupyter-nbconvert"
[ -x /usr/bin/jupyter-notebook ] || found jupyter-lab jupyter-notebook >/dev/null || missing="$missing jupyter-notebook"
[ -x "${CHROMIUM:-}" ] || found chromium chromium-browser google-chrome google-chrome-stable >/dev/null ||
	[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
	[ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ] || missing="$missing chromium"
mathjax || missing="$missing libjs-mathjax"

id=$(. /etc/os-release 2>/dev/null && echo "$ID" || uname)
if [ -n "${RECIPES:-}" ] && [ "$id" = debian ] && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }; then
	recipes="python3-h5py python3-neo"
	/usr/bin/python3 -c 'import h5py, neo' 2>/dev/null || missing="$missing $recipes"

	# What the engines of studies are tried by; daemons among them, hence only where none is started at its installation.
	if [ -x /usr/sbin/policy-rc.d ] && ! { [ -x /usr/sbin/slurmctld ] && [ -x /usr/sbin/slurmd ] && [ -x /usr/bin/sbatch ] &&
		[ -x /usr/sbin/munged ] && [ -x /usr/bin/parallel ] && [ -x /usr/sbin/sshd ] && [ -x /usr/bin/ssh ]; }; then
		engines="slurmctld slurmd slurm-client munge parallel openssh-server openssh-client"
		root=
		[ "$(id -u)" = 0 ] || root=sudo
		say "apt-get install $engines (log in .bin/engines.log)"
		{
			$root apt-get -qy update &&
				$root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $engines
		} </dev/null >.bin/engines.log 2>&1 || say "they cannot be installed here: those tests are skipped"
	fi
fi
[ -n "$missing" ] || exit 0

if [ "$id" = debian ] && command -v apt-get >/dev/null; then
	root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || stop "as root: apt-get install --no-install-recommends$missing"
		root=sudo
	fi
	# The fonts are for the printed pages and for the text of figures.
	missing="$missing fonts-sil-charis fonts-liberation"
	log=.bin/apt.log
	say "apt-get install$missing (log in $log)"
	{
		$root apt-get -qy update &&
			$root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $missing
	} </dev/null >$log 2>&1 || {
		tail -n 5 $log >&2
		stop "apt-get failed; by hand, as root: apt-get install --no-install-recommends$missing"
	}
	exit 0
fi

set -- "missing:$missing"
case $missing in
*jupyter*)
	set -- "$@" "Jupyter, one of:" \
		"    pip install notebook nbconvert" \
		"    conda install -c conda-forge notebook nbconvert" \
		"    brew install jupyterlab"
	;;
esac
case $missing in
*chromium*)
	set -- "$@" "a browser that prints the pages, one of:" \
		"    brew install --cask chromium" \
		"    your system's package chromium or google-chrome; or CHROMIUM=/path/to/chrome"
	;;
esac
case $missing in
*mathjax*)
	set -- "$@" "MathJax 2, one of:" \
		"    npm install --prefix .bin mathjax@2" \
		"    your system's package libjs-mathjax; or MATHJAX=/folder/of/MathJax.js"
	;;
esac
stop "$@"
