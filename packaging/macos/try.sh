#!/usr/bin/env bash
# Tries a disk image as somebody would who has just downloaded it, a line for each check.
#
#   packaging/macos/try.sh build/macos/Tchat-<version>-<kind>.dmg
set -euo pipefail
image=${1:?which .dmg?}
[ "$(uname -s)" = Darwin ] || { echo "This needs a Mac." >&2; exit 1; }

place=$(mktemp -d)
volume=$place/volume
app=$place/Tchat.app
cleanup() {
  hdiutil detach -quiet "$volume" 2>/dev/null || true
  rm -rf "$place"
}
trap cleanup EXIT
check() { # what, command…
  local what=$1
  shift
  if "$@" >"$place/said" 2>&1; then
    echo "ok    $what"
  else
    cat "$place/said"
    echo "FAILS $what"
    exit 1
  fi
}
is_for_this_mac() { lipo "$app/Contents/MacOS/tchat-desktop" -verify_arch "$(uname -m)"; }
opens_our_files() { # which the system reads from Info.plist alone
  plutil -extract UTExportedTypeDeclarations.0.UTTypeTagSpecification xml1 -o - \
    "$app/Contents/Info.plist" | grep -q '>tchat<'
}
run() { "$app/Contents/MacOS/tchat-desktop" "$@"; }

mkdir "$volume"
check "the image is whole" hdiutil verify -quiet "$image"
check "it opens" hdiutil attach -quiet -nobrowse -readonly -mountpoint "$volume" "$image"
check "Applications is beside the app" test "$(readlink "$volume/Applications")" = /Applications
check "the app can be copied" ditto "$volume/Tchat.app" "$app"
check "the image can be put away" hdiutil detach -quiet "$volume"
check "its signature holds" codesign --verify --deep --strict "$app"
check "it is for this kind of Mac" is_for_this_mac
check "Info.plist is well formed" plutil -lint "$app/Contents/Info.plist"
check "it opens .tchat files" opens_our_files
check "its icons are there" test -s "$app/Contents/Resources/tchat.icns" -a -s "$app/Contents/Resources/document.icns"
check "self-test without a screen" env QT_QPA_PLATFORM=offscreen "$app/Contents/MacOS/tchat-desktop" --self-test
check "self-test on the screen" run --self-test
check "the demo" env QT_QPA_PLATFORM=offscreen "$app/Contents/MacOS/tchat-desktop" --demo --out "$place/demo"
check "the demo's recap" test -s "$place/demo/recap.html"
