"""On every screen there is, the next action is in sight on every page, and nothing lies over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tchat_desktop.domain.chat import Route, new_id
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme, window_place
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@dataclass(frozen=True)
class Screen:
    """What a screen leaves to the window, in Qt's pixels, and the scale of its text."""

    name: str
    size: QSize
    scale: float = 1.0


PLAIN = (
    Screen("960x540", QSize(960, 540)),
    Screen("1024x600", QSize(1024, 600)),
    # Less the task bar and the title of the window.
    Screen("1366x768", QSize(1366, 690)),
)
LARGE = (
    Screen("1920x1080-150", QSize(1920, 1000), 1.5),
    Screen("1920x1080-200", QSize(1920, 1000), 2.0),
)
SMALLEST, LARGEST = PLAIN[0], LARGE[-1]
LOOKS = {
    Walk("fr", "example"): (*PLAIN, *LARGE),
    Walk("fr", "empty"): PLAIN,
    Walk("fr", "example", LARGEST.scale, mirrored=True): (LARGEST,),
    Walk("qps", "example"): (SMALLEST,),
}
"""On which screens a walk is looked at: each costs a second or more."""

KNOWN = {
    "minutes before, open: out of sight: ['Publier maintenant']",
    "late, open: out of sight: ['Prendre ce déroulé']",
}
"""What is hidden below 690 pixels, until the strip of the hour is one row."""

HOURS = {
    "weeks before": timedelta(days=20),
    "minutes before": timedelta(minutes=30),
    "late": timedelta(minutes=-23),
    "after": timedelta(days=-1),
}
"""How long it is to the chat as the page of the hour is opened."""

FIELDS = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


def problems(app: App) -> Iterator[str]:
    """What is wrong with the page that is on screen, as the window is."""
    workspace = app.window.workspace
    assert workspace is not None
    page = workspace.page(workspace.step)
    buttons = [one for one in app.window.findChildren(QPushButton) if one.isVisible()]
    main = [one for one in buttons if one.property("kind") == "primary"]
    # Where nothing stands out, one goes on below the page.
    ways = main or [one for one in buttons if workspace.bar.isAncestorOf(one)]
    if ways and not any(whole(one, app.window) for one in ways):
        yield f"out of sight: {[one.accessibleName() for one in ways]}"
    yield from (f"over each other: {pair}" for pair in overlaps(page))
    parts = (app.window.bar, workspace.rail, page, workspace.bar)
    shown = [part for part in parts if part.isVisible()]
    yield from (
        f"over each other: {type(one).__name__}, {type(other).__name__}"
        for one, other in pairs(shown, app.window)
    )


