"""What the papers name is there: links, files, and the day of every decision."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tchat_desktop import __version__

ROOT = Path(__file__).parent.parent
FOLDERS = ("tchat_desktop", "tests", "packaging", "resources", "translations", "docs", "benchmarks")
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
_DATED = re.compile(r"\*(\d{4}-\d\d-\d\d)\b.* (in force|replaced by \d{4})\b.*\*")
_NAMED = re.compile(r"`([\w./-]+\.(?:py|toml|md|tsv|po|svg|spec|ts|pot|j2|sh))`")


def there(name: str) -> bool:
    """Whether a file ends with that path, as papers name files: from any folder of the project."""
    return any(
        path.as_posix().endswith("/" + name)
        for path in [*ROOT.glob("*"), *(one for top in FOLDERS for one in (ROOT / top).rglob("*"))]
    )


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text("utf-8")
    dead = [link for link in _LINK.findall(text) if not (paper.parent / link).exists()]
    assert not dead
    assert not [name for name in set(_NAMED.findall(text)) if not there(name)]


def test_every_decision_has_its_day_and_its_line_in_the_index() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert DECISIONS
    for path in DECISIONS:
        title, second = path.read_text("utf-8").split("\n")[:2]
        dated = _DATED.fullmatch(second)
        assert dated, path.name
        line = next((one for one in index.splitlines() if f"({path.name})" in one), "")
        assert title.removeprefix("# ") in line
        assert dated[1] in line


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "tchat_desktop/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
