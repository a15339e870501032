"""Le résumé: highlights under their questions, in the organiser's order and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.chat import Invitation, Occasion, Person, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.run_items import RunSheet
from tchat_desktop.domain.step_states import Detail
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x.post_ids import made_up_id
from tchat_desktop.services.ports import StoreError
from tchat_desktop.ui.pages.page import PlaceOnPage
from tchat_desktop.ui.pages.recap.highlight_card import HighlightCard
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.post_picker import POSTS_AT_ONCE
from tchat_desktop.ui.pages.recap.recap_section import RecapSection
from tchat_desktop.ui.pages.shared import careful
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.tab_order import takes_keyboard
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import _, ngettext
from tests.fakes import x_pages
from tests.fakes.network import NETWORK
from tests.ui.keyboard import press, replace_text, type_text
from tests.ui.pages.hands import check_names, named, put_on_screen, says
from tests.ui.pages.stage import (
    CHAT,
    POSTS,
    ROWS,
    START,
    Stage,
    at_rest,
    crowd,
    made_recap,
    post,
    row,
    settled,
    shown_recap,
)

NO_SHEET = RunSheet((), (), (), 0, 0, NETWORK)
ALT = Qt.KeyboardModifier.AltModifier


def order(page: RecapPage) -> dict[str, list[str]]:
    """The numbers of the posts on screen, under their questions."""
    return {
        section.question_id: [card.post_id.removeprefix("100") for card in section.cards]
        for section in page.board.sections
    }


def section_of(page: RecapPage, question_id: str) -> RecapSection:
    return next(one for one in page.board.sections if one.question_id == question_id)


def card(page: RecapPage, number: int) -> HighlightCard:
    return page.board.card(str(1000 + number))


def drag(handle: QWidget, target: QPoint) -> None:
    """Press on a handle, go to a place on the screen, let go."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    start = handle.mapToGlobal(handle.rect().center())
    for kind, place, button in (
        (QEvent.Type.MouseButtonPress, start, left),
        (QEvent.Type.MouseMove, target, none),
        (QEvent.Type.MouseButtonRelease, target, left),
    ):
        local = QPointF(handle.mapFromGlobal(place))
        event = QMouseEvent(
            kind, local, QPointF(place), button, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(handle, event)


def test_highlights_stand_under_their_questions(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    assert order(page) == {"q1": ["1", "2", "3"], "q2": ["4"], "": ["6"]}
    assert page.publish.figures.words[0].startswith("5 ")
    assert page.picker.isHidden()
    check_names(page)


def test_a_highlight_moves_by_buttons_keys_and_handle(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    card(page, 1).down.click()
    assert order(page)["q1"] == ["2", "1", "3"]
    moved = card(page, 1)
    moved.more.setFocus()
    qtbot.keyClick(moved.more, Qt.Key.Key_Down, ALT)
    assert order(page)["q1"] == ["2", "3", "1"]
    assert QApplication.focusWidget() is moved.more
    qtbot.keyClick(moved.more, Qt.Key.Key_Down, ALT)
    assert order(page)["q1"] == ["2", "3", "1"]
    qtbot.keyClick(moved.more, Qt.Key.Key_Up, ALT)
    press(moved.handle, Qt.Key.Key_Up)
    assert order(page)["q1"] == ["1", "2", "3"]
    editor.undo()
    assert order(page)["q1"] == ["2", "1", "3"]


def test_a_highlight_can_be_dragged(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    first, last = card(page, 1), card(page, 3)
    # The layout comes to rest in several rounds.
    qtbot.waitUntil(
        lambda: (
            first.geometry().bottom() < last.y()
            and last.height() >= last.minimumSizeHint().height()
        )
    )
    target = last.mapToGlobal(QPoint(20, last.height() - 4))
    drag(first.handle, target)
    assert order(page)["q1"] == ["2", "3", "1"]


def test_see_on_x_leads_to_the_post_and_nowhere_in_a_rehearsal(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    see = [one for one in card(page, 6).menu().actions() if one.text() == _("See on X")]
    see[0].trigger()
    assert stage.opened == ["https://x.com/binta_ex/status/1006"]
    view = card(page, 6).view
    assert view is not None
    alone = HighlightCard(replace(view, on_x=False))
    qtbot.addWidget(alone)
    assert _("See on X") not in [one.text() for one in alone.menu().actions()]


def test_what_is_taken_out_can_be_put_back(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card(page, 2).take_out.click()
    assert order(page)["q1"] == ["1", "3"]
    at_rest(qtbot, stage)
    assert not stage.marks(2).starred
    section = section_of(page, "q1")
    assert section.note == _("Out of the recap: {who}. The post itself is kept.").format(
        who="Moussa"
    )
    back = named(page, _("Put back the post by {who}").format(who="Moussa"))
    assert QApplication.focusWidget() is back
    back.click()
    assert order(page)["q1"] == ["1", "2", "3"]
    assert section.note == ""
    at_rest(qtbot, stage)
    assert stage.marks(2).starred
    assert stage.threads == {"background"}


def test_the_last_highlight_without_a_question_can_come_back_too(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card(page, 6).take_out.click()
    assert order(page)[""] == []
    named(page, _("Put back the post by {who}").format(who="Binta")).click()
    assert order(page)[""] == ["6"]


def test_what_came_back_another_way_or_is_gone_is_not_offered(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    section = section_of(page, "q1")
    card(page, 2).take_out.click()
    page.watch.mark(Marking("1002", Mark.STARRED, True), stage.mark)
    settled(qtbot, page)
    assert order(page)["q1"] == ["1", "2", "3"]
    assert section.note == ""
    # Out of the list altogether, as somebody took it out by its link.
    for number, key in ((2, "q1"), (6, "")):
        card(page, number).take_out.click()
        settled(qtbot, page)
        assert section_of(page, key).note
        material = page.watch.material
        assert material is not None
        left = tuple(one for one in material.posts if one.post.id != str(1000 + number))
        page.watch.material = replace(material, posts=left)
        page.watch.arrived.emit()
        settled(qtbot, page)
        assert all(not one.note for one in page.board.sections)
    assert "" not in order(page)


def test_the_name_of_someone_at_risk_is_hidden_everywhere(qtbot: QtBot, stage: Stage) -> None:
    words = post(9, "ndeye_ex", "R1 Comme dit Moussa, lisons-la.", "q1", 13, starred=True)
    stage.hold((*POSTS, words))
    page, editor = shown_recap(qtbot, stage)
    card(page, 2).hide_name.click()
    settled(qtbot, page)
    assert editor.chat.recap.hidden_authors == ("moussa_ex",)
    hidden = [one for one in page.board.cards if one.hide_name.isChecked()]
    assert [one.post_id for one in hidden] == ["1002", "1003"]
    view = card(page, 9).view
    assert view is not None
    assert MASK in view.highlight.text
    card(page, 3).hide_name.click()
    settled(qtbot, page)
    assert editor.chat.recap.hidden_authors == ()
    assert not card(page, 2).hide_name.isChecked()


def test_a_childs_name_is_pointed_at(qtbot: QtBot, stage: Stage) -> None:
    named_child = post(9, "papa_ex", "R2 Aminata, 12 ans, a été mariée.", "q2", 19, starred=True)
    stage.hold((*POSTS, named_child))
    page, _editor = shown_recap(qtbot, stage)
    assert page.child_warning.startswith("1 ")
    named(page, _("Show me")).click()
    assert QApplication.focusWidget() is card(page, 9).mask_button
    card(page, 9).take_out.click()
    assert page.child_warning == ""


NAMED_CHILD = post(9, "papa_ex", "R2 Aminata, 12 ans, a été mariée.", "q2", 19, starred=True)


def test_a_childs_name_is_hidden_by_one_press_and_shown_again(qtbot: QtBot, stage: Stage) -> None:
    said_again = post(10, "binta_ex", "R2 Pauvre Aminata\u0300 !", "q2", 20, starred=True)
    stage.hold((*POSTS, NAMED_CHILD, said_again))
    page, editor = shown_recap(qtbot, stage)
    # Hiding who wrote it is not enough, and says so by its name.
    card(page, 9).hide_name.click()
    settled(qtbot, page)
    assert page.child_warning != ""
    card(page, 9).mask_button.click()
    settled(qtbot, page)
    assert editor.chat.recap.masked_words == ("Aminata",)
    # Without the name, the rest may still tell who it is.
    unread = page.child_warning
    assert "1 " not in unread
    assert unread
    named(page, _("Show me")).click()
    settled(qtbot, page)
    assert QApplication.focusWidget() is card(page, 9).read
    assert not card(page, 9).read.isChecked()
    assert card(page, 10).read.isHidden()
    card(page, 9).read.click()
    settled(qtbot, page)
    assert page.child_warning == _("A child’s name is hidden, and you have read the rest.")
    # What was read is another text once the author shows again.
    card(page, 9).hide_name.click()
    settled(qtbot, page)
    assert not card(page, 9).read.isChecked()
    assert page.child_warning == unread
    assert [card(page, number).view.highlight.text for number in (9, 10)] == [
        f"R2 {MASK}, 12 ans, a été mariée.",
        f"R2 Pauvre {MASK} !",
    ]
    assert page.mask_card.hidden == ("Aminata",)
    named(page, _("Show “{words}” again").format(words="Aminata")).click()
    settled(qtbot, page)
    assert editor.chat.recap.masked_words == ()
    assert page.child_warning != ""
    check_names(page)


def test_any_word_can_be_hidden(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    menu = card(page, 4).menu()
    next(one for one in menu.actions() if one.text() == _("Hide words of this post…")).trigger()
    settled(qtbot, page)
    assert QApplication.focusWidget() is page.mask_card.typed
    type_text(page.mask_card.typed, "oncle")
    named(page, _("Hide these words")).click()
    settled(qtbot, page)
    assert editor.chat.recap.masked_words == ("oncle",)
    view = card(page, 4).view
    assert view is not None
    assert view.highlight.text == f"Mon père, qui a dit non à l’{MASK}."


@pytest.mark.parametrize("sure", [False, True])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_saving_asks_while_somebody_may_be_recognised(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, which: int,
    sure: bool,
) -> None:  # fmt: skip
    stage.hold((*POSTS, NAMED_CHILD))
    page, _editor = shown_recap(qtbot, stage)
    asked: list[str] = []

    def answer(_parent: QWidget, about: str) -> bool:
        asked.append(about)
        return sure

    monkeypatch.setattr(careful, "confirms_saving", answer)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "r.html"), "")
    )
    (*page.publish.save_recap, *page.publish.save_posts)[which].click()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert "Aminata" in asked[0]
    if sure:
        qtbot.waitUntil(lambda: len(stage.saved) == 1)
    else:
        at_rest(qtbot, stage)
        assert stage.saved == []
        assert QApplication.focusWidget() is card(page, 9).mask_button
    card(page, 9).mask_button.click()
    (*page.publish.save_recap, *page.publish.save_posts)[which].click()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert "12 ans" in asked[1], "the age may still tell who it is"
    if not sure:
        at_rest(qtbot, stage)
        assert QApplication.focusWidget() is card(page, 9).read
    else:
        qtbot.waitUntil(lambda: len(stage.saved) == 2)
    card(page, 9).read.click()
    (*page.publish.save_recap, *page.publish.save_posts)[which].click()
    qtbot.waitUntil(lambda: len(stage.saved) == 1 + 2 * sure)
    assert len(asked) == 2


LATE = "2129307821798326272"


def test_a_late_answer_is_added_corrected_and_taken_out(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    named(page, _("Add a post by its link")).click()
    page.late.form._link.setText(f"https://x.com/late_ex/status/{LATE}")
    page.late.form._text.setPlainText("R2 Ma tante a dit non.")
    named(page, _("Add this post")).click()
    qtbot.waitUntil(lambda: page.late.known(LATE) is not None)
    (kept,) = [one for one in stage.posts.all(CHAT.id, Occasion.LIVE) if one.post.id == LATE]
    assert (kept.question_id, kept.post.author) == ("q2", "late_ex")
    page.watch.mark(Marking(LATE, Mark.STARRED, True), stage.mark)
    settled(qtbot, page)
    late = page.board.card(LATE)
    menu = late.menu()
    next(one for one in menu.actions() if one.text() == _("Correct or take out…")).trigger()
    page.late.form._text.setPlainText("R2 Ma tante a dit oui.")
    named(page, _("Save the correction of this post")).click()
    qtbot.waitUntil(lambda: "oui" in page.board.card(LATE).view.highlight.text)
    page.late.form.open_post(page.late.known(LATE))
    named(page, _("Take this post out of the list")).click()
    qtbot.waitUntil(lambda: page.late.known(LATE) is None)
    assert not [one for one in stage.posts.all(CHAT.id, Occasion.LIVE) if one.post.id == LATE]
    check_names(page)


def pasted_page(*posts: Post) -> None:
    mime = QMimeData()
    mime.setHtml(x_pages.today(map(x_pages.seen, posts)))
    QApplication.clipboard().setMimeData(mime)


def late(number: int) -> Post:
    at = START + timedelta(hours=2, seconds=number)
    post_id = made_up_id(at, number)
    link = f"https://x.com/late_ex/status/{post_id}"
    return Post(post_id, "late_ex", "Late", f"R2 Réponse {number}", at, link, by_hand=True)


def test_a_whole_page_of_late_answers_is_pasted_and_taken_back(qtbot: QtBot, stage: Stage) -> None:
    page, _editor = shown_recap(qtbot, stage)
    before = len(stage.posts.all("chat", Occasion.LIVE))
    pasted_page(*(late(number) for number in range(5)))
    page.late.paste()
    qtbot.waitUntil(lambda: all(page.late.known(late(number).id) for number in range(5)))
    assert page.late._told.text.startswith("5 nouveaux messages.")
    kept = {one.post.id: one for one in stage.posts.all("chat", Occasion.LIVE)}
    assert kept[late(1).id].question_id == "q2"
    # Pasted again nothing is doubled, and there is nothing to take back.
    pasted_page(*(late(number) for number in range(4)))
    page.late.paste()
    qtbot.waitUntil(lambda: "4 déjà là" in page.late._told.text)
    assert page.late._undo.isHidden()
    pasted_page(late(9))
    page.late.form.open_panel()
    page.late._paste_for_field()
    qtbot.waitUntil(lambda: page.late.known(late(9).id) is not None)
    page.late._undo.click()
    qtbot.waitUntil(lambda: page.late.known(late(9).id) is None)
    assert len(stage.posts.all("chat", Occasion.LIVE)) == before + 5
    QApplication.clipboard().setText("Bonjour")
    page.late.paste()
    qtbot.waitUntil(lambda: "Aucun message de X" in page.late._told.text)


def test_a_late_answer_being_typed_outlives_a_page_built_anew(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    assert page.unfinished() is None
    named(page, _("Add a post by its link")).click()
    page.late.form._link.setText(f"https://x.com/late_ex/status/{LATE}")
    page.late.form._text.setPlainText("R2 Ma tante a dit non.")
    again, _editor = made_recap(stage, editor.chat)
    again.take_up(page.unfinished())
    put_on_screen(qtbot, again, editor)
    settled(qtbot, again)
    assert again.late.form.isVisible()
    named(again, _("Add this post")).click()
    qtbot.waitUntil(lambda: again.late.known(LATE) is not None)


def test_the_first_answers_are_added_after_an_hour_without_any(qtbot: QtBot, stage: Stage) -> None:
    page, _editor = shown_recap(qtbot, stage)
    named(page, _("Add posts by their links")).click()
    assert page.late.form.isVisible()
    page.late.form._link.setText(f"https://x.com/late_ex/status/{LATE}")
    page.late.form._text.setPlainText("R2 Ma tante a dit non.")
    named(page, _("Add this post")).click()
    qtbot.waitUntil(lambda: page.body.isVisible())


def test_words_are_typed_into_the_draft_and_undone_at_once(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    title = named(page, _("Title of the recap"), QLineEdit)
    assert title.placeholderText() == CHAT.topic
    type_text(title, "Été à Thiès")
    assert editor.chat.recap.title == "Été à Thiès"
    comment = section_of(page, "q1").comment
    comment.setFocus()
    type_text(comment, "La loi circule… « enfin » !")
    assert dict(editor.chat.recap.comments) == {"q1": "La loi circule… « enfin » !"}
    assert QApplication.focusWidget() is comment
    type_text(page.closing.conclusion, "À bientôt.")
    assert editor.chat.recap.conclusion == "À bientôt."
    for _step in range(3):
        editor.undo()
    assert editor.chat.recap == RecapDraft()
    assert (title.text(), comment.toPlainText(), page.closing.conclusion.toPlainText()) == (
        "",
        "",
        "",
    )


def test_the_introduction_starts_from_what_is_proposed(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: bool(page.opening.proposal))
    assert "4 personnes" in page.opening.proposal
    page.opening.use.click()
    assert editor.chat.recap.introduction == "4 personnes"
    assert page.opening.proposal == ""
    assert QApplication.focusWidget() is page.opening.introduction
    replace_text(page.opening.introduction, "Nous étions quatre.")
    assert editor.chat.recap.introduction == "Nous étions quatre."


def test_the_conclusion_starts_from_the_figures(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: bool(page.closing.proposal))
    assert "Merci aux 4." in page.closing.proposal
    page.closing.use.click()
    assert editor.chat.recap.conclusion == "Merci aux 4."
    assert page.closing.proposal == ""
    replace_text(page.closing.conclusion, "À bientôt.")
    assert editor.chat.recap.conclusion == "À bientôt."
    editor.undo()
    editor.undo()
    assert page.closing.proposal != ""


def test_posts_are_chosen_from_all_that_was_said(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    settled(qtbot, page)
    assert [one.post.id for one in page.picker.shown] == [
        "1006", "1001", "1002", "1003", "1004", "1005", "1007",
    ]  # fmt: skip
    type_text(page.picker.search, "ECOLE")
    settled(qtbot, page)
    assert [one.post.id for one in page.picker.shown] == ["1003"]
    replace_text(page.picker.search, "voisine")
    settled(qtbot, page)
    page.picker.star_buttons[0].click()
    settled(qtbot, page)
    assert order(page)["q2"] == ["4", "7"]
    assert [one.starred for one in page.picker.shown] == [True]
    at_rest(qtbot, stage)
    assert stage.marks(7).starred
    replace_text(page.picker.search, "girafe")
    settled(qtbot, page)
    assert page.picker.shown == ()
    assert page.picker.count == _("No post has these words. Try another one, or another question.")
    check_names(page)
    page.choose.click()
    settled(qtbot, page)
    assert page.picker.isHidden()


def test_the_posts_of_one_question_are_a_press_away(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    words = ngettext("See the post collected", "Choose from {count} posts", 2).format(count=2)
    named(page, _("{what}: {question}").format(what=words, question="Q2")).click()
    settled(qtbot, page)
    assert {one.question_id for one in page.picker.shown} == {"q2"}
    assert QApplication.focusWidget() is page.picker.question
    loose = _("{what}: {question}").format(what=words, question=_("Without a question"))
    named(page, loose).click()
    settled(qtbot, page)
    assert [one.post.id for one in page.picker.shown] == ["1006", "1005"]


def test_a_confidence_counts_under_no_question(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, CONFIDED))
    page, _editor = shown_recap(qtbot, stage)
    words = ngettext("See the post collected", "Choose from {count} posts", 2).format(count=2)
    named(page, _("{what}: {question}").format(what=words, question="Q2")).click()
    settled(qtbot, page)
    assert page.picker.shown
    assert CONFIDED not in page.picker.shown


def test_with_no_highlight_yet_the_list_is_open(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(crowd(100))
    page, _editor = shown_recap(qtbot, stage)
    assert not page.picker.isHidden()
    assert len(page.picker.shown) == POSTS_AT_ONCE
    first = page.picker.shown[0]
    page.picker.star_buttons[0].click()
    settled(qtbot, page)
    assert order(page)["q1"] == [first.post.id.removeprefix("100")]
    assert page.picker.shown[0].post == first.post
    more = ngettext("Show {count} more", "Show {count} more", 40).format(count=40)
    named(page, _("{what}: posts").format(what=more)).click()
    settled(qtbot, page)
    assert len(page.picker.shown) == 80


def test_a_post_can_be_put_under_another_question(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    actions = card(page, 6).menu().findChildren(QAction)
    next(one for one in actions if one.data() == "q3").trigger()
    assert order(page) == {"q1": ["1", "2", "3"], "q2": ["4"], "q3": ["6"]}
    at_rest(qtbot, stage)
    assert stage.marks(6).question_id == "q3"


def test_a_mark_that_is_not_kept_is_told_and_taken_back(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    at_rest(qtbot, stage)
    stage.fail = StoreError("the disk refuses")
    card(page, 2).take_out.click()
    stage.bridge.run(stage.bridge, lambda: setattr(stage, "fail", None), _nothing, _nothing)
    sentence = _("The disk did not answer. Nothing saved before is lost. Try again.")
    qtbot.waitUntil(lambda: order(page)["q1"] == ["1", "2", "3"])
    assert says(page, sentence)


def test_what_is_starred_elsewhere_appears(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    stage.mark(CHAT.id, Occasion.LIVE, Marking(stage.marks(7).post.id, Mark.STARRED, True))
    qtbot.waitUntil(lambda: order(page)["q2"] == ["4", "7"])


def test_the_page_is_saved_then_opened(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    asked: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        assert kinds == f"{_('Page to read in a browser')} (*.html)"
        return str(tmp_path / "moments"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    type_text(page.opening.title, "Notre résumé")
    page.publish.save_recap[0].click()
    file = tmp_path / "moments.html"
    saved = _("Saved: {file}").format(file=where_words(file))
    qtbot.waitUntil(lambda: page.publish.saving.text == saved)
    recap = stage.saved[-1]
    assert isinstance(recap, Recap)
    assert (recap.title, recap.simulated) == ("Notre résumé", False)
    assert len(recap.highlights) == 5
    assert asked == [f"{_('recap')}-unionsprécoces.html"]
    named(page, _("Open the file")).click()
    named(page, _("Show in the folder")).click()
    qtbot.waitUntil(lambda: stage.paths == [file, tmp_path])
    file.unlink()
    named(page, _("Open the file")).click()
    nowhere = _("Nothing opened it. You will find it here: {place}").format(place=file)
    qtbot.waitUntil(lambda: page.publish.saving.text == nowhere)
    assert editor.chat.recap.title == "Notre résumé"


def test_the_step_tells_whether_the_page_saved_is_the_one_of_now(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def state() -> Detail:
        return StepId.RECAP.rule(editor.chat, NO_SHEET, stage.now)[1]

    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    assert state() is Detail.NONE
    answers = iter([("", ""), *[(str(tmp_path / "page"), "")] * 4])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: next(answers))
    page.publish.save_recap[0].click()
    at_rest(qtbot, stage)
    assert state() is Detail.NONE, "no file was chosen"
    page.publish.save_recap[0].click()
    qtbot.waitUntil(lambda: state() is Detail.SAVED)
    type_text(page.opening.title, "Notre résumé")
    settled(qtbot, page)
    assert state() is Detail.CHANGED_SINCE
    editor.undo()
    settled(qtbot, page)
    assert state() is Detail.SAVED, "it is again as it was saved"
    card(page, 1).take_out.click()
    settled(qtbot, page)
    assert state() is Detail.CHANGED_SINCE
    mail, word = page.publish.save_recap[1:3]
    mail.click()
    qtbot.waitUntil(lambda: "page.eml" in page.publish.saving.text)
    assert state() is Detail.CHANGED_SINCE, "an e-mail about the recap is not the recap"
    word.click()
    qtbot.waitUntil(lambda: len(editor.chat.recap_forms) == 2)
    assert state() is Detail.CHANGED_SINCE, "the page on disk is still the former one"
    page.publish.save_recap[0].click()
    qtbot.waitUntil(lambda: state() is Detail.SAVED)


def test_a_rehearsal_saves_no_real_page(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    page, editor = shown_recap(qtbot, stage)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "x"), ""))
    page.publish.save_recap[0].click()
    qtbot.waitUntil(lambda: bool(page.publish.saving.text))
    assert (editor.chat.recap_saved, editor.chat.recap_content) == ("", "")


def test_a_folder_that_refuses_is_told_and_no_answer_is_fine(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    at_rest(qtbot, stage)
    answers = iter([("", ""), (str(tmp_path / "posts.csv"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: next(answers))
    page.publish.save_recap[1].click()
    assert page.publish.saving.isHidden()
    stage.fail = PermissionError("no")
    page.publish.save_posts[0].click()
    words = sentence(PermissionError())
    qtbot.waitUntil(lambda: page.publish.saving.text == words)
    assert not (tmp_path / "posts.csv").exists()


def test_a_rehearsal_is_called_one_down_to_the_name_of_its_file(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    page, _editor = shown_recap(qtbot, stage)
    asked: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(tmp_path / "r.html"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.publish.save_recap[0].click()
    qtbot.waitUntil(lambda: bool(stage.saved))
    recap = stage.saved[-1]
    assert isinstance(recap, Recap)
    assert recap.simulated
    assert asked[0].startswith(_("rehearsal"))
    assert says(page, _("Rehearsal: these people and their posts are invented. This is how the "
                        "page will look after the real hour."))  # fmt: skip


def test_before_the_hour_the_page_teaches(qtbot: QtBot, stage: Stage) -> None:
    page, _editor = shown_recap(qtbot, stage)
    assert says(page, _("What will be left of your chat?"))
    assert page.body.isHidden()
    assert page.publish.isHidden()
    check_names(page)


def test_tab_follows_the_eye_through_what_came_later(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    found: list[QWidget] = []
    at: QWidget = page.opening.title
    while at not in found:
        found.append(at)
        at = at.nextInFocusChain()
        while not takes_keyboard(at) or not at.isVisibleTo(page):
            at = at.nextInFocusChain()
    wanted = [page.opening.introduction, page.choose, section_of(page, "q1").comment,
              card(page, 1).handle, card(page, 1).hide_name, card(page, 2).handle,
              card(page, 4).handle, card(page, 6).handle, page.closing.conclusion]  # fmt: skip
    assert [one for one in found if one in wanted] == wanted


def _nothing(_result: object) -> None:
    """Nobody waits for it."""


def test_a_recap_with_something_to_fill_in_is_not_saved(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "resume"), "")
    )
    page, _editor = shown_recap(
        qtbot, stage, replace(CHAT, recap=RecapDraft(introduction="Voir [lien]"))
    )
    for button in (page.publish.save_recap[0], page.publish.save_recap[1]):
        button.click()
        assert "[lien]" in page.publish.saving.text
    assert list(tmp_path.iterdir()) == []


def test_a_starred_confidence_is_marked_and_looked_at_first(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "J’ai 15 ans et mes parents veulent me marier. Aidez-moi."
    confided = replace(NAMED_CHILD, post=replace(NAMED_CHILD.post, text=told))
    stage.hold((*POSTS, confided))
    page, _editor = shown_recap(qtbot, stage)
    one = card(page, 9)
    assert one._confides.isVisibleTo(one)
    assert not any(
        other._confides.isVisibleTo(other) for other in page.board.cards if other is not one
    )
    monkeypatch.setattr(careful, "confirms_saving", lambda *_args: False)
    page.verticalScrollBar().setValue(0)
    page.publish.save_recap[0].click()
    at_rest(qtbot, stage)
    assert QApplication.focusWidget() is one.hide_name
    top = one.mapTo(page.viewport(), one.rect().topLeft()).y()
    assert 0 <= top < page.viewport().height()


def namesake(*others: str) -> tuple[FeedPost, ...]:
    """Somebody with two names who is hidden, and posts by others."""
    made = post(20, "sy_ex", "R1 Je préfère ne pas dire où.", "q1", 13, starred=True)
    her = replace(made, post=replace(made.post, author_name="Awa Sy"))
    return (her, *(post(21 + n, "moussa_ex", text, "q1", 14) for n, text in enumerate(others)))


HIDING_AWA = replace(CHAT, recap=RecapDraft(hidden_authors=("sy_ex",)))


def test_the_first_name_of_somebody_hidden_is_asked_about_where_others_wrote_it(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = namesake("R1 Merci Awa !", "R1 awa a raison")[1:]
    stage.hold((*POSTS, *namesake(), replace(first, starred=True), second))
    page, editor = shown_recap(qtbot, stage, HIDING_AWA)
    one = card(page, 21)
    assert one._left.isVisibleTo(one)
    assert not card(page, 2)._left.isVisibleTo(card(page, 2))
    assert "Awa" in page.names_left.text
    asked: list[str] = []

    def look_first(_parent: QWidget, about: str) -> bool:
        asked.append(about)
        return False

    monkeypatch.setattr(careful, "confirms_saving", look_first)
    for count, button in enumerate(
        (page.publish.save_recap[0], page.publish.save_recap[1], page.publish.save_posts[0]), 1
    ):
        button.click()
        qtbot.waitUntil(lambda count=count: len(asked) == count)
        assert "Awa" in asked[-1]
        assert QApplication.focusWidget() is one.mask_button
    at_rest(qtbot, stage)
    assert stage.saved == []

    page.names_left.hide_it.click()
    settled(qtbot, page)
    assert editor.chat.recap.masked_words == ("Awa",)
    assert page.names_left.text == ""
    assert not one._left.isVisibleTo(one)
    assert one.view is not None and one.view.highlight.text == f"R1 Merci {MASK} !"


def test_a_first_name_of_somebody_else_is_asked_about_once(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = str(tmp_path / "page.html")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (path, ""))
    stage.hold((*POSTS, *namesake("R1 Merci Awa !", "R1 awa a raison")))
    draft = replace(HIDING_AWA.recap, introduction="Grâce à Awa, tout a commencé.")
    page, editor = shown_recap(qtbot, stage, replace(CHAT, recap=draft))
    assert page.names_left.another.isVisibleTo(page)
    assert page.names_left.another.accessibleName() == "«\u202fAwa\u202f» est une autre personne"
    page.names_left.another.click()
    settled(qtbot, page)
    assert editor.chat.recap.names_of_others == ("Awa",)
    assert page.names_left.text == ""
    assert not page.names_left.another.isVisibleTo(page)
    page.publish.save_recap[0].click()
    qtbot.waitUntil(lambda: bool(stage.saved))
    editor.undo()
    settled(qtbot, page)
    assert "Awa" in page.names_left.text


def test_a_hidden_first_name_in_the_words_of_the_organiser_is_shown(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold((*POSTS, *namesake()))
    draft = replace(HIDING_AWA.recap, introduction="Grâce à Awa, tout a commencé.")
    page, _editor = shown_recap(qtbot, stage, replace(CHAT, recap=draft))
    monkeypatch.setattr(careful, "confirms_saving", lambda *_args: False)
    page.publish.save_recap[0].click()
    at_rest(qtbot, stage)
    assert stage.saved == []
    assert QApplication.focusWidget() is page.names_left.hide_it
    # It goes with the word, and comes back with it.
    page.opening.introduction.clear()
    qtbot.waitUntil(lambda: page.names_left.text == "")
    type_text(page.opening.introduction, "Merci Awa.")
    qtbot.waitUntil(lambda: "Awa" in page.names_left.text)


@pytest.mark.parametrize("gathered", [True, False])
def test_sent_here_to_look_first_it_shows_what_is_to_be_looked_at(
    qtbot: QtBot, stage: Stage, gathered: bool
) -> None:
    stage.hold((*POSTS, *namesake()))
    draft = replace(HIDING_AWA.recap, introduction="Grâce à Awa, tout a commencé.")
    page, editor = made_recap(stage, replace(CHAT, recap=draft))
    if not gathered:
        page.show_to_check()
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    if gathered:
        page.show_to_check()
    assert QApplication.focusWidget() is page.names_left.hide_it


@pytest.mark.parametrize("gathered", [True, False])
@pytest.mark.parametrize("starred", [True, False], ids=["highlights", "list open"])
def test_sent_here_for_the_address_its_field_is_in_sight(
    qtbot: QtBot, stage: Stage, gathered: bool, starred: bool
) -> None:
    stage.hold(POSTS if starred else tuple(replace(one, starred=False) for one in POSTS))
    page, editor = made_recap(stage, CHAT)
    if not gathered:
        page.show_place(PlaceOnPage.ADDRESS)
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    if gathered:
        page.show_place(PlaceOnPage.ADDRESS)
    field = page.online.link
    assert QApplication.focusWidget() is field
    seen = page.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(field.mapTo(page.viewport(), field.rect().center())))
    at_rest(qtbot, stage)
    assert seen.contains(field.mapTo(page.viewport(), field.rect().center()))


CONFIDED = replace(
    NAMED_CHILD,
    starred=False,
    post=replace(NAMED_CHILD.post, text="J’ai 15 ans et mes parents veulent me marier. Aidez-moi."),
)


def test_a_confidence_cannot_be_chosen_and_a_line_says_so(qtbot: QtBot, stage: Stage) -> None:
    said = post(30, "papa_ex", "R2 Bonsoir.", "q2", 27, confided=True)
    stage.hold((*POSTS, CONFIDED, said))
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    for one in (CONFIDED, said):
        page.picker.show_one(one.post)
        settled(qtbot, page)
        assert page.picker.shown == ()
    words = ngettext(
        "{count} confidence is not in the list: it is no highlight and counts nowhere.",
        "{count} confidences are not in the list: they are no highlights and count nowhere.",
        2,
    )
    assert words.format(count=2) in page.choosing.text


def test_a_post_that_names_a_child_is_chosen_once_the_name_is_hidden(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold((*POSTS, replace(NAMED_CHILD, starred=False)))
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    page.picker.show_one(NAMED_CHILD.post)
    settled(qtbot, page)
    (line,) = (one for one in page.picker._rows if not one.isHidden())
    for _time in range(2):
        line.star.click()
        settled(qtbot, page)
        assert line._warning.isVisibleTo(line)
        assert QApplication.focusWidget() is line.mask_button
    at_rest(qtbot, stage)
    assert not stage.marks(9).starred
    line.mask_button.click()
    settled(qtbot, page)
    assert not line._warning.isVisibleTo(line)
    line.star.click()
    qtbot.waitUntil(lambda: stage.marks(9).starred)


def test_a_child_that_only_the_organiser_saw_named_is_chosen_once_words_are_hidden(
    qtbot: QtBot, stage: Stage
) -> None:
    said = post(30, "papa_ex", "R2 Zénab X a eu mal.", "q2", 27, names_child=True)
    stage.hold((*POSTS, said))
    page, editor = shown_recap(qtbot, stage)
    page.choose.click()
    page.picker.show_one(said.post)
    settled(qtbot, page)
    (line,) = (one for one in page.picker._rows if not one.isHidden())
    assert line._child.isVisibleTo(line)
    line.star.click()
    at_rest(qtbot, stage)
    assert not stage.marks(30).starred
    assert line.mask_button.text() == _("Hide words of this post…")
    line.mask_button.click()
    editor.edit(replace(editor.chat, recap=replace(editor.chat.recap, masked_words=("Zénab X",))))
    settled(qtbot, page)
    assert line._hidden_child.isVisibleTo(line)
    line.star.click()
    qtbot.waitUntil(lambda: stage.marks(30).starred)


def test_looking_first_goes_to_the_post_that_only_the_table_shows(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A confidence is not in the table at all; a child named by others is.
    named_one = replace(NAMED_CHILD, starred=False)
    stage.hold((*POSTS, named_one))
    page, editor = shown_recap(qtbot, stage)
    asked: list[str] = []
    monkeypatch.setattr(
        careful, "confirms_saving", lambda _parent, about: asked.append(about) or False
    )
    page.publish.save_posts[0].click()
    qtbot.waitUntil(lambda: bool(asked))
    at_rest(qtbot, stage)
    settled(qtbot, page)
    assert [one.post.text for one in page.picker.shown] == [NAMED_CHILD.post.text]
    (line,) = (one for one in page.picker._rows if not one.isHidden())
    assert QApplication.focusWidget() is line.mask_button
    assert line._child.isVisibleTo(line)
    line.mask_button.click()
    settled(qtbot, page)
    assert editor.chat.recap.masked_words == ("Aminata",)
    assert "Aminata" not in line._text.text()
    assert not line._child.isVisibleTo(line)
    assert not line.mask_button.isVisibleTo(line)
    assert line._hidden_child.isVisibleTo(line)
    assert "Aminata" in line._done.text()
    assert line._done.isVisibleTo(line)
    page.publish.save_posts[0].click()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert MASK in asked[1]
    at_rest(qtbot, stage)
    settled(qtbot, page)
    (line,) = (one for one in page.picker._rows if not one.isHidden())
    assert QApplication.focusWidget() is line.read
    line.read.click()
    settled(qtbot, page)
    assert [one for one, _reading in editor.chat.recap.read_again] == ["1009"]
    assert line.read.isChecked()
    assert not line._hidden_child.isVisibleTo(line)
    line.hide_name.click()
    settled(qtbot, page)
    assert editor.chat.recap.hidden_authors
    assert line._name.text() == _("Name hidden")
    assert line._done.text() == _("The author is hidden everywhere in the recap")
    check_names(page)


@pytest.mark.parametrize("gone", [True, False], ids=["taken out", "hidden"])
def test_a_highlight_that_went_meanwhile_is_not_put_back(
    qtbot: QtBot, stage: Stage, gone: bool
) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card(page, 4).take_out.click()
    at_rest(qtbot, stage)
    if gone:
        stage.by_hand().remove(CHAT, "1004")
    else:
        stage.mark(CHAT.id, Occasion.LIVE, Marking("1004", Mark.HIDDEN, True))
    qtbot.waitUntil(lambda: page.late.known("1004") is None or _is_hidden(page, "1004"))
    section_of(page, "q2")._put_back.click()
    at_rest(qtbot, stage)
    assert "4" not in order(page).get("q2", [])


def _is_hidden(page: RecapPage, post_id: str) -> bool:
    assert page.watch.material is not None
    return any(one.hidden for one in page.watch.material.posts if one.post.id == post_id)


def test_a_confidence_is_not_in_the_list_and_what_is_harmless_is(
    qtbot: QtBot, stage: Stage
) -> None:
    confided = post(9, "lectrice_ex", "R2 J’ai 15 ans et on veut me marier.", "q2", 25)
    harmless = post(10, "papa_ex", "R2 J’ai 16 ans et je suis contre.", "q2", 26, harmless=True)
    stage.hold((*POSTS, confided, harmless))
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    settled(qtbot, page)
    listed = [one.post.id for one in page.picker.shown]
    assert "1009" not in listed
    assert "1010" in listed
    assert page.publish.figures.words[1].startswith("4 ")


def test_what_still_asks_for_attention_is_told_with_a_way_to_it(qtbot: QtBot, stage: Stage) -> None:
    confided = post(9, "lectrice_ex", "jai 14an on ve me marié", "q2", 25)
    stage.hold((*POSTS, confided))
    page, _editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: page.care_warning == needing_care_words(1, 1))
    page.care.read.click()
    assert says(page.care, confided.post.text)
    stage.posts.mark(CHAT.id, Occasion.LIVE, Marking(confided.post.id, Mark.ANSWERED, True))
    page, _editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: page.care._is_counted)
    assert page.care_warning == ""


def test_what_a_guest_without_an_account_said_is_chosen_and_taken_out(
    qtbot: QtBot, stage: Stage
) -> None:
    kadi = Person(
        "k", Role.GUEST, "Mme Kadi Traoré", no_account=True, invitation=Invitation.ACCEPTED
    )
    chat = replace(CHAT, people=(*CHAT.people, kadi))
    answer = row(
        "guest:1",
        14,
        PostKind.GUEST_ANSWER,
        guest_id=kadi.id,
        guest_name=kadi.name,
        question_id="q1",
        text="R1 Mme Kadi Traoré : lisons la loi ensemble.",
    )
    stage.hold(rows=(*ROWS, answer))
    page, editor = shown_recap(qtbot, stage, chat)
    page.choose.click()
    replace_text(page.picker.search, "kadi")
    settled(qtbot, page)
    assert [one.post.author_name for one in page.picker.shown] == ["Mme Kadi Traoré"]

    page.picker.star_buttons[0].click()

    settled(qtbot, page)
    assert editor.chat.recap.guest_answers == (answer.id,)
    made = page.board.card(answer.id)
    assert says(made, "Mme Kadi Traoré")
    assert says(made, _("guest"))
    assert not says(made, "@")
    assert made.hide_name.isHidden()
    check_names(page)
    made.take_out.click()
    settled(qtbot, page)
    assert editor.chat.recap.guest_answers == ()
    note = next(button for button in page.findChildren(Button) if button.text() == _("Put back"))
    note.click()
    settled(qtbot, page)
    assert editor.chat.recap.guest_answers == (answer.id,)
    assert page.publish.figures.words[1].startswith("5 ")
