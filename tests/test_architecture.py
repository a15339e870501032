"""The import rule: who may know whom, held by reading every import of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import rooms
from tests.rooms import PACKAGE, imports, modules

SLOW = (
    "tweepy", "keyring", "jinja2", "babel.dates", "icalendar", "segno", "wakepy", "requests",
    "mammoth", "holidays", "docx", "lxml",
    "psutil", "appnope",
)  # fmt: skip

MODULES = modules()
PAGES_TESTED = Path(__file__).parent / "ui" / "pages"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may_know(path: Path) -> None:
    assert not rooms.strangers(path)


def test_qt_is_known_only_where_there_is_a_window() -> None:
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0] not in rooms.WITH_QT:
            assert not [one for one, _line in imports(path) if one.split(".")[0] == "PySide6"], path


def test_no_two_rooms_know_each_other() -> None:
    assert rooms.circles() == []


def test_every_room_is_there() -> None:
    there = {rooms.room_of(rooms.module_of(path)) for path in MODULES}
    assert set(rooms.ROOMS) <= there


def test_the_paper_shows_the_rooms_as_they_are() -> None:
    shown = rooms.drawn(rooms.PAPER.read_text("utf-8"))
    assert shown == rooms.picture(), "python -m tests.rooms --write"


def test_the_tests_of_a_page_lie_in_a_folder_of_its_name() -> None:
    tested = {path.parent.name for path in PAGES_TESTED.glob("*/test_*.py")}
    assert not tested - {path.parent.name for path in (PACKAGE / "ui" / "pages").glob("*/*.py")}


def test_no_module_is_called_utils() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "misc", "common"}]


def test_the_command_line_runs_without_qt() -> None:
    code = "import sys, tchat_desktop.start.command_line; print('PySide6' in sys.modules)"
    assert _printed(code) == "False"


def test_slow_libraries_are_not_imported_at_start_up() -> None:
    code = (
        "import sys, tchat_desktop.start.window, tchat_desktop.ui.shell.main_window;"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    assert _printed(code) == "[]"


def _printed(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_the_domain_asks_neither_the_clock_nor_the_disk() -> None:
    for path in (PACKAGE / "domain").rglob("*.py"):
        for module, line in imports(path):
            top = module.split(".")[0]
            assert top not in {"os", "pathlib", "io", "sqlite3", "time", "random", "threading"}, (
                f"{path.name}:{line} imports {module}"
            )
        source = path.read_text("utf-8")
        for call in (".now(", ".today(", ".utcnow(", "open("):
            assert call not in source.replace("is_open(", ""), f"{path.name} calls {call})"
