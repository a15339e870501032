"""Makes the app for Windows: its folder, an installer and a portable .zip, in build/windows/.

packaging/windows/build.sh [--python ZIP] [--folder-only] [--quick]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from application import LIBRARIES, assemble
from files import ROOT, date, moment, size
from installer import make_archive, make_installer, sign, write_sums
from launchers import compile_launchers
from pe import unmet

from tchat_desktop import __version__

OUT = ROOT / "build" / "windows"
FOLDER = OUT / "Tchat"


def main() -> int:
    """Build; the exit code tells."""
    parser = argparse.ArgumentParser(prog="build.sh")
    parser.add_argument(
        "--python", type=Path, metavar="ZIP", help="an embeddable package of python.org"
    )
    parser.add_argument("--folder-only", action="store_true", help="no installer and no .zip")
    parser.add_argument(
        "--quick", action="store_true", help="compressed less, to be tried and not to be published"
    )
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = str(moment())
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    shutil.rmtree(OUT, ignore_errors=True)
    app = FOLDER / "app"
    app.mkdir(parents=True)
    try:
        assemble(app, options.python)
    except (ValueError, OSError) as error:
        print(f"Nothing was made: {error}", file=sys.stderr)
        return 1
    compile_launchers(FOLDER, __version__)
    for program in FOLDER.glob("*.exe"):
        sign(program)
    date(FOLDER)
    files = [one for one in FOLDER.rglob("*") if one.is_file()]
    say(f"the folder Tchat: {len(files)} files, {size(files):.1f} MB")
    lacking = unmet(FOLDER, [app, app / LIBRARIES / "PySide6", app / LIBRARIES / "shiboken6"])
    if lacking:
        print("\n".join(lacking), file=sys.stderr)
        return 1
    say("every library a program wants is there, or Windows' own")
    if options.folder_only:
        return 0
    installer = OUT / f"Tchat-{__version__}-setup.exe"
    make_installer(FOLDER, installer, __version__, *(["-DQUICK"] if options.quick else []))
    say(f"{installer.name}: {size([installer]):.1f} MB")
    archive = OUT / f"Tchat-{__version__}-portable.zip"
    make_archive(FOLDER, archive, level=1 if options.quick else 9)
    say(f"{archive.name}: {size([archive]):.1f} MB")
    say(f"{write_sums(installer, archive).name} written to {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
