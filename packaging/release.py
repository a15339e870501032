"""What a release must hold to, for whoever publishes and for the workflow; needs Python alone.

python packaging/release.py version          print the version of the app
python packaging/release.py check TAG        fail unless TAG is v and that version, and CHANGELOG
                                             says what is new in it
python packaging/release.py notes            print what CHANGELOG says is new in this version
python packaging/release.py news FOLDER      write FOLDER/version.json, which tells the app of this
                                             version; nothing where it has no address to ask
python packaging/release.py sums FOLDER      write FOLDER/SHA256SUMS of every file in it
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"
NEWS = "version.json"
MOST_NEWS, LONGEST_NEWS = 3, 140
"""As the app shows them: `domain/new_version.py`."""


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
    return found + faults_of_news(root)


def address(root: Path = ROOT) -> str:
    """Where the app learns of new versions; "" for an app that does not."""
    text = (root / "resources" / "versions.toml").read_text("utf-8")
    return str(tomllib.loads(text)["address"])


def news(root: Path = ROOT) -> dict[str, object]:
    """What version.json says of this version. Raises ValueError when something is missing."""
    if found := faults_of_news(root):
        raise ValueError("; ".join(found))
    told = _told(root)
    return {
        "version": told["version"],
        "date": _day(root),
        "page": told["page"],
        "news": told["news"],
    }


def faults_of_news(root: Path = ROOT) -> list[str]:
    """Why the app could not tell of this version, a sentence each; none where it tells nothing."""
    place = address(root)
    if not place:
        return []
    told, own = _told(root), version(root)
    host = f"https://{urlsplit(place).netloc}/"
    found = []
    if told["version"] != own:
        found.append(f"packaging/news.toml is about {told['version'] or 'no version'}, not {own}")
    if not told["page"].startswith(host):
        found.append(f"packaging/news.toml: the page must begin with {host}")
    if not _day(root):
        found.append(f"CHANGELOG.md has no day in “## [{own}] - 2026-12-31”")
    for language, lines in told["news"].items():
        if not 0 < len(lines) <= MOST_NEWS or any(len(one) > LONGEST_NEWS for one in lines):
            found.append(
                f"packaging/news.toml: “{language}” wants one to {MOST_NEWS} lines of "
                f"{LONGEST_NEWS} characters at most"
            )
    return found


def _told(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "packaging" / "news.toml").read_text("utf-8"))


def _day(root: Path) -> str:
    """The day of this version in CHANGELOG; "" when there is none."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    heading = rf"^## \[{re.escape(version(root))}\] - (\d{{4}}-\d\d-\d\d)$"
    found = re.search(heading, text, re.MULTILINE)
    return found[1] if found else ""


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
        case ["news", folder] if not address():
            print(f"resources/versions.toml has no address: no {NEWS} in {folder}")
        case ["news", folder]:
            text = json.dumps(news(), ensure_ascii=False, indent=2) + "\n"
            (Path(folder) / NEWS).write_text(text, "utf-8", newline="\n")
            print(text, end="")
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
