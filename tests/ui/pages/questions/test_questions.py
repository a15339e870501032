from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.question_list_file import read_question_list
from tchat_desktop.domain import questions, run_sheet
from tchat_desktop.domain.chat import Chat, Question
from tchat_desktop.domain.letters import questions_in_advance
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.texts import NO_DATE
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.questions import page as questions_page
from tchat_desktop.ui.pages.questions import question_files
from tchat_desktop.ui.pages.questions.page import QuestionsPage
from tchat_desktop.ui.pages.questions.question_card import QuestionCard
from tchat_desktop.ui.pages.questions.question_files import QuestionFiles
from tchat_desktop.ui.pages.shared.nudge_notice import NudgeNotice
from tchat_desktop.ui.pages.shared.run_problem_words import time_words
from tchat_desktop.ui.pages.shared.saving import Export
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.judged_hints import MeantButton
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _
from tests.fakes.texts import load_texts
from tests.ui.keyboard import press, replace_text, type_text

TEXTS = load_texts("fr")
ASKED = (
    "Quels signes montrent qu’une fille risque un mariage précoce ?",
    "À quoi ressemble une école qui protège ?",
    "Qui, dans votre quartier, a changé d’avis ?",
    "Quelle phrase a aidé des parents à renoncer ?",
    "Comment soutenir une fille déjà mariée ?",
    "Quel geste faire dès cette semaine ?",
    "Où trouver une personne de confiance ?",
)


def chat_of(*texts: str, **more: object) -> Chat:
    asked = tuple(Question(f"q{number}", text) for number, text in enumerate(texts, start=1))
    return replace(Chat("c", hashtag="UnionsPrécoces", questions=asked), **more)


@pytest.fixture(autouse=True)
def bridge(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bridge]:
    made = Bridge()
    monkeypatch.setitem(BRIDGE, "now", made)
    yield made
    assert made.stop()


BRIDGE: dict[str, Bridge] = {}


def shown(qtbot: QtBot, chat: Chat) -> tuple[QuestionsPage, ChatEditor]:
    editor = ChatEditor(chat)
    files = QuestionFiles(
        read_question_list,
        lambda chat: questions_in_advance(chat, TEXTS, NO_DATE),
        Export("t", "q", "questions", "txt", "k", lambda chat, path: path),
        lambda _path: True,
    )
    page = QuestionsPage(editor, lambda _language: TEXTS, BRIDGE["now"], files)
    qtbot.addWidget(page)
    editor.observe(page.show_chat)
    page.show_chat(chat)
    page.resize(1024, 736)
    with qtbot.waitActive(page):
        page.show()
    return page, editor


def cards(page: QuestionsPage) -> list[QuestionCard]:
    return list(page.findChild(SortableColumn).cards)  # type: ignore[arg-type]


def order(editor: ChatEditor) -> str:
    return " ".join(question.id for question in editor.chat.questions)


def button(page: QWidget, name: str) -> Button:
    return next(
        one
        for one in page.findChildren(Button)
        if one.accessibleName() == name and one.isVisibleTo(page)
    )


def texts(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(Text) if one.isVisibleTo(page))


