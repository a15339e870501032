"""How many small faults the tests notice: `python -m tests.mutants [--sample N] [PATH …]`.

A fault is one operator, constant or condition of the code turned into another. The tests of domain
and services run once, watched: which lines each one runs. Then each fault is imported in place of
its module, in a process of its own, and the tests that run its line go first, then the others of
the files that import the module. What none of them notices is printed: a test is missing there, or
the fault changes nothing. PATHs are of the package; without any, domain and the outbox. Wants a
system that can copy a process (Linux, macOS).
"""

from __future__ import annotations

import argparse
import ast
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from coverage import Coverage
from hypothesis import Phase, settings
from PySide6 import QtTest, QtWidgets  # noqa: F401  Each copied process would read it again.

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tchat_desktop"
ROOMS = ("tests/domain", "tests/services")
USUAL = ("domain", "services/outbox*", "services/leaving.py", "services/hour_decisions.py")
LONGEST = 900
"""Seconds the tests may take without a fault."""
MEMORY = 4 << 30
"""Bytes a process may take."""
FIRST = 4
"""Files of tests that are read first."""
UNNOTICED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
QUIET = ("-q", "-W", "ignore:Module already imported so cannot be rewritten")
"""For the plugins that are imported before a process is copied."""

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
    lines: frozenset[int]
    """The lines of the file at which the place is run."""

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.words}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every fault that can be made in a module."""
    tree = ast.parse(path.read_text("utf-8"))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    for place, (node, _) in enumerate(_places(tree)):
        last = node.end_lineno or node.lineno
        begun = max(
            statement.lineno
            for statement in statements
            if statement.lineno <= node.lineno <= (statement.end_lineno or 0)
        )
        lines = frozenset({begun, *range(node.lineno, last + 1)})
        yield Mutant(path, place, node.lineno, _turned(node)[1], lines)


def source_of(mutant: Mutant) -> str:
    """The module with the fault in it."""
    tree = ast.parse(mutant.path.read_text("utf-8"))
    node, put = list(_places(tree))[mutant.place]
    made = _turned(node)[0]
    put.replace(made)
    return ast.unparse(ast.fix_missing_locations(tree))


@dataclass(frozen=True, slots=True)
class _Hung:
    """Where a node hangs."""

    parent: ast.AST
    field: str
    index: int | None

    def replace(self, node: ast.expr) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, _Hung]]:
    """The expressions of functions that can be turned into others; never an annotation."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from _within(statement)


def _within(parent: ast.AST) -> Iterator[tuple[ast.expr, _Hung]]:
    # A function within another has its turn of its own.
    if isinstance(parent, ast.FunctionDef):
        return
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns"):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(node, ast.expr) and _turned(node)[1]:
                yield node, _Hung(parent, field, index)
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


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests run which lines, and how long each takes."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run the place of a fault, the quickest first."""
        lines = self.lines.get(str(mutant.path), {})
        tests = {test for line in mutant.lines for test in lines.get(line, ()) if test}
        return sorted(tests, key=lambda test: self.seconds.get(test, 0))


def near(path: Path) -> set[str]:
    """The test files of domain and services that import from a module or bear its name."""
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return {
        str(test.relative_to(ROOT))
        for room in ROOMS
        for test in (ROOT / room).rglob("test_*.py")
        if test.stem == f"test_{path.stem}" or f"from {module} import" in test.read_text("utf-8")
    }


class _Watch:
    """Sees which lines each test runs, for `Reach`."""

    def __init__(self) -> None:
        # Of a module that is read once, what runs while it is read belongs to no test.
        self.coverage = Coverage(data_file=None, include=[f"{PACKAGE}/*"], config_file=False)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.coverage.switch_context(item.nodeid)
        begun = time.perf_counter()
        done = yield
        self.seconds[item.nodeid] = time.perf_counter() - begun
        return done

    def reach(self) -> Reach:
        data = self.coverage.get_data()
        files = data.measured_files()
        return Reach({file: data.contexts_by_lineno(file) for file in files}, self.seconds)


