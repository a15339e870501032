from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.places_file import load_places
from tchat_desktop.domain.chat import Chat, Question, Rhythm, Route
from tchat_desktop.domain.days_off import DayOff, DayOffKind
from tchat_desktop.domain.schedule import USUAL_START, CautionKind, InternationalDay
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.schedule.page import SchedulePage
from tchat_desktop.ui.pages.schedule.schedule_cautions import Cautions
from tchat_desktop.ui.pages.schedule.schedule_countdown import Countdown
from tchat_desktop.ui.pages.schedule.schedule_days import RelatedDays
from tchat_desktop.ui.pages.schedule.schedule_doubt import DayQuestion
from tchat_desktop.ui.pages.schedule.schedule_next import NextEditions
from tchat_desktop.ui.pages.schedule.schedule_places import Places
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.day_edit import DayEdit
from tchat_desktop.ui.widgets.hour_edit import HourEdit
from tchat_desktop.ui.widgets.judged_hints import AsideButton, MeantButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.zone_edit import ZoneEdit
from tchat_desktop.wording.i18n import _, city, country, format_day, format_hour
from tchat_desktop.wording.when_words import when_of
from tests.fakes.texts import load_texts
from tests.ui.keyboard import press, replace_text, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""Lists and calendars that pop up do what the offscreen screen cannot."""

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAYS = (
    InternationalDay(12, 10, {"fr": "Droits de l’homme", "en": "Human Rights"}, ()),
    InternationalDay(10, 11, {"fr": "Journée des filles", "en": "Day of the Girl"}, ("fille",)),
)
DATED = Chat("c", starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC))


BRIDGE: dict[str, Bridge] = {}
OFF: list[DayOff] = []
"""What the day of the chat is said to be."""


@pytest.fixture(autouse=True)
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    OFF.clear()
    BRIDGE["now"] = Bridge()
    yield BRIDGE["now"]
    assert BRIDGE["now"].stop()


def shown(qtbot: QtBot, chat: Chat) -> tuple[SchedulePage, ChatEditor]:
    editor = ChatEditor(chat)
    page = SchedulePage(
        editor,
        DAYS,
        lambda: NOW,
        load_places(),
        load_texts,
        BRIDGE["now"],
        lambda _places, _language: tuple(OFF),
    )
    qtbot.addWidget(page)
    editor.observe(page.show_chat)
    page.show_chat(chat)
    return page, editor


def day_of(page: SchedulePage) -> DayEdit:
    return page.findChild(DayEdit)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 5, hour, minute, tzinfo=UTC)


def finish(field: QWidget, text: str) -> None:
    """Type over what a field holds, and press Enter."""
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    replace_text(line, text)
    press(line, Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", [ZoneEdit, HourEdit, DayEdit])
def test_what_is_typed_after_a_click_takes_the_place_of_what_was_proposed(
    qtbot: QtBot, kind: type[QWidget]
) -> None:
    page, _editor = shown(qtbot, DATED)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()
    field = page.findChild(kind)
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    assert line.text()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert line.selectedText() == line.text()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert not line.hasSelectedText(), "a second click is for a place in it"
    press(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(line, "Bobo")
    assert line.text() == "Bobo"


def texts(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(Text) if not one.isHidden())


def click(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = next(one for one in page.findChildren(Button) if one.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_day_the_page_invites_to_choose_one(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c"))
    assert _("Choose a day: the hour in each place shows here.") in texts(page)
    assert page.findChild(Cautions).isHidden()
    assert page.findChild(HourEdit).currentText() == format_hour(at(20))
    assert editor.chat == Chat("c"), "showing a chat changes nothing"


def test_a_typed_day_takes_the_hour_shown(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c", audience_zones=("Europe/Paris",)))
    finish(page.findChild(HourEdit), "19h30")
    assert editor.chat.starts_at is None
    finish(day_of(page), "5/12/2026")
    assert editor.chat.starts_at == datetime(2026, 12, 5, 19, 30, tzinfo=UTC)
    assert day_of(page).text() == format_day(date(2026, 12, 5), with_year=True)
    assert format_hour(at(20, 30)) in texts(page.findChild(Places))

    editor.undo()
    assert day_of(page).text() == ""


def test_a_wrong_day_is_told_and_kept_and_spoils_nothing(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    finish(day_of(page), "32 décembre")
    assert editor.chat == DATED
    assert "32 décembre" in texts(page)
    assert day_of(page).property("problem")

    type_text(page.findChild(QLineEdit), "Un autre sujet")
    assert day_of(page).text() == "32 décembre", "an edit elsewhere leaves it as typed"

    finish(day_of(page), "12 décembre")
    assert editor.chat.starts_local.date() == date(2026, 12, 12)
    assert "32 décembre" not in texts(page)
    assert not day_of(page).property("problem")


def test_typing_the_former_day_again_settles_a_refusal(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    before = day_of(page).text()
    finish(day_of(page), "demain ou après")
    finish(day_of(page), before)
    assert "demain" not in texts(page)
    assert editor.chat == DATED
    assert not editor.can_undo


def test_emptying_the_day_takes_the_date_away(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    finish(day_of(page), "")
    assert editor.chat.starts_at is None
    editor.undo()
    assert day_of(page).text() == format_day(date(2026, 12, 5), with_year=True)


def test_a_wrong_hour_is_told_and_kept(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    hour = page.findChild(HourEdit)
    finish(hour, "25h")
    assert editor.chat == DATED
    assert hour.currentText() == "25h"
    assert _("“{text}” is not an hour. Write 20:30, for example.").format(text="25h") in texts(page)

    finish(hour, "18:15")
    assert editor.chat.starts_at == datetime(2026, 12, 5, 18, 15, tzinfo=UTC)
    assert "25h" not in texts(page)


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    page.show()
    field = day_of(page)
    press(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.calendar
    assert calendar is not None
    assert calendar.isVisible()
    assert calendar.minimumDate() == QDate(2026, 11, 23)
    calendar.clicked.emit(QDate(2026, 12, 12))
    assert editor.chat.starts_at == datetime(2026, 12, 12, 20, tzinfo=UTC)
    assert not calendar.isVisible()


def test_an_hour_that_clocks_jump_over_is_told(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c", time_zone="Europe/Paris"))
    finish(page.findChild(HourEdit), "2h30")
    finish(day_of(page), "28/03/2027")
    assert editor.chat.starts_local.hour == 3
    said = _("Clocks jump over {hour} in {city} that day: it will be {real}.")
    assert said.split("{")[0].strip() in texts(page)


def test_another_city_keeps_the_wall_clock(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    finish(zone, "paris")
    assert editor.chat.time_zone == "Europe/Paris"
    assert editor.chat.starts_at == datetime(2026, 12, 5, 19, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["Sénégal", "senegal", "Dakar", "dakar, sénégal", "Africa/Dakar"])
def test_places_are_found_by_city_or_country(qtbot: QtBot, typed: str) -> None:
    page, _editor = shown(qtbot, DATED)
    assert page.findChildren(ZoneEdit)[0].places_of(typed) == {("Africa/Dakar", "")}


@pytest.mark.parametrize("typed", ["Thiès", "thies", " THIES "])
def test_a_town_keeps_its_name_everywhere(qtbot: QtBot, typed: str) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    finish(zone, typed)
    assert editor.chat.time_zone == "Africa/Dakar"
    assert zone.currentText() == f"Thiès, {country('Africa/Dakar')}"
    assert "Thiès" in texts(page.findChild(Places))
    assert when_of(editor.chat).hours == "20\u00a0h\u00a0à\u00a0Thiès"

    finish(zone, "Dakar")
    assert editor.chat.towns == ()
    assert zone.currentText().startswith("Dakar")
    editor.undo()
    assert zone.currentText().startswith("Thiès")


def test_of_several_towns_of_that_name_the_usual_one_is_meant(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    finish(page.findChild(Places).add_box, "Bruxelles")
    finish(page.findChild(Places).add_box, "Saint-Louis")
    assert editor.chat.audience_zones == ("Europe/Brussels",), "the organiser’s own zone is there"
    finish(page.findChild(Places).add_box, "Genève")
    assert editor.chat.town("Europe/Zurich") == "Genève"

    finish(page.findChild(Places).add_box, "Rosario")
    assert "Rosario" in texts(page)
    assert page.findChild(Places).add_box.currentText() == "Rosario"


def test_enter_takes_the_one_place_that_is_offered(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    with qtbot.waitActive(page):
        page.show()
    zone.setFocus()
    replace_text(zone.lineEdit(), "ouagad")
    assert zone.completer().popup().isVisible()
    press(zone.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.chat.time_zone == "Africa/Ouagadougou")
    assert not zone.lineEdit().property("problem")


@pytest.mark.parametrize("typed", ["bobo", "Bobo-D", "burkina"])
def test_leaving_the_field_takes_the_first_place_that_begins_so(qtbot: QtBot, typed: str) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    with qtbot.waitActive(page):
        page.show()
    zone.setFocus()
    replace_text(zone.lineEdit(), typed)
    press(zone.completer().popup(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.chat.time_zone == "Africa/Ouagadougou")
    if typed != "burkina":
        assert zone.currentText() == f"Bobo-Dioulasso, {country('Africa/Ouagadougou')}"
    assert not zone.lineEdit().property("problem")


def test_a_town_the_computer_proposed_is_asked_about(qtbot: QtBot) -> None:
    proposed = replace(DATED, carried_over=("time_zone",))
    asked = _("Do you live in {city}? The hour is counted there. If not, write your town.")
    for answer in ("button", "the same", "another"):
        page, editor = shown(qtbot, proposed)
        assert asked.format(city="Dakar") in texts(page)
        zone = page.findChildren(ZoneEdit)[0]
        if answer == "button":
            button = next(
                one
                for one in page.findChildren(QPushButton)
                if one.text() == _("Yes, it is my town")
            )
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            finish(zone, "paris" if answer == "another" else "thies")
        assert editor.chat.carried_over == ()
        # It keeps its place, and names the town.
        town = {"button": "Dakar", "the same": "Thiès", "another": "Paris"}[answer]
        assert page._proposed_town.text == town and page._proposed_town.isVisibleTo(page)
        assert page._keep_town.isHidden()


def test_while_a_town_is_typed_those_of_the_usual_countries_come_up(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    with qtbot.waitActive(page):
        page.show()
    zone.setFocus()
    replace_text(zone.lineEdit(), "thi")
    popup = zone.completer().popup()
    model = popup.model()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert f"Thiès, {country('Africa/Dakar')}" in offered[:3]
    popup.hide()


@pytest.mark.parametrize(
    ("typed", "doubt", "answers"),
    [
        ("Vendredi 18 décembre à 19 h", "", []),
        (
            "Jeudi 18 décembre à 19 h",
            "Le 18 décembre 2026 est un vendredi.",
            ["vendredi 18 décembre 2026 à 19\u00a0h", "jeudi 17 décembre 2026 à 19\u00a0h"],
        ),
        ("17/12/2020", "17 décembre 2020 est passé.", ["jeudi 17 décembre 2026"]),
    ],
)
def test_day_and_hour_typed_together_are_taken_or_asked_about(
    qtbot: QtBot, typed: str, doubt: str, answers: list[str]
) -> None:
    page, editor = shown(qtbot, DATED)
    finish(day_of(page), typed)
    asked = page.findChild(DayQuestion)
    buttons = [one.accessibleName() for one in asked.findChildren(Button)]
    assert buttons == answers
    if not doubt:
        assert editor.chat.starts_at == datetime(2026, 12, 18, 19, tzinfo=UTC)
        assert asked.isHidden()
        return
    assert editor.chat == DATED
    assert doubt in texts(page)
    click(qtbot, page, answers[-1])
    hour = 19 if "19" in typed else 20
    assert editor.chat.starts_at == datetime(2026, 12, 17, hour, tzinfo=UTC)
    assert asked.isHidden()
    assert not day_of(page).property("problem")


def test_past_days_of_the_calendar_are_grey(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, DATED)
    day_of(page).open_calendar()
    calendar = day_of(page).calendar
    assert calendar is not None
    past, coming = QDate(2026, 11, 22), QDate(2026, 11, 24)
    grey = calendar.dateTextFormat(past).foreground().color()
    assert grey != calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
    assert calendar.dateTextFormat(coming).foreground().style() == Qt.BrushStyle.NoBrush
    calendar.parentWidget().hide()


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_days_of_other_months_are_as_grey_as_past_ones(qtbot: QtBot, tokens: theme.Tokens) -> None:
    theme.apply(tokens)
    page, _editor = shown(qtbot, DATED)
    day_of(page).open_calendar()
    calendar = day_of(page).calendar
    assert calendar is not None
    days = calendar.findChild(QTableView)
    days.ensurePolished()
    other = days.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert other == calendar.dateTextFormat(QDate(2026, 11, 22)).foreground().color()
    calendar.parentWidget().hide()


def test_the_calendar_covers_neither_its_field_nor_what_stands_above(qtbot: QtBot) -> None:
    field = DayEdit(lambda: NOW.date(), lambda: True)
    qtbot.addWidget(field)
    room = field.screen().availableGeometry()
    for bottom in (room.top() + 60, room.bottom() - 40):
        field.setGeometry(room.left() + 10, bottom - 36, 380, 36)
        field.show()
        field.open_calendar()
        calendar = field.calendar
        assert calendar is not None
        place = calendar.parentWidget().geometry()
        above = QRect(field.x(), room.top(), field.width(), bottom - room.top())
        assert not place.intersects(above)
        assert room.contains(place)
        calendar.parentWidget().hide()


def test_the_rules_of_a_clock_that_changed_are_told_until_seen(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, replace(DATED, moved_from=at(19)))
    notice = page.findChild(Cautions).notice(CautionKind.RULES_CHANGED)
    assert not notice.isHidden()
    assert format_hour(at(20)) in notice.text
    click(qtbot, page, _("I have seen it"))
    assert editor.chat == DATED
    assert notice.isHidden()


def test_what_the_former_edition_left_is_marked_until_it_is_seen_to(qtbot: QtBot) -> None:
    both = replace(DATED, topic="Mariage", carried_over=("topic", "starts_at"))
    page, editor = shown(qtbot, both)
    kept = _("The day is only proposed: change it, or keep it.")
    renewed = _("The topic is that of last time: change it, or keep it.")
    type_text(page.findChild(QLineEdit), "s")
    assert kept in texts(page)
    finish(day_of(page), "12/12/2026")
    assert editor.chat.carried_over == ()
    assert kept not in texts(page)

    editor.edit(both)
    finish(day_of(page), "19/12/2026")
    assert renewed in texts(page)
    click(qtbot, page, _("That is right"))
    assert editor.chat.carried_over == ()
    assert renewed not in texts(page)


def test_an_unknown_place_is_told_and_kept(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    finish(zone, "Tataouine-les-Bains")
    assert editor.chat == DATED
    assert "Tataouine-les-Bains" in texts(page)
    assert zone.currentText() == "Tataouine-les-Bains"


def test_places_of_the_audience_come_and_go(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    places = page.findChild(Places)
    finish(places.add_box, "Paris")
    assert editor.chat.audience_zones == ("Europe/Paris",)
    assert places.add_box.currentText() == ""
    equal = " = ".join(
        _("{hour} in {city}").format(hour=format_hour(at(hour)), city=city(zone))
        for hour, zone in ((20, "Africa/Dakar"), (21, "Europe/Paris"))
    )
    assert equal in texts(places)

    finish(places.add_box, "Paris")
    assert editor.chat.audience_zones == ("Europe/Paris",), "once is enough"

    qtbot.mouseClick(places.remove_button("Europe/Paris"), Qt.MouseButton.LeftButton)
    assert editor.chat.audience_zones == ()
    assert places.remove_button("Africa/Dakar") is None


def test_a_place_is_taken_from_what_completes_it(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    add_box = page.findChild(Places).add_box
    with qtbot.waitActive(page):
        page.show()
    add_box.setFocus()
    type_text(add_box.lineEdit(), "cote d")
    popup = add_box.completer().popup()
    assert popup.isVisible()
    press(popup, Qt.Key.Key_Down)
    press(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.chat.audience_zones == ("Africa/Abidjan",))
    QApplication.processEvents()
    assert add_box.currentText() == ""
    assert editor.chat.audience_zones == ("Africa/Abidjan",)


def test_completing_another_city_keeps_that_city(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    zone = page.findChildren(ZoneEdit)[0]
    with qtbot.waitActive(page):
        page.show()
    zone.setFocus()
    replace_text(zone.lineEdit(), "burkina")
    popup = zone.completer().popup()
    press(popup, Qt.Key.Key_Down)
    press(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.chat.time_zone == "Africa/Ouagadougou")
    QApplication.processEvents()
    assert editor.chat.time_zone == "Africa/Ouagadougou"
    assert zone.currentText().startswith("Ouagadougou")


def test_the_day_after_is_said_in_words(qtbot: QtBot) -> None:
    late = Chat(
        "c",
        starts_at=datetime(2026, 12, 5, 23, 30, tzinfo=UTC),
        audience_zones=("Europe/Paris", "America/Port-au-Prince"),
    )
    page, _editor = shown(qtbot, late)
    said = texts(page.findChild(Places))
    assert _("the day after") in said
    assert _("the same day") in said


def test_cautions_have_a_way_out(qtbot: QtBot) -> None:
    soon = Chat("c", starts_at=datetime(2026, 11, 25, 23, tzinfo=UTC))
    page, editor = shown(qtbot, soon)
    cautions = page.findChild(Cautions)
    assert not cautions.notice(CautionKind.UNDER_A_WEEK).isHidden()
    assert not cautions.notice(CautionKind.NIGHT).isHidden()

    click(qtbot, cautions, _("A week later"))
    assert editor.chat.starts_at == datetime(2026, 12, 2, 23, tzinfo=UTC)
    assert cautions.notice(CautionKind.UNDER_A_WEEK).isHidden()

    click(qtbot, cautions, _("Start an hour earlier"))
    click(qtbot, cautions, _("Start an hour earlier"))
    assert editor.chat.starts_at == datetime(2026, 12, 2, 21, tzinfo=UTC)
    assert cautions.isHidden()


def test_a_week_later_is_the_same_hour_though_clocks_change(qtbot: QtBot) -> None:
    paris = Chat("c", time_zone="Europe/Paris", starts_at=datetime(2026, 11, 25, 19, tzinfo=UTC))
    page, editor = shown(qtbot, paris)
    click(qtbot, page.findChild(Cautions), _("A week later"))
    assert editor.chat.starts_local.hour == 20


def test_a_related_day_is_used(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    related = page.findChild(RelatedDays)
    assert "Droits de l’homme" in texts(related)
    qtbot.mouseClick(related.buttons[0], Qt.MouseButton.LeftButton)
    assert editor.chat.starts_at == datetime(2026, 12, 10, 20, tzinfo=UTC)
    assert _("The day of your chat: {name}").format(name="Droits de l’homme") in texts(related)
    (occasion,) = related.buttons
    qtbot.mouseClick(occasion, Qt.MouseButton.LeftButton)
    assert editor.chat.event == "Droits de l’homme"
    assert editor.chat.event in [edit.text() for edit in page.findChildren(QLineEdit)]


def test_the_occasion_is_typed(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c"))
    label = _("The occasion (optional)")
    field = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == label)
    type_text(field, "Forum de Dakar ")
    assert editor.chat.event == "Forum de Dakar "
    assert field.text() == "Forum de Dakar "


def test_the_topic_brings_its_day(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, Chat("c"))
    related = page.findChild(RelatedDays)
    assert related.isHidden()
    type_text(page.findChild(QLineEdit), "Les filles à l’école")
    assert not related.isHidden()
    assert "Journée des filles" in texts(related)


def test_the_free_hours_are_those_of_the_chat(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, DATED)
    said = texts(page)
    assert format_hour(at(19)) in said
    assert format_hour(at(22)) in said


@pytest.mark.parametrize(("minutes", "told"), [(61, True), (60, False), (-30, False)])
def test_an_hour_that_is_past_is_not_asked_to_be_kept_free(
    qtbot: QtBot, minutes: int, told: bool
) -> None:
    page, _editor = shown(qtbot, Chat("c", starts_at=NOW + timedelta(minutes=minutes)))
    assert page._free.isHidden() is not told


def test_an_unusual_duration_shows_and_another_is_chosen(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c", minutes=50))
    minutes = next(
        one for one in page.findChildren(QComboBox) if one.accessibleName() == _("Duration")
    )
    assert "50" in minutes.currentText()
    press(minutes, Qt.Key.Key_Home)
    assert editor.chat.minutes == 15


def test_every_control_has_its_own_name(qtbot: QtBot) -> None:
    page, _editor = shown(qtbot, Chat("c", audience_zones=("Europe/Paris", "Africa/Bamako")))
    kinds = (Button, ZoneEdit, HourEdit, DayEdit)
    names = [
        one.accessibleName()
        for kind in kinds
        for one in page.findChildren(kind)
        if one.isVisibleTo(page)
    ]
    assert all(names)
    assert len(set(names)) == len(names)


def test_the_hour_shown_follows_an_undo(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, Chat("c"))
    editor.edit(replace(editor.chat, starts_at=at(9, 15)))
    assert page._hour.hour == time(9, 15)
    editor.undo()
    assert page._hour.hour == USUAL_START


def test_a_public_holiday_is_told_once_it_is_known(qtbot: QtBot) -> None:
    OFF.append(DayOff("Africa/Dakar", DayOffKind.HOLIDAY, "Noël"))
    page, editor = shown(qtbot, replace(DATED, starts_at=datetime(2026, 12, 25, 20, tzinfo=UTC)))
    notice = page.findChild(Cautions).notice(CautionKind.HOLIDAY)
    qtbot.waitUntil(lambda: "Dakar (Noël)" in notice.text)
    [later] = [one for one in notice.findChildren(Button) if one.text() == _("A day later")]
    later.click()
    assert editor.chat.starts_at == datetime(2026, 12, 26, 20, tzinfo=UTC)


@pytest.mark.parametrize("kind", [DayOffKind.WEEKEND, DayOffKind.RAMADAN, DayOffKind.HOLIDAY])
def test_a_chosen_day_is_meant_so_until_it_changes(qtbot: QtBot, kind: DayOffKind) -> None:
    OFF.append(DayOff("Africa/Dakar", kind))
    page, editor = shown(qtbot, DATED)
    notice = page.findChild(Cautions).notice(CautionKind(kind))
    qtbot.waitUntil(lambda: "Dakar" in notice.text)
    [meant] = [one for one in notice.findChildren(MeantButton) if not one.isHidden()]
    meant.click()
    assert notice.text == "" and len(editor.chat.meant) == 1
    back = page.findChild(Cautions).findChild(AsideButton)
    back.click()
    assert "Dakar" in notice.text and editor.chat.meant == ()
    meant.click()
    editor.edit(replace(editor.chat, starts_at=at(20) + timedelta(days=1)))
    qtbot.waitUntil(lambda: "Dakar" in notice.text)


def test_the_clocks_are_no_matter_of_judgement(qtbot: QtBot) -> None:
    moved = replace(DATED, moved_from=DATED.starts_at - timedelta(hours=1))
    page, _editor = shown(qtbot, moved)
    notice = page.findChild(Cautions).notice(CautionKind.RULES_CHANGED)
    assert format_hour(DATED.starts_at) in notice.text
    assert notice.findChildren(MeantButton) == []


def test_the_countdown_says_what_to_do_by_when(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    countdown = page.findChild(Countdown)
    asked = []
    page.step_wanted.connect(asked.append)
    assert not countdown.isHidden()
    late = _("Now, it was due on {day}: {what}")
    questions = late.format(day=format_day(date(2026, 11, 21)), what=_("write the questions"))
    assert questions in countdown.texts
    [go] = [
        one
        for one in countdown.findChildren(Button)
        if "questions" in one.accessibleName() and not one.isHidden()
    ]
    go.click()
    assert asked == [StepId.QUESTIONS]

    written = tuple(Question(f"q{n}", f"Quoi {n} ?") for n in range(7))
    editor.edit(replace(editor.chat, questions=written, route=Route.ASSISTED))
    assert _("Done: {what}").format(what=_("write the questions")) in countdown.texts
    editor.edit(replace(editor.chat, starts_at=None))
    assert countdown.isHidden()


def test_a_regular_chat_shows_its_next_dates(qtbot: QtBot) -> None:
    page, editor = shown(qtbot, DATED)
    card = page.findChild(NextEditions)
    assert card.isHidden()
    editor.edit(replace(editor.chat, rhythm=Rhythm.WEEKLY))
    assert format_day(date(2026, 12, 12)) in card.text
    editor.edit(replace(editor.chat, starts_at=None))
    assert card.isHidden()
