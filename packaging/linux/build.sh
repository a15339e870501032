#!/bin/sh
# The .deb and the portable .tar.xz, into build/linux/. Build on the oldest system that is to run it.
set -eu
cd "$(dirname "$0")/../.."
exec python3 packaging/from_source.py --group freeze python packaging/linux/packages.py "$@"
