#!/bin/sh
# Fetch every wheel that requirements/run.txt locks into build/wheels, for a build without a network.
# PYTHON_IN_RUNTIME is the Python of the Flatpak's runtime, for which the wheels are.
set -eu
CDPATH='' cd -- "$(dirname "$0")/../.."
packaging/setup.sh publish
mkdir -p build/wheels
.venv-publish/bin/python -Im pip download --quiet --no-deps --only-binary :all: --require-hashes \
    --python-version "${PYTHON_IN_RUNTIME:-3.12}" --platform manylinux_2_34_x86_64 --platform manylinux_2_28_x86_64 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --platform any -d build/wheels -r requirements/run.txt
