"""Ports are held against what fulfils them by mypy: a name changed in one is red at once.

A class says which port it is in a function below itself that only mypy reads; a class that may not
know the port (it is a page's) has that function in `start/pages.py`.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["files"]
"""What mypy looks at."""
SERVICES = "tchat_desktop/services/ports.py"
RENAMED = (
    (
        (SERVICES, "Publisher", "publish"),
        (
            "tchat_desktop/services/",
            "tchat_desktop/adapters/x/publisher.py",
            "tchat_desktop/adapters/x/web_page.py",
            "tests/fakes/outgoing.py",
        ),
    ),
    (
        (SERVICES, "OutboxStore", "move"),
        (
            "tchat_desktop/services/",
            "tchat_desktop/adapters/sqlite/outbox.py",
            "tests/fakes/memory_store.py",
        ),
    ),
    (
        ("tchat_desktop/ui/pages/shared/hour_ports.py", "HourPort", "reply"),
        (
            "tchat_desktop/ui/pages/hour/",
            "tchat_desktop/start/pages.py",
            "tests/ui/pages/fake_hours.py",
        ),
    ),
)
"""A method of a port, and where its new name is to be missed: product, pages and fakes."""


def trees(*folders: str) -> list[ast.Module]:
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [ast.parse(path.read_text("utf-8")) for path in paths]


def ports_in(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and "Protocol" in map(ast.unparse, node.bases):
            yield node.name


def fulfilled_in(tree: ast.Module) -> Iterator[str]:
    """The ports that something is said to be, for mypy alone."""
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for node in block.body:
                if isinstance(node, ast.FunctionDef) and node.returns is not None:
                    yield ast.unparse(node.returns).rpartition(".")[2]


def test_something_says_that_it_is_each_port() -> None:
    ports = {name for tree in trees("tchat_desktop") for name in ports_in(tree)}
    said = {name for tree in trees("tchat_desktop", "tests/fakes") for name in fulfilled_in(tree)}
    assert len(ports) >= 15
    assert ports - said == set()


def rename(folder: Path, file: str, port: str, method: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    owner = next(
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name == port
    )
    line = next(
        node.lineno - 1
        for node in owner.body
        if isinstance(node, ast.FunctionDef) and node.name == method
    )
    lines = text.splitlines(keepends=True)
    lines[line] = lines[line].replace(f"def {method}(", f"def {method}_anew(")
    path.write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What mypy says of a copy in which a method of three ports has another name."""
    folder = tmp_path_factory.mktemp("renamed")
    for name in sorted({"pyproject.toml", *(Path(one).parts[0] for one in CHECKED)}):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    for method, _places in RENAMED:
        rename(folder, *method)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--no-pretty"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout.replace("\\", "/").splitlines()


@pytest.mark.parametrize(("method", "places"), RENAMED, ids=[one[-1] for one, _places in RENAMED])
def test_a_method_renamed_is_missed_by_product_pages_and_fakes(
    method: tuple[str, str, str], places: tuple[str, ...], told: list[str]
) -> None:
    about = [line for line in told if f'"{method[-1]}"' in line or f"{method[-1]}_anew" in line]
    assert [place for place in places if not any(line.startswith(place) for line in about)] == []