def test_an_empty_page_offers_a_first_question(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c"))
    idea = questions.ideas(None, TEXTS)[0]
    assert idea in texts(page)
    qtbot.mouseClick(button(page, _("Start with this question")), Qt.MouseButton.LeftButton)
    assert [one.text for one in editor.chat.questions] == [idea]
    assert cards(page)[0].text.hasFocus()


def test_typing_is_counted_and_undone_as_one(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of("", ""))
    card = cards(page)[1]
    type_text(card.text, "Où êtes-vous née ?")
    written = editor.chat.questions[1]
    assert written.text == "Où êtes-vous née ?"
    assert str(questions.remaining_for(editor.chat, written, TEXTS)) in card.counter.text()

    editor.undo()
    assert card.text.toPlainText() == ""
    assert card is cards(page)[1], "the card stays the same widget"


def test_the_cursor_stays_where_one_types(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    text = cards(page)[2].text
    text.setFocus()
    press(text, Qt.Key.Key_Home)
    type_text(text, "É")
    assert text.textCursor().position() == 1
    assert text.hasFocus()
    assert editor.chat.questions[2].text == "É" + ASKED[2]


def test_a_moved_question_keeps_the_keyboard_and_says_its_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(questions_page, "announce", lambda _card, words: said.append(words))
    page, _editor = shown(qtbot, chat_of(*ASKED[:3]))
    card = cards(page)[2]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is card
    assert said == [
        _("Question {number}, now {place} of {count}").format(number=2, place=2, count=3)
    ]


def test_a_question_is_a_low_card_whose_minutes_are_a_field(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of(*ASKED))
    page.window().resize(1110, 662)
    page.resize(1110, 662)
    card = cards(page)[0]
    qtbot.waitUntil(lambda: card.height() <= theme.px(theme.Height.QUESTION) + 4)
    minutes = card.minutes
    edge = minutes.grab().toImage().pixelColor(0, minutes.height() // 2)
    assert edge.name() == theme.tokens().field_line, "an edge says that it can be changed"


def meant_buttons(page: QWidget) -> list[MeantButton]:
    return [one for one in page.findChildren(MeantButton) if one.isVisibleTo(page)]


def test_what_is_meant_so_is_put_aside_and_taken_back(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of("Pensez-vous que la loi suffit ?", ASKED[1]))
    card = cards(page)[0]
    (meant,) = meant_buttons(page)
    qtbot.mouseClick(meant, Qt.MouseButton.LeftButton)
    assert card.hints.texts == () and len(editor.chat.meant) == 1
    assert QApplication.focusWidget() is card.hints.aside

    again, _other = shown(qtbot, editor.chat)
    assert cards(again)[0].hints.texts == (), "the chat remembers it"

    qtbot.mouseClick(card.hints.aside, Qt.MouseButton.LeftButton)
    assert len(card.hints.texts) == 1 and editor.chat.meant == ()
    assert not card.hints.aside.isVisible()


def test_a_fault_cannot_be_put_aside(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of("Pourquoi " + "encore " * 42 + "?"))
    assert len(cards(page)[0].hints.texts) == 1
    assert meant_buttons(page) == []


def test_a_nudge_that_comes_by_shorter_questions_is_told_and_left_out(qtbot: QtBot) -> None:
    asked = tuple(Question(f"q{n}", f"Quoi {n} ?", minutes=14) for n in range(4))
    page, editor = shown(qtbot, replace(chat_of(), questions=asked))
    notice = page.findChild(NudgeNotice)
    assert notice.text == ""
    for card in cards(page):
        card.minutes.setValue(5)
    assert _("Nudge") in notice.text and notice.isVisible()
    keys = {item.key for item in build_run_sheet(editor.chat, TEXTS).items}
    assert keys & {"nudge1", "nudge2"}

    qtbot.mouseClick(button(notice, _("Leave it out")), Qt.MouseButton.LeftButton)
    left = {item.key for item in build_run_sheet(editor.chat, TEXTS).items}
    assert len(left & {"nudge1", "nudge2"}) < len(keys & {"nudge1", "nudge2"})
    assert notice.text == ""


def test_too_long_is_said_in_the_card(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of("Pourquoi " + "encore " * 42 + "?"))
    left = questions.remaining_for(editor.chat, editor.chat.questions[0], TEXTS)
    assert left < 0
    assert any(str(-left) in hint for hint in cards(page)[0].hints.texts)


def test_hints_follow_what_is_typed(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of("Pensez-vous que la loi suffit ?", ASKED[1]))
    card = cards(page)[0]
    assert len(card.hints.texts) == 1
    assert cards(page)[1].hints.texts == ()

    replace_text(card.text, "Que manque-t-il à la loi ?")
    qtbot.waitUntil(lambda: card.hints.texts == ())


def test_a_missing_question_mark_is_said_once_the_field_is_left(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of("", ASKED[1]))
    first, second = cards(page)
    first.text.setFocus()
    type_text(first.text, "Il faut en parler")
    page._show_hints()
    assert first.hints.texts == ()

    second.text.setFocus()
    qtbot.waitUntil(lambda: len(first.hints.texts) == 1)


def test_essential_and_in_reserve_are_said_in_words(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    chip = cards(page)[0].essential
    before = chip.text(), chip.width()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not editor.chat.questions[0].essential
    assert chip.text() != before[0]
    assert chip.width() == before[1], "nothing jumps"
    assert chip.accessibleName() == _("Question {number}: spare").format(
        number=_("in reserve, {place}").format(place=1)
    )
    numbers = [card._number.text() for card in cards(page)]
    assert numbers[:2] == ["", "Q1"], "what is asked is numbered from one on"
    editor.undo()
    assert chip.isChecked()


def test_minutes_change_and_showing_never_edits(qtbot: QtBot) -> None:
    chat = chat_of(*ASKED)
    long = replace(chat, questions=(replace(chat.questions[0], minutes=45), *chat.questions[1:]))
    page, editor = shown(qtbot, long)
    assert editor.chat == long
    minutes = cards(page)[0].minutes
    assert minutes.value() == 45
    minutes.stepDown()
    assert editor.chat.questions[0].minutes == 44


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_Up, "q2 q1 q3"), (Qt.Key.Key_Down, "q1 q3 q2")],
)
def test_alt_and_an_arrow_move_a_question(qtbot: QtBot, key: Qt.Key, expected: str) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    text = cards(page)[1].text
    text.setFocus()
    qtbot.keyClick(text, key, Qt.KeyboardModifier.AltModifier)
    assert order(editor) == expected
    assert text.hasFocus(), "the keyboard stays with the question"
    moved = [card.accessibleName() for card in cards(page)]
    assert moved == [_("Question {number}").format(number=n) for n in (1, 2, 3)]


def test_the_handle_moves_with_arrows_and_stops_at_the_ends(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    handle = cards(page)[2].handle
    for _turn in range(4):
        press(handle, Qt.Key.Key_Up)
    assert order(editor) == "q3 q1 q2"


def drag(card: QuestionCard, to: QPoint, release: bool = True) -> None:
    handle = card.handle
    start = handle.mapToGlobal(handle.rect().center())
    steps = [
        (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, start + QPoint(0, 10), Qt.MouseButton.NoButton),
        (QEvent.Type.MouseMove, to, Qt.MouseButton.NoButton),
    ]
    if release:
        steps.append((QEvent.Type.MouseButtonRelease, to, Qt.MouseButton.LeftButton))
    for kind, place, which in steps:
        local = QPointF(handle.mapFromGlobal(place))
        held = Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonRelease:
            held = Qt.MouseButton.NoButton
        QApplication.sendEvent(
            handle,
            QMouseEvent(kind, local, QPointF(place), which, held, Qt.KeyboardModifier.NoModifier),
        )


def test_a_question_is_dragged_down_and_up(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:4]))
    first, _second, third, _fourth = cards(page)
    drag(first, third.mapToGlobal(QPoint(20, third.height() - 2)))
    assert order(editor) == "q2 q3 q1 q4"

    QApplication.processEvents()
    top = cards(page)[0]
    drag(cards(page)[2], top.mapToGlobal(QPoint(20, 2)))
    assert order(editor) == "q1 q2 q3 q4"


