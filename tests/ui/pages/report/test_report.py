"""Le bilan et la suite: figures, the picture, the edition before, the lessons, the next one."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QProgressBar
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, FunderDraft, Occasion, Rhythm
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.editions import Edition
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.report import ChatReport, edition_of
from tchat_desktop.domain.spending import Spent
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.visuals import look_of
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.report.page import Coming, ReportPage
from tchat_desktop.ui.pages.shared import careful, logo_choice
from tchat_desktop.ui.pages.shared.material_watch import Former, no_former
from tchat_desktop.ui.widgets.minute_chart import spread
from tchat_desktop.wording.i18n import _, format_date, format_day, format_dollars, ngettext
from tests.fakes.network import NETWORK
from tests.ui.events import deliver
from tests.ui.keyboard import type_text
from tests.ui.pages.hands import check_names, named, put_on_screen, says
from tests.ui.pages.stage import CHAT, NOW, POSTS, ROWS, START, Stage, post, settled


def shown(
    qtbot: QtBot,
    stage: Stage,
    chat: Chat = CHAT,
    former: Former = no_former,
    coming: Coming | None = None,
) -> tuple[ReportPage, ChatEditor]:
    editor = ChatEditor(chat)
    page = ReportPage(
        editor,
        stage.bridge,
        stage.gather,
        stage.files(),
        stage.care(),
        stage.pictures,
        lambda: stage.now,
        former,
        coming,
    )
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    material = page.watch.material
    if material is not None and not material.is_empty:
        # The figures are counted elsewhere than in the window.
        qtbot.waitUntil(lambda: bool(page.figures))
    return page, editor


def test_figures_are_what_was_counted(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    people, posts, asked, replies = page.figures
    assert people.startswith(f"4 {ngettext('participant', 'participants', 4)}")
    assert posts.startswith(f"7 {ngettext('post by the public', 'posts by the public', 7)}")
    assert "3" in posts
    assert asked.startswith(f"2 {ngettext('question asked', 'questions asked', 2)}")
    assert replies.startswith(f"5 {ngettext('reply', 'replies', 5)}")
    assert [line.split()[-2:] for line in page.replies.words] == [
        ngettext("{count} reply", "{count} replies", count).format(count=count).split()
        for count in (3, 2)
    ]
    assert page.comparison.isHidden()
    check_names(page)


def test_what_the_hour_cost_is_told_with_keys_only(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    words = _("Spent on X: {amount} at most, by our own count; X’s console decides.")
    page, _editor = shown(qtbot, stage)
    assert not says(page, words.split(":")[0].strip())
    stage.spent = Spent(45.5, 1.5)
    again, _editor = shown(qtbot, stage)
    assert says(again, words.format(amount=format_dollars(47)))


def test_the_picture_is_told_in_words(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    spoken = page.chart.accessibleDescription()
    five = ngettext("{hour}: {count} post", "{hour}: {count} posts", 4)
    assert five.format(hour="20\u00a0h\u00a010", count=3) in spoken
    assert page.chart.accessibleName() == _("Posts minute by minute")
    liveliest = ngettext(
        "Liveliest at {hour}, with {count} post in a minute.",
        "Liveliest at {hour}, with {count} posts in a minute.",
        1,
    )
    assert says(page, liveliest.format(hour="20\u00a0h\u00a002", count=1))
    assert not page.chart.grab().isNull()


def test_the_picture_counts_what_its_words_count(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    public = [one.post for one in POSTS if not one.hidden]
    minutes = [(one.created_at - START) // timedelta(minutes=1) for one in public]
    drawn = page.chart._counts
    assert [drawn[minute] for minute in range(len(drawn))] == [
        minutes.count(minute) for minute in range(len(drawn))
    ]
    assert says(
        page,
        _("The posts of participants in each minute, yours left out. Q1, Q2…: your questions."),
    )


@pytest.mark.parametrize("minutes", [(8, 9, 10, 11), (59, 59, 59), (0, 0, 30)])
def test_no_question_of_the_picture_goes_without_its_name(minutes: tuple[int, ...]) -> None:
    room, width, gap = 400.0, 20.0, 6.0
    wanted = [min(minute * room / 60, room - width) for minute in minutes]
    lefts = spread(wanted, [width] * len(wanted), gap, room)
    assert lefts[0] >= 0
    assert lefts[-1] + width <= room
    assert all(one + width + gap <= other for one, other in pairwise(lefts))


def test_a_question_outside_the_picture_is_told(qtbot: QtBot, stage: Stage) -> None:
    late = replace(ROWS[1], changed_at=START + timedelta(minutes=200))
    stage.hold(rows=(ROWS[0], late))
    page, _editor = shown(qtbot, stage)
    assert says(
        page, _("Asked outside the chart, or not from here: {questions}.").format(questions="Q2")
    )


def test_it_opens_at_its_top_each_time(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    page.resize(900, 400)
    deliver()
    bar = page.verticalScrollBar()
    page.next.lessons.setFocus()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.hide()
    page.show()
    deliver()
    settled(qtbot, page)
    assert bar.value() == 0


def test_the_edition_before_stands_beside_this_one(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    earlier = replace(CHAT, id="earlier", starts_at=START - timedelta(days=28))
    shift = timedelta(days=-28)
    posts = tuple(
        replace(one, post=replace(one.post, created_at=one.post.created_at + shift))
        for one in POSTS[:3]
    )
    edition = edition_of(earlier, posts, (), NETWORK)
    page, editor = shown(qtbot, stage, former=lambda _chat: (edition,))
    qtbot.waitUntil(lambda: not page.comparison.isHidden())
    heads, people, *_others = page.comparison.table.words
    days = [format_date(one) for one in (earlier.starts_at, START) if one is not None]
    assert [head.replace("\n", " ") for head in heads] == [_("Measure"), *days, _("Change")]
    assert people == (_("Participants"), "2", "4", "+2")
    spoken = page.comparison.curve.accessibleDescription()
    told = [
        _("{day}: {count}").format(day=day, count=count)
        for day, count in zip(days, "24", strict=True)
    ]
    assert spoken == f"{', '.join(told)}."
    newcomers = next(one for one in page.figures if _("Not seen in the editions before.") in one)
    assert newcomers.startswith("2 ")
    editor.edit(replace(CHAT, lessons="x"))
    assert not page.comparison.isHidden()


def test_a_rehearsal_is_compared_with_nothing(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    edition = edition_of(replace(CHAT, id="earlier"), POSTS, ROWS, NETWORK)
    page, _editor = shown(qtbot, stage, former=lambda _chat: (edition,))
    assert page.comparison.isHidden()
    assert page.report.former == ()


def test_a_former_edition_that_cannot_be_read_takes_nothing_away(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    asked: list[str] = []

    def former(chat: Chat) -> tuple[Edition, ...]:
        asked.append(chat.id)
        raise OSError("no")

    page, _editor = shown(qtbot, stage, former=former)
    qtbot.waitUntil(lambda: bool(asked))
    assert len(page.figures) == 4
    assert page.comparison.isHidden()


def test_lessons_are_kept_as_typed(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    type_text(page.next.lessons, "Moins de questions… à l’heure !")
    assert editor.chat.lessons == "Moins de questions… à l’heure !"
    editor.undo()
    assert page.next.lessons.toPlainText() == ""


def test_what_to_change_is_kept_as_typed_and_goes_along(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage, replace(CHAT, lessons="L’heure"))
    type_text(page.next.to_change, "Moins de questions")
    assert editor.chat.to_change == "Moins de questions"
    assert new_edition(editor.chat, None).former_lessons == "L’heure\n\nMoins de questions"
    assert new_edition(editor.chat, None).to_change == ""
    editor.undo()
    assert page.next.to_change.toPlainText() == ""


def test_the_next_edition_has_a_date_when_the_chat_comes_back(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    assert "2 janvier" in page.next.date
    with qtbot.waitSignal(page.new_edition_wanted) as wanted:
        page.next.again.click()
    assert wanted.args == [CHAT.id]
    editor.edit(replace(CHAT, rhythm=Rhythm.ONCE))
    assert page.next.date == _("A new edition keeps your questions, your texts and your guests.")


def test_who_can_be_invited_next_time_is_counted_off_the_gui_thread_once_it_is_over(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    threads: set[str] = set()

    def coming(chat: Chat) -> int:
        threads.add(threading.current_thread().name)
        return 283 if chat.id == CHAT.id else 0

    page, editor = shown(qtbot, stage, coming=coming)
    qtbot.waitUntil(lambda: page.next.coming.startswith("283 personnes à inviter"))
    assert threads == {"background"}
    stage.now = START + timedelta(minutes=10)
    page.show_chat(editor.chat)
    assert page.next.coming == "", "the hour is not over"


def test_of_a_rehearsal_nobody_is_invited(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    asked: list[str] = []

    def coming(chat: Chat) -> int:
        asked.append(chat.id)
        return 4

    page, _editor = shown(qtbot, stage, coming=coming)
    assert page.rehearsing
    assert asked == []
    assert page.next.coming == ""


def test_closing_can_be_taken_back_once_it_was_asked(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(("Leave it closed", "Open it again"))

    def answer(box: QMessageBox) -> int:
        words = _(next(answers))
        next(button for button in box.buttons() if button.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    stage.hold()
    page, editor = shown(qtbot, stage)
    named(page, _("Close this chat")).click()
    assert editor.chat.closed_at == NOW
    closed = _("The chat is over since {day}. Everything stays here.").format(day=format_day(NOW))
    assert page.next.state == closed
    named(page, _("Open it again")).click()
    assert editor.chat.closed_at == NOW
    named(page, _("Open it again")).click()
    assert editor.chat.closed_at is None
    assert page.next.state == ""


def test_before_the_hour_it_teaches_and_warns_before_closing(qtbot: QtBot, stage: Stage) -> None:
    stage.now = START - timedelta(days=2)
    page, _editor = shown(qtbot, stage)
    assert page.body.isHidden()
    assert says(page, _("What will you be able to show?"))
    assert page.next.date == ""
    assert page.next.again.isHidden()
    assert page.next.state == _(
        "The chat is not over yet. If you close it now, it goes among the finished chats."
    )
    check_names(page)


def test_tables_are_saved(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    names: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        names.append(Path(proposed).name)
        return str(tmp_path / f"{len(names)}.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.files.save_figures[0].click()
    page.files.save_posts[0].click()
    qtbot.waitUntil(lambda: len(stage.saved) == 2)
    counted, posts = stage.saved
    assert isinstance(counted, ChatReport)
    assert counted.figures.participants == 4
    assert isinstance(posts, tuple)
    assert len(posts) == len(POSTS)
    assert names == [f"{_('figures')}-unionsprécoces.csv", f"{_('posts')}-unionsprécoces.csv"]


def test_all_the_tables_and_the_curves_are_saved(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    names: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        names.append(Path(proposed).name)
        return str(tmp_path / f"{len(names)}.zip"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.files.save_everything[0].click()
    qtbot.waitUntil(lambda: len(stage.saved) == 1)
    page.files.save_curves[0].click()
    qtbot.waitUntil(lambda: len(stage.saved) == 2)
    for dossier in stage.saved:
        assert isinstance(dossier, Dossier)
        assert dossier.figures.participants == 4
        assert set(dossier.posts) == set(POSTS)
        assert not dossier.simulated
    assert names == [f"{_('tables')}-unionsprécoces.zip", f"{_('curves')}-unionsprécoces.zip"]


def test_an_hour_in_which_nobody_wrote_shows_no_picture(qtbot: QtBot, stage: Stage) -> None:
    late = replace(ROWS[0], changed_at=START + timedelta(minutes=200))
    stage.hold((), (late,))
    page, _editor = shown(qtbot, stage)
    assert page.chart.isHidden()
    assert says(page, _("No participant wrote during the chat itself."))


def test_a_question_without_a_number_is_named_by_its_words(qtbot: QtBot, stage: Stage) -> None:
    spare = replace(CHAT.questions[0], id="spare", text="Et demain ?", essential=False)
    answered = replace(POSTS[0], question_id="spare")
    stage.hold(posts=(answered,))
    page, _editor = shown(qtbot, stage, replace(CHAT, questions=(*CHAT.questions, spare)))
    assert [line for line in page.replies.words if line.startswith("Et demain ?")]
    assert not [line for line in page.replies.words if "Q0" in line]
    bars = [bar.accessibleName() for bar in page.replies.findChildren(QProgressBar)]
    assert _("Replies to “{question}”").format(question="Et demain ?") in bars


def test_to_look_first_leads_to_what_is_to_be_looked_at(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = replace(POSTS[0].post, id="77", text="Aminata, 12 ans, a quitté l’école.")
    stage.hold((*POSTS, replace(POSTS[0], post=child)))
    page, _editor = shown(qtbot, stage)
    monkeypatch.setattr(careful, "confirms_saving", lambda *_args: False)
    with qtbot.waitSignal(page.check_wanted) as wanted:
        page.files.save_posts[0].click()
    assert wanted.args == [StepId.RECAP]


def test_a_confidence_counts_nowhere_and_only_that_is_told(qtbot: QtBot, stage: Stage) -> None:
    confided = post(9, "lectrice_ex", "R2 J’ai 15 ans et on veut me marier.", "q2", 25)
    stage.hold((*POSTS, confided))
    page, _editor = shown(qtbot, stage)
    people, posts, _asked, replies = page.figures
    assert (people.split()[0], posts.split()[0], replies.split()[0]) == ("4", "7", "5")
    words = ngettext(
        "Not counting {count} confidence: it counts nowhere, to protect whoever wrote it.",
        "Not counting {count} confidences: they count nowhere, to protect whoever wrote them.",
        1,
    )
    assert says(page, words.format(count=1))
    assert not says(page, "lectrice")


def test_the_page_for_a_funder_is_written_seen_and_saved(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    card = page.funder
    assert not card.fold.is_open
    card.fold.button.click()
    type_text(card.name, "la Fondation")
    type_text(card.impact, "Une école a appelé.")
    card.language.setCurrentIndex(card.language.findData("en"))
    card.language.activated.emit(card.language.currentIndex())
    assert editor.chat.funder == FunderDraft("la Fondation", "Une école a appelé.", "", "en")
    qtbot.waitUntil(lambda: "For la Fondation" in card.preview.accessibleName())
    qtbot.waitUntil(lambda: "Une école a appelé." in card.preview.accessibleName())
    check_names(page)

    names: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        names.append(Path(proposed).name)
        return str(tmp_path / "page.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    card.save.click()
    qtbot.waitUntil(lambda: len(stage.saved) == 1)
    (saved,) = stage.saved
    assert isinstance(saved, tuple)
    assert saved[0].impact == "Une école a appelé."
    assert names[0].endswith(".pdf")
    editor.undo()
    assert card.language.currentData() == ""
    # Typing on it is no reason to count again.
    assert page.figures


def test_the_logo_is_chosen_from_the_report_too(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    page.funder.fold.button.click()
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b7a75"))
    image.save(str(tmp_path / "logo.png"))
    monkeypatch.setattr(logo_choice, "ask_for_picture", lambda *_args: tmp_path / "logo.png")
    named(page, _("Add the logo")).click()
    qtbot.waitUntil(lambda: look_of(editor.chat).logo is not None)
    qtbot.waitUntil(lambda: not page.funder._logo.isNull())
    named(page, _("Remove the logo")).click()
    assert look_of(editor.chat).logo is None
    assert page.funder._logo.isNull()


def test_what_was_hoped_for_is_asked_in_place_where_it_lacks(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    assert page.hoped.isVisible()
    reports = page.report
    type_text(page.hoped.edit, "30")
    assert editor.chat.hoped_participants == 30
    hoped = _("{count} hoped for.").format(count="30")
    assert [hoped in one for one in page.figures] == [True, False, False, False]
    assert page.report.figures is reports.figures, "nothing is counted again for it"
    assert page.hoped.isVisible(), "nothing moves while it is typed"
    dossier = page.files.show_report(page.watch.material, page.report)  # type: ignore[arg-type]
    assert [one.hoped for one in dossier.report.goals] == [30]
    page.hide()
    page.show()
    deliver()
    assert not page.hoped.isVisible()
    check_names(page)


def test_what_was_hoped_for_is_told_once(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage, replace(CHAT, hoped_participants=30))
    assert not page.hoped.isVisible()
    shown_texts = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert sum("30" in text for text in shown_texts) == 1


def test_of_a_rehearsal_nothing_is_hoped_for(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    page, _editor = shown(qtbot, stage)
    assert not page.hoped.isVisible()


def test_the_quotes_of_the_page_are_chosen(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    page.funder.fold.button.click()
    choice = page.funder.quotes
    qtbot.waitUntil(lambda: len(choice.ticks) == 5)
    proposed = [one for one, tick in choice.ticks.items() if tick.isChecked()]
    assert len(proposed) == 3
    assert not choice.propose.isVisible()
    other = next(one for one in choice.ticks if one not in proposed)

    choice.ticks[other].click()
    assert not choice.ticks[other].isChecked(), "there is room for three"
    assert says(page, _("The page has room for three. Take one off first."))
    beside = choice.ticks[other].parentWidget()
    assert beside.isAncestorOf(choice._said), "it is said where one looks"
    assert editor.chat.funder is None

    choice.ticks[proposed[0]].click()
    choice.ticks[other].click()
    drafts = editor.chat.funder
    assert drafts is not None
    assert set(drafts.quotes) == {*proposed[1:], other}
    qtbot.waitUntil(lambda: choice.propose.isVisible())
    check_names(page)
    choice.propose.click()
    assert editor.chat.funder == FunderDraft()
    qtbot.waitUntil(
        lambda: [one for one, tick in choice.ticks.items() if tick.isChecked()] == proposed
    )


def test_one_quote_stays(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(posts=POSTS[:1])
    page, editor = shown(qtbot, stage)
    page.funder.fold.button.click()
    qtbot.waitUntil(lambda: len(page.funder.quotes.ticks) == 1)
    (tick,) = page.funder.quotes.ticks.values()
    tick.click()
    assert tick.isChecked()
    assert editor.chat.funder is None
