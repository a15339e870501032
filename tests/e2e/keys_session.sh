#!/usr/bin/env bash
# A screen, a window manager, the accessibility bus, an open keyring and the app in front of a
# stand-in for X; then the journey with keys, which come on standard input.
# Run inside dbus-run-session: keys_session.sh PYTHON FOLDER URL
set -u
python=$1
folder=$2
url=$3
here=$(cd "$(dirname "$0")" && pwd)
. "$here/screen.sh"
export XDG_CACHE_HOME="$folder/cache"
unset PYTHON_KEYRING_BACKEND

printf 'a password for tests' |
  gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/daemon.log" 2>&1 &
daemon=$!
open_screen
for _ in $(seq 600); do
  [ -e "$XDG_DATA_HOME/keyrings/login.keyring" ] && break
  sleep 0.05
done
"$python" -m tchat_desktop --data-dir "$folder/chats" --lang fr --x-api-url "$url" \
  >"$folder/app.log" 2>&1 </dev/null &
app=$!
/usr/bin/python3 "$here/keys_journey.py" "$app" "$folder"
result=$?
kill "$app" 2>/dev/null
wait "$app" 2>/dev/null
close_screen
kill "$daemon" 2>/dev/null
exit $result
