"""The texts of licences a frozen app has to bring along: ours, and of everything that is in it.

python packaging/licences.py     print what would be taken, and from where
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
US = "tchat-desktop"
FOLDER = "licences"
"""In the frozen app."""

_TEXT = re.compile(r"(?:licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# Their wheels bring no text; Qt and PySide6 are taken under the LGPL, which is read with the GPL.
_WITHOUT_TEXT = {"pyside6-essentials", "shiboken6"}
# Its wheel brings no text; it is by the author of mammoth, under the same licence.
_TEXT_OF = {"cobble": "mammoth"}
LGPL = (ROOT / "LICENSES" / "LGPL-3.0.txt", ROOT / "LICENSES" / "GPL-3.0.txt")


def brought_along() -> dict[str, Distribution]:
    """Every installed library the app needs, directly or not, by its name."""
    found: dict[str, Distribution] = {}
    waiting = [US]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = one = distribution(name)
        except PackageNotFoundError:
            # Wanted on another system only.
            continue
        for line in one.requires or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                waiting.append(_normal(wanted.name))
    del found[US]
    return found


def texts_of(name: str, library: Distribution) -> tuple[Path, ...]:
    """The texts of a library's licence, as files of this machine; none where it brings none."""
    if name in _WITHOUT_TEXT:
        return LGPL
    if name in _TEXT_OF:
        library = distribution(_TEXT_OF[name])
    files = [Path(str(one.locate())) for one in library.files or () if _is_text(str(one))]
    return tuple(sorted(file for file in files if file.is_file()))


def datas(libraries: dict[str, Distribution] | None = None) -> list[tuple[str, str]]:
    """Files and the folders they go to in the frozen app, as PyInstaller takes them.

    `libraries` are those of the app by their names, the installed ones when none are given. Raises
    ValueError, naming them, when some bring no text.
    """
    ours = [ROOT / "LICENSE", ROOT / "NOTICE.md", *sorted((ROOT / "LICENSES").glob("*.txt"))]
    found = [(str(path), f"{FOLDER}/{US}") for path in ours]
    found += [(str(path), f"{FOLDER}/python") for path in _of_python()]
    lacking = []
    for name, library in sorted((libraries or brought_along()).items()):
        texts = texts_of(name, library)
        found += [(str(path), f"{FOLDER}/{name}") for path in texts]
        if not texts:
            lacking.append(name)
    if lacking:
        raise ValueError(f"no text of a licence for: {', '.join(lacking)}")
    return found


def _of_python() -> list[Path]:
    """Python's own licence, where the installation has it."""
    places = (Path(sys.base_prefix), Path(sys.base_prefix, "lib", _version()))
    return [path for place in places for path in (place / "LICENSE.txt",) if path.is_file()]


def _version() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def _is_text(name: str) -> bool:
    in_metadata = ".dist-info/" in name
    return in_metadata and bool(_TEXT.match(Path(name).name))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Print what would be taken, and from where."""
    for path, folder in datas():
        print(folder, path)


if __name__ == "__main__":
    main()
