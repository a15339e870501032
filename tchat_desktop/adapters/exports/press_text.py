"""Writes the text for the press as plain text, which every program of a newsroom opens."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.stationery import clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.letters import Letter


def write_press_text(press: Letter, path: Path) -> Path:
    """Write title and text completely or not at all; returns the path. Raises OSError."""
    text = f"{one_line(press.subject)}\n\n{clean(press.body)}\n"
    # With its mark and line ends, Word and Notepad take it for what it is on every Windows.
    return write_whole(path, text.replace("\n", "\r\n").encode("utf-8-sig"))