class _Order:
    """Runs the chosen tests in the given order, and looks for no smaller example of a failure."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._place = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", settings(), phases=phases, derandomize=True)
        settings.load_profile("mutants")
        items[:] = [item for item in items if item.nodeid in self._place]
        items.sort(key=lambda item: self._place[item.nodeid])


class _Put(MetaPathFinder, Loader):
    """Has the fault imported in place of the module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._name = ".".join(mutant.path.relative_to(ROOT).with_suffix("").parts)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        return spec_from_file_location(fullname, self._mutant.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(source_of(self._mutant), str(self._mutant.path), "exec"), module.__dict__)


def _look(file: Path) -> int:
    """Run every test once and write the reach of each; in a process of its own."""
    watch = _Watch()
    watch.coverage.start()
    failed = pytest.main([*QUIET, *ROOMS], [watch])
    watch.coverage.stop()
    file.write_bytes(pickle.dumps(watch.reach()))
    return failed


def _try(mutant: Mutant, tests: Sequence[str]) -> int:
    """Run these tests with the fault; in a process of its own. 0 when it was not noticed."""
    sys.meta_path.insert(0, _Put(mutant))
    files = list({test.partition("::")[0]: None for test in tests})
    # Most faults are noticed by the first few files: to read the others would take the longest.
    for some in (files[:FIRST], files[FIRST:]):
        if some and pytest.main([*QUIET, "-x", *some], [_Order(tests)]) not in UNNOTICED:
            return 1
    return 0


def _apart(work: Callable[[], int], seconds: int) -> int:
    """Start some work in a copy of this process, silent; the number of that process."""
    pid = os.fork()
    if pid:
        return pid
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    # A fault can go round in circles, or fill the memory: then it was noticed.
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    failed = 1
    try:
        failed = work()
    finally:
        os._exit(int(failed))


def survivors(mutants: Sequence[Mutant], reach: Reach, at_once: int) -> Iterator[Mutant]:
    """The faults no test notices."""
    waiting = list(reversed(mutants))
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            tests = reach.tests_of(mutant)
            beside = near(mutant.path)
            tests.sort(key=lambda test: test.partition("::")[0] not in beside)
            tests += [
                test
                for test in reach.seconds
                if test.partition("::")[0] in beside and test not in tests
            ]
            if not tests:
                yield mutant
                continue
            expected = sum(reach.seconds[test] for test in tests)
            running[_apart(partial(_try, mutant, tests), int(20 + 4 * expected))] = mutant
        if running:
            pid, status = os.wait()
            mutant = running.pop(pid)
            if status == 0:
                yield mutant


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("paths", nargs="*", default=USUAL, metavar="PATH")
    asked.add_argument("--sample", type=int, default=0, metavar="N", help="so many; 0 for all")
    asked.add_argument("--seed", type=int, default=1, metavar="N")
    asked.add_argument("--at-once", type=int, default=os.cpu_count() or 1, metavar="N")
    chosen = asked.parse_args()
    os.chdir(ROOT)
    files = sorted({file for path in chosen.paths for file in _files(path)})
    every = [mutant for file in files for mutant in mutants_of(file)]
    if not every:
        asked.error("nothing of the package that could be changed: paths are like domain/chat.py")
    drawn = random.Random(chosen.seed).sample(every, min(chosen.sample or len(every), len(every)))
    drawn.sort(key=lambda mutant: (mutant.path, mutant.place))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "QT_QPA_PLATFORM": "offscreen",
            "HYPOTHESIS_STORAGE_DIRECTORY": folder,
        }
        seen = Path(folder) / "reach"
        _, status = os.waitpid(_apart(partial(_look, seen), LONGEST), 0)
        if status:
            print("The tests fail without any fault.")
            return 2
        reach: Reach = pickle.loads(seen.read_bytes())
        left = Counter[Path]()
        for mutant in survivors(drawn, reach, chosen.at_once):
            print(f"NOT NOTICED {mutant}", flush=True)
            left[mutant.path] += 1
    for path, count in Counter(mutant.path for mutant in drawn).items():
        print(f"{count - left[path]:5} of {count:5} {path.relative_to(ROOT)}")
    noticed = len(drawn) - left.total()
    share = 100 * noticed / len(drawn)
    print(f"{noticed} of {len(drawn)} noticed, {share:.1f} %; there are {len(every)} in all.")
    return 0


def _files(path: str) -> Iterator[Path]:
    for found in PACKAGE.glob(path):
        yield from found.rglob("*.py") if found.is_dir() else [found]


if __name__ == "__main__":
    raise SystemExit(main())
