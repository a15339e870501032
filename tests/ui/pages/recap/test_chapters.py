"""Chapters of one's own on the page of the recap, and how each author shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chapter, Invitation, Naming, Person, RecapDraft, Role
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.recap_section import RecapSection
from tchat_desktop.wording.i18n import _
from tests.ui.keyboard import press, replace_text, type_text
from tests.ui.pages.hands import check_names, named, says
from tests.ui.pages.recap.test_recap import card, drag, order, section_of
from tests.ui.pages.stage import (
    CHAT,
    POSTS,
    ROWS,
    Stage,
    at_rest,
    crowd,
    post,
    row,
    settled,
    shown_recap,
)

ALT = Qt.KeyboardModifier.AltModifier
ALT_SHIFT = ALT | Qt.KeyboardModifier.ShiftModifier
WITH_CHAPTER = replace(
    CHAT, recap=RecapDraft(chapters=(Chapter("k", "À retenir", "q1"), Chapter("l", "Suite", "q2")))
)


def chapter(page: RecapPage, chapter_id: str = "k") -> RecapSection:
    found = section_of(page, chapter_id)
    assert found.head is not None
    return found


def put_under(page: RecapPage, number: int, part: str) -> None:
    actions = card(page, number).menu().findChildren(QAction)
    next(one for one in actions if one.data() == part).trigger()


def test_a_chapter_is_added_named_commented_and_undone(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    page.board.new_chapter.title.setFocus()
    press(page.board.new_chapter.title, Qt.Key.Key_Return)
    assert editor.chat.recap.chapters == ()
    assert page.board.new_chapter._field.verdict == _("Give it a title first.")
    type_text(page.board.new_chapter.title, "À retenir")
    press(page.board.new_chapter.title, Qt.Key.Key_Return)
    (made,) = editor.chat.recap.chapters
    assert (made.title, made.after) == ("À retenir", "q2")
    assert list(order(page)) == ["q1", "q2", made.id, ""]
    section = chapter(page, made.id)
    assert QApplication.focusWidget() is section.comment
    type_text(section.comment, "Trois idées.")
    assert dict(editor.chat.recap.comments) == {made.id: "Trois idées."}
    replace_text(section.head.title, "Ce que nous gardons")
    assert editor.chat.recap.chapters[0].title == "Ce que nous gardons"
    check_names(page)
    for _step in range(3):
        editor.undo()
    assert editor.chat.recap == RecapDraft()
    assert list(order(page)) == ["q1", "q2", ""]


def test_a_title_that_is_emptied_comes_back(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    title = chapter(page).head.title
    title.setFocus()
    title.selectAll()
    press(title, Qt.Key.Key_Backspace)
    assert editor.chat.recap.chapters[0].title == "À retenir"
    page.opening.title.setFocus()
    assert title.text() == "À retenir"


def test_highlights_go_into_chapters_by_menu_and_keys_and_back(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    assert order(page) == {"q1": ["1", "2", "3"], "k": [], "q2": ["4"], "l": [], "": ["6"]}
    put_under(page, 2, "k")
    put_under(page, 6, "k")
    assert order(page) == {"q1": ["1", "3"], "k": ["6", "2"], "q2": ["4"], "l": []}
    assert QApplication.focusWidget() is card(page, 6).more
    # By keys, from part to part.
    qtbot.keyClick(card(page, 6).more, Qt.Key.Key_Up, ALT_SHIFT)
    at_rest(qtbot, stage)
    assert order(page)["q1"] == ["1", "3", "6"]
    assert stage.marks(6).question_id == "q1"
    assert QApplication.focusWidget() is card(page, 6).handle
    qtbot.keyClick(card(page, 6).handle, Qt.Key.Key_Down, ALT_SHIFT)
    assert order(page)["k"] == ["6", "2"]
    assert stage.marks(6).question_id == "q1"
    editor.undo()
    assert order(page)["q1"] == ["1", "3", "6"]
    # What it answers is the same in a chapter.
    put_under(page, 2, "q1")
    assert order(page)["k"] == []
    at_rest(qtbot, stage)
    assert stage.marks(2).question_id == "q1"


def test_a_highlight_is_dragged_into_a_chapter_and_to_another_question(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    section = chapter(page)
    qtbot.waitUntil(lambda: section.height() > 0 and section.y() > card(page, 3).y())
    target = section.mapToGlobal(QPoint(20, section.height() - 4))
    drag(card(page, 1).handle, target)
    assert order(page)["k"] == ["1"]
    assert order(page)["q1"] == ["2", "3"]
    editor.undo()
    assert order(page)["q1"] == ["1", "2", "3"]
    last = card(page, 4)
    qtbot.waitUntil(lambda: last.height() >= last.minimumSizeHint().height())
    drag(card(page, 2).handle, last.mapToGlobal(QPoint(20, last.height() - 4)))
    at_rest(qtbot, stage)
    assert order(page)["q2"] == ["4", "2"]
    assert stage.marks(2).question_id == "q2"


def test_chapters_move_by_buttons_keys_and_handle(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    chapter(page).head.up.click()
    assert list(order(page)) == ["k", "q1", "q2", "l", ""]
    chapter(page).head.up.click()
    assert list(order(page)) == ["k", "q1", "q2", "l", ""]
    press(chapter(page).head.handle, Qt.Key.Key_Down)
    comment = chapter(page).comment
    comment.setFocus()
    qtbot.keyClick(comment, Qt.Key.Key_Down, ALT)
    assert list(order(page)) == ["q1", "q2", "k", "l", ""]
    assert QApplication.focusWidget() is comment
    target = section_of(page, "q1")
    drag(chapter(page, "l").head.handle, target.mapToGlobal(QPoint(20, 2)))
    assert list(order(page)) == ["l", "q1", "q2", "k", ""]
    editor.undo()
    assert list(order(page)) == ["q1", "q2", "k", "l", ""]


def test_a_deleted_chapter_gives_back_its_highlights_by_one_undo(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    put_under(page, 1, "k")
    put_under(page, 4, "k")
    chapter(page).comment.setPlainText("Deux voix.")
    before = editor.chat.recap
    chapter(page).head.delete.click()
    assert order(page) == {"q1": ["1", "2", "3"], "q2": ["4"], "l": [], "": ["6"]}
    assert dict(editor.chat.recap.comments) == {}
    editor.undo()
    assert editor.chat.recap == before
    assert order(page)["k"] == ["1", "4"]
    assert chapter(page).comment.toPlainText() == "Deux voix."


def test_a_sentence_leads_to_a_highlight(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    one = card(page, 2)
    assert one.before.isHidden()
    menu = one.menu()
    next(a for a in menu.actions() if a.text() == _("Say something before it")).trigger()
    assert QApplication.focusWidget() is one.before
    type_text(one.before, "Le maire aussi :")
    assert editor.chat.recap.between == (("1002", "Le maire aussi :"),)
    one.up.click()
    assert order(page)["q1"] == ["2", "1", "3"]
    assert card(page, 2).before.toPlainText() == "Le maire aussi :"
    check_names(page)
    page.opening.title.setFocus()
    editor.undo()
    editor.undo()
    assert editor.chat.recap == RecapDraft()
    assert card(page, 2).before.isHidden()


def test_what_was_published_for_a_guest_goes_into_a_chapter_and_under_no_other_question(
    qtbot: QtBot, stage: Stage
) -> None:
    kadi = Person("z", Role.GUEST, "Kadi", no_account=True, invitation=Invitation.ACCEPTED)
    answer = row(
        "guest:1", 14, PostKind.GUEST_ANSWER, guest_id="z", guest_name="Kadi", question_id="q1",
        text="R1 Kadi : lisons la loi.",
    )  # fmt: skip
    draft = replace(WITH_CHAPTER.recap, guest_answers=(answer.id,))
    stage.hold(rows=(*ROWS, answer))
    page, _editor = shown_recap(
        qtbot, stage, replace(WITH_CHAPTER, people=(*CHAT.people, kadi), recap=draft)
    )
    page.board._put(answer.id, "q2")
    assert answer.id in [one.post_id for one in section_of(page, "q1").cards]
    page.board._put(answer.id, "k")
    assert [one.post_id for one in section_of(page, "k").cards] == [answer.id]


def test_an_author_shows_by_initials_hidden_or_named(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    card(page, 2).by_initials.click()
    settled(qtbot, page)
    assert editor.chat.recap.initialled_authors == ("moussa_ex",)
    assert card(page, 3)._name.text() == "M."
    assert "moussa" not in card(page, 3)._about.text()
    assert not card(page, 3).hide_name.isChecked()
    assert page.authors.apart == (_("{who}: initials").format(who="@moussa_ex"),)
    card(page, 3).hide_name.click()
    settled(qtbot, page)
    assert editor.chat.recap.hidden_authors == ("moussa_ex",)
    assert not card(page, 2).by_initials.isChecked()
    card(page, 3).hide_name.click()
    settled(qtbot, page)
    assert editor.chat.recap == RecapDraft()
    check_names(page)


def test_one_choice_for_all_and_a_person_apart(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    box = page.authors.everybody
    box.setCurrentIndex(box.findData(Naming.INITIALS.value))
    box.activated.emit(box.currentIndex())
    settled(qtbot, page)
    assert editor.chat.recap.everybody is Naming.INITIALS
    assert [card(page, number)._name.text() for number in (1, 2, 4, 6)] == [
        "Dr Ndèye Sarr",
        "M.",
        "P.",
        "B.",
    ]
    # One of them is named by a choice of their own.
    card(page, 2).by_initials.click()
    settled(qtbot, page)
    assert editor.chat.recap.named_authors == ("moussa_ex",)
    assert card(page, 2)._name.text() == "Moussa"
    named(page, _("Show @{who} as everybody again").format(who="moussa_ex")).click()
    settled(qtbot, page)
    assert card(page, 2)._name.text() == "M."
    editor.undo()
    editor.undo()
    editor.undo()
    settled(qtbot, page)
    assert editor.chat.recap == RecapDraft()
    assert box.currentData() == Naming.NAMED.value


@pytest.mark.parametrize("name", ["🌸", "@papa_ex"])
def test_who_has_no_initials_is_not_offered_them(qtbot: QtBot, stage: Stage, name: str) -> None:
    made = post(9, "papa_ex", "R2 Oui.", "q2", 19, starred=True)
    stage.hold((*POSTS, replace(made, post=replace(made.post, author_name=name))))
    page, _editor = shown_recap(qtbot, stage)
    assert card(page, 9).by_initials.isHidden()
    assert not card(page, 4).by_initials.isHidden()


def test_a_chapter_that_was_just_added_is_in_sight(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, *(replace(one, starred=True) for one in crowd(12))))
    page, editor = shown_recap(qtbot, stage)
    page.verticalScrollBar().setValue(0)
    type_text(page.board.new_chapter.title, "À retenir")
    named(page, _("Add the chapter")).click()
    (added,) = editor.chat.recap.chapters
    section = chapter(page, added.id)
    at_rest(qtbot, stage)
    seen = page.viewport().rect()
    for one in (section.head.title, section.comment, section._choose):  # type: ignore[union-attr]
        assert one.isVisibleTo(page)
        assert seen.contains(one.mapTo(page.viewport(), one.rect().center()))
    assert QApplication.focusWidget() is section.comment


def test_posts_are_chosen_for_a_chapter(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    told = _("What you choose goes into the chapter “{title}”.").format(title="À retenir")
    assert not says(page, told)
    chapter(page)._choose.click()
    settled(qtbot, page)
    assert says(page, told)
    assert QApplication.focusWidget() is page.picker.search
    assert len(page.picker.shown) == 7, "the posts of all questions"
    replace_text(page.picker.search, "voisine")
    settled(qtbot, page)
    page.picker.star_buttons[0].click()
    settled(qtbot, page)
    assert order(page)["k"] == ["7"]
    assert editor.chat.recap.placed == (("1007", "k"),)
    named(page, _("Under its question instead")).click()
    assert not says(page, told)
    replace_text(page.picker.search, "Kolda")
    settled(qtbot, page)
    page.picker.star_buttons[0].click()
    settled(qtbot, page)
    assert order(page)[""] == ["5", "6"] or order(page)[""] == ["6", "5"]
    check_names(page)


def test_a_chapter_that_is_deleted_takes_in_nothing_more(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage, WITH_CHAPTER)
    chapter(page)._choose.click()
    settled(qtbot, page)
    head = chapter(page).head
    assert head is not None
    head.delete.click()
    replace_text(page.picker.search, "voisine")
    settled(qtbot, page)
    page.picker.star_buttons[0].click()
    settled(qtbot, page)
    assert editor.chat.recap.placed == ()
    assert "7" in order(page)["q2"]
