#!/bin/sh
# Fetch every wheel that requirements/run.txt locks into build/wheels, for a build without a network. Needs the Python of
# the Flatpak's runtime, since the lock has other versions for another: PYTHON=/path/to/python3.12
set -eu
CDPATH='' cd -- "$(dirname "$0")/../.."
python=${PYTHON:-python3.12}
"$python" -Im venv --clear build/wheels.venv
rm -rf build/wheels
mkdir -p build/wheels
build/wheels.venv/bin/python -Im pip download --quiet --no-deps --only-binary :all: --require-hashes \
    -d build/wheels -r requirements/run.txt
rm -rf build/wheels.venv
