"""The card of the pictures: choices are kept, what is shown is true, what is saved is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Design, Picture, VisualDraft
from tchat_desktop.domain.visuals import SIZES, Shape, look_of, visual_of
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.promotion.visual_words import COLOURS, DESIGNS, FILE_STEMS
from tchat_desktop.ui.pages.promotion.visuals_card import VisualsCard
from tchat_desktop.ui.pages.shared import logo_choice, saving
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import NOW, a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import press, put_on_screen, says
from tests.ui.pages.promotion.no_files import files

texts_of = cache(load_texts)


@dataclass
class Desk:
    page: PromotionPage
    editor: ChatEditor
    store: MemoryPictures
    written: dict[Path, bytes] = field(default_factory=dict)

    @property
    def card(self) -> VisualsCard:
        return self.page.visuals

    @property
    def draft(self) -> VisualDraft:
        return look_of(self.editor.chat)


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def desk(qtbot: QtBot, bridge: Bridge) -> Desk:
    written: dict[Path, bytes] = {}

    editor, store = ChatEditor(a_chat()), MemoryPictures()
    page = PromotionPage(
        editor,
        texts_of,
        when_of,
        lambda: NOW,
        str,
        print,
        bridge,
        store,
        files(written),
    )
    put_on_screen(qtbot, page, editor)
    page.visuals.fold.button.click()
    return Desk(page, editor, store, written)


@pytest.fixture
def settled(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Wait until the preview shows what was chosen."""

    def wait() -> None:
        qtbot.waitUntil(
            lambda: not desk.card._is_drawing and desk.card._shown == desk.card._ordered()
        )

    return wait


def choose(box: object, value: str) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]


def test_nothing_is_drawn_while_the_card_is_folded(desk: Desk, settled: Callable[[], None]) -> None:
    settled()
    desk.card.fold.button.click()
    desk.editor.edit(replace(desk.editor.chat, topic="Un autre sujet"))
    assert not desk.card._is_drawing


def test_what_is_typed_elsewhere_is_drawn(desk: Desk, settled: Callable[[], None]) -> None:
    settled()
    before = desk.card.preview.grab().toImage()
    desk.editor.edit(replace(desk.editor.chat, topic="L’école pour toutes"))
    settled()
    assert desk.card.preview.grab().toImage() != before
    assert desk.card._shown is not None
    assert desk.card._shown.visual.title == "L’école pour toutes"


def test_the_look_is_kept_and_undone(desk: Desk, settled: Callable[[], None]) -> None:
    choose(desk.card.design, Design.FULL)
    choose(desk.card.colour, "#0b7a75")
    assert (desk.draft.design, desk.draft.colour) == (Design.FULL, "#0b7a75")
    settled()
    desk.editor.undo()
    assert desk.card.colour.currentData() == desk.draft.colour == VisualDraft().colour


def test_each_of_our_colours_can_be_chosen_and_has_a_name(desk: Desk) -> None:
    for colour, words in COLOURS.items():
        choose(desk.card.colour, colour)
        assert desk.draft.colour == colour
        assert desk.card.colour.currentText() == _(words)


def test_a_colour_of_ones_own_is_taken_once_it_is_one(desk: Desk) -> None:
    choose(desk.card.colour, "")
    assert desk.card.own_colour.isVisible()
    for typed in ("#12", "rouge", "", "#12345"):
        desk.card.own_colour.setText(typed)
        assert desk.draft.colour == VisualDraft().colour
    assert says(desk.page, _("This is no colour yet. Example: #4b2e83"))
    desk.card.own_colour.setText(" AB12CD ")
    assert desk.draft.colour == "#ab12cd"
    assert not says(desk.page, _("This is no colour yet. Example: #4b2e83"))


def test_a_colour_from_a_damaged_file_harms_nothing(
    desk: Desk, settled: Callable[[], None]
) -> None:
    desk.editor.edit(replace(desk.editor.chat, visuals=replace(desk.draft, colour="url(http://x)")))
    settled()
    assert desk.card._shown is not None
    assert desk.card._shown.colour == VisualDraft().colour


def test_the_description_follows_the_chat_until_it_is_ones_own(desk: Desk) -> None:
    desk.editor.edit(replace(desk.editor.chat, topic="L’école pour toutes"))
    assert "L’école pour toutes" in desk.card.description.toPlainText()
    desk.card.description.setPlainText("Une affiche violette")
    assert desk.draft.alt_text == "Une affiche violette"
    desk.editor.edit(replace(desk.editor.chat, topic="Encore un autre"))
    assert desk.card.description.toPlainText() == "Une affiche violette"


def test_what_is_not_on_it_yet_is_said(desk: Desk) -> None:
    desk.editor.edit(replace(desk.editor.chat, topic="", starts_at=None))
    words = _("Not on it yet: {parts}. It comes by itself once you have chosen it.")
    parts = ", ".join((_("the topic"), _("the day")))
    assert says(desk.page, words.format(parts=parts))


