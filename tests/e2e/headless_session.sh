#!/usr/bin/env bash
# A real keyring of its own, unlocked with a password; keys are kept in it, then a chat is posted.
# Run inside dbus-run-session, the keys on standard input: headless_session.sh PYTHON FOLDER URL
set -u
python=$1
folder=$2
url=$3
export HOME="$folder" XDG_RUNTIME_DIR="$folder/run" XDG_DATA_HOME="$folder/share"
export XDG_CONFIG_HOME="$folder/config" XDG_CACHE_HOME="$folder/cache"
# Nobody sits here to answer a prompt.
unset DISPLAY WAYLAND_DISPLAY PYTHON_KEYRING_BACKEND
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
printf 'a password for tests' |
  gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/daemon.log" 2>&1 &
daemon=$!
for _ in $(seq 600); do
  # The file appears once the keyring of that password exists.
  [ -e "$XDG_DATA_HOME/keyrings/login.keyring" ] && break
  sleep 0.05
done
app=("$python" -m tchat_desktop --lang en --data-dir "$folder/data" --x-api-url "$url")
"${app[@]}" --connect && "${app[@]}" --run "$folder/chat.tchat" --speed 240 </dev/null
result=$?
kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null
exit $result