def test_escape_gives_a_drag_up(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    first = cards(page)[0]
    last = cards(page)[2]
    drag(first, last.mapToGlobal(QPoint(20, last.height() - 2)), release=False)
    press(first.handle, Qt.Key.Key_Escape)
    drag_end = QPointF(first.handle.rect().center())
    QApplication.sendEvent(
        first.handle,
        QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            drag_end,
            QPointF(last.mapToGlobal(QPoint(20, last.height() - 2))),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    assert order(editor) == "q1 q2 q3"


def test_what_is_dragged_may_go_from_under_the_mouse(qtbot: QtBot) -> None:
    """As by an undo: no one lets go of it any more, and nothing of the drag remains."""
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    first, last = cards(page)[0], cards(page)[2]
    drag(first, last.mapToGlobal(QPoint(20, last.height() - 2)), release=False)
    column = page.findChild(SortableColumn)
    assert column._line.isVisible() and column._scrolling.isActive()
    editor.edit(replace(editor.chat, questions=editor.chat.questions[1:]))
    assert not column._line.isVisible()
    assert not column._scrolling.isActive()
    editor.edit(replace(editor.chat, questions=()))
    assert cards(page) == []


def test_a_deleted_question_comes_back(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    cards(page)[1].delete.trigger()
    assert order(editor) == "q1 q3"
    undo = button(page, _("Undo this change"))
    assert undo.hasFocus()
    press(undo, Qt.Key.Key_Space)
    assert order(editor) == "q1 q2 q3"
    assert [card.question_id for card in cards(page)] == ["q1", "q2", "q3"]
    assert not undo.isVisibleTo(page)


def test_the_last_question_deleted_can_come_back(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(ASKED[0]))
    cards(page)[0].delete.trigger()
    assert editor.chat.questions == ()
    qtbot.mouseClick(button(page, _("Undo this change")), Qt.MouseButton.LeftButton)
    assert order(editor) == "q1"


def test_undo_is_not_offered_after_another_edit(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of(*ASKED[:3]))
    cards(page)[1].delete.trigger()
    type_text(cards(page)[0].text, "x")
    undo = next(
        one for one in page.findChildren(Button) if one.accessibleName() == _("Undo this change")
    )
    assert not undo.isVisibleTo(page), "it would undo the wrong edit"


def test_a_question_is_duplicated_below(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    cards(page)[0].copy.trigger()
    assert [one.text for one in editor.chat.questions] == [ASKED[0], ASKED[0], *ASKED[1:3]]
    assert len({one.id for one in editor.chat.questions}) == 4


def test_enter_goes_on_and_starts_another(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:2]))
    press(cards(page)[0].text, Qt.Key.Key_Return)
    assert cards(page)[1].text.hasFocus()
    press(cards(page)[1].text, Qt.Key.Key_Return)
    assert len(editor.chat.questions) == 3
    press(cards(page)[2].text, Qt.Key.Key_Return)
    assert len(editor.chat.questions) == 3, "an empty question is enough"


def test_answer_and_sources_are_kept(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    card = cards(page)[0]
    assert not card.notes_button.isVisibleTo(page)
    card.annotate.trigger()
    notes = card.notes
    assert notes is not None
    type_text(notes.answer, "Rester à l’école protège.")
    type_text(notes.sources, "https://a.org")
    press(notes.sources, Qt.Key.Key_Return, text="\r")
    type_text(notes.sources, "pas un lien")
    kept = editor.chat.questions[0]
    assert kept.prepared_answer == "Rester à l’école protège."
    assert kept.sources == ("https://a.org", "pas un lien")
    assert "pas un lien" in texts(notes)
    assert notes.sources.textCursor().atEnd(), "typing was not disturbed"

    qtbot.mouseClick(card.notes_button, Qt.MouseButton.LeftButton)
    assert not notes.isVisibleTo(page)
    assert card.notes_button.isVisibleTo(page), "it says that there is something"


def test_the_count_is_said_in_words(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:4]))
    count = page._count
    few = count.text()
    editor.edit(chat_of(*ASKED))
    enough = count.text()
    editor.edit(chat_of(*ASKED, *(f"{text} Vraiment ?" for text in ASKED)))
    assert len({few, enough, count.text()}) == 3
    assert len(cards(page)) == 14
    type_text(cards(page)[13].text, "!")
    assert editor.chat.questions[13].text.startswith("!")


def test_ideas_are_those_not_used_yet(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:1]))
    first, second = questions.ideas(None, TEXTS)[:2]
    assert first in texts(page)
    qtbot.mouseClick(button(page, _("Another one")), Qt.MouseButton.LeftButton)
    assert second in texts(page)
    qtbot.mouseClick(button(page, _("Use this question")), Qt.MouseButton.LeftButton)
    assert editor.chat.questions[-1].text == second


