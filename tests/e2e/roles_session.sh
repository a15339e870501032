#!/usr/bin/env bash
# A screen, the accessibility bus and a small window; then what is heard of it there.
# Run inside dbus-run-session: roles_session.sh PYTHON FOLDER
set -u
python=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/screen.sh"
open_screen
"$python" -m tests.e2e.roles_window >"$folder/app.log" 2>&1 &
app=$!
/usr/bin/python3 "$here/roles_heard.py" "$app" "$folder"
result=$?
kill "$app" 2>/dev/null
wait "$app" 2>/dev/null
close_screen
cat "$folder/app.log" >&2
exit $result
