#!/usr/bin/env bash
# As wound_session.sh, with an open keyring; the keys come on standard input.
# Run inside dbus-run-session: crowd_session.sh PYTHON FOLDER JOURNEY [ARGUMENT…]
set -u
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
export HOME="$folder" XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache"
unset PYTHON_KEYRING_BACKEND

printf 'a password for tests' |
  gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/daemon.log" 2>&1 &
daemon=$!
for _ in $(seq 600); do
  [ -e "$XDG_DATA_HOME/keyrings/login.keyring" ] && break
  sleep 0.05
done
bash "$here/wound_session.sh" "$@"
result=$?
kill "$daemon" 2>/dev/null
exit $result