def test_tab_goes_down_the_page_also_after_a_move(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED[:3]))
    page._add_empty()
    page._move("q3", 0)
    seen: list[QWidget] = []
    at: QWidget = cards(page)[0].handle
    while at not in seen:
        seen.append(at)
        at = at.nextInFocusChain()
    places = [seen.index(card.text) for card in cards(page)]
    assert places == sorted(places)
    assert places[-1] < seen.index(button(page, _("Add a question")))
    assert order(editor).startswith("q3 q1 q2")


def test_every_control_has_its_own_name(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of(*ASKED))
    names = [one.accessibleName() for one in page.findChildren(Button) if one.isVisibleTo(page)]
    for card in cards(page):
        names += [card.text.accessibleName(), card.minutes.accessibleName()]
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_wide_text_scale_never_widens_the_page(qtbot: QtBot) -> None:
    theme.apply(theme.LIGHT, 2.0)
    page, _editor = shown(qtbot, chat_of(*ASKED))
    QApplication.processEvents()
    assert page.widget().width() == page.viewport().width()
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()


LIST = "Nos questions :\r\n1.\tQue vit-on ?\r\n2.\tQui peut agir ?\r\nQ3 3. Où aller ?\r\n"


def paste(card: QuestionCard, text: str) -> None:
    pasted = QMimeData()
    pasted.setText(text)
    card.text.insertFromMimeData(pasted)


