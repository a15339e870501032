"""The card of the forms: each says whom it is for, is copied or saved, and all at once."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, RecapDraft
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.saved_recap import is_as_saved
from tchat_desktop.services.ports import FileInUse
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.recap_form import RecapForm
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _
from tests.ui.keyboard import type_text
from tests.ui.pages.hands import check_names
from tests.ui.pages.stage import CHAT, Stage, at_rest, shown_recap


def form(page: RecapPage, suffix: str) -> RecapForm[Recap]:
    return next(one for one in page.publish.forms if one.export.suffix == suffix)


def choose_folder(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path | None,
    then: Callable[[], object] = lambda: None,
) -> None:
    """Choose that folder when asked; `then` is done as soon as the saving has begun."""

    def chosen(*_args: object) -> str:
        QTimer.singleShot(0, then)
        return str(folder) if folder is not None else ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)


def test_each_form_says_whom_it_is_for(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    readers = [one.export.reader for one in page.publish.forms]
    assert all(readers)
    assert len(set(readers)) == len(readers)
    primary = [one for one in page.publish.forms if one.save.property("kind") == "primary"]
    assert [one.export.suffix for one in primary] == ["html"], "the web page is the main one"
    for one in page.publish.forms[1:]:
        assert one.save.accessibleName().startswith(one.save.text())
        assert _(one.export.reader) in one.save.accessibleName()
    check_names(page)


def test_wordpress_is_copied_with_one_press_and_three_steps_follow(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    wordpress = form(page, "txt")
    assert wordpress.copy is not None
    at = wordpress.copy.mapTo(page.inner, QPoint())
    wordpress.copy.click()
    qtbot.waitUntil(lambda: bool(wordpress.saving.text))
    copied = QApplication.clipboard().text()
    assert copied.startswith("<!-- wp:paragraph -->")
    assert wordpress.steps.count("\n") == 2
    assert [line[:2] for line in wordpress.steps.splitlines()] == ["1.", "2.", "3."]
    QApplication.processEvents()
    assert wordpress.copy.mapTo(page.inner, QPoint()) == at, "it stays under the pointer"
    assert editor.chat.recap_saved


def test_each_form_knows_that_it_is_an_old_one(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    paths = iter((tmp_path / "r.html", tmp_path / "r.pdf", tmp_path / "2.pdf"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(next(paths)), ""))
    web, paper = form(page, "html"), form(page, "pdf")
    for one in (web, paper):
        one.save.click()
        qtbot.waitUntil(lambda one=one: bool(one.saving.text))  # type: ignore[misc]
    told = web.saving.text
    assert is_as_saved(editor.chat)
    type_text(page.opening.introduction, "Merci.")
    outdated = _("Changed since you saved it: save it again.")
    assert [web.saving.text, paper.saving.text] == [outdated, outdated]
    paper.save.click()
    qtbot.waitUntil(lambda: paper.saving.text != outdated)
    assert web.saving.text == outdated, "its file is the former one"
    assert not is_as_saved(editor.chat)
    again, _same = shown_recap(qtbot, stage, editor.chat)
    assert form(again, "html").saving.text == outdated
    assert not form(again, "pdf").saving.text
    page.opening.introduction.clear()
    assert web.saving.text == told, "it is again what was saved"
    assert paper.saving.text == outdated


def test_the_e_mail_is_copied_and_is_not_the_recap(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    mail = form(page, "eml")
    assert mail.copy is not None
    mail.copy.click()
    qtbot.waitUntil(lambda: bool(mail.saving.text))
    assert "\n– " in QApplication.clipboard().text()
    assert not editor.chat.recap_saved


def test_what_is_to_be_filled_in_is_not_copied(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    draft = RecapDraft(introduction="Voir [lien]")
    page, _editor = shown_recap(qtbot, stage, replace(CHAT, recap=draft))
    QApplication.clipboard().setText("avant")
    copy = form(page, "md").copy
    assert copy is not None
    copy.click()
    page.publish.all_forms.button.click()
    assert "[lien]" in page.publish.saving.text
    assert "[lien]" in page.publish.all_forms.text
    assert QApplication.clipboard().text() == "avant"


@pytest.mark.parametrize(
    "error",
    [FileInUse(13, "open"), PermissionError(13, "no"), OSError(errno.EROFS, "ro"),
     OSError(errno.ENOSPC, "full")],
    ids=["open elsewhere", "refused", "read-only", "full"],
)  # fmt: skip
def test_a_form_that_cannot_be_written_is_told(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    stage.fail = error
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "r.docx"), "")
    )
    word = form(page, "docx")
    word.save.click()
    qtbot.waitUntil(lambda: word.saving.text == sentence(error))
    assert not word.steps
    assert not editor.chat.recap_saved
    assert list(tmp_path.iterdir()) == []


def test_all_forms_are_saved_in_a_folder_of_their_own(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    every = page.publish.all_forms
    choose_folder(monkeypatch, None)
    every.button.click()
    at_rest(qtbot, stage)
    assert every.text == ""
    seen: list[tuple[bool, bool]] = []
    choose_folder(
        monkeypatch,
        tmp_path,
        lambda: seen.append((every.button.isEnabled(), every.cancel.isVisibleTo(every))),
    )
    every.button.click()
    qtbot.waitUntil(lambda: bool(seen) and every.button.isEnabled())
    assert seen == [(False, True)]
    (folder,) = tmp_path.iterdir()
    names = sorted(one.name for one in folder.iterdir())
    pictures = [one for one in names if one.endswith(".png")]
    beside = [f"{Path(one).stem} (description).txt" for one in pictures]
    files = [one for one in names if one not in (*pictures, *beside)]
    assert len(files) == len(page.publish.forms)
    assert {Path(one).suffix[1:] for one in files} == {
        one.export.suffix for one in page.publish.forms
    }
    # The figures, the thanks, and one of each highlight; each with its words beside it.
    assert len(pictures) == 2 + len(page.board.cards)
    assert set(beside) <= set(names)
    said = [(folder / one).read_text("utf-8-sig") for one in beside]
    assert any("La loi existe, peu la connaissent." in one for one in said)
    assert all((folder / one).read_bytes().startswith(b"\x89PNG") for one in pictures)
    assert folder.name in every.text
    assert editor.chat.recap_saved
    every.show_folder.click()
    qtbot.waitUntil(lambda: stage.paths == [folder])
    every.button.click()
    qtbot.waitUntil(lambda: len(seen) == 2 and every.button.isEnabled())
    assert len(list(tmp_path.iterdir())) == 2, "what was there before is left alone"


def test_saving_all_can_be_stopped(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    every = page.publish.all_forms
    choose_folder(monkeypatch, tmp_path, every.cancel.click)
    every.button.click()
    qtbot.waitUntil(lambda: _("Stopped.") in every.text)
    assert every.button.isEnabled()
    assert not editor.chat.recap_saved
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [])


def test_a_full_disk_stops_all_forms_and_leaves_what_is_whole(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    choose_folder(monkeypatch, tmp_path)
    full = OSError(errno.ENOSPC, "full")
    really = Stage._write

    def writes_two(self: Stage, content: object, path: Path) -> Path:
        if len(self.saved) == 2:
            raise full
        return really(self, content, path)

    monkeypatch.setattr(stage, "_write", writes_two.__get__(stage))
    page.publish.all_forms._exports = tuple(
        replace(one, write=stage._write) for one in page.publish.all_forms._exports
    )
    every = page.publish.all_forms
    every.button.click()
    qtbot.waitUntil(lambda: every.text.startswith(sentence(full)))
    assert every.button.isEnabled()
    (folder,) = tmp_path.iterdir()
    assert len(list(folder.iterdir())) == 2
    assert folder.name in every.text
    assert not editor.chat.recap_saved


def test_once_it_is_online_a_text_is_ready_for_each_place(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    told = page.online.told
    assert not any(one.isVisibleTo(page.online) for one in told.values())
    type_text(page.online.link, "exemple")
    assert page.online.field.verdict
    page.online.link.clear()
    type_text(page.online.link, "https://example.org/resume")
    qtbot.waitUntil(lambda: all(one.isVisibleTo(page.online) for one in told.values()))
    qtbot.waitUntil(lambda: "example.org/resume" in told["post"].text)
    assert page.online.field.verdict == ""
    assert editor.chat.recap.page_link == "https://example.org/resume"
    told["message"].copy.click()
    assert QApplication.clipboard().text() == told["message"].text
    told["post"].open.click()
    assert stage.opened
    assert "example.org" in stage.opened[-1]
    check_names(page)
    editor.undo()
    assert page.online.link.text() != "https://example.org/resume"


def test_a_rehearsal_is_not_told_as_online(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    page, _editor = shown_recap(qtbot, stage)
    assert page.online.isHidden()
