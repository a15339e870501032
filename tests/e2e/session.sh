#!/usr/bin/env bash
# A screen, a window manager, the accessibility bus and the app; then the journey in front of it.
# Run inside dbus-run-session: session.sh PYTHON FOLDER [JOURNEY]
set -u
python=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/screen.sh"
open_screen
"$python" -m tchat_desktop --data-dir "$folder/chats" --lang fr >"$folder/app.log" 2>&1 &
app=$!
/usr/bin/python3 "$here/${3:-journey.py}" "$app" "$folder"
result=$?
kill "$app" 2>/dev/null
wait "$app" 2>/dev/null
close_screen
exit $result
