"""One name, one thing: what is public says by its name alone which thing it is."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.rooms import PACKAGE, modules

EVERYWHERE = {"log", "main"}
"""What each module calls alike on purpose."""


def public(path: Path) -> Iterator[str]:
    """What a module defines that others may import, but for variables of types."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign) and not _is_type_variable(node.value):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _is_type_variable(value: ast.expr) -> bool:
    made = value.func if isinstance(value, ast.Call) else None
    return isinstance(made, ast.Name) and made.id in {"TypeVar", "ParamSpec"}


def test_no_public_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for name in public(path):
            if not name.startswith("_") and name not in EVERYWHERE:
                places[name].append(str(path.relative_to(PACKAGE)))
    doubled = {name: files for name, files in places.items() if len(files) > 1}
    assert doubled == {}


def test_a_doubled_name_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(
        "class Mark: ...\nLONGEST = 3\nMOST: int = 4\nT = TypeVar('T')\ndef build(): ...\n", "utf-8"
    )
    assert list(public(path)) == ["Mark", "LONGEST", "MOST", "build"]
