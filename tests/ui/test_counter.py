"""The counter of a post says what the hour will say of it, by the way that it goes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.x.links import page_left
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.ui.widgets.post_edit import Counter
from tchat_desktop.wording.i18n import _

FAMILIES = "👨‍👩‍👧‍👦" * 40
"""It fits in a post, and not in the address of a page."""


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    counter = Counter()
    qtbot.addWidget(counter)
    return counter


def test_a_page_that_cannot_hold_the_text_is_told_where_there_is_one(counter: Counter) -> None:
    assert X_RULES.remaining(FAMILIES) >= 0
    counter.show_text(FAMILIES)
    assert counter.text() == _("Too long for the browser")
    assert counter.toolTip()
    counter.show_text(FAMILIES, by_page=False)
    assert counter.text() != _("Too long for the browser")
    assert not counter.toolTip()


def test_the_page_of_a_reply_holds_less(counter: Counter) -> None:
    text = next(
        text
        for text in ("👨‍👩‍👧‍👦" * n + "é" * more for n in range(10, 30) for more in range(150))
        if X_RULES.remaining(text) >= 0 and page_left(text, reply=True) < 0 <= page_left(text)
    )
    counter.show_text(text)
    assert counter.text() != _("Too long for the browser")
    counter.show_text(text, reply=True)
    assert counter.text() == _("Too long for the browser")