def test_a_pasted_list_becomes_questions_and_one_undo_takes_it_back(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of("", ASKED[0]))
    paste(cards(page)[0], LIST)
    asked = [one.text for one in editor.chat.questions]
    assert asked == ["Que vit-on ?", "Qui peut agir ?", "Où aller ?", ASKED[0]]
    assert cards(page)[2].text.hasFocus()
    words = _("Your list is now {count} questions, without its numbers.")
    assert words.format(count=3) in texts(page)
    qtbot.mouseClick(button(page, _("Undo this change")), Qt.MouseButton.LeftButton)
    assert [one.text for one in editor.chat.questions] == ["", ASKED[0]]


def test_a_list_pasted_into_a_written_question_comes_after_it(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(ASKED[0], ASKED[1]))
    paste(cards(page)[0], LIST)
    asked = [one.text for one in editor.chat.questions]
    assert asked == [ASKED[0], "Que vit-on ?", "Qui peut agir ?", "Où aller ?", ASKED[1]]


def test_one_pasted_question_loses_its_number(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of("", "Et pourquoi"))
    paste(cards(page)[0], "Q4 – Que vit-on ?")
    paste(cards(page)[1], " 1. ?")
    assert editor.chat.questions[0].text == "Que vit-on ?"
    assert editor.chat.questions[1].text.replace(" ", "") in ("Etpourquoi1.?", "1.?Etpourquoi")


