"""A post that is cut says so, and uses the room there is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets.post_text import PostText

LONG = "Que peut faire l’école quand une élève va être mariée ? " * 12


@pytest.mark.parametrize(
    "text", [LONG, "Un\n\nDeux\nTrois\n\nQuatre\n\nCinq", "#UnionsPrécoces " * 60]
)
def test_it_ends_in_dots_within_its_lines(qtbot: QtBot, text: str) -> None:
    widget = PostText(text, lines=4)
    qtbot.addWidget(widget)
    widget.resize(300, widget.heightForWidth(300))
    whole, _height = widget._laid_out(300, widget._shown())
    start = whole.lineAt(3).textStart()
    shown = widget._elided(widget._shown(), start, 4)
    assert shown.text().endswith("…")
    assert shown.lineCount() == 4


def test_it_takes_the_room_it_is_given(qtbot: QtBot) -> None:
    widget = PostText(LONG, lines=4)
    qtbot.addWidget(widget)
    widget.resize(300, 2 * widget.heightForWidth(300))
    assert widget._lines_here() == 8
