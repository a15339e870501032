#!/usr/bin/env bash
# A real keyring of its own, unlocked with a password, and the tests of inside.py in front of it.
# Run inside dbus-run-session: session.sh PYTHON FOLDER [pytest options]
set -u
python=$1
folder=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
export HOME="$folder" XDG_RUNTIME_DIR="$folder/run" XDG_DATA_HOME="$folder/data"
export XDG_CONFIG_HOME="$folder/config" XDG_CACHE_HOME="$folder/cache"
# Nobody sits here to answer a prompt.
unset DISPLAY WAYLAND_DISPLAY PYTHON_KEYRING_BACKEND
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
printf 'a password for tests' |
  gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/daemon.log" 2>&1 &
daemon=$!
for _ in $(seq 200); do
  # The file appears once the keyring of that password exists.
  [ -e "$XDG_DATA_HOME/keyrings/login.keyring" ] && break
  sleep 0.05
done
export PYTHON_KEYRING_BACKEND=keyring.backends.SecretService.Keyring
KEYRINGS="$XDG_DATA_HOME/keyrings" "$python" -m pytest "$here/inside.py" "$@"
result=$?
kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null
exit $result
