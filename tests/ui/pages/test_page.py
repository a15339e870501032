"""The rhythm of a page: what belongs together stands together, at any text size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.theme import Space
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.text import Text


class Plain(Page):
    """A page with two cards and a section."""

    step = StepId.PURPOSE

    def __init__(self) -> None:
        super().__init__("Le but", "Ce que la conversation doit changer.")
        self.cards = [Card() for _ in range(3)]
        self.part = Text("Les invitées", "heading")
        for card in self.cards:
            card.setFixedHeight(40)
        self.add(*self.cards[:2])
        self.add_section(self.part, self.cards[2])


def _gap(above: QWidget, below: QWidget, page: Page) -> int:
    """The pixels between two widgets."""
    end = above.mapTo(page.inner, QPoint(0, above.height())).y()
    return below.mapTo(page.inner, QPoint(0, 0)).y() - end


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_page_has_one_rhythm(qtbot: QtBot, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    page = Plain()
    qtbot.addWidget(page)
    page.resize(theme.px(1100), theme.px(700))
    page.show()
    qtbot.waitExposed(page)
    words = page.lead.contentsMargins().bottom()
    found = [
        _gap(page.title, page.lead, page),
        _gap(page.lead, page.cards[0], page) + words,
        _gap(page.cards[0], page.cards[1], page),
        _gap(page.cards[1], page.part, page),
        _gap(page.part, page.cards[2], page),
    ]
    wanted = [
        Space.TITLE_LEAD,
        Space.LEAD_CONTENT,
        Space.GAP,
        Space.SECTION,
        Space.UNDER_HEADING,
    ]
    for seen, token in zip(found, wanted, strict=True):
        assert abs(seen - theme.px(token)) <= 1, (found, [theme.px(one) for one in wanted])


def test_without_its_title_a_page_begins_with_what_it_is_about(qtbot: QtBot) -> None:
    page = Plain()
    qtbot.addWidget(page)
    page.title.hide()
    page.lead.hide()
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    assert page.cards[0].mapTo(page.main, QPoint(0, 0)).y() == 0


def test_two_pieces_of_advice_are_seen_and_the_others_unfold(qtbot: QtBot) -> None:
    page = Plain()
    qtbot.addWidget(page)
    advice = [AdviceCard(f"Conseil {index}", "Respirez.") for index in range(4)]
    preview = Card()
    preview.add(Text("Aperçu"))
    page.add_advice(*advice[:3])
    page.add_advice(preview, advice[3])
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    assert [one.isVisible() for one in advice] == [True, True, False, False]
    assert preview.isVisible()
    fold = page.findChild(Fold)
    assert fold is not None
    fold.button.click()
    assert all(one.isVisible() for one in advice)


def test_a_page_with_little_advice_has_nothing_to_unfold(qtbot: QtBot) -> None:
    page = Plain()
    qtbot.addWidget(page)
    page.add_advice(AdviceCard("Conseil", "Respirez."))
    page.show()
    qtbot.waitExposed(page)
    fold = page.findChild(Fold)
    assert fold is not None
    assert not fold.isVisible()
