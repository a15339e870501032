"""A file that the system asks the app to open is opened: so macOS tells of a double click."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from tchat_desktop.platform.paths import resource
from tests.ui.opening_child import WHEN

EXAMPLE = resource("languages", "fr", "example.tchat")


def chat_file(folder: Path, topic: str) -> Path:
    """A .tchat file of a chat of its own."""
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["chat"] |= {"id": f"id-{topic}", "topic": topic}
    file = folder / f"{topic}.tchat"
    file.write_text(json.dumps(document), "utf-8")
    return file


def opened(folder: Path, when: str, asked: list[Path], *flags: str) -> dict[str, Any]:
    """The chats there are, and the one on screen, after the system asked for these files."""
    told = [str(folder / "data"), when, str(len(asked)), *map(str, asked), *flags]
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.opening_child", *told],
        capture_output=True, text=True, timeout=40, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("when", WHEN)
def test_several_files_are_all_taken_in_and_the_last_is_on_screen(
    tmp_path: Path, when: str
) -> None:
    topics = ["Santé à Thiès", "Été", "École"]
    found = opened(tmp_path, when, [chat_file(tmp_path, topic) for topic in topics])
    assert found == {"topics": sorted(topics), "shown": "École"}


def test_a_file_that_waited_comes_before_the_chat_that_was_open_last(tmp_path: Path) -> None:
    opened(tmp_path, WHEN[2], [chat_file(tmp_path, "Hier")])
    found = opened(tmp_path, WHEN[0], [chat_file(tmp_path, "Demain")])
    assert found == {"topics": ["Demain", "Hier"], "shown": "Demain"}


def test_the_file_of_the_command_line_of_which_macos_tells_too_is_opened_once(
    tmp_path: Path,
) -> None:
    opened(tmp_path, WHEN[2], [chat_file(tmp_path, "Santé")])
    # Another version of a chat that is here already: each time it is opened, it is another chat.
    document = json.loads((tmp_path / "Santé.tchat").read_text("utf-8"))
    document["chat"]["topic"] = "Santé, corrigé"
    file = tmp_path / "corrigé.tchat"
    file.write_text(json.dumps(document), "utf-8")
    # macOS may tell of it with its accents apart.
    apart = Path(normalize("NFD", str(file)))
    apart.write_bytes(file.read_bytes())
    found = opened(tmp_path, WHEN[0], [apart], str(file))
    assert found == {"topics": ["Santé", "Santé, corrigé"], "shown": "Santé, corrigé"}