def whole(widget: QWidget, window: QWidget) -> bool:
    """Whether all of it is in the window, and not scrolled away."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return not place.isEmpty() and visible_part(widget, window).contains(place)


def visible_part(widget: QWidget, window: QWidget) -> QRect:
    """What of the place of a widget everything that holds it lets see."""
    part = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None:
        part &= QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
        if parent is window:
            break
        parent = parent.parentWidget()
    return part


def overlaps(page: QWidget) -> list[str]:
    """Words, buttons and fields of a page that lie over each other."""
    leaves = [
        one
        for one in page.findChildren(QWidget)
        if isinstance(one, FIELDS) and one.isVisible() and not one.isWindow() and worded(one)
    ]
    return [f"{named(one)} and {named(other)}" for one, other in pairs(leaves, page.window())]


def worded(widget: QWidget) -> bool:
    """Whether there is anything to see of it; what lies in a button or field is part of that."""
    parent = widget.parentWidget()
    if isinstance(parent, FIELDS):
        return False
    return not isinstance(widget, QLabel) or bool(widget.text())


def named(widget: QWidget) -> str:
    """A widget in the words one sees."""
    words = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:40]!r}"


def pairs(widgets: list[QWidget], window: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """The pairs whose visible places cross by more than a pixel."""
    # `visible_part` takes what is scrolled away for gone, as the eye does.
    places = [(visible_part(one, window).adjusted(1, 1, -1, -1), one) for one in widgets]
    places = sorted((pair for pair in places if pair[0].isValid()), key=lambda pair: pair[0].top())
    for index, (place, one) in enumerate(places):
        for lower, other in places[index + 1 :]:
            if lower.top() > place.bottom():
                break
            if place.intersects(lower) and not related(one, other):
                yield one, other


def related(one: QWidget, other: QWidget) -> bool:
    """Whether one of them is inside the other."""
    return one.isAncestorOf(other) or other.isAncestorOf(one)


@cache
def survey(walk: Walk) -> dict[str, list[str]]:
    """Look at every page on every screen; what is wrong on each of them."""
    screens = LOOKS[walk]
    found: dict[str, list[str]] = {one.name: [] for one in screens}
    with opened(walk) as app:
        look_around(app, tuple(one for one in screens if one.scale == walk.scale), found)
        for screen in screens:
            if screen.scale != walk.scale:
                theme.apply(theme.LIGHT, screen.scale)
                app.window.rebuild()
                look_around(app, (screen,), found)
    return found


def look_around(app: App, screens: tuple[Screen, ...], found: dict[str, list[str]]) -> None:
    """Look at every page on some screens of one scale."""
    assert app.window.workspace is not None
    for step in StepId:
        app.window.workspace.open_step(step)
        settle(app)
        for screen in screens:
            look_at(app, screen, step.value, found)


def look_at(app: App, screen: Screen, name: str, found: dict[str, list[str]]) -> None:
    """Look at the page that is open on one screen."""
    app.window.resize(screen.size)
    for _turn in range(6):
        QApplication.processEvents()
    if app.window.size() != screen.size:
        found[screen.name].append(f"{name}: the window is {app.window.size()}")
    found[screen.name] += [f"{name}: {problem}" for problem in problems(app)]


@cache
def survey_hours(walk: Walk) -> dict[str, list[str]]:
    """The same of the page of the hour, from weeks before it until after it."""
    found: dict[str, list[str]] = {one.name: [] for one in PLAIN}
    with opened(walk) as app:
        assert app.window.session is not None
        example = app.window.session.editor.chat
        for when, ahead in HOURS.items():
            now = SystemClock().now()
            starts = (now + ahead).replace(second=0, microsecond=0)
            chat = replace(example, id=new_id(), starts_at=starts, route=Route.ASSISTED)
            app.data().chats.save(chat, now)
            app.window.open_chat(chat, StepId.HOUR)
            settle(app)
            for screen in PLAIN:
                look_at(app, screen, when, found)
            session = app.window.session
            assert session is not None
            session.start_live()
            workspace = app.window.workspace
            assert workspace is not None
            workspace.page(StepId.HOUR).show_chat(session.editor.chat)
            settle(app)
            for screen in PLAIN:
                look_at(app, screen, f"{when}, open", found)
            session.stop_hours()
    return found


@pytest.mark.parametrize(
    ("walk", "screen"),
    [(walk, screen.name) for walk, screens in LOOKS.items() for screen in screens],
    ids=str,
)
def test_the_next_action_is_in_sight_on_every_page(
    qapp: QApplication, walk: Walk, screen: str
) -> None:
    assert not survey(walk)[screen]


@pytest.mark.parametrize("screen", [one.name for one in PLAIN])
def test_the_next_action_is_in_sight_through_the_hour(qapp: QApplication, screen: str) -> None:
    found = survey_hours(Walk("fr", "example"))[screen]
    assert not [one for one in found if one not in KNOWN]


@pytest.mark.parametrize(
    ("screen", "whole"),
    [
        (QSize(960, 540), True),
        (QSize(1366, 728), True),
        (QSize(1399, 1000), True),
        (QSize(1600, 859), True),
        (QSize(1400, 860), False),
        (QSize(1920, 1040), False),
    ],
    ids=lambda one: f"{one.width()}x{one.height()}" if isinstance(one, QSize) else "",
)
def test_the_first_window_takes_all_of_a_small_screen(screen: QSize, whole: bool) -> None:
    assert window_place.first_size(QRect(QPoint(0, 0), screen))[1] is whole
