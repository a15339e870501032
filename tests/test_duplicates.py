"""The same lines are written once: runs of statements that differ by nothing but their names.

Words on screen stay as they are, so two lists of advice are no duplicates. The second half says
that the check sees what it is for.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = {"tchat_desktop": 4, "tests": 8}
"""How many lines of statements may stand in two places, without their docstrings."""


class Run(NamedTuple):
    """Statements that follow each other in one file."""

    file: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.file}:{self.first}-{self.last}"


def shape(node: object, names: dict[str, int]) -> object:
    """A node without the names of variables: each is the number of its first mention."""
    if isinstance(node, ast.Name):
        return names.setdefault(node.id, len(names))
    if isinstance(node, ast.AST):
        return type(node).__name__, *(shape(getattr(node, name), names) for name in node._fields)
    if isinstance(node, list):
        return tuple(shape(one, names) for one in node)
    return node


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks of statements within functions, without their docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef):
            continue
        for part in ("body", "orelse", "finalbody"):
            block = getattr(node, part, None)
            if isinstance(block, list):
                yield [
                    one
                    for one in block
                    if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
                ]


def runs(block: Sequence[ast.stmt], most_lines: int) -> Iterator[Sequence[ast.stmt]]:
    """From each statement on, the shortest run that has more lines."""
    sizes = [(one.end_lineno or 0) - one.lineno + 1 for one in block]
    for first in range(len(block)):
        for after in range(first + 1, len(block) + 1):
            if sum(sizes[first:after]) > most_lines:
                yield block[first:after]
                break


def duplicates(sources: Iterable[tuple[str, str]], most_lines: int) -> list[tuple[Run, Run]]:
    """The pairs of runs with more lines that are alike; a longer pair shows as several."""
    seen: dict[object, list[Run]] = defaultdict(list)
    for file, source in sources:
        for block in blocks(ast.parse(source)):
            for run in runs(block, most_lines):
                seen[shape(run, {})].append(Run(file, run[0].lineno, run[-1].end_lineno or 0))
    return [
        (one, other)
        for alike in seen.values()
        for one, other in combinations(alike, 2)
        if one.file != other.file or one.last < other.first
    ]


@pytest.mark.parametrize("place", MOST_LINES)
def test_no_statements_stand_in_two_places(place: str) -> None:
    sources = [
        (str(path.relative_to(ROOT)), path.read_text("utf-8"))
        for path in sorted((ROOT / place).rglob("*.py"))
    ]
    assert len(sources) > 100
    found = [f"{one} is {other}" for one, other in duplicates(sources, MOST_LINES[place])]
    assert found == []


BEFORE = """
def a(posts):
    '''One.'''
    total = 0
    for post in posts:
        total += post.reads
    return total
"""
RENAMED = BEFORE.replace("total", "sum").replace("posts", "those").replace("post", "one")


def test_the_same_lines_under_other_names_are_found() -> None:
    (pair,) = duplicates([("a.py", BEFORE), ("b.py", RENAMED)], 3)
    assert pair == (Run("a.py", 4, 7), Run("b.py", 4, 7))
    assert duplicates([("a.py", BEFORE), ("b.py", RENAMED)], 4) == []


@pytest.mark.parametrize(
    ("said", "instead"), [("reads", "likes"), ("= 0", "= 1"), ("+=", "-="), ("return", "yield")]
)
def test_lines_that_do_something_else_are_no_duplicates(said: str, instead: str) -> None:
    assert duplicates([("a.py", BEFORE), ("b.py", RENAMED.replace(said, instead))], 3) == []
