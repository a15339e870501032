#!/usr/bin/env bash
# A screen, a window manager, the accessibility bus, an open keyring and the app in front of a
# stand-in for X; then the journey with keys, which come on standard input.
# Run inside dbus-run-session: keys_session.sh PYTHON FOLDER URL
set -u
python=$1
folder=$2
url=$3
here=$(cd "$(dirname "$0")" && pwd)
export HOME="$folder" XDG_CONFIG_HOME="$folder/config" XDG_DATA_HOME="$folder/data"
export XDG_RUNTIME_DIR="$folder/run" XDG_CACHE_HOME="$folder/cache"
unset PYTHON_KEYRING_BACKEND
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"

printf 'a password for tests' |
  gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/daemon.log" 2>&1 &
daemon=$!
# Xvfb says on which display it listens; no port is guessed.
exec 6<>"$folder/display" || exit 3
Xvfb -displayfd 6 -screen 0 1366x768x24 -nolisten tcp >"$folder/xvfb.log" 2>&1 &
xvfb=$!
for _ in $(seq 600); do
  number=$(head -n 1 "$folder/display")
  [ -n "$number" ] && [ -e "$XDG_DATA_HOME/keyrings/login.keyring" ] && break
  sleep 0.05
done
export DISPLAY=":$number"
openbox >"$folder/openbox.log" 2>&1 &
wm=$!
export PYTHONFAULTHANDLER=1 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_ACCESSIBILITY=1
"$python" -m tchat_desktop --data-dir "$folder/chats" --lang fr --x-api-url "$url" \
  >"$folder/app.log" 2>&1 </dev/null &
app=$!
/usr/bin/python3 "$here/keys_journey.py" "$app" "$folder"
result=$?
kill "$app" 2>/dev/null
wait "$app" 2>/dev/null
kill "$wm" "$xvfb" "$daemon" 2>/dev/null
exit $result
