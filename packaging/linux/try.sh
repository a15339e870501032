#!/bin/sh
# What build.sh made, tried in a bare Debian: try.sh bookworm|trixie. Needs root and debootstrap.
set -eu
cd "$(dirname "$0")/../.."
exec python3 packaging/from_source.py python packaging/linux/try_package.py "$@"
