"""The rooms of the package, who may know whom, and the picture of it for docs/architecture.md.

python -m tests.rooms            print the picture
python -m tests.rooms --write    put it into docs/architecture.md
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

NAME = "tchat_desktop"
PACKAGE = Path(__file__).parent.parent / NAME
PAPER = PACKAGE.parent / "docs" / "architecture.md"
PAGES = "ui.pages"
SHARED = ("page", "shared", "rehearsing")
"""What lies in ui/pages/ and is not the folder of a step."""


@dataclass(frozen=True)
class Room:
    """What a room may import besides itself, and why that and nothing else."""

    may_import: tuple[str, ...]
    why: str


_UI = ("services", "domain", "domain.x", "wording", "platform.paths")

ROOMS = {
    "domain": Room((), "A rule is read and tested alone: it knows neither clock, disk nor screen."),
    "domain.x": Room(
        ("domain",), "What only X knows is handed in as rules, so that the core names no network."
    ),
    "services": Room(("domain",), "What the app does runs without a window and against fakes."),
    "platform": Room((), "Where things are must be known before anything else is there."),
    "wording": Room(
        ("domain", "domain.x", "services", "platform.paths"),
        "The window and the command line say the same sentence for the same fact.",
    ),
    "adapters": Room(
        ("services.ports", "domain", "domain.x", "platform.paths"),
        "The outside world fits the ports; nobody inside knows it by name.",
    ),
    "ui": Room(_UI, "What every part of the window uses: colours, icons, the bridge, dialogs."),
    "ui.widgets": Room(("ui", *_UI), "A widget knows no page, so that any page may use it."),
    "ui.models": Room(("ui", *_UI), "What a page shows is worked out where no widget is needed."),
    "ui.pages": Room(("ui", "ui.widgets", *_UI), "What all pages have in common."),
    "ui.pages.shared": Room(
        ("ui", "ui.widgets", "ui.models", "ui.pages", *_UI), "What several steps show alike."
    ),
    "ui.pages.rehearsing": Room(
        ("ui", "ui.widgets", "ui.models", "ui.pages.shared", *_UI),
        "The made-up X of a rehearsal stands in for the browser, of whichever page.",
    ),
    "ui.pages.<step>": Room(
        (
            *("ui", "ui.widgets", "ui.models", "ui.pages", "ui.pages.shared"),
            *("ui.pages.rehearsing", *_UI),
        ),
        "A step is one folder: it can be read, changed and taken out without the other steps.",
    ),
    "ui.shell": Room(
        ("ui", "ui.widgets", "ui.models", "ui.pages", "ui.pages.shared", *_UI),
        "The window knows that there are pages, not which.",
    ),
    "start": Room(
        (
            *("domain", "domain.x", "services", "adapters", "platform", "wording", "ui"),
            *(
                "ui.widgets",
                "ui.models",
                "ui.pages",
                "ui.pages.shared",
                "ui.pages.<step>",
                "ui.shell",
            ),
            "__version__",
        ),
        "Here, and only here, the application is put together.",
    ),
    "": Room(
        ("start", "platform", "services.ports", "adapters.x.client"),
        "`python -m tchat_desktop` hands over to one way of starting.",
    ),
}
"""Room -> what it may know. A room is a folder; what lies in a folder without a row of its own
belongs to the folder around it."""

WITH_QT = ("ui", "start")


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    """The room of a module named from within the package: "ui.pages.recap.page"."""
    parts = module.split(".")
    if module.startswith(PAGES + ".") and len(parts) > 2 and parts[2] not in SHARED:
        return f"{PAGES}.<step>"
    for size in range(len(parts), 0, -1):
        room = ".".join(parts[:size])
        if room in ROOMS:
            return room
    return ""


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Every absolute module or name a file imports, with its line, also inside functions."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return tuple(found)


def module_of(path: Path) -> str:
    """The name of a module from within the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix("__init__").removesuffix(".")


def ours(path: Path) -> Iterator[tuple[str, int]]:
    """What a file imports of this package, named from within it; its version lies in no room."""
    for module, line in imports(path):
        if module.startswith(NAME + ".") and module != f"{NAME}.__version__":
            yield module.removeprefix(NAME + "."), line


def strangers(path: Path) -> list[str]:
    """What a file imports and its room may not know, each told in a sentence."""
    module = module_of(path)
    home = room_of(module)
    room = ROOMS[home]
    found = []
    for other, line in ours(path):
        there = room_of(other)
        same = there == home and (there != f"{PAGES}.<step>" or _step(other) == _step(module))
        known = there in room.may_import or any(
            other == one or other.startswith(one + ".")
            for one in room.may_import
            if one not in ROOMS
        )
        if not same and not known:
            found.append(f"{module}:{line} imports {other}. {room.why}")
    return found


def _step(module: str) -> str:
    return module.split(".")[2]


def arrows() -> dict[str, set[str]]:
    """Room -> rooms it does import from."""
    found: dict[str, set[str]] = {room: set() for room in ROOMS if room}
    for path in modules():
        home = room_of(module_of(path))
        if home:
            found[home] |= {room_of(other) for other, _line in ours(path)} - {home, ""}
    return found


def picture() -> str:
    """The rooms as a drawing in Mermaid's language: an arrow only where no longer way says it."""
    known = arrows()
    lines = ["```mermaid", "graph TD"]
    lines += [f'    {_id(room)}["{_shown(room)}"]' for room in known]
    for room, others in known.items():
        further = {far for other in others for far in _reached(other, known)}
        lines += [f"    {_id(room)} --> {_id(other)}" for other in sorted(others - further)]
    return "\n".join([*lines, "```"])


def _reached(room: str, known: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(known[room])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += known[one]
    return found


def circles() -> list[str]:
    """The rooms from which one comes back to where one was."""
    known = arrows()
    return [room for room in known if room in _reached(room, known)]


def _id(room: str) -> str:
    return room.replace(".", "_").replace("<", "").replace(">", "")


def _shown(room: str) -> str:
    return room.replace(".", "/").replace("<step>", "‹step›") + "/"


def drawn(text: str) -> str:
    """The picture as it stands in a paper, without what is around it."""
    after = text[text.index("```mermaid") :].splitlines()
    return "\n".join([after[0], *takewhile(lambda line: line != "```", after[1:]), "```"])


def main() -> None:
    """Print the picture, or put it where it belongs."""
    if "--write" not in sys.argv:
        print(picture())
        return
    text = PAPER.read_text("utf-8")
    PAPER.write_text(text.replace(drawn(text), picture()), "utf-8")


if __name__ == "__main__":
    main()
