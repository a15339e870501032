from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Question, Route, RunEdit
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.run_sheet.page import RunSheetPage
from tchat_desktop.ui.pages.shared import child_guard, saving
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.ui.pages.shared.run_problem_words import landed_words, time_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.judged_hints import AsideButton
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import _, format_day, format_hour, format_price, ngettext
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.live import live_rows
from tests.ui.pages.hands import check_names, named, press, put_on_screen, says, type_text
from tests.ui.pages.run_sheet.no_plan import NO_PLAN

QUESTIONS = tuple(
    Question(f"q{number}", f"Que pensez-vous du point {number} ?", essential=number != 7)
    for number in range(1, 8)
)
CHAT = Chat(
    "c",
    topic="Mariage des enfants",
    organisation="Voix des filles",
    account="voix",
    hashtag="UnionsPrécoces",
    starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
    questions=QUESTIONS,
)

texts_of = cache(load_texts)

# Menus raise themselves and grab the keyboard, which the offscreen platform says it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_ENDS = ("closing", "thanks")


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(CHAT)


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def page(qtbot: QtBot, editor: ChatEditor, bridge: Bridge) -> RunSheetPage:
    page = RunSheetPage(
        editor, texts_of, bridge, MemoryPictures(), NETWORK, live_rows(bridge), NO_PLAN
    )
    put_on_screen(qtbot, page, editor)
    return page


def keys(editor: ChatEditor) -> list[str]:
    return [item.key for item in run_sheet.build_run_sheet(editor.chat, texts_of("fr")).items]


def numbers(editor: ChatEditor) -> list[str]:
    return [question.id for question in editor.chat.questions]


def open_editor(page: RunSheetPage, about: str) -> PostEdit:
    press(page, _("Edit {post}").format(post=about))
    return named(page, _("Text of {post}").format(post=about), PostEdit)


def choose(page: RunSheetPage, words: str) -> None:
    [menu] = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    [entry] = [one for one in menu.actions() if one.text().split("\t")[0] == words]
    menu.close()
    entry.trigger()
    # The offscreen platform does not give the keyboard back to the window by itself.
    QApplication.processEvents()
    page.window().activateWindow()
    QApplication.processEvents()


def test_the_hour_is_laid_out_and_fits(page: RunSheetPage) -> None:
    assert says(page, _("The chat takes {used} min of the {minutes}.").format(used=48, minutes=60))
    assert says(page, "20\u00a0h\u00a004")
    assert says(page, "Q1 Que pensez-vous du point 1 ? #UnionsPrécoces")
    assert says(page, _("In reserve"))
    check_names(page)


def test_eight_posts_are_seen_at_once_on_a_small_laptop(page: RunSheetPage, qtbot: QtBot) -> None:
    """Of 1366 by 768 the bars and the rail of the window leave so much."""
    page.window().resize(1110, 662)
    page.resize(1110, 662)
    rows = [page._rows[item.key] for item in page._sheet.items]
    qtbot.waitUntil(lambda: {row.height() for row in rows} == {theme.px(theme.Height.RUN_ROW)})
    whole = [row for row in rows if row.visibleRegion().boundingRect().height() == row.height()]
    assert len(whole) >= 8


def test_by_arrows_and_enter_a_post_is_changed(page: RunSheetPage) -> None:
    first, second = (page._rows[item.key] for item in page._sheet.items[:2])
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert second.is_open
    edit = QApplication.focusWidget()
    assert isinstance(edit, PostEdit)
    assert second.isAncestorOf(edit)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert second.isAncestorOf(QApplication.focusWidget()), "the minutes come next"
    for _turn in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not second.is_open
    assert QApplication.focusWidget() is second