def test_after_enter_the_new_question_is_in_view(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    page.resize(1024, 400)
    page.ensureWidgetVisible(cards(page)[-1])
    press(cards(page)[-1].text, Qt.Key.Key_Return)
    assert len(editor.chat.questions) == len(ASKED) + 1
    new = cards(page)[-1]
    qtbot.waitUntil(lambda: new.visibleRegion().boundingRect().height() >= new.height() > 0)
    assert new.text.hasFocus()


def test_the_page_and_the_run_sheet_say_one_number(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    for minutes in (4, 8, 12):
        longer = tuple(replace(one, minutes=minutes) for one in editor.chat.questions)
        editor.edit(replace(editor.chat, questions=longer))
        sheet = run_sheet.build_run_sheet(editor.chat, TEXTS)
        assert time_words(sheet) in texts(page)
        assert (_("Keep some in reserve.") in texts(page)) is bool(sheet.overflow)


@pytest.mark.parametrize("minutes", [20, 30, 45, 60, 90])
@pytest.mark.parametrize("essential", [True, False])
def test_what_does_not_fit_is_told_with_the_questions(
    qtbot: QtBot, minutes: int, essential: bool
) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    asked = tuple(
        replace(one, essential=essential, minutes=minutes) for one in editor.chat.questions
    )
    editor.edit(replace(editor.chat, questions=asked, minutes=minutes))
    sheet = run_sheet.build_run_sheet(editor.chat, TEXTS)
    assert (time_words(sheet) in page._count.text()) is bool(essential or sheet.overflow)


def test_the_number_advised_follows_the_length_of_the_chat(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    assert "entre 6 et 10" in page.lead.text()
    editor.edit(replace(editor.chat, minutes=30))
    assert "entre 3 et 5" in page.lead.text()
    assert "c’est beaucoup pour 30 min. 5 suffisent." in page._count.text()


def test_none_in_reserve_is_told_with_the_figure(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(*ASKED))
    without = tuple(replace(one, essential=True, minutes=3) for one in editor.chat.questions)
    editor.edit(replace(editor.chat, questions=without))
    assert _("{figures}: a good number.").format(figures="") not in page._count.text()
    assert "en réserve vous dépanneraient" in page._count.text()


def test_after_a_list_is_pasted_one_caret_is_drawn(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, chat_of(""))
    first = cards(page)[0].text
    first.setFocus()
    QGuiApplication.clipboard().setText(LIST)
    QTest.keyClick(first, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert cards(page)[2].text.hasFocus()
    shows = first.grab().toImage()
    # What it looks like when it knows that the keyboard is elsewhere.
    QApplication.sendEvent(first, QFocusEvent(QEvent.Type.FocusOut))
    assert first.grab().toImage() == shows


def bring_in(page: QuestionsPage, path: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_files, "ask_for_list", lambda _asker: path)
    button(page, _("Bring in a list (Word, text)…")).click()


def test_a_list_is_brought_in_from_a_file_and_undone(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, editor = shown(qtbot, chat_of(ASKED[0], ""))
    path = tmp_path / "Mes questions.txt"
    path.write_text("Nos questions\n\n1.\t« Que vit-on ? »\n2.\tQui peut agir ?\n", "utf-8")
    bring_in(page, path, monkeypatch)
    qtbot.waitUntil(lambda: len(editor.chat.questions) == 3)
    assert [one.text for one in editor.chat.questions][1:] == ["Que vit-on ?", "Qui peut agir ?"]
    assert "Mes questions.txt" in texts(page)
    qtbot.mouseClick(button(page, _("Undo this change")), Qt.MouseButton.LeftButton)
    assert order(editor) == "q1 q2"


def test_a_file_without_questions_says_what_to_do(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, editor = shown(qtbot, chat_of(ASKED[0]))
    path = tmp_path / "liste.doc"
    path.write_bytes(b"old")
    bring_in(page, path, monkeypatch)
    qtbot.waitUntil(lambda: "(.doc)" in texts(page))
    prose = tmp_path / "prose.txt"
    prose.write_text("Il était une fois.\nFin.", "utf-8")
    bring_in(page, prose, monkeypatch)
    qtbot.waitUntil(lambda: "prose.txt" in texts(page))
    bring_in(page, None, monkeypatch)
    assert len(editor.chat.questions) == 1


def test_the_questions_are_copied_for_the_guests(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, chat_of(ASKED[0], ASKED[1], topic="Agir"))
    spare = replace(editor.chat.questions[1], essential=False, prepared_answer="À moi")
    editor.edit(replace(editor.chat, questions=(editor.chat.questions[0], spare)))
    button(page, _("Copy the questions for the guests")).click()
    copied = QApplication.clipboard().text()
    assert f"Q1 {ASKED[0]}" in copied and f"– {ASKED[1]}" in copied
    assert "#UnionsPrécoces" in copied and "À moi" not in copied

    empty, _editor = shown(qtbot, Chat("c"))
    names = [one.accessibleName() for one in empty.findChildren(Button) if one.isVisibleTo(empty)]
    assert _("Copy the questions for the guests") not in names
