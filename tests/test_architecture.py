"""The import rule: who may know whom, held by reading every import of the package."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tchat_desktop"
NAME = "tchat_desktop"

MAY_IMPORT = {
    "domain": {"domain"},
    "services": {"services", "domain"},
    "adapters": {"adapters", "services.ports", "domain", "paths"},
    "ui": {"ui", "services", "domain", "i18n", "paths"},
}
"""Room -> rooms and modules of ours it may import. app.py alone sees everything."""

SLOW = (
    "tweepy", "keyring", "jinja2", "babel.dates", "icalendar", "segno", "wakepy", "requests",
    "psutil",
)  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> list[tuple[str, int]]:
    """Every absolute module a file imports, with its line, also inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may_know(path: Path) -> None:
    relative = path.relative_to(PACKAGE)
    room = relative.parts[0] if len(relative.parts) > 1 else ""
    allowed = MAY_IMPORT.get(room)
    for module, line in imports(path):
        where = f"{relative}:{line} imports {module}"
        if module.split(".")[0] == "PySide6":
            assert room == "ui" or relative.name == "app.py", where
        if allowed is not None and module.startswith(NAME + "."):
            inner = module.removeprefix(NAME + ".")
            assert any(inner == one or inner.startswith(one + ".") for one in allowed), where


def test_no_module_is_called_utils() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "misc", "common"}]


def test_slow_libraries_are_not_imported_at_start_up() -> None:
    code = (
        "import sys, tchat_desktop.start.window, tchat_desktop.ui.shell.main_window;"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_domain_asks_neither_the_clock_nor_the_disk() -> None:
    for path in (PACKAGE / "domain").glob("*.py"):
        for module, line in imports(path):
            top = module.split(".")[0]
            assert top not in {"os", "pathlib", "io", "sqlite3", "time", "random", "threading"}, (
                f"{path.name}:{line} imports {module}"
            )
        source = path.read_text("utf-8")
        for call in (".now(", ".today(", ".utcnow(", "open("):
            assert call not in source.replace("is_open(", ""), f"{path.name} calls {call})"
