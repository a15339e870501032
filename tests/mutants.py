"""How many small faults the tests notice: `python -m tests.mutants [--sample N] [PATH …]`.

A fault is one operator, constant or condition of the code turned into another. Each is put into a
copy of the project, and the tests that import the module run there, then the rest of the tests of
domain and services where they noticed nothing. What is left is printed: a test is missing there,
or the fault changes nothing. PATHs are of the package; without any, domain and services/outbox*.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tchat_desktop"
USUAL = ("domain", "services/outbox*")
COPIED = ("tchat_desktop", "tests", "resources", "translations", "pyproject.toml")
LONGEST = 600.0
"""Seconds after which a run counts as a fault that was noticed: it goes round in circles."""

_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the number of its place in the module, and what is done there in words."""

    path: Path
    place: int
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.words}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every fault that can be made in a module."""
    for place, (node, _) in enumerate(_places(ast.parse(path.read_text("utf-8")))):
        yield Mutant(path, place, node.lineno, _turned(node)[1])


def source_of(mutant: Mutant) -> str:
    """The module with the fault in it."""
    tree = ast.parse(mutant.path.read_text("utf-8"))
    node, put = list(_places(tree))[mutant.place]
    made = _turned(node)[0]
    put.replace(made)
    return ast.unparse(ast.fix_missing_locations(tree))


@dataclass(frozen=True, slots=True)
class _Put:
    """Where a node hangs."""

    parent: ast.AST
    field: str
    index: int | None

    def replace(self, node: ast.expr) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, _Put]]:
    """The expressions of functions that can be turned into others; never an annotation."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from _within(statement)


def _within(parent: ast.AST) -> Iterator[tuple[ast.expr, _Put]]:
    # A function within another has its turn of its own.
    if isinstance(parent, ast.FunctionDef):
        return
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns"):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(node, ast.expr) and _turned(node)[1]:
                yield node, _Put(parent, field, index)
            if isinstance(node, ast.AST):
                yield from _within(node)


def _turned(node: ast.expr) -> tuple[ast.expr, str]:
    """A node turned into another, and in words; "" for one that stays as it is."""
    made: ast.expr = node
    match node:
        case ast.Compare(left, [one], rest) if type(one) in _OPERATORS:
            made = ast.Compare(left, [_OPERATORS[type(one)]()], rest)  # type: ignore[list-item]
        case ast.BoolOp(op, values):
            made = ast.BoolOp(_OPERATORS[type(op)](), values)  # type: ignore[arg-type]
        case ast.BinOp(left, op, right) if type(op) in _OPERATORS and not _is_text(left, right):
            made = ast.BinOp(left, _OPERATORS[type(op)](), right)  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not(), operand):
            made = operand
        case ast.Constant(bool(value)):
            made = ast.Constant(not value)
        case ast.Constant(int(value)):
            made = ast.Constant(value + 1)
        case ast.Call(ast.Name(name), args, keywords) if name in _NAMES:
            made = ast.Call(ast.Name(_NAMES[name]), args, keywords)
        case ast.IfExp(test, body, orelse):
            made = ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case _:
            return node, ""
    return made, f"{ast.unparse(node)} → {ast.unparse(made)}"


def _is_text(*nodes: ast.expr) -> bool:
    """Whether one is a text: nothing can be taken from it, and every test would notice."""
    return any(
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        for node in nodes
    )


# --- the tests ---------------------------------------------------------------------------------


def tests_of(path: Path) -> list[str]:
    """The test files of domain and services that name a module, the nearest first."""
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    stem = path.stem
    found = [
        test
        for room in ("domain", "services")
        for test in sorted((ROOT / "tests" / room).glob("test_*.py"))
        if f"from {module} import" in test.read_text("utf-8") or test.stem == f"test_{stem}"
    ]
    found.sort(key=lambda test: test.stem != f"test_{stem}")
    return [str(test.relative_to(ROOT)) for test in found]


class Copies:
    """Copies of the project, one for each run at the same time."""

    def __init__(self, folder: Path, count: int) -> None:
        self._free: SimpleQueue[Path] = SimpleQueue()
        for number in range(count):
            copy = folder / str(number)
            copy.mkdir()
            for name in COPIED:
                place = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
                place(ROOT / name, copy / name)
            self._free.put(copy)

    def notice(self, mutant: Mutant) -> bool:
        """Whether the tests notice the fault."""
        copy = self._free.get()
        file = copy / mutant.path.relative_to(ROOT)
        before = file.read_text("utf-8")
        file.write_text(source_of(mutant), "utf-8")
        try:
            near = tests_of(mutant.path)
            return any(
                not passes(copy, tests)
                for tests in (near, ["tests/domain", "tests/services"])
                if tests
            )
        finally:
            file.write_text(before, "utf-8")
            self._free.put(copy)


def passes(copy: Path, tests: Sequence[str]) -> bool:
    """Whether these tests of a copy pass, in time."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", *tests]
    # Bytecode is told from its source by whole seconds and its size: a fault could go unseen.
    own = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=os.environ | own,
            timeout=LONGEST,
            check=False,
            capture_output=True,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("paths", nargs="*", default=USUAL, metavar="PATH")
    asked.add_argument("--sample", type=int, default=0, metavar="N", help="so many; 0 for all")
    asked.add_argument("--seed", type=int, default=1, metavar="N")
    asked.add_argument("--at-once", type=int, default=1, metavar="N")
    chosen = asked.parse_args()
    files = sorted({file for path in chosen.paths for file in _files(path)})
    every = [mutant for file in files for mutant in mutants_of(file)]
    drawn = random.Random(chosen.seed).sample(every, min(chosen.sample or len(every), len(every)))
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(Path(folder), chosen.at_once)
        if not passes(Path(folder) / "0", ["tests/domain", "tests/services"]):
            print("The tests fail without any fault.")
            return 2
        with ThreadPoolExecutor(chosen.at_once) as pool:
            noticed = 0
            for number, (mutant, seen) in enumerate(
                zip(drawn, pool.map(copies.notice, drawn), strict=True), 1
            ):
                noticed += seen
                if not seen:
                    print(f"NOT NOTICED ({noticed} of {number}) {mutant}", flush=True)
    share = 100 * noticed / len(drawn)
    print(f"{noticed} of {len(drawn)} noticed, {share:.1f} %; there are {len(every)} in all.")
    return 0


def _files(path: str) -> Iterator[Path]:
    for found in PACKAGE.glob(path):
        yield from found.rglob("*.py") if found.is_dir() else [found]


if __name__ == "__main__":
    raise SystemExit(main())
