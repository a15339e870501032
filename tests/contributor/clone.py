"""A copy of the project that somebody changes as CONTRIBUTING.md tells, and its checks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
COPIED = ("tchat_desktop", "resources", "translations", "packaging", "tests", "pyproject.toml")


class Clone:
    """The copy. `touched` are the files that were changed or made by hand."""

    def __init__(self, folder: Path, of: Path = ROOT) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in COPIED:
            source, target = of / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy2(source, target)

    def write(self, name: str, text: str) -> None:
        """Make a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.touched.add(name)

    def change(self, name: str, before: str, after: str) -> None:
        """Write something else in the place of what stands once in a file."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(before) == 1, f"{name}: {before!r}"
        self.write(name, text.replace(before, after))

    def add(self, name: str, line: str, more: str) -> None:
        """Write more after what stands once in a file."""
        self.change(name, line, line + more)

    def remove(self, name: str) -> None:
        """Take a file or folder away."""
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    def translate(self, code: str, words: Callable[[str], str | None]) -> None:
        """Update the catalogues, then translate what a language lacks, where `words` knows it."""
        self.run("packaging/translations.py")
        name = f"translations/{code}/LC_MESSAGES/tchat.po"
        with (self.folder / name).open("rb") as stream:
            catalogue = read_po(stream, locale=code)
        for message in catalogue:
            if message.id and not any(_texts(message.string)):
                found = [words(one) or "" for one in _texts(message.id)]
                forms = catalogue.num_plurals
                plural = isinstance(message.id, tuple)
                message.string = tuple((found * forms)[-forms:]) if plural else found[0]
        with (self.folder / name).open("wb") as stream:
            write_po(stream, catalogue)
        self.touched.add(name)
        self.run("packaging/translations.py")

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run Python in the copy: the exit code, and what was said."""
        places = {"PYTHONPATH": str(self.folder), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=os.environ | places,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def test(self, *names: str) -> tuple[int, str]:
        """Run tests of the copy."""
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *names)

    def passes(self, *names: str) -> None:
        """Assert that tests of the copy pass."""
        code, said = self.test(*names)
        assert code == 0, said[-6000:]

    def is_translated(self) -> None:
        """Assert that no text and no language lacks anything."""
        code, said = self.run("packaging/translations.py", "--check")
        assert code == 0, said[-3000:]


def _texts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def listed(heading: str) -> list[re.Pattern[str]]:
    """The files that CONTRIBUTING.md names under a heading; `<step>` and the like stand for any."""
    paper = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = re.split(r"^## ", paper.split(f"## {heading}\n")[1], flags=re.M)[0]
    named = re.findall(r"`((?:tchat_desktop|resources|translations)/[^`]*)`", section)
    return [
        re.compile(re.sub(r"<\w+>", "[^/]+", name) + (".*" if name.endswith("/") else ""))
        for name in named
    ]


def unlisted(touched: set[str], heading: str) -> list[str]:
    """The files that had to be touched and that CONTRIBUTING.md does not tell of."""
    patterns = listed(heading)
    return [name for name in sorted(touched) if not any(one.fullmatch(name) for one in patterns)]
