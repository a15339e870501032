#!/usr/bin/env bash
# The app for macOS: build/macos/Tchat-<version>-<arm64|x86_64>.dmg, for the kind of Mac it is made on.
#
#   packaging/macos/build.sh
#
# Signed for this Mac alone ("ad hoc") unless the environment says more; docs/releasing.md tells how:
#   TCHAT_SIGN_IDENTITY    the name of a "Developer ID Application" certificate in the keychain
#   TCHAT_NOTARY_PROFILE   what `xcrun notarytool store-credentials` was told; then Apple notarises it
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ "$(uname -s)" != Darwin ]; then
  echo "This needs a Mac: hdiutil and codesign are nowhere else. See docs/releasing.md." >&2
  exit 1
fi
say() { printf '\n=== %s (%ss)\n' "$1" "$SECONDS"; }

out=build/macos
work=$out/work
kind=$(uname -m)
version=$(python3 packaging/release.py version)
image=$out/Tchat-$version-$kind.dmg
rm -rf "$work" "$image"
mkdir -p "$work"

say "libraries, as locked"
python3 packaging/shipped.py --venv "$work/venv" --with pyinstaller
python=$work/venv/bin/python

say "icons"
QT_QPA_PLATFORM=offscreen "$python" packaging/icon.py "$work/icons"

say "Tchat.app"
export PYINSTALLER_STRICT_BUNDLE_CODESIGN_ERROR=1 PYINSTALLER_VERIFY_BUNDLE_SIGNATURE=1
TCHAT_ICONS=$PWD/$work/icons "$python" -m PyInstaller --noconfirm --log-level WARN \
  --distpath "$work/dist" --workpath "$work/pyinstaller" packaging/tchat.spec
plutil -lint "$work/dist/Tchat.app/Contents/Info.plist"
codesign --verify --deep --strict "$work/dist/Tchat.app"

say "disk image"
mkdir "$work/image"
# ditto, because cp would follow the links that the signature covers.
ditto "$work/dist/Tchat.app" "$work/image/Tchat.app"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname Tchat -srcfolder "$work/image" -fs HFS+ -format ULMO -ov -quiet "$image"

if [ -n "${TCHAT_SIGN_IDENTITY:-}" ]; then
  say "signature of the disk image"
  codesign --sign "$TCHAT_SIGN_IDENTITY" --timestamp "$image"
fi
if [ -n "${TCHAT_NOTARY_PROFILE:-}" ]; then
  say "notarisation"
  xcrun notarytool submit "$image" --keychain-profile "$TCHAT_NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi

rm -rf "$work"
(cd "$out" && shasum -a 256 ./*.dmg | sed 's|\./||' >SHA256SUMS)
say "$image"
