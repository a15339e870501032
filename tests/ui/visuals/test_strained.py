"""What strains a picture is never paid by the day, the hours or who invites."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import Shape, more_guests, visual_of
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.ui.visuals import sheet
from tchat_desktop.ui.visuals.rendering import picture
from tchat_desktop.wording.when_words import when_of
from tests.visuals_gallery import LANGUAGES, cases


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", Design)
@pytest.mark.parametrize("shape", [Shape.WIDE, Shape.SQUARE, Shape.TALL, Shape.POSTER])
def test_the_day_and_the_hours_are_whole(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, language: str, design: Design, shape: Shape
) -> None:
    drawn: dict[str, str] = {}
    fitted = sheet.fitted

    def noted(text: str, room: QSizeF, face: sheet.Face) -> object:
        size, rows = fitted(text, room, face)
        drawn[text] = rows[-1]
        return size, rows

    monkeypatch.setattr(sheet, "fitted", noted)
    chat = dict(cases(language))["strained"]
    texts, when = texts_of(language), when_of(chat)
    visual = visual_of(chat, texts, when)
    picture(visual, shape, design, "#4b2e83", QImage(), more_guests(visual, texts))
    told = [last for text, last in drawn.items() if visual.hours in text and visual.day in text]
    assert told
    assert not [last for last in told if last.endswith("…")]
    if shape is not Shape.WIDE:
        assert not drawn[visual.organisation].endswith("…")