@pytest.mark.parametrize("shape", Shape)
def test_what_is_saved_is_a_whole_file(
    shape: Shape, qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    stems: list[str] = []

    def ask(_asker: object, _title: str, stem: str, suffix: str, _kind: str) -> Path:
        asked.append(suffix)
        stems.append(stem)
        return tmp_path / f"{stem}.{suffix}"

    monkeypatch.setattr(saving, "ask_where_to_save", ask)
    choose(desk.card.shape, shape)
    desk.card.save.click()
    qtbot.waitUntil(lambda: bool(desk.written))
    assert stems[0].startswith(_(FILE_STEMS[shape])) and _(DESIGNS[Design.BUBBLE]) in stems[0]
    (content,) = desk.written.values()
    if shape is Shape.POSTER:
        assert asked == ["pdf"]
        assert content.startswith(b"%PDF-")
    else:
        assert asked == ["png"]
        image = QImage.fromData(content)
        assert (image.width(), image.height()) == SIZES[shape]


def test_what_was_saved_is_told_in_sight_until_another_picture_is_chosen(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "ask_where_to_save", lambda *_: tmp_path / "image.png")
    desk.card.save.click()
    qtbot.waitUntil(lambda: desk.card.saving.isVisible())

    def in_sight() -> bool:
        told = desk.card.saving
        top = told.mapTo(desk.page.viewport(), QPoint()).y()
        return top >= 0 and top + told.height() <= desk.page.viewport().height()

    qtbot.waitUntil(in_sight)
    choose(desk.card.shape, Shape.TALL)
    assert desk.card.saving.isHidden()


def test_the_picture_of_the_questions_is_told_to_be_out_of_date(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdated = _("The questions have changed since you saved their picture: save it again.")
    monkeypatch.setattr(saving, "ask_where_to_save", lambda *_: tmp_path / "image.png")
    choose(desk.card.shape, Shape.QUESTIONS)
    assert "Awa" not in desk.card.description.toPlainText()
    desk.card.save.click()
    qtbot.waitUntil(lambda: bool(desk.editor.chat.handed_out))
    assert not says(desk.page, outdated)
    desk.editor.edit(replace(desk.editor.chat, questions=desk.editor.chat.questions[::-1]))
    assert says(desk.page, outdated)


def test_it_is_copied_to_be_pasted_into_a_post(qtbot: QtBot, desk: Desk) -> None:
    press(desk.page, _("Copy the picture"))
    words = _("Copied: paste it into your post.")
    qtbot.waitUntil(lambda: says(desk.page, words))
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == SIZES[Shape.WIDE]
    press(desk.page, _("Copy the description"))
    assert QGuiApplication.clipboard().text() == desk.card.description.toPlainText()


def chosen_logo(tmp_path: Path, name: str = "logo.png") -> Path:
    path = tmp_path / name
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#00aa00"))
    assert image.save(str(path), "PNG")  # type: ignore[call-overload]
    return path


def test_the_logo_is_stored_drawn_and_removed(
    qtbot: QtBot,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logo_choice, "ask_for_picture", lambda *_: chosen_logo(tmp_path))
    press(desk.page, _("Add the logo"))
    qtbot.waitUntil(lambda: desk.draft.logo is not None)
    assert desk.draft.logo is not None
    assert desk.store.content(desk.editor.chat.id, desk.draft.logo.id)
    qtbot.waitUntil(lambda: not desk.card._logo.isNull())
    settled()
    press(desk.page, _("Remove the logo"))
    assert desk.draft.logo is None
    assert desk.card._logo.isNull()


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logo.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    monkeypatch.setattr(logo_choice, "ask_for_picture", lambda *_: path)
    press(desk.page, _("Add the logo"))
    words = _(
        "This file is not a picture X takes. Choose a photo or a drawing: PNG, JPEG, WebP or GIF."
    )
    qtbot.waitUntil(lambda: says(desk.page, words))
    assert desk.draft.logo is None


def test_a_logo_that_is_gone_is_told(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    gone = replace(desk.draft, logo=Picture("0" * 64, "image/png"))
    desk.editor.edit(replace(desk.editor.chat, visuals=gone))
    words = _("The logo is not on this computer any more. Choose it again.")
    qtbot.waitUntil(lambda: says(desk.page, words))


def test_the_words_are_those_of_the_language_of_the_posts(desk: Desk) -> None:
    desk.editor.edit(replace(desk.editor.chat, language="en"))
    assert desk.card._visual == visual_of(
        desk.editor.chat, texts_of("en"), when_of(desk.editor.chat)
    )


def test_the_picture_of_the_questions_has_a_description_of_its_own(desk: Desk) -> None:
    card = desk.card
    before = card.description.toPlainText()
    card.shape.setCurrentIndex(card.shape.findData(Shape.QUESTIONS))
    said = card.description.toPlainText()
    assert "Q1 " in said and "Q1 " not in before
    card.description.setPlainText("Nos questions")
    assert desk.draft.questions_alt_text == "Nos questions"
    assert desk.draft.alt_text == ""
    card.shape.setCurrentIndex(card.shape.findData(Shape.WIDE))
    assert card.description.toPlainText() == before
    desk.editor.edit(replace(desk.editor.chat, questions=()))
    card.shape.setCurrentIndex(card.shape.findData(Shape.QUESTIONS))
    assert _("the questions") in card._missing.text()
