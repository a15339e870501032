"""What a release must hold to, for whoever publishes and for the workflow; needs Python alone.

python packaging/release.py version          print the version of the app
python packaging/release.py check TAG        fail unless TAG is v and that version, and CHANGELOG
                                             says what is new in it
python packaging/release.py notes            print what CHANGELOG says is new in this version
python packaging/release.py sums FOLDER      write FOLDER/SHA256SUMS of every file in it
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"


def version(root: Path = ROOT) -> str:
    """The version, as it stands in the package alone."""
    text = (root / "tchat_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("tchat_desktop/__init__.py has no version")
    return found[1]


def notes(root: Path = ROOT) -> str:
    """The part of CHANGELOG for this version, without its heading; "" when there is none."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    heading = rf"^## \[{re.escape(version(root))}\][^\n]*\n"
    found = re.search(rf"{heading}(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def faults(tag: str, root: Path = ROOT) -> list[str]:
    """Why a tag cannot be published, a sentence each."""
    own = version(root)
    found = []
    if tag != f"v{own}":
        found.append(
            f"the tag is {tag}, but tchat_desktop/__init__.py says {own}: v{own} is wanted"
        )
    if not notes(root):
        found.append(f"CHANGELOG.md has nothing under “## [{own}]”")
    return found


def sums(folder: Path) -> str:
    """The checksum of every file of a folder, as `sha256sum --check` reads them."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != SUMS:
            with path.open("rb") as stream:
                lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)


def main(asked: list[str]) -> int:
    """Do what is asked; 1 when a release does not hold, 2 when nothing of it is understood."""
    match asked:
        case ["version"]:
            print(version())
        case ["notes"]:
            print(notes())
        case ["check", tag]:
            found = faults(tag)
            print("\n".join(found) or f"{tag} can be published")
            return 1 if found else 0
        case ["sums", folder]:
            text = sums(Path(folder))
            (Path(folder) / SUMS).write_text(text, "utf-8", newline="\n")
            print(text, end="")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
