#!/bin/sh
# The .deb and the portable .tar.xz, into build/linux/, of the libraries in requirements.lock.
# Build on the oldest system that is to run it.
set -eu
cd "$(dirname "$0")/../.."
locked=build/linux-locked
python3 packaging/shipped.py --venv "$locked" --with pyinstaller
"$locked/bin/python" -m tchat_desktop.platform.system_libraries
exec "$locked/bin/python" packaging/linux/packages.py "$@"
