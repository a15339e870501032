# A screen, a window manager and a home of its own, for the session scripts; sourced with $folder.
# `open_screen` returns when both stand; `close_screen` ends what it started.
export HOME="$folder" XDG_CONFIG_HOME="$folder/config" XDG_DATA_HOME="$folder/data"
export XDG_RUNTIME_DIR="$folder/run"
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
export PYTHONFAULTHANDLER=1 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_ACCESSIBILITY=1

open_screen() {
  # Xvfb says on which display it listens; no port is guessed.
  exec 6<>"$folder/display" || exit 3
  Xvfb -displayfd 6 -screen 0 1366x768x24 -nolisten tcp >"$folder/xvfb.log" 2>&1 &
  xvfb=$!
  for _ in $(seq 600); do
    number=$(head -n 1 "$folder/display")
    [ -n "$number" ] && break
    sleep 0.05
  done
  export DISPLAY=":$number"
  openbox >"$folder/openbox.log" 2>&1 &
  wm=$!
}

close_screen() {
  kill "$wm" "$xvfb" 2>/dev/null
}
