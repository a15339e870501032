"""A picture with a post of the run sheet, from the file to the preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Picture
from tchat_desktop.domain.x.pictures import LONGEST_ALT_TEXT
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import StoreError, StoreFull
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.run_sheet.page import RunSheetPage
from tchat_desktop.ui.pages.run_sheet.picture_panel import PicturePanel
from tchat_desktop.ui.pages.shared.picture_words import trouble_words
from tchat_desktop.ui.picture_file import PictureProblem, PictureRefused
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.wording.i18n import N_, _, format_number, ngettext
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.live import live_rows
from tests.ui.pages.hands import (
    focusable_names,
    named,
    press,
    put_on_screen,
    says,
    type_text,
)
from tests.ui.pages.run_sheet.no_plan import NO_PLAN
from tests.ui.pages.run_sheet.test_run_sheet import CHAT
from tests.ui.pictures import encoded, flat, gif, noise, write

POST = "Mot d’accueil, 20\u00a0h"


@dataclass
class Desk:
    """The page, with what it works on."""

    page: RunSheetPage
    editor: ChatEditor
    store: MemoryPictures
    bridge: Bridge
    qtbot: QtBot
    chosen: str = ""

    @property
    def picture(self) -> Picture | None:
        """The picture of the welcome."""
        sheet = run_sheet.build_run_sheet(self.editor.chat, load_texts("fr"))
        return sheet.item("welcome").picture

    def choose(self, path: Path, button: str) -> None:
        """Press a button and choose a file in the dialog that opens."""
        self.chosen = str(path)
        press(self.page, _(button).format(post=POST))
        self.rest()

    def rest(self) -> None:
        """Wait until all that was asked of the background is done and told."""
        done: list[object] = []
        self.bridge.run(self.page, lambda: None, done.append, done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        QApplication.processEvents()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def make_desk(qtbot: QtBot, bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    def make(picture: Picture | None = None, scale: float = 1.0) -> Desk:
        theme.apply(theme.LIGHT, scale)
        chat = run_sheet.with_picture(CHAT, "welcome", picture)
        editor, store = ChatEditor(chat), MemoryPictures()
        page = RunSheetPage(editor, load_texts, bridge, store, NETWORK, live_rows(bridge), NO_PLAN)
        desk = Desk(page, editor, store, bridge, qtbot)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (desk.chosen, ""))
        put_on_screen(qtbot, page, editor)
        return desk

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    desk = make_desk()
    press(desk.page, _("Edit {post}").format(post=POST))
    return desk


ADD = N_("Add a picture to {post}")
CHANGE = N_("Choose another picture for {post}")
REMOVE = N_("Remove the picture of {post}")


def description(desk: Desk) -> GrowingEdit:
    name = _("Description of the picture of {post}").format(post=POST)
    return named(desk.page, name, GrowingEdit)


def check_panel_names(desk: Desk) -> None:
    """What takes the keyboard in the panel has a name, which nothing else of the page has."""
    names = Counter(focusable_names(desk.page))
    panel = desk.page.findChild(PicturePanel)
    assert panel is not None
    ours = focusable_names(panel)
    assert ours
    assert {names[name] for name in ours} == {1}
    assert all(POST in name for name in ours)


def boxes(desk: Desk) -> list[str]:
    """What a screen reader says of the pictures on screen."""
    QApplication.processEvents()
    found = desk.page.findChildren(PictureBox)
    return [box.accessibleName() for box in found if box.isVisibleTo(desk.page)]


def test_a_picture_is_added_described_shown_and_undone(desk: Desk, tmp_path: Path) -> None:
    assert desk.picture is None
    assert boxes(desk) == []
    desk.choose(write(tmp_path / "affiche.png", encoded(flat(), "PNG")), ADD)
    assert desk.picture is not None
    assert desk.picture.kind == "image/png"
    assert desk.store.content(CHAT.id, desk.picture.id).startswith(b"\x89PNG")
    assert says(desk.page, _("The picture is added."))
    # In the editor and beside the page; the row shows it once the editor is closed.
    assert boxes(desk) == [_("A picture")] * 2
    assert says(desk.page, _("Without it, blind people hear only “image”. One sentence is enough."))
    # The keyboard is where the next thing is to be done.
    assert description(desk).hasFocus()
    type_text(description(desk), "Une école, de dos")
    assert desk.picture.alt_text == "Une école, de dos"
    assert not says(
        desk.page, _("Without it, blind people hear only “image”. One sentence is enough.")
    )
    left = LONGEST_ALT_TEXT - len("Une école, de dos")
    words = ngettext("{count} character left", "{count} characters left", left)
    assert says(desk.page, words.format(count=format_number(left)))
    check_panel_names(desk)
    press(desk.page, _("Edit {post}").format(post=POST))
    assert says(desk.page, "Une école, de dos")
    assert boxes(desk) == ["Une école, de dos"] * 2
    desk.editor.undo()
    assert desk.picture is not None
    assert desk.picture.alt_text == ""
    desk.editor.undo()
    assert desk.picture is None
    assert boxes(desk) == []
    desk.editor.redo()
    desk.editor.redo()
    assert boxes(desk) == ["Une école, de dos"] * 2


def test_a_picture_is_removed_and_replaced(desk: Desk, tmp_path: Path) -> None:
    desk.choose(write(tmp_path / "a.png", encoded(flat(), "PNG")), ADD)
    first = desk.picture
    type_text(description(desk), "Le premier")
    desk.choose(write(tmp_path / "b.jpg", encoded(noise(40, 30), "JPG")), CHANGE)
    assert desk.picture is not None
    assert first is not None
    assert desk.picture.id != first.id
    # Words about one picture say nothing of another.
    assert desk.picture.alt_text == ""
    press(desk.page, _(REMOVE).format(post=POST))
    assert desk.picture is None
    assert named(desk.page, _(ADD).format(post=POST)).hasFocus()
    assert not says(desk.page, _("The picture is added."))


def test_the_same_picture_chosen_again_keeps_its_description(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encoded(flat(), "PNG"))
    desk.choose(path, ADD)
    type_text(description(desk), "Une école")
    desk.choose(path, CHANGE)
    assert desk.picture is not None
    assert desk.picture.alt_text == "Une école"


def test_a_description_to_fill_in_is_told_beside_it(desk: Desk, tmp_path: Path) -> None:
    desk.choose(write(tmp_path / "a.png", encoded(flat(), "PNG")), ADD)
    type_text(description(desk), "L’école de [ville]")
    words = _("Still to fill in: {blanks}. Until then the picture leaves undescribed.")
    assert says(desk.page, words.format(blanks="[ville]"))


def test_a_heavy_photo_is_made_light_and_the_person_is_told(desk: Desk, tmp_path: Path) -> None:
    content = encoded(noise(2200, 1600), "JPG", 98)
    assert len(content) > 5_000_000
    desk.choose(write(tmp_path / "photo.jpg", content), ADD)
    assert desk.picture is not None
    kept = len(desk.store.content(CHAT.id, desk.picture.id))
    assert kept < 5_000_000
    before, now = round(len(content) / 1e6, 1), round(kept / 1e6, 1)
    sentence = _("It was too heavy for X ({before} MB): a lighter copy is used, {now} MB.")
    before_words = format_number(round(before) if before >= 10 else before)
    assert says(desk.page, sentence.format(before=before_words, now=format_number(now)))


def test_nothing_chosen_changes_nothing(desk: Desk) -> None:
    desk.chosen = ""
    press(desk.page, _(ADD).format(post=POST))
    desk.rest()
    assert desk.picture is None
    assert not says(desk.page, _("The picture is being prepared…"))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.pdf", b"%PDF-1.7", PictureProblem.NOT_A_PICTURE),
        ("a.png", b"bonjour", PictureProblem.NOT_A_PICTURE),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(99), PictureProblem.HEIC),
        ("a.png", encoded(flat(), "PNG")[:300], PictureProblem.DAMAGED),
        ("a.png", b"", PictureProblem.EMPTY),
        ("a.gif", gif(3, padding=5_200_000), PictureProblem.ANIMATION_TOO_HEAVY),
    ],
    ids=lambda one: one.name if isinstance(one, PictureProblem) else "",
)
def test_what_cannot_be_used_is_said_where_it_was_chosen(
    desk: Desk, tmp_path: Path, name: str, content: bytes, problem: PictureProblem
) -> None:
    words = trouble_words(PictureRefused(problem, len(content)))
    desk.choose(write(tmp_path / name, content), ADD)
    assert desk.picture is None
    assert says(desk.page, words)
    # Another one can be chosen at once.
    desk.choose(write(tmp_path / "b.png", encoded(flat(), "PNG")), ADD)
    assert desk.picture is not None
    assert not says(desk.page, words)


def test_every_reason_has_a_sentence_of_its_own() -> None:
    words = {trouble_words(PictureRefused(one, 61_234_567)) for one in PictureProblem}
    assert len(words) == len(PictureProblem)
    assert any("61\u00a0Mo\u202f; 60\u00a0Mo" in one for one in words)


def test_a_file_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.choose(tmp_path / "cle" / "a.png", ADD)
    assert says(desk.page, trouble_words(PictureRefused(PictureProblem.GONE)))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            StoreFull("disk"),
            N_(
                "The disk is full: the picture was not added, and all the rest is safe. Free some "
                "room, then choose it again."
            ),
        ),
        (
            StoreError("disk"),
            N_(
                "The picture could not be saved on the disk. Nothing saved before "
                "is lost. Choose it again."
            ),
        ),
    ],
)
def test_a_disk_that_refuses_adds_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def refuse(_chat_id: str, _content: bytes) -> str:
        raise error

    monkeypatch.setattr(desk.store, "add", refuse)
    desk.choose(write(tmp_path / "a.png", encoded(flat(), "PNG")), ADD)
    assert desk.picture is None
    assert says(desk.page, _(words))


def test_a_post_taken_out_meanwhile_gets_no_picture(desk: Desk, tmp_path: Path) -> None:
    desk.chosen = str(write(tmp_path / "a.png", encoded(flat(), "PNG")))
    press(desk.page, _(ADD).format(post=POST))
    desk.editor.edit(run_sheet.without_item(desk.editor.chat, "welcome"))
    desk.rest()
    assert all(edit.picture is None for edit in desk.editor.chat.run_edits)


def test_a_picture_that_is_not_kept_any_more_is_told(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(Picture("0f" * 32, "image/png", "Une école"))
    desk.rest()
    assert boxes(desk) == [_("The picture is missing")] * 2
    press(desk.page, _("Edit {post}").format(post=POST))
    assert says(desk.page, _("The picture is not on this computer any more. Choose it again."))
    check_panel_names(desk)


def test_a_description_beyond_what_x_takes_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.choose(write(tmp_path / "a.png", encoded(flat(), "PNG")), ADD)
    description(desk).setPlainText("é" * (LONGEST_ALT_TEXT + 1))
    assert says(
        desk.page,
        _("X takes the first {count} characters only.").format(
            count=format_number(LONGEST_ALT_TEXT)
        ),
    )


def test_nothing_is_wider_than_the_page_at_twice_the_size(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = make_desk(scale=2.0)
    press(desk.page, _("Edit {post}").format(post=POST))
    desk.choose(write(tmp_path / "a.png", encoded(flat(), "PNG")), ADD)
    assert desk.picture is not None
    page = desk.page
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()
    press(page, _("Edit {post}").format(post=POST))
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()
