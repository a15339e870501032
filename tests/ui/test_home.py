"""The home screen: a card for each chat with its next action, and three ways to begin."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, ChatPhase
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.library import ChatSummary
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.ui.shell.chat_card import ChatCard
from tchat_desktop.ui.shell.home import Home
from tchat_desktop.ui.widgets import roles
from tchat_desktop.wording import i18n
from tests.ui.survey import label_problem, widened

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CHAT = Chat(
    id="c1",
    topic="Mariage des enfants",
    hashtag="StopMariageEnfants",
    time_zone="Africa/Dakar",
    starts_at=NOW + timedelta(days=12, hours=10),
)


def summary(phase: ChatPhase = ChatPhase.UPCOMING, **changes: object) -> ChatSummary:
    return ChatSummary(
        chat=replace(CHAT, **changes),  # type: ignore[arg-type]
        changed_at=NOW,
        phase=phase,
        progress=0.5,
        next_step=StepId.QUESTIONS if phase is not ChatPhase.ENDED else StepId.RECAP,
    )


@pytest.fixture
def home(qtbot: QtBot) -> Home:
    window = QWidget()
    qtbot.addWidget(window)
    home = Home()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(home)
    window.resize(1280, 736)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    home.window_kept = window  # type: ignore[attr-defined]
    return home


def words(home: Home) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in home.findChildren(QLabel) if one.isVisible() and one.text()]


def buttons(home: Home) -> dict[str, QPushButton]:
    QApplication.processEvents()
    return {one.accessibleName(): one for one in home.findChildren(QPushButton) if one.isVisible()}


def cards(home: Home) -> list[ChatCard]:
    QApplication.processEvents()
    found = [one for one in home.findChildren(ChatCard) if one.isVisible()]
    return sorted(found, key=lambda one: (one.y(), one.x()))


def test_before_the_chats_are_read_it_says_so_and_not_that_there_are_none(qtbot: QtBot) -> None:
    home = Home()
    qtbot.addWidget(home)
    home.show()
    said = {one.text() for one in home.findChildren(QLabel) if one.isVisible()}
    assert "Lecture de vos tchats…" in said
    assert "Vos tchats seront ici" not in said
    home.show_chats([summary()], NOW)
    said = {one.text() for one in home.findChildren(QLabel) if one.isVisible()}
    assert "Lecture de vos tchats…" not in said


def test_an_empty_home_teaches_and_has_three_ways_to_begin(home: Home) -> None:
    home.show_chats((), NOW)
    assert words(home)[0] == "Bonjour. On prépare un tchat\u202f?"
    assert list(buttons(home)) == [
        "Nouveau tchat",
        "Essayer avec l’exemple (10 min ou plus)",
        "Ouvrir un fichier .tchat…",
        "Voir et effacer ce qui reste sur cet ordinateur",
    ]
    assert len(words(home)) >= 8


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Nouveau tchat", "new_wanted"),
        ("Essayer avec l’exemple (10 min ou plus)", "example_wanted"),
        ("Ouvrir un fichier .tchat…", "file_wanted"),
    ],
)
def test_each_way_to_begin_asks_for_it(home: Home, qtbot: QtBot, name: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(home, signal)):
        QTest.mouseClick(buttons(home)[name], Qt.MouseButton.LeftButton)


def test_a_card_says_what_when_and_what_next(home: Home) -> None:
    home.show_chats([summary()], NOW)
    (card,) = cards(home)
    shown = [one.text() for one in card.findChildren(QLabel) if one.isVisible()]
    assert "Mariage des enfants" in shown
    assert "#StopMariageEnfants" in shown
    assert "dans 12 jours" in shown
    assert any("samedi 5 décembre" in one and "Dakar" in one for one in shown)
    assert any("Les questions" in one for one in shown)


def test_the_one_next_action_opens_the_chat_at_that_step(home: Home, qtbot: QtBot) -> None:
    home.show_chats([summary()], NOW)
    with qtbot.waitSignal(home.chat_wanted) as wanted:
        QTest.mouseClick(
            buttons(home)["Continuer – Mariage des enfants"], Qt.MouseButton.LeftButton
        )
    assert wanted.args == ["c1", StepId.QUESTIONS]


def test_a_finished_chat_offers_its_recap_and_a_new_edition(home: Home, qtbot: QtBot) -> None:
    home.show_chats([summary(ChatPhase.ENDED)], NOW)
    mine = {name: one for name, one in buttons(home).items() if "Mariage" in name}
    with qtbot.waitSignal(home.chat_wanted) as wanted:
        next(one for name, one in mine.items() if "résumé" in name).click()
    assert wanted.args == ["c1", StepId.RECAP]
    with qtbot.waitSignal(home.new_edition_wanted) as again:
        next(one for name, one in mine.items() if "édition" in name).click()
    assert again.args == ["c1"]


@pytest.mark.parametrize("phase", list(ChatPhase))
def test_every_phase_is_said_in_words(home: Home, phase: ChatPhase) -> None:
    home.show_chats([summary(phase)], NOW)
    expected = {
        ChatPhase.DRAFT: "Brouillon",
        ChatPhase.UPCOMING: "À venir",
        ChatPhase.LIVE: "En direct",
        ChatPhase.ENDED: "Terminé",
    }
    assert expected[phase] in words(home)


def test_the_chats_to_come_stand_first(home: Home) -> None:
    home.show_chats(
        [
            summary(ChatPhase.ENDED, id="e", topic="Passé"),
            summary(ChatPhase.DRAFT, id="d", topic="Brouillon"),
            summary(ChatPhase.UPCOMING, id="u", topic="À venir"),
            summary(ChatPhase.LIVE, id="l", topic="Maintenant"),
        ],
        NOW,
    )
    assert [one.accessibleName() for one in cards(home)] == [
        "Maintenant",
        "À venir",
        "Brouillon",
        "Passé",
    ]


def test_a_chat_with_nothing_yet_has_a_card_all_the_same(home: Home) -> None:
    empty = ChatSummary(Chat(id="c"), NOW, ChatPhase.DRAFT, 0.0, StepId.PURPOSE)
    home.show_chats([empty], NOW)
    assert "Tchat encore sans sujet" in words(home)
    assert all(buttons(home))


def menu_of(home: Home) -> QMenu:
    more = next(one for name, one in buttons(home).items() if name.startswith("Autres actions"))
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize(
    ("index", "signal", "told"),
    [
        (0, "export_wanted", ["c1"]),
        (1, "new_edition_wanted", ["c1"]),
        (2, "archive_wanted", ["c1"]),
        (3, "put_away_wanted", ["c1", True]),
        (5, "forgetting_wanted", []),
        (6, "delete_wanted", ["c1"]),
    ],
)
def test_what_is_done_more_seldom_is_in_the_menu(
    home: Home, qtbot: QtBot, index: int, signal: str, told: list[object]
) -> None:
    home.show_chats([summary()], NOW)
    menu = menu_of(home)
    with qtbot.waitSignal(getattr(home, signal)) as asked:
        menu.actions()[index].trigger()
    assert asked.args == told
    menu.close()


def test_chats_that_were_put_away_are_folded_at_the_end(home: Home, qtbot: QtBot) -> None:
    away = summary(ChatPhase.ENDED, id="old", topic="Un ancien tchat", put_away=True)
    home.show_chats([summary(), away], NOW)
    assert [one.accessibleName() for one in cards(home)] == ["Mariage des enfants"]
    buttons(home)["1 tchat rangé"].click()
    (card,) = [one for one in cards(home) if one.accessibleName() == "Un ancien tchat"]
    card._show_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(home.put_away_wanted) as asked:
        menu.actions()[3].trigger()
    assert asked.args == ["old", False]
    menu.close()
    home.show_chats([summary()], NOW)
    assert "1 tchat rangé" not in buttons(home)


def test_names_of_buttons_tell_two_chats_apart(home: Home) -> None:
    home.show_chats([summary(), summary(id="c2", topic="École pour toutes")], NOW)
    named = buttons(home)
    every = [one for one in home.findChildren(QPushButton) if one.isVisible()]
    assert len(named) == len(every)


def test_showing_again_replaces_the_cards(home: Home, qtbot: QtBot) -> None:
    home.show_chats([summary(), summary(id="c2", topic="Autre")], NOW)
    home.show_chats([summary(id="c2", topic="Autre")], NOW)
    assert [one.accessibleName() for one in cards(home)] == ["Autre"]
    qtbot.waitUntil(lambda: len(home.findChildren(ChatCard)) == 1)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (800, 2), (420, 1)])
def test_cards_stand_in_as_many_columns_as_fit(
    qapp: QApplication, home: Home, width: int, columns: int, wide: bool
) -> None:
    before = qapp.font()
    if wide:
        # In letters as wide as those of DejaVu Sans.
        qapp.setFont(widened(before))
    try:
        check_columns(home, width, columns)
    finally:
        qapp.setFont(before)


def check_columns(home: Home, width: int, columns: int) -> None:
    home.show_chats([summary(id=str(n), topic=f"Sujet {n}") for n in range(6)], NOW)
    home.window().resize(width, 736)
    QApplication.processEvents()
    assert len({one.x() for one in cards(home)}) == columns
    assert home.horizontalScrollBar().maximum() == 0


def test_cards_and_advice_have_the_same_edges_and_the_nearest_chat_all_the_width(
    home: Home,
) -> None:
    later = summary(id="2", topic="Plus tard", starts_at=NOW + timedelta(days=30))
    rest = [summary(ChatPhase.DRAFT, id=str(n), topic=f"Sujet {n}") for n in range(3, 6)]
    home.show_chats([later, *rest, summary()], NOW)
    first, *others = cards(home)
    assert first.accessibleName() == "Mariage des enfants"
    edges = {(one.x(), one.width()) for one in others[:3]}
    assert len(edges) == 3
    assert {(one.x(), one.width()) for one in home._teachers} == edges
    assert first.x() == min(edges)[0]
    assert first.width() == max(x + wide for x, wide in edges) - first.x()


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        ((960, 490), 1.0),
        ((1024, 550), 1.0),
        ((1366, 680), 1.0),
        ((1366, 680), 1.5),
        ((1920, 990), 1.5),
        ((1920, 990), 2.0),
    ],
)
def test_what_to_go_on_with_is_in_sight(qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    home = Home()
    qtbot.addWidget(home)
    home.resize(*size)
    home.show()
    home.show_chats([summary()], NOW)
    for _turn in range(4):
        QApplication.processEvents()
    on = buttons(home)["Continuer – Mariage des enfants"]
    assert home.rect().contains(QRect(on.mapTo(home, QPoint(0, 0)), on.size()))


def test_no_bar_tells_of_a_preparation_that_was_not_begun(home: Home) -> None:
    home.show_chats([replace(summary(ChatPhase.DRAFT), progress=0.0)], NOW)
    assert not [one for one in home.findChildren(QProgressBar) if one.isVisible()]
    home.show_chats([summary(ChatPhase.DRAFT)], NOW)
    QApplication.processEvents()
    assert [one for one in home.findChildren(QProgressBar) if one.isVisible()]


def test_without_a_chat_a_drawing_stands_in_their_place(home: Home) -> None:
    home.show_chats((), NOW)
    assert "Vos tchats seront ici" in words(home)
    home.show_chats([summary()], NOW)
    assert "Vos tchats seront ici" not in words(home)


def test_a_topic_is_never_taken_for_markup(home: Home) -> None:
    home.show_chats([summary(topic="<b>gras</b> & <img src=x>")], NOW)
    assert "<b>gras</b> & <img src=x>" in words(home)
    for label in home.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(days=1, hours=1), "dans 1 jour"),
        (timedelta(days=21), "dans 21 jours"),
        (timedelta(hours=3), "dans 3 heures"),
        (timedelta(minutes=5), "dans 5 minutes"),
    ],
)
def test_the_countdown_speaks_in_days_then_hours(home: Home, span: timedelta, said: str) -> None:
    home.show_chats([summary(starts_at=NOW + span)], NOW)
    assert said in words(home)


@pytest.mark.parametrize("make", [lambda: "fr", lambda: "en", lambda: "qps"])
def test_every_language_has_a_home(qtbot: QtBot, make: Callable[[], str]) -> None:
    i18n.activate(make())
    home = Home()
    qtbot.addWidget(home)
    home.show_chats([summary()], NOW)
    assert home.findChildren(ChatCard)


def test_fifty_chats_come_quickly(home: Home) -> None:
    started = time.thread_time()
    home.show_chats([summary(id=str(n), topic=f"Sujet {n}") for n in range(50)], NOW)
    assert len(cards(home)) == 50
    assert time.thread_time() - started < 3
    assert theme.scale() == 1.0


def test_damaged_chats_are_told_with_one_button_however_often(home: Home) -> None:
    wanted: list[object] = []
    home.repair_wanted.connect(wanted.append)
    home.show_damaged(["a"])
    first = [one for one in home.notice.findChildren(QPushButton) if one.isVisible()]
    home.show_damaged(["a", "b"])
    assert [one for one in home.notice.findChildren(QPushButton) if one.isVisible()] == first
    (button,) = first
    button.click()
    assert wanted == [("a", "b")]
    home.show_damaged([])
    assert home.notice.isHidden()


@pytest.mark.parametrize(
    ("phases", "main"),
    [
        ((), "Nouveau tchat"),
        ((ChatPhase.DRAFT, ChatPhase.ENDED), "Nouveau tchat"),
        ((ChatPhase.UPCOMING, ChatPhase.UPCOMING), "Continuer – Mariage des enfants"),
        ((ChatPhase.LIVE, ChatPhase.UPCOMING), "Reprendre – Mariage des enfants"),
    ],
)
def test_one_button_is_filled(home: Home, phases: tuple[ChatPhase, ...], main: str) -> None:
    home.show_chats([summary(phase) for phase in phases], NOW)
    QApplication.processEvents()
    shown = [one for one in home.findChildren(QPushButton) if one.isVisible()]
    assert [one.accessibleName() for one in shown if one.property("kind") == "primary"] == [main]


def test_nothing_on_a_card_is_cut(home: Home) -> None:
    home.show_chats([summary(), summary(ChatPhase.DRAFT), summary(ChatPhase.ENDED)], NOW)
    QApplication.processEvents()
    words(home)
    for one in home.findChildren(QLabel):
        if one.isVisible():
            assert not label_problem(one), one.text()


def test_the_chats_are_a_list_to_a_screen_reader(qapp: QApplication, home: Home) -> None:
    roles.install(qapp)
    home.show_chats([summary(id=f"c{one}", topic=f"Sujet {one}") for one in range(4)], NOW)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    met_list = QAccessible.queryAccessibleInterface(home._chats)
    assert met_list.role() == QAccessible.Role.List
    assert met_list.text(QAccessible.Text.Name) == i18n._("Chats")
    assert met_list.childCount() == 4
    for place in range(4):
        item = met_list.child(place)
        assert item is not None
        assert item.role() == QAccessible.Role.ListItem
        assert item.text(QAccessible.Text.Name) == f"Sujet {place}"
        said = i18n._("{place} of {count}").format(place=place + 1, count=4)
        assert item.text(QAccessible.Text.Description).startswith(said)
    home.show_chats([], NOW)
    QApplication.processEvents()
    empty = QAccessible.queryAccessibleInterface(home._chats)
    assert empty.role() != QAccessible.Role.List, "what says that there is none is no item"


@pytest.mark.parametrize("width", [560, 900, 1300])
def test_what_stands_below_the_chats_has_their_edges(home: Home, width: int) -> None:
    home.window().resize(width, 900)
    home.show_chats([summary(id=f"c{one}", topic=f"Sujet {one}") for one in range(7)], NOW)
    for _turn in range(4):
        QApplication.processEvents()
    cards = {round(one.mapTo(home, QPoint(0, 0)).x()) for one in home._cards}
    advice = {round(one.mapTo(home, QPoint(0, 0)).x()) for one in home._teachers}
    assert advice <= cards


@pytest.mark.parametrize(
    ("phase", "step"), [(ChatPhase.ENDED, StepId.THANKS), (ChatPhase.LIVE, StepId.HOUR)]
)
def test_a_confidence_that_waits_is_told_and_leads_to_it(
    qtbot: QtBot, home: Home, phase: ChatPhase, step: StepId
) -> None:
    home.show_chats([summary(phase, confidences_waiting=2)], NOW)
    assert needing_care_words(2, 2) in words(home)
    name = i18n._("Read this message – {chat}").format(chat=CHAT.topic)
    with qtbot.waitSignal(home.care_wanted) as asked:
        buttons(home)[name].click()
    assert asked.args == ["c1", step]
    home.show_chats([summary(phase)], NOW)
    assert needing_care_words(2, 2) not in words(home)
