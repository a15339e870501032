#!/usr/bin/env bash
# The app for Windows, made on Linux: build/windows/ holds the folder Tchat, Tchat-VERSION-setup.exe,
# Tchat-VERSION-portable.zip and SHA256SUMS.
#   --python ZIP     Windows' Python: an "embeddable package (64-bit)" of python.org
#   --folder-only    no installer and no .zip
#   --quick          compressed less, to be tried and not to be published
#   SIGN=COMMAND     signs a program: the command is given its path, and changes it in place
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
command -v python3 >/dev/null || missing+=(python3 python3-venv)
command -v x86_64-w64-mingw32-gcc >/dev/null || missing+=(gcc-mingw-w64-x86-64-win32)
command -v x86_64-w64-mingw32-windres >/dev/null || missing+=(binutils-mingw-w64-x86-64)
command -v makensis >/dev/null || missing+=(nsis)
if [ ${#missing[@]} -gt 0 ]; then
  echo "To build for Windows, install: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
exec python3 packaging/from_source.py python packaging/windows/build.py "$@"