def test_an_hour_too_full_says_where(page: RunSheetPage, editor: ChatEditor) -> None:
    long = tuple(replace(question, minutes=10) for question in QUESTIONS)
    editor.edit(replace(editor.chat, questions=long))
    used = run_sheet.build_run_sheet(editor.chat, texts_of("fr")).minutes_used
    assert used > 60
    sheet = run_sheet.build_run_sheet(editor.chat, texts_of("fr"))
    assert says(page, time_words(sheet))
    assert str(used - 60) in time_words(sheet)
    beside = _(
        "From here on the time is up, by {count} min in all: shorten something, or keep a "
        "question in reserve."
    ).format(count=used - 60)
    assert not [one for one in sheet.items if one.kind is PostKind.NUDGE]
    assert says(page, beside)
    assert page._look.isHidden(), "one thing, told once"
    page.show_to_check()
    late = sheet.problems[0]
    assert page._rows[late.key].isAncestorOf(page.focusWidget())


def test_without_a_day_minutes_count_from_the_beginning(
    page: RunSheetPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    editor.edit(replace(editor.chat, starts_at=None))
    assert says(page, _("{count} min").format(count=4))
    assert not says(page, "20\u00a0h")
    with qtbot.waitSignal(page.step_wanted) as wanted:
        press(page, _("Choose the day and hour"))
    assert wanted.args == [StepId.SCHEDULE]


def test_without_questions_the_page_leads_to_them(
    page: RunSheetPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    editor.edit(replace(editor.chat, questions=()))
    with qtbot.waitSignal(page.step_wanted) as wanted:
        press(page, _("Write the questions"))
    assert wanted.args == [StepId.QUESTIONS]
    assert keys(editor)[0] == "welcome"


def test_typing_a_post_changes_it_and_undoes_as_one(page: RunSheetPage, editor: ChatEditor) -> None:
    about = f"{_('Closing')}, 20\u00a0h\u00a044"
    edit = open_editor(page, about)
    assert edit.hasFocus()
    type_text(edit, " À bientôt !  ")
    assert edit.toPlainText().endswith(" À bientôt !  ")
    [change] = editor.chat.run_edits
    assert change.key == "closing"
    assert says(page, _("edited"))
    press(page, _("Back to the proposed text of {post}").format(post=about))
    assert editor.chat.run_edits == ()
    editor.undo()
    editor.undo()
    assert replace(editor.chat, run_sheet_seen=False) == CHAT


def test_the_run_sheet_is_read_once_its_last_row_was_in_sight(
    page: RunSheetPage, editor: ChatEditor
) -> None:
    editor.note(run_sheet_seen=False)
    QApplication.processEvents()
    assert not editor.chat.run_sheet_seen, "only its beginning is on screen"
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert editor.chat.run_sheet_seen
    page.hide()
    editor.note(run_sheet_seen=False)
    bar.setValue(0)
    bar.setValue(bar.maximum())
    assert not editor.chat.run_sheet_seen, "nobody looks at it"
    editor.edit(replace(editor.chat, questions=()))
    page.show()
    bar.setValue(bar.maximum())
    assert not editor.chat.run_sheet_seen, "there is nothing to read yet"


def test_a_question_changed_here_changes_everywhere(page: RunSheetPage, editor: ChatEditor) -> None:
    edit = open_editor(page, "Q1, 20\u00a0h\u00a004")
    place = edit.toPlainText().index("point 1") + len("point 1")
    cursor = edit.textCursor()
    cursor.setPosition(place)
    edit.setTextCursor(cursor)
    type_text(edit, " bis ")
    assert edit.textCursor().position() == place + 5
    assert editor.chat.questions[0].text == "Que pensez-vous du point 1 bis  ?"
    assert editor.chat.run_edits == ()


def test_escape_and_the_button_close_the_editor(page: RunSheetPage) -> None:
    about = "Q1, 20\u00a0h\u00a004"
    edit = open_editor(page, about)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.isVisibleTo(page)
    assert QApplication.focusWidget() is named(page, _("Edit {post}").format(post=about))


def test_minutes_shift_what_follows(page: RunSheetPage, editor: ChatEditor) -> None:
    open_editor(page, "Q1, 20\u00a0h\u00a004")
    minutes = named(page, _("Minutes of {post}").format(post="Q1, 20\u00a0h\u00a004"), QSpinBox)
    minutes.setFocus()
    QTest.keyClick(minutes, Qt.Key.Key_Up)
    assert editor.chat.questions[0].minutes == 7
    named(page, _("Edit {post}").format(post="Q2, 20\u00a0h\u00a011"))


def test_the_keyboard_moves_posts(page: RunSheetPage, editor: ChatEditor) -> None:
    handle = named(page, _("Move {post}").format(post="Q2, 20\u00a0h\u00a010"))
    handle.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert numbers(editor)[:3] == ["q2", "q1", "q3"]
    assert handle.hasFocus()
    assert handle.accessibleName() == _("Move {post}").format(post="Q1, 20\u00a0h\u00a004")
    edit = named(page, _("Edit {post}").format(post="Q1, 20\u00a0h\u00a004"))
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert numbers(editor)[:3] == ["q1", "q2", "q3"]
    # The first one goes no higher.
    top = named(page, _("Move {post}").format(post=f"{_('Word of welcome')}, 20\u00a0h"))
    top.setFocus()
    QTest.keyClick(top, Qt.Key.Key_Up)
    assert keys(editor)[0] == "welcome"
    press(page, _("Back to the proposed order"))
    assert editor.chat.run_order == ()


def test_the_keys_move_the_row_with_the_frame(page: RunSheetPage, editor: ChatEditor) -> None:
    edited, clicked = page._rows["welcome"], page._rows["q:q2"]
    named(page, _("Edit {post}").format(post=edited.accessibleName())).setFocus()
    QTest.mouseClick(clicked._text, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is clicked, "the keyboard comes along"
    assert [row for row in page._rows.values() if row._edit._drawn] == [clicked]
    before = keys(editor)
    QTest.keyClick(clicked, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert numbers(editor)[:3] == ["q2", "q1", "q3"]
    assert page._chosen == "q:q2"
    QTest.keyClick(clicked, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert keys(editor) == before
    # Nor do the keys fall silent where the keyboard is elsewhere on the page.
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert numbers(editor)[:3] == ["q2", "q1", "q3"]
    assert QApplication.focusWidget() is clicked


def test_the_mouse_drags_posts(page: RunSheetPage, editor: ChatEditor) -> None:
    before = keys(editor)
    rules, third = page._rows["rules"], page._rows["q:q2"]
    handle = rules.handle
    start = handle.rect().center()
    target = handle.mapFromGlobal(third.mapToGlobal(third.rect().bottomLeft() - QPoint(0, 4)))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(0, 20))
    QTest.mouseMove(handle, target)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=target)
    after = keys(editor)
    assert after.index("rules") == after.index("q:q2") + 1
    assert sorted(after) == sorted(before)


def test_a_question_waits_in_reserve_and_comes_back(page: RunSheetPage, editor: ChatEditor) -> None:
    press(page, _("More about {post}").format(post="Q1, 20\u00a0h\u00a004"))
    choose(page, _("Keep in reserve"))
    assert not editor.chat.questions[0].essential
    assert QApplication.focusWidget() is page._rows["q:q2"].handle
    spare = f"{_('Question in reserve')}, Que pensez-vous du point 1 ? #"
    press(page, f"{_('Put into the run sheet')} – {spare}")
    assert editor.chat.questions[0].essential
    assert QApplication.focusWidget() is page._rows["q:q1"].handle


def test_what_is_put_in_says_where_it_landed_until_the_next_change(
    page: RunSheetPage, editor: ChatEditor
) -> None:
    editor.edit(run_sheet.without_item(editor.chat, "q:q1"))
    page._on_spare_wanted("q:q1")
    item = page._sheet.item("q:q1")
    before = page._sheet.items[page._sheet.items.index(item) - 1]
    words = _("✓ In the run sheet at {hour}, after: {post}.")
    row = page._rows["q:q1"]
    assert says(row, item_title(before))
    assert says(row, words.partition("{")[0])
    assert says(row, _("Nothing else was taken out."))
    editor.edit(replace(editor.chat, topic="Un autre"))
    assert not says(row, words.partition("{")[0])


def test_what_a_post_pushes_out_is_named() -> None:
    sheet = run_sheet.build_run_sheet(CHAT, texts_of("fr"))
    first, item, gone = sheet.items[:3]
    before = replace(sheet, items=(first, gone))
    said = landed_words(item, replace(sheet, items=(first, item)), before, "20 h 02")
    assert item_title(gone) in said
    assert "20 h 02" in said


def test_a_post_is_taken_out_and_brought_back(page: RunSheetPage, editor: ChatEditor) -> None:
    press(page, _("More about {post}").format(post=f"{_('Rules of the chat')}, 20\u00a0h\u00a002"))
    choose(page, _("Take out"))
    assert "rules" not in keys(editor)
    assert says(page, _("Not in the run sheet"))
    text = run_sheet.build_run_sheet(editor.chat, texts_of("fr")).item("rules").text
    press(page, f"{_('Put into the run sheet')} – {_('Rules of the chat')}, {text[:30]}")
    assert "rules" in keys(editor)


def test_problems_are_told_beside_their_row(page: RunSheetPage, editor: ChatEditor) -> None:
    edits = (RunEdit("closing", text="Merci @inconnue"), RunEdit("thanks", text=""))
    long = (replace(QUESTIONS[0], text="é" * 300), *QUESTIONS[1:])
    editor.edit(replace(editor.chat, run_edits=edits, questions=long))
    closing = page._rows["closing"]
    assert says(closing, "@inconnue")
    assert says(closing, _("The tag is missing: those who follow it would not see this post."))
    assert says(page._rows["thanks"], _("This post is empty: write it, or take it out."))
    over = run_sheet.build_run_sheet(editor.chat, texts_of("fr")).item("q:q1").weight - 280
    words = ngettext(
        "{count} character too many for X: shorten it.",
        "{count} characters too many for X: shorten it.",
        over,
    )
    assert says(page._rows["q:q1"], words.format(count=over))
    check_names(page)


def test_what_is_to_look_at_is_one_press_away(page: RunSheetPage, editor: ChatEditor) -> None:
    page.resize(1024, 400)
    edits = (RunEdit("thanks", text=""), RunEdit("closing", text="Merci @inconnue"))
    editor.edit(replace(editor.chat, run_edits=edits))
    QApplication.processEvents()
    titles = ", ".join(item_title(item) for item in page._sheet.items if item.key in _ENDS)
    words = ngettext(
        "{count} post to look at: {titles}", "{count} posts to look at: {titles}", 2
    ).format(count=2, titles=titles)
    press(page, words)
    QApplication.processEvents()
    first = page._rows[next(key for key in keys(editor) if key in _ENDS)]
    assert first.isAncestorOf(page.focusWidget())
    assert first.visibleRegion().boundingRect().height() == first.height()
    editor.edit(replace(editor.chat, run_edits=()))
    assert page._look.isHidden()


def test_words_in_brackets_are_told_once_with_their_step(
    page: RunSheetPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    editor.edit(replace(editor.chat, hashtag=""))
    [words] = page._to_settle.texts
    assert "[tag]" in words
    button = page._to_settle.findChild(type(page._restore))
    button.setFocus()
    with qtbot.waitSignal(page.step_wanted) as wanted:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted.args == [StepId.HASHTAG]


def test_the_preview_follows_the_keyboard(qtbot: QtBot, page: RunSheetPage) -> None:
    assert says(page, _("Preview on X: {post}").format(post=_("Word of welcome")))
    # Another window of the same machine may have had the keyboard since.
    page.window().activateWindow()
    page._rows["q:q3"].handle.setFocus()
    qtbot.waitUntil(page._rows["q:q3"].handle.hasFocus)
    assert says(page, _("Preview on X: {post}").format(post="Q3"))
    shown = named(page, _("Preview on X"), PostEdit)
    assert shown.toPlainText() == "Q3 Que pensez-vous du point 3 ? #UnionsPrécoces"
    QTest.mouseClick(page._rows["closing"], Qt.MouseButton.LeftButton, pos=QPoint(5, 60))
    assert says(page, _("Preview on X: {post}").format(post=_("Closing")))
    # Beside the row also when the page is scrolled down.
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: shown.mapTo(page.viewport(), QPoint(0, 0)).y() > 0)


def test_an_edit_of_the_chat_is_shown_within_five_milliseconds(page: RunSheetPage) -> None:
    durations = []
    for turn in range(9):
        chat = replace(CHAT, topic=f"Sujet {turn}")
        start = time.process_time()
        page.show_chat(chat)
        durations.append(time.process_time() - start)
    print(f"run sheet shown in {min(durations) * 1000:.1f} ms")
    assert min(durations) < 0.02


def with_link(editor: ChatEditor, route: Route) -> str:
    """The first question gets a link; how its row is called."""
    linked = replace(QUESTIONS[0], text="Qui aide ? https://exemple.org")
    editor.edit(replace(editor.chat, questions=(linked, *QUESTIONS[1:]), route=route))
    return "Q1, 20\u00a0h\u00a004"


def test_with_keys_a_link_has_its_price_and_a_way_to_decide(
    page: RunSheetPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    with_link(editor, Route.KEYS)
    words = _("With the keys X charges {price} for this post, because of its link.")
    assert says(page, words.format(price=format_price(30)))
    check_names(page)
    [button] = [
        one
        for one in page.findChildren(Button)
        if one.isVisibleTo(page) and format_price(30) in one.accessibleName()
    ]
    with qtbot.waitSignal(page.step_wanted) as wanted:
        button.click()
    assert wanted.args == [StepId.CONNECTION]


def test_without_keys_a_link_is_nothing_to_look_at(page: RunSheetPage, editor: ChatEditor) -> None:
    about = with_link(editor, Route.ASSISTED)
    assert not says(page, format_price(30))
    press(page, _("More about {post}").format(post=about))
    [menu] = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert _("Send it in the browser (free)") not in [one.text() for one in menu.actions()]
    menu.close()


def test_one_post_goes_by_the_page_and_back(page: RunSheetPage, editor: ChatEditor) -> None:
    about = with_link(editor, Route.KEYS)
    press(page, _("More about {post}").format(post=about))
    choose(page, _("Send it in the browser (free)"))
    item = run_sheet.build_run_sheet(editor.chat, texts_of("fr")).item(run_sheet.question_key("q1"))
    assert item.by_page
    assert says(page, _("In the browser"))
    assert not says(page, format_price(30))
    press(page, _("More about {post}").format(post=about))
    choose(page, _("With the keys again"))
    assert not says(page, _("In the browser"))
    assert says(page, format_price(30))


def test_nothing_is_wider_than_the_page_at_twice_the_size(qtbot: QtBot, bridge: Bridge) -> None:
    theme.apply(theme.LIGHT, 2.0)
    editor = ChatEditor(replace(CHAT, starts_at=None, hashtag=""))
    page = RunSheetPage(
        editor, texts_of, bridge, MemoryPictures(), NETWORK, live_rows(bridge), NO_PLAN
    )
    put_on_screen(qtbot, page, editor)
    page._rows["closing"].open_editor()
    QApplication.processEvents()
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()


# --- the truth of the outbox ---------------------------------------------------------------


def outbox(**changes: dict[str, object]) -> tuple[OutboxPost, ...]:
    """The rows of the hour as planned, but for those named by slot."""
    assert CHAT.starts_at is not None
    sheet = run_sheet.build_run_sheet(CHAT, texts_of("fr"))
    rows = run_sheet.plan(CHAT, sheet, Occasion.LIVE, Route.ASSISTED, CHAT.starts_at)
    return tuple(
        replace(row, **changes.get(row.slot.replace(":", "_"), {}))  # type: ignore[arg-type]
        for row in rows
    )


def tell(bridge: Bridge, rows: tuple[OutboxPost, ...]) -> None:
    bridge.report(OutboxChanged("c", Occasion.LIVE, rows, False))
    for _turn in range(3):
        QApplication.processEvents()


def test_what_was_published_20_days_early_is_told_with_its_day(
    page: RunSheetPage, bridge: Bridge
) -> None:
    early = datetime(2026, 11, 15, 14, 3, tzinfo=UTC)
    sent = {"state": PostState.SENT, "due_at": early, "changed_at": early, "text": "Bonsoir !"}
    tell(bridge, outbox(welcome=sent))
    words = _("Published on {day} at {hour}").format(
        day=format_day(early, with_weekday=False), hour=format_hour(early)
    )
    assert says(page, words)
    assert says(page, "Bonsoir !")
    row = page._rows["welcome"]
    assert row._edit.isHidden()
    assert not row.handle.isEnabled()


def test_during_the_chat_times_and_texts_are_those_of_the_outbox(
    page: RunSheetPage, bridge: Bridge
) -> None:
    assert CHAT.starts_at is not None
    later = CHAT.starts_at + timedelta(minutes=33)
    opened = {"state": PostState.HANDED_OVER, "changed_at": CHAT.starts_at}
    late = {"state": PostState.EXPIRED, "reason": Reason.TOO_LATE}
    rows = outbox(
        welcome=opened,
        rules=late,
        q_q2={"due_at": later},
        q_q3={"text": "Changée en route ?"},
        q_q4={"state": PostState.SKIPPED},
    )
    tell(bridge, rows)
    hour = format_hour(CHAT.starts_at)
    assert says(page, _("Opened at {hour}: to confirm").format(hour=hour))
    assert says(page, _("Did not leave in time: to check"))
    assert says(page, format_hour(later))
    assert says(page, _("Time changed during the chat"))
    assert says(page, "Changée en route ?")
    assert says(page, _("In reserve"))


def test_what_the_chat_took_up_is_not_in_reserve(page: RunSheetPage, bridge: Bridge) -> None:
    assert CHAT.starts_at is not None
    spare = page._sheet.reserve[0]
    slot = spare.key.replace(":", "_")
    title = f"{_('Question in reserve')}, {spare.text[:30]}"
    put_in = named(page, f"{_('Put into the run sheet')} – {title}")
    assert put_in.isVisible()
    left = {"state": PostState.SENT, "changed_at": CHAT.starts_at}
    due = CHAT.starts_at + timedelta(minutes=31)
    tell(bridge, outbox(welcome=left))
    asked: list[StepId] = []
    page.step_wanted.connect(asked.append)
    press(page, f"{_('Use it in the chat')} – {title}")
    assert asked == [StepId.HOUR]
    assert any(item.key == spare.key for item in page._sheet.reserve)
    tell(bridge, outbox(welcome=left, **{slot: {"state": PostState.PLANNED, "due_at": due}}))
    assert page._reserve.isHidden()
    assert says(page, _("Planned for {hour}").format(hour=format_hour(due)))
    tell(bridge, outbox(welcome=left, **{slot: {"state": PostState.HANDED_OVER, "due_at": due}}))
    assert page._reserve.isHidden()
    assert says(page, _("Opened at {hour}: to confirm").format(hour=format_hour(due)))


def test_what_is_on_the_disk_is_shown_before_the_chat_is_opened(
    qtbot: QtBot, bridge: Bridge
) -> None:
    editor = ChatEditor(CHAT)
    early = datetime(2026, 11, 15, 14, 3, tzinfo=UTC)
    rows = outbox(welcome={"state": PostState.SENT, "due_at": early, "changed_at": early})
    live = live_rows(bridge, rows=rows)
    page = RunSheetPage(editor, texts_of, bridge, MemoryPictures(), NETWORK, live, NO_PLAN)
    put_on_screen(qtbot, page, editor)
    qtbot.waitUntil(lambda: page._rows["welcome"]._edit.isHidden())


def test_out_of_sight_the_hour_does_not_hold_the_window_up(
    page: RunSheetPage, editor: ChatEditor, bridge: Bridge
) -> None:
    early = datetime(2026, 11, 15, 14, 3, tzinfo=UTC)
    page.hide()
    tell(bridge, outbox(welcome={"state": PostState.SENT, "due_at": early, "changed_at": early}))
    welcome = page._rows["welcome"]
    assert not welcome._edit.isHidden()
    # As the workspace does before a page comes on screen.
    page.show_chat(editor.chat)
    page.show()
    assert page._rows["welcome"]._edit.isHidden()


def test_what_is_as_planned_says_nothing(page: RunSheetPage, bridge: Bridge) -> None:
    tell(bridge, outbox())
    assert all(row._course.isHidden() for row in page._rows.values())


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_page_has_an_end(qtbot: QtBot, bridge: Bridge, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    chats = (CHAT, replace(CHAT, questions=QUESTIONS[:1]))
    for chat in chats:
        editor = ChatEditor(chat)
        live = live_rows(bridge)
        page = RunSheetPage(editor, texts_of, bridge, MemoryPictures(), NETWORK, live, NO_PLAN)
        put_on_screen(qtbot, page, editor)
        page.window().resize(1366, 700)
        page.resize(1366, 700)
        QApplication.processEvents()
        bar = page.verticalScrollBar()
        height = page.widget().height()
        for _turn in range(30):
            bar.setValue(bar.maximum())
            QApplication.processEvents()
        assert page.widget().height() <= height + 5
        page.window().close()


def test_a_post_that_may_name_a_child_is_decided_about_beside_its_text(
    page: RunSheetPage, editor: ChatEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Bravo à Aïcha, 14 ans #UnionsPrécoces"
    answers = [False, True]
    asked: list[str] = []

    def answer(_parent: object, _found: object, text: str, publish: QWidget) -> bool:
        publish.deleteLater()
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(child_guard, "confirms_naming", answer)
    editor.edit(run_sheet.with_item_text(editor.chat, "closing", text, texts_of("fr")))
    told = naming_words(["Aïcha, 14 ans"])
    row = page._rows["closing"]
    assert says(page, told)
    assert page._look.isVisibleTo(page)
    decide = next(one for one in row.findChildren(Button) if one.text() == _("Decide"))
    decide.click()
    assert row.is_open, "to change it"
    assert says(page, told)
    decide.click()
    assert not says(page, told)
    assert not page._look.isVisibleTo(page)
    assert asked == [text, text]
    editor.edit(run_sheet.with_item_text(editor.chat, "closing", text + " !", texts_of("fr")))
    assert says(page, told), "another text is another question"


def test_the_plan_of_the_day_is_of_the_chat_on_screen(
    qtbot: QtBot,
    editor: ChatEditor,
    bridge: Bridge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[Chat] = []

    def write(chat: Chat, path: Path) -> Path:
        written.append(chat)
        return path

    plan = replace(NO_PLAN, exports=(replace(NO_PLAN.exports[0], write=write),))
    page = RunSheetPage(
        editor, texts_of, bridge, MemoryPictures(), NETWORK, live_rows(bridge), plan
    )
    put_on_screen(qtbot, page, editor)
    editor.edit(replace(editor.chat, topic="Un autre sujet"))
    monkeypatch.setattr(saving, "ask_where_to_save", lambda *_: tmp_path / "plan.html")
    press(page, _("Save"))
    qtbot.waitUntil(lambda: bool(written))
    assert written == [editor.chat]


def test_a_false_alarm_is_put_aside_and_taken_back(page: RunSheetPage, editor: ChatEditor) -> None:
    editor.edit(run_sheet.with_item_text(editor.chat, "welcome", "Bonsoir", texts_of("fr")))
    words = _("The tag is missing: those who follow it would not see this post.")
    assert says(page, words)
    press(page, _("{what} – {who}").format(what=_("It is meant so"), who=words))
    assert not says(page, words)
    assert len(editor.chat.meant) == 1
    row = page._rows["welcome"]
    [back] = [one for one in row.findChildren(AsideButton) if one.isVisible()]
    back.click()
    assert says(page, words)
    assert editor.chat.meant == ()
