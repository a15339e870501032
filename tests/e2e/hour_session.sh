#!/usr/bin/env bash
# A screen, a window manager, the accessibility bus, a browser that only notes which pages it was
# asked for; then the journey through the hour, which starts and ends the app itself.
# Run inside dbus-run-session: hour_session.sh PYTHON FOLDER
set -u
python=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/screen.sh"
export PAGES="$folder/pages" BROWSER="bash $here/note_page.sh %s"
: >"$PAGES"
open_screen
/usr/bin/python3 "$here/hour_journey.py" "$python" "$folder"
result=$?
close_screen
exit $result
