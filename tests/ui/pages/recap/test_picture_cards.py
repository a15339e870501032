"""The pictures to share are of the recap as it is now, described, and saved off the GUI thread."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Design, Occasion, RecapDraft, VisualDraft
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.visuals import SIZES, Shape
from tchat_desktop.services.ports import StoreError
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.picture_cards import PictureCards
from tchat_desktop.ui.pages.shared import careful
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _
from tests.ui.keyboard import replace_text
from tests.ui.pages.hands import check_names, press, says
from tests.ui.pages.stage import CHAT, Stage, post, shown_recap


def opened(qtbot: QtBot, stage: Stage, chat: Chat = CHAT) -> tuple[RecapPage, PictureCards]:
    page, editor = shown_recap(qtbot, stage, chat)
    page.pictures.editor_kept = editor  # type: ignore[attr-defined]
    page.pictures.fold.button.click()
    drawn(qtbot, page.pictures)
    return page, page.pictures


def drawn(qtbot: QtBot, cards: PictureCards) -> None:
    """Wait until what is shown is what was chosen."""
    qtbot.waitUntil(
        lambda: (
            cards.is_true
            and not cards._is_making
            and not cards._is_drawing
            and cards._shown == cards._ordered()
        )
    )


def offered(cards: PictureCards) -> list[str]:
    return [cards.card.itemText(at) for at in range(cards.card.count())]


def choose(cards: PictureCards, words: str) -> None:
    cards.card.setCurrentIndex(next(i for i, one in enumerate(offered(cards)) if words in one))


@pytest.fixture
def to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the person saves."""
    path = tmp_path / "carte.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    return path


def test_nothing_is_made_while_it_is_folded(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    assert not page.pictures.is_true
    assert page.pictures.card.count() == 0


def test_every_highlight_the_figures_and_thanks_are_offered(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, cards = opened(qtbot, stage)
    words = offered(cards)
    assert words[:2] == [_("The figures"), _("Thanks")]
    assert len(words) == 2 + len(page.board.cards)
    assert threading.current_thread().name not in stage.threads
    assert cards.description.toPlainText().startswith("Le tchat en chiffres")
    assert cards.preview.accessibleName() == cards.description.toPlainText()
    check_names(page)


def test_a_picture_is_saved_with_its_description_beside_it(
    qtbot: QtBot, stage: Stage, to: Path
) -> None:
    stage.hold()
    _page, cards = opened(qtbot, stage)
    cards.card.setCurrentIndex(2)
    cards.shape.setCurrentIndex(cards.shape.findData(Shape.SQUARE))
    drawn(qtbot, cards)
    cards.description.setPlainText("Une phrase à moi.")
    press(cards, _("Save the picture"))
    qtbot.waitUntil(to.exists)
    image = QImage(str(to))
    assert (image.width(), image.height()) == SIZES[Shape.SQUARE]
    beside = to.with_name("carte (description).txt").read_text("utf-8-sig")
    assert beside.startswith("Une phrase à moi.\n\nhttps://x.com/")
    qtbot.waitUntil(lambda: "carte.png" in cards.saving.text)


def test_what_was_typed_stays_with_its_picture_and_is_copied_with_one_press(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    _page, cards = opened(qtbot, stage)
    proposed = cards.description.toPlainText()
    cards.description.setPlainText("Quarante-huit voix.")
    cards.card.setCurrentIndex(1)
    assert cards.description.toPlainText() not in ("Quarante-huit voix.", proposed)
    cards.card.setCurrentIndex(0)
    press(cards, _("Copy the description"))
    assert QGuiApplication.clipboard().text() == "Quarante-huit voix."
    cards.description.setPlainText("")
    cards.card.setCurrentIndex(1)
    cards.card.setCurrentIndex(0)
    assert cards.description.toPlainText() == proposed


def test_a_picture_is_copied(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    _page, cards = opened(qtbot, stage)
    QGuiApplication.clipboard().clear()
    press(cards, _("Copy the picture"))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == SIZES[Shape.WIDE][0])
    assert says(cards, _("Copied: paste it into your post."))


def test_who_is_hidden_since_is_not_on_what_is_saved(qtbot: QtBot, stage: Stage, to: Path) -> None:
    stage.hold([post(1, "binta_ex", "Merci à tout le monde.", "q1", starred=True)])
    page, cards = opened(qtbot, stage)
    choose(cards, "Merci")
    drawn(qtbot, cards)
    cards.description.setPlainText("Binta_ex l’a dit.")
    editor = cards.editor_kept  # type: ignore[attr-defined]
    hidden = RecapDraft(hidden_authors=("binta_ex",))
    editor.edit(replace(editor.chat, recap=hidden))
    assert not cards.is_true
    cards.save.click()
    qtbot.waitUntil(to.exists)
    beside = to.with_name("carte (description).txt").read_text("utf-8-sig")
    assert "binta" not in beside.lower()
    assert "x.com" not in beside
    assert "Binta" not in " ".join(offered(cards))
    assert page.pictures is cards


def test_a_post_that_may_name_a_child_is_asked_about_first(
    qtbot: QtBot, stage: Stage, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold([post(1, "binta_ex", "Ma fille Awa, 12 ans, a été mariée.", "q1", starred=True)])
    _page, cards = opened(qtbot, stage)
    asked: list[str] = []
    monkeypatch.setattr(
        careful, "confirms_saving", lambda _parent, words: bool(asked.append(words))
    )
    choose(cards, "Ma fille")
    drawn(qtbot, cards)
    cards.save.click()
    cards.copy.click()
    assert len(asked) == 2
    assert not to.exists()
    choose(cards, _("The figures"))
    drawn(qtbot, cards)
    cards.save.click()
    qtbot.waitUntil(to.exists)
    assert len(asked) == 2


def test_the_look_is_that_of_the_announcements(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    chat = replace(CHAT, visuals=VisualDraft(Design.FULL, "#0b7a75"))
    page, cards = opened(qtbot, stage, chat)
    assert cards._shown is not None
    assert (cards._shown.design, cards._shown.colour) == (Design.FULL, "#0b7a75")
    editor = cards.editor_kept  # type: ignore[attr-defined]
    editor.edit(replace(chat, visuals=VisualDraft(Design.PAPER, "url(x)")))
    drawn(qtbot, cards)
    assert cards._shown.colour == VisualDraft().colour
    with qtbot.waitSignal(page.step_wanted) as wanted:
        press(cards, _("Change the look"))
    assert wanted.args == [StepId.PROMOTION]


def test_a_title_that_is_typed_comes_onto_the_pictures(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, cards = opened(qtbot, stage)
    page.opening.title.setFocus()
    replace_text(page.opening.title, "Ce que nous avons appris")
    drawn(qtbot, cards)
    assert cards._shown is not None
    assert cards._shown.card.kicker == "Ce que nous avons appris"


def test_a_disk_that_refuses_is_told(qtbot: QtBot, stage: Stage, to: Path) -> None:
    stage.hold()
    _page, cards = opened(qtbot, stage)
    stage.fail = StoreError("full")
    cards.save.click()
    qtbot.waitUntil(lambda: cards.saving.text == sentence(StoreError("full")))
    assert not to.exists()


def test_a_rehearsal_is_named_so_on_the_file(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    _page, cards = opened(qtbot, stage)
    proposed: list[str] = []

    def ask(_window: object, _title: str, path: str, _kind: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    cards.save.click()
    assert proposed[0].startswith(_("rehearsal"))
    assert cards._shown is not None
    assert cards._shown.card.banner
