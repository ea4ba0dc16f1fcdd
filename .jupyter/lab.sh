#!/bin/sh
# lab.sh opens the notebooks of a folder in Jupyter: JupyterLab where there is one,
# else the classic notebook. What Jupyter keeps goes to the folder state beside it.
#
#	lab.sh FOLDER [ARGUMENT OF JUPYTER]...
#
# It signs the notebooks, as one who has run them would, for Jupyter shows nothing
# that moves in a notebook which it does not trust, and an executed one is meant to be
# read before it is run. COMPLETE=1 in the environment gives the kernel gopls, which
# setup.sh has built then, for completion and help.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
state=$here/state
export JUPYTER_PATH="$here" JUPYTER_CONFIG_DIR="$state/config" JUPYTER_DATA_DIR="$state/data" \
	JUPYTER_RUNTIME_DIR="$state/runtime" IPYTHONDIR="$state/ipython"
mkdir -p "$state/config" "$state/ipython"
cp -R "$here/custom" "$state/config"
[ -z "${COMPLETE:-}" ] || export PATH="$here/../.bin/complete:$PATH"
cd -- "$1"
shift
supplement=$(CDPATH='' cd -- .. && pwd -P)/build/supplement

if jupyter-lab --version >/dev/null 2>&1; then
	front=$(command -v jupyter-lab)
elif [ -x /usr/bin/jupyter-notebook ]; then
	front=/usr/bin/jupyter-notebook
else
	front=$(command -v jupyter-notebook)
fi

# The Python that runs Jupyter has nbformat, whatever `python3` may be.
python=$(sed -n '1s/^#! *//p' "$front")
if ls ./*.ipynb >/dev/null 2>&1; then
	$python -m nbformat.sign ./*.ipynb >/dev/null 2>&1 ||
		echo "lab: the notebooks could not be signed; where a slider is dead, say in Jupyter: File, Trust Notebook" >&2
fi

# The pages of the supplement are served as /static, for viz.Explore: the older of the
# two names is that of the classic notebook.
set -- "--NotebookApp.extra_static_paths=$supplement" "--ServerApp.extra_static_paths=$supplement" "$@"

# As root Jupyter wants to be told.
set -- --no-browser "$@"
[ "$(id -u)" != 0 ] || set -- "$@" --allow-root
exec "$front" "$@"
