"""Makes what people download: the installer, the portable .zip and the sums of both."""

from __future__ import annotations

import hashlib
import os
import shlex
import sys
import tempfile
import zipfile
from pathlib import Path

from files import ROOT, run, size
from icon import DRAWINGS, drawn
from launchers import numbers
from PySide6.QtGui import QColor, QImage, QPainter

SIDE = "#efeaf7"
"""A pale form of the icon's colour."""

SCRIPT = Path(__file__).with_name("installer.nsi")


def make_installer(folder: Path, target: Path, version: str, *options: str) -> None:
    """Compile the installer of a folder. `options` are more of makensis' own."""
    with tempfile.TemporaryDirectory() as place:
        run(sys.executable, ROOT / "packaging" / "icon.py", place, quiet=True)
        draw_side(Path(place, "side.bmp"))
        given = {
            "VERSION": version,
            "NUMBERS": numbers(version).replace(",", "."),
            "SOURCE": str(folder),
            "KILOBYTES": str(round(size(one for one in folder.rglob("*") if one.is_file()) * 1000)),
            "ICON": f"{place}/tchat.ico",
            "SIDE": f"{place}/side.bmp",
            "OUT": str(target),
        }
        if signer():
            given["SIGN"] = shlex.join(signer())
        defined = (f"-D{name}={value}" for name, value in given.items())
        run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, *defined, SCRIPT)
    sign(target)


def draw_side(target: Path) -> None:
    """The picture beside the last page: our icon, twice as large as shown (164 × 314)."""
    image = QImage(328, 628, QImage.Format.Format_RGB32)
    image.fill(QColor(SIDE))
    painter = QPainter(image)
    painter.drawImage(76, 76, drawn(DRAWINGS["tchat"], 176))
    painter.end()
    image.save(str(target))


def signer() -> list[str]:
    """The command that signs a program, from SIGN; empty when nothing is signed."""
    return shlex.split(os.environ.get("SIGN", ""))


def sign(program: Path) -> None:
    """Sign a program in its place, if there is a command for it."""
    if signer():
        run(*signer(), program)


def make_archive(folder: Path, target: Path, level: int = 9) -> None:
    """Pack a folder, itself included: the same folder makes the same .zip. `level`: 1 to 9."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                package.write(path, path.relative_to(folder.parent).as_posix())


def write_sums(*files: Path) -> Path:
    """SHA256SUMS beside the files, as `sha256sum --check` reads it."""
    sums = files[0].with_name("SHA256SUMS")
    lines = (f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files)
    sums.write_text("".join(lines), "ascii")
    return sums
