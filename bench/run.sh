#!/bin/sh
# Measures the training loop against C and NumPy and prints a table.
# gcc and a python3 with numpy are used if they are there. About a minute.
set -eu
cd "$(dirname "$0")/.."
exec go run ./bench "$@"
