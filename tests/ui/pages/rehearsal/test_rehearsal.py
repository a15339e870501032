"""La répétition: started, gone back to, told of afterwards; and the list of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import Chat, Invitation, Occasion, Person, Route
from tchat_desktop.domain.debrief import Answered, Cut, RehearsalReport
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.preflight import Finding, PreflightCheck, Readiness
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.day_card import DayCard
from tchat_desktop.ui.pages.rehearsal.debrief import SENTENCES, debrief
from tchat_desktop.ui.pages.rehearsal.page import RehearsalPage
from tchat_desktop.ui.pages.rehearsal.preflight import Preflight
from tchat_desktop.ui.pages.rehearsal.rehearsals import Rehearsals
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.pages.shared.preflight_lines import ItemLine
from tchat_desktop.wording.i18n import _
from tests.fakes.texts import load_texts
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import START, FakeHours, full_chat, participant
from tests.ui.pages.hands import (
    check_names,
    focusable_names,
    named,
    press,
    put_on_screen,
)

texts_of = cache(load_texts)
NOW = START - timedelta(days=3)
Make = Callable[[Chat], tuple[RehearsalPage, ChatEditor, FakeHours]]


def missing_of(chat: Chat) -> frozenset[Missing]:
    sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
    return frozenset(item.kind for item in guide.missing(chat, sheet, NOW))


def clock() -> datetime:
    return NOW


def nothing(_paying: bool) -> tuple[PreflightCheck, ...]:
    return ()


@pytest.fixture
def make_page(qtbot: QtBot) -> Iterator[Make]:
    bridge = Bridge()

    def make(chat: Chat) -> tuple[RehearsalPage, ChatEditor, FakeHours]:
        editor = ChatEditor(chat)
        hours = FakeHours(lambda: editor.chat, bridge.report)
        day = DayList(nothing, missing_of, FakeConnections(), lambda: NOW)
        page = RehearsalPage(editor, hours, Rehearsals(editor, hours, bridge, clock), day, print)
        editor.observe(page.show_chat)
        qtbot.addWidget(page)
        page.show_chat(editor.chat)
        page.show()
        return page, editor, hours

    yield make
    assert bridge.stop()


@pytest.mark.parametrize(("minutes", "offered"), [(60, True), (19, False), (-6, False)])
def test_nobody_rehearses_as_the_chat_begins(make_page: Make, minutes: int, offered: bool) -> None:
    chat = replace(full_chat(), starts_at=NOW + timedelta(minutes=minutes))
    page, _editor, _hours = make_page(chat)
    assert page._start.isVisible() is offered


def test_starting_opens_the_cockpit(make_page: Make, qtbot: QtBot) -> None:
    page, _editor, hours = make_page(full_chat())
    with qtbot.waitSignal(page.step_wanted) as wanted:
        page._start.click()
    assert wanted.args == [StepId.HOUR]
    assert hours.hour(Occasion.REHEARSAL) is not None


def test_a_rehearsal_under_way_is_gone_back_to_or_started_again(
    make_page: Make, qtbot: QtBot
) -> None:
    page, _editor, hours = make_page(full_chat())
    page._start.click()
    first = hours.hour(Occasion.REHEARSAL)
    assert page._start.accessibleName() == _("Go back to the rehearsal")
    with qtbot.waitSignal(page.step_wanted):
        page._start.click()
    assert hours.hour(Occasion.REHEARSAL) is first
    page._again.click()
    assert hours.hour(Occasion.REHEARSAL) is not first


def test_afterwards_it_says_what_went_well(make_page: Make) -> None:
    page, editor, hours = make_page(full_chat())
    page._start.click()
    hour = hours.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.at_minute(61)
    question = participant(1, "Et si l’imam refuse ?", START, "pere_ex")
    hour.say_posts(question, participant(2, "R1 oui", START, starred=True))
    hour.reply(question, "Parlez-en à la mère.")
    hour.say_ended()
    QApplication.processEvents()
    assert page.debrief.isVisible()
    assert editor.chat.rehearsed_at == NOW
    assert all(line.text for line in page.debrief._lines[:4])
    assert page._start.accessibleName() == _("Rehearse once more (10 min or more)")
    page._start.click()
    assert not page.debrief.isVisible()


def test_the_debrief_is_kept_with_the_chat_and_stands_at_the_top(
    make_page: Make, qtbot: QtBot
) -> None:
    page, editor, hours = make_page(full_chat())
    page._start.click()
    page.hide()
    hours.start_rehearsal().say_ended()
    QApplication.processEvents()
    kept = editor.chat.rehearsal
    assert kept is not None
    page.resize(900, 400)
    page.verticalScrollBar().setValue(200)
    page.show()
    QApplication.processEvents()
    assert page.verticalScrollBar().value() == 0
    assert page.debrief.mapTo(page, page.debrief.rect().topLeft()).y() < 200
    # As after closing and opening: nothing of it is left but the chat.
    again, _editor, _hours = make_page(replace(full_chat(), rehearsal=kept))
    assert again.debrief.isVisible()
    assert again.debrief._lines[0].text == page.debrief._lines[0].text


def test_a_rehearsal_counts_when_its_page_was_never_looked_at(qtbot: QtBot) -> None:
    bridge = Bridge()
    editor = ChatEditor(full_chat())
    hours = FakeHours(lambda: editor.chat, bridge.report)
    rehearsals = Rehearsals(editor, hours, bridge, clock)
    hour = hours.start_rehearsal()
    assert rehearsals.running is hour
    hour.say_ended()
    qtbot.waitUntil(lambda: editor.chat.rehearsed_at == NOW)
    assert rehearsals.running is None
    assert bridge.stop()


def test_questions_that_lost_their_numbers_are_told_apart_by_their_words(qtbot: QtBot) -> None:
    bridge = Bridge()
    editor = ChatEditor(full_chat())
    hours = FakeHours(lambda: editor.chat, bridge.report)
    heard = Rehearsals(editor, hours, bridge, clock)
    hour = hours.start_rehearsal()
    for slot, text in (("q:q2", "Comment en parler ?"), ("q:q3", "Où trouver de l’aide ?")):
        hour.becomes(slot, PostState.SKIPPED, number=None, text=text)
    hour.say_rows()
    hour.say_ended()
    qtbot.waitUntil(lambda: editor.chat.rehearsal is not None)
    report = editor.chat.rehearsal
    assert report is not None
    assert len(set(report.missing)) == len(report.missing)
    assert any("Où trouver" in name for name in report.missing)
    assert heard.running is None
    assert bridge.stop()


def test_a_rehearsal_that_is_over_stays_so_on_screens_built_anew(qtbot: QtBot) -> None:
    bridge = Bridge()
    editor = ChatEditor(full_chat())
    hours = FakeHours(lambda: editor.chat, bridge.report)
    heard = [Rehearsals(editor, hours, bridge, clock)]
    hours.start_rehearsal().say_ended()
    qtbot.waitUntil(lambda: editor.chat.rehearsed_at == NOW)
    heard.append(Rehearsals(editor, hours, bridge, clock))
    assert heard[-1].running is None
    assert bridge.stop()


def test_the_end_of_the_real_hour_is_not_a_rehearsal(make_page: Make) -> None:
    page, editor, hours = make_page(full_chat())
    page._start.click()
    hours.start_live().say_ended()
    QApplication.processEvents()
    assert editor.chat.rehearsed_at is None
    assert not page.debrief.isVisible()


def test_what_is_missing_has_a_button(make_page: Make, qtbot: QtBot) -> None:
    page, _editor, _hours = make_page(Chat(id="empty"))
    assert page._no_questions.isVisible()
    assert page._no_tag.isVisible()
    for notice, step in ((page._no_questions, StepId.QUESTIONS), (page._no_tag, StepId.HASHTAG)):
        with qtbot.waitSignal(page.step_wanted) as wanted:
            notice._button.click()
        assert wanted.args == [step]


def test_the_list_of_the_day_leads_to_each_step(make_page: Make, qtbot: QtBot) -> None:
    page, _editor, _hours = make_page(Chat(id="empty"))
    steps = []
    page.step_wanted.connect(steps.append)
    for line in page.preflight._lines:
        if not line.ready:
            line._button.click()
    assert StepId.SCHEDULE in steps
    assert StepId.PROTECTION in steps
    assert steps[-2:] == [StepId.RUN_SHEET, StepId.CONNECTION]


def test_the_list_of_the_day_follows_the_chat(make_page: Make) -> None:
    page, editor, _hours = make_page(full_chat(Route.REHEARSAL))
    ready = page.preflight.ready
    editor.edit(replace(editor.chat, route=Route.ASSISTED, rules_accepted=True))
    assert page.preflight.ready == ready + 2
    editor.undo()
    assert page.preflight.ready == ready


GOOD = RehearsalReport(
    by_hand=True, planned=12, posted=12, on_time=12, said=40, taken_in=12, questions=3, answered=3,
    stars=4, disclosure=Answered.IN_PRIVATE_WITH_NUMBER, troll=Answered.NOT_AT_ALL,
)  # fmt: skip


def test_what_is_said_of_a_rehearsal_fits_what_happened() -> None:
    assert {tone for _text, tone in debrief(GOOD)} == {"well"}
    busy = debrief(replace(GOOD, for_guests=1, reposted=2))
    assert len(busy) == len(debrief(GOOD)) + 2
    poor = replace(
        GOOD, for_guests=1, reposted=1, posted=9, on_time=7, extra=1,
        late=("Q1", "Q2"), missing=("Q3", "Q4", "Q5"),
        said_only=("Q4", "Q5"), unconfirmed=1, undecided=1, answered=1, stars=0,
        disclosure=Answered.NOT_AT_ALL, disclosure_spread=True, troll=Answered.IN_PUBLIC,
    )  # fmt: skip
    said = debrief(poor)
    assert len(said) <= SENTENCES
    everything = replace(poor, cut=Cut.REPAIRED, named_child=Answered.IN_PRIVATE,
                         named_child_spread=True)  # fmt: skip
    assert len(debrief(everything)) == SENTENCES
    assert [tone for _text, tone in said].count("stop") == 3
    assert all("{" not in text for text, _tone in said)
    assert "Q1, Q2" in said[0][0]
    assert "Q3, Q4, Q5" in said[0][0]
    assert any("Q4, Q5" in text and tone == "stop" for text, tone in said)


def test_the_questions_of_the_public_are_told_by_who_waits() -> None:
    said = dict(debrief(replace(GOOD, questions=4, answered=0, unanswered=("Paul", "Radio"))))
    assert any("4" in text and "Paul, Radio" in text and "0" not in text for text in said)


@pytest.mark.parametrize(
    ("cut", "minutes", "told"),
    [
        (Cut.NOT_REACHED, 0, ""),
        (Cut.NOT_REPAIRED, 0, "pas rétabli"),
        (Cut.REPAIRED, 0, "tout de suite"),
        (Cut.REPAIRED, 3, "après 3 minutes"),
        (Cut.BY_ITSELF, 4, "tout seul après 4 minutes"),
    ],
)
def test_the_cut_is_told(cut: Cut, minutes: int, told: str) -> None:
    before = debrief(GOOD)
    added = [one for one in debrief(replace(GOOD, cut=cut, cut_minutes=minutes))
             if one not in before]  # fmt: skip
    assert len(added) == bool(told)
    assert all(told in text for text, _tone in added)


@pytest.mark.parametrize("how", Answered)
def test_each_way_to_answer_a_confidence_has_its_sentence(how: Answered) -> None:
    others = {text for text, _tone in debrief(replace(GOOD, disclosure=Answered.NOT_SAID))}
    told = [tone for text, tone in debrief(replace(GOOD, disclosure=how)) if text not in others]
    wanted = {
        Answered.NOT_SAID: [],
        Answered.NOT_AT_ALL: ["stop"],
        Answered.IN_PRIVATE: ["look"],
        Answered.IN_PRIVATE_WITH_NUMBER: ["well"],
        Answered.IN_PUBLIC: ["stop"],
        Answered.IN_PUBLIC_WITH_NUMBER: ["look"],
    }
    assert told == wanted[how]


def test_the_list_counts_the_guests_who_have_accepted(make_page: Make) -> None:
    page, editor, _hours = make_page(full_chat())
    awa, moussa = (Person(f"p{n}", name=f"N{n}", handle=f"n{n}") for n in (1, 2))
    yes = {"invitation": Invitation.ACCEPTED, "has_questions": True}

    def told(*people: Person) -> str:
        editor.edit(replace(editor.chat, people=people))
        lines = page.preflight.findChildren(ItemLine)
        return next(one.accessibleName() for one in lines if one.item.step is StepId.PEOPLE)

    counted = _("Guests: {accepted} of {total} accepted, {given} of {total} with the questions")
    awa = replace(awa, **yes)
    assert told(awa, moussa) == counted.format(accepted=1, given=1, total=2)
    assert told(awa, replace(moussa, **yes)) == _(
        "The guests have accepted, and have the questions"
    )


# --- X and this computer -------------------------------------------------------------------


class Look:
    """A rehearsal page whose pre-flight waits for the test to answer."""

    def __init__(self, qtbot: QtBot, bridge: Bridge) -> None:
        self.connections = FakeConnections()
        self.opened: list[str] = []
        self.paid: list[bool] = []
        self.now = NOW
        self.editor = ChatEditor(replace(full_chat(Route.KEYS), rules_accepted=True))
        self._qtbot, self._bridge = qtbot, bridge
        self.page = self.build()

    def build(self) -> RehearsalPage:
        """The page, built anew as after a change of language."""
        hours = FakeHours(lambda: self.editor.chat, self._bridge.report)
        self.day = DayList(self.check, missing_of, self.connections, lambda: self.now)
        rehearsals = Rehearsals(self.editor, hours, self._bridge, clock)
        self.page = RehearsalPage(self.editor, hours, rehearsals, self.day, self.opened.append)
        put_on_screen(self._qtbot, self.page, self.editor)
        return self.page

    @property
    def preflight(self) -> Preflight:
        return self.page.preflight

    @property
    def asked(self) -> int:
        """How often a look was wanted."""
        return len(self.connections.asked_for)

    def check(self, paying: bool) -> tuple[PreflightCheck, ...]:
        self.paid.append(paying)
        return ()

    def answer(self, *checks: PreflightCheck) -> None:
        """What was wanted last is looked at, and finds this."""
        kind, job = self.connections.asked_for[-1]
        assert kind == "run"
        job()  # type: ignore[operator]
        self.connections._done(checks)
        QApplication.processEvents()

    def find(self, *checks: PreflightCheck) -> None:
        """Look, and find this."""
        self.preflight.look.click()
        self.answer(*checks)


WELL = (
    PreflightCheck(Finding.REACHED),
    PreflightCheck(Finding.ON_TIME),
    PreflightCheck(Finding.KEYS_WORK, "asso"),
)


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[Look]:
    bridge = Bridge()
    yield Look(qtbot, bridge)
    assert bridge.stop()


def test_long_before_the_hour_nothing_is_looked_at_until_it_is_wanted(look: Look) -> None:
    assert look.asked == 0
    press(look.page, _("Check now"))
    press(look.page, _("Being checked…"))
    assert look.asked == 1
    look.answer()
    assert look.paid == [True]


def test_shortly_before_the_hour_it_looks_by_itself_at_what_costs_nothing(look: Look) -> None:
    look.now = START - timedelta(hours=1)
    look.build()
    assert look.asked == 1
    look.answer(*WELL[:2], PreflightCheck(Finding.KEYS_NOT_TRIED))
    look.page.show_chat(look.editor.chat)
    assert (look.asked, look.paid) == (1, [False])
    press(look.page, f"{_('Check again')} – {look.preflight.found[-1]}")
    look.answer(*WELL)
    assert look.paid == [False, True]


def test_what_was_looked_at_today_is_looked_at_again_after_a_restart(look: Look) -> None:
    look.find(*WELL)
    assert look.connections.looked_on == NOW.date()
    look.build()
    assert look.asked == 2
    look.answer(*WELL)
    assert look.paid == [True, False]
    look.now += timedelta(days=1)
    look.build()
    assert look.asked == 2


def test_a_look_that_failed_is_not_taken_again_and_again(look: Look) -> None:
    look.now = START - timedelta(hours=1)
    look.build()
    look.connections.refuse(RuntimeError("unforeseen"))
    assert look.asked == 1


@pytest.mark.parametrize("away", [timedelta(hours=-3), timedelta(hours=2)])
def test_too_early_and_too_late_it_does_not_look_by_itself(look: Look, away: timedelta) -> None:
    look.now = START + away
    look.build()
    assert look.asked == 0


def test_the_whole_is_said_in_one_sentence(look: Look) -> None:
    first = look.preflight.summary
    look.find(*WELL)
    # A box to tick is not a line to look at: the figure is that of the lines.
    signing_in = _("One thing is left: sign in to X in your browser, and tick it.")
    assert look.preflight.summary == signing_in
    look.preflight._signed_in.click()
    assert look.preflight.summary == _("Everything is ready.") != first
    look.find(PreflightCheck(Finding.BATTERY_LOW, 12), PreflightCheck(Finding.MAY_SLEEP), *WELL)
    assert look.preflight.summary.startswith("2")
    assert "12" in look.preflight.found[0]


def test_another_way_for_the_posts_is_looked_at_anew(look: Look) -> None:
    look.find(*WELL)
    assert look.preflight.found
    look.editor.edit(replace(look.editor.chat, route=Route.ASSISTED))
    assert look.preflight.found == ()
    named(look.page, _("Check now"))


def test_being_signed_in_to_x_is_kept_for_the_day(look: Look) -> None:
    look.preflight._signed_in.click()
    assert look.build().preflight._signed_in.isChecked()
    look.now += timedelta(days=1)
    assert not look.build().preflight._signed_in.isChecked()
    press(look.page, _("Open x.com"))
    assert look.opened == ["https://x.com/home"]
    look.editor.edit(replace(look.editor.chat, route=Route.REHEARSAL))
    assert not look.preflight._signed_in.isVisible()


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_a_sentence_and_what_is_not_well_a_button(
    look: Look, finding: Finding
) -> None:
    values = {
        Finding.CLOCK_OFF: timedelta(minutes=-3),
        Finding.SAME_TWICE: run_sheet.build_run_sheet(full_chat(), texts_of("fr")).items[0],
        Finding.NOT_REACHED: Obstacle.UNKNOWN,
        Finding.ON_BATTERY: 60,
        Finding.BATTERY_LOW: 20,
    }
    check = PreflightCheck(finding, values.get(finding, "asso"))
    look.find(check)
    (words,) = look.preflight.found
    assert len(words) > 8
    assert "{" not in words
    buttons = [name for name in focusable_names(look.page) if name.endswith(f" – {words}")]
    assert buttons or check.verdict is Readiness.WELL
    check_names(look.page)


def test_every_obstacle_on_the_way_to_x_has_its_own_sentence(look: Look) -> None:
    said = set()
    for obstacle in Obstacle:
        look.find(PreflightCheck(Finding.NOT_REACHED, obstacle))
        said.add(look.preflight.found)
    assert len(said) == len(Obstacle)


def test_what_is_wrong_has_a_button_that_puts_it_right(look: Look) -> None:
    steps = []
    look.page.step_wanted.connect(steps.append)
    look.find(PreflightCheck(Finding.KEYS_REFUSED))
    press(look.page, f"{_('Put it right')} – {look.preflight.found[0]}")
    assert steps == [StepId.CONNECTION]
    look.find(PreflightCheck(Finding.NO_CREDIT))
    assert len(look.preflight.found) == 1
    press(look.page, f"{_('See on X')} – {look.preflight.found[0]}")
    assert look.opened == ["https://console.x.com"]


def test_a_look_that_fails_can_be_taken_again(look: Look) -> None:
    press(look.page, _("Check now"))
    look.connections.refuse(RuntimeError("unforeseen"))
    assert look.preflight.found == (_("This could not be checked. Try again in a moment."),)
    press(look.page, _("Check everything again"))
    assert look.asked == 2


def test_a_slow_clock_and_a_fast_one_are_told_apart(look: Look) -> None:
    look.find(PreflightCheck(Finding.CLOCK_OFF, timedelta(minutes=3)))
    slow = look.preflight.found
    look.find(PreflightCheck(Finding.CLOCK_OFF, timedelta(minutes=-3)))
    assert look.preflight.found != slow


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-365)])
def test_a_date_that_is_a_year_off_is_not_told_in_minutes(look: Look, off: timedelta) -> None:
    look.find(PreflightCheck(Finding.CLOCK_OFF, off))
    assert "365" in look.preflight.found[0]
    assert str(365 * 24 * 60) not in look.preflight.found[0]


def test_the_list_of_last_checks_comes_to_the_top_when_it_is_asked_for(
    look: Look, qtbot: QtBot
) -> None:
    page = look.page
    page.resize(900, 420)
    page.show_to_check()
    place = look.preflight
    qtbot.waitUntil(lambda: 0 <= place.mapTo(page, QPoint(0, 0)).y() <= 60)
    assert place.hasFocus()


def test_where_one_waits_the_same_sentence_stands(look: Look, qtbot: QtBot) -> None:
    card = DayCard(look.day)
    card.setParent(look.page)
    card.show()
    look.editor.edit(replace(look.editor.chat, rules_accepted=False))
    assert card.summary == look.preflight.summary
    look.find(PreflightCheck(Finding.BATTERY_LOW, 12), *WELL)
    assert card.summary == look.preflight.summary
    card._look.click()
    assert look.asked == 2
    with qtbot.waitSignal(card.list_wanted) as wanted:
        press(card, _("See the list"))
    assert wanted.args == [StepId.REHEARSAL]
    assert card._price.text() == _("With keys, each check costs one cent.")
    look.editor.edit(replace(look.editor.chat, route=Route.ASSISTED))
    assert card._price.isHidden()
