#!/usr/bin/env bash
# A screen, a window manager, the accessibility bus, a browser that only notes which pages it was
# asked for; then a journey by a clock that is wound, which starts and ends the app itself.
# Run inside dbus-run-session: wound_session.sh PYTHON FOLDER JOURNEY [ARGUMENT…]
set -u
python=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/screen.sh"
export PAGES="$folder/pages" BROWSER="bash $here/note_page.sh %s"
: >"$PAGES"
open_screen
/usr/bin/python3 "$here/$3" "$python" "$folder" "${@:4}"
result=$?
close_screen
exit $result
