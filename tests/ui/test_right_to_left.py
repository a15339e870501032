"""Screens that read from right to left are mirrored, and whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QScrollBar, QWidget

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.shell.rail import Rail
from tchat_desktop.ui.widgets.choice import WideChoice
from tests.ui.survey import Walk, opened, survey

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MIRRORED = Walk("fr", "example", mirrored=True)
PLAIN = Walk("fr", "example")


@pytest.fixture(params=[PLAIN, MIRRORED], ids=str)
def walk(request: pytest.FixtureRequest) -> Walk:
    return request.param


@pytest.fixture
def app(qapp: QApplication, walk: Walk) -> Iterator[App]:
    with opened(walk) as app:
        yield app


def side(widget: QWidget, window: QWidget) -> str:
    """At which side of a window a widget stands."""
    middle = widget.mapTo(window, widget.rect().center()).x()
    return "left" if middle < window.width() / 2 else "right"


def badge_side(button: QAbstractButton) -> str:
    """At which end of a button of the rail its filled circle is."""
    image = button.grab().toImage()
    wide = theme.px(40)
    ratio = image.devicePixelRatio()
    cut = round(wide * ratio)
    left = image.copy(0, 0, cut, image.height())
    right = image.copy(image.width() - cut, 0, cut, image.height())
    teal = QColor(theme.tokens().teal)

    def count(part: QImage) -> int:
        return sum(
            part.pixelColor(x, y) == teal for x in range(part.width()) for y in range(part.height())
        )

    assert count(left) != count(right)
    return "left" if count(left) > count(right) else "right"


def test_the_rail_stands_where_reading_begins(app: App, walk: Walk) -> None:
    rail = app.window.findChild(Rail)
    assert side(rail, app.window) == ("right" if walk.mirrored else "left")


def test_the_line_beside_the_rail_is_at_its_inner_edge(app: App, walk: Walk) -> None:
    image = app.window.findChild(Rail).grab().toImage()
    middle, last = image.height() - 4, image.width() - 1
    line = QColor(theme.tokens().line)
    edges = (image.pixelColor(0, middle) == line, image.pixelColor(last, middle) == line)
    assert edges == ((True, False) if walk.mirrored else (False, True))


def test_badges_stand_before_their_titles(app: App, walk: Walk) -> None:
    rail = app.window.findChild(Rail)
    done = [
        one
        for one in rail.findChildren(QAbstractButton)
        if one.isVisible() and "prête" in one.accessibleName() and not one.isChecked()
    ]
    assert done, "the example has steps that are ready"
    assert {badge_side(one) for one in done} == {"right" if walk.mirrored else "left"}


def test_titles_stand_beside_their_badges(app: App, walk: Walk) -> None:
    """What is painted of a title begins where the badge ends, whichever way the words run."""
    rail = app.window.findChild(Rail)
    one = next(
        one
        for one in rail.findChildren(QAbstractButton)
        if one.isVisible() and not one.isChecked() and "Le tag" in one.accessibleName()
    )
    image = one.grab().toImage()
    ratio = image.devicePixelRatio()
    ground = image.pixelColor(image.width() // 2, 0)
    inked = [
        x / ratio
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    beyond = min(inked) if walk.mirrored else one.width() - max(inked)
    assert beyond > one.width() / 3, "a short title leaves the far end empty"


def test_the_top_bar_begins_with_the_way_home(app: App, walk: Walk) -> None:
    home = app.window.bar.findChildren(QAbstractButton)[0]
    assert side(home, app.window) == ("right" if walk.mirrored else "left")


def test_going_on_is_at_the_end_of_the_line(app: App, walk: Walk) -> None:
    assert app.window.workspace is not None
    onward = next(
        one
        for one in app.window.workspace.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith("Continuer")
    )
    assert side(onward, app.window) == ("left" if walk.mirrored else "right")


def test_advice_stands_at_the_end_and_the_bar_beyond_it(app: App, walk: Walk) -> None:
    assert app.window.workspace is not None
    page = app.window.workspace.page(StepId.PURPOSE)
    bars = [one for one in page.findChildren(QScrollBar) if one.isVisible()]
    for bar in bars:
        if bar.orientation() == Qt.Orientation.Vertical and bar.height() > 100:
            assert side(bar, page) == ("left" if walk.mirrored else "right")
    title = page.title.mapTo(page, QPoint(page.title.width() // 2, 0)).x()
    advice = page._aside.mapTo(page, page._aside.rect().center()).x()
    assert (advice < title) == walk.mirrored


def test_the_dot_of_a_choice_stands_before_its_words(app: App, walk: Walk) -> None:
    assert app.window.workspace is not None
    choice = app.window.workspace.page(StepId.PURPOSE).findChildren(WideChoice)[0]
    group = choice.group()
    assert isinstance(group, QButtonGroup)
    # Wide enough for its sentence in any face: where the words end, nothing is painted.
    choice.resize(theme.px(1200), choice.height())
    image = choice.grab().toImage()
    ratio = image.devicePixelRatio()
    end = round(theme.px(40) * ratio)
    inner = round(theme.px(6) * ratio)
    parts = {
        "left": image.copy(inner, 4, end, image.height() - 8),
        "right": image.copy(image.width() - inner - end, 4, end, image.height() - 8),
    }
    ground = image.pixelColor(image.width() // 2, 6)
    ink = {
        name: sum(
            part.pixelColor(x, y) != ground
            for x in range(part.width())
            for y in range(part.height())
        )
        for name, part in parts.items()
    }
    assert max(ink, key=ink.__getitem__) == ("right" if walk.mirrored else "left")


@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_mirrored_pages_are_whole(qapp: QApplication, step: StepId) -> None:
    seen = survey(MIRRORED)[step]
    assert not seen.clipped
    assert not seen.sideways
    assert not [str(one) for one in seen.targets if not one.reached]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_pages_fold_their_advice_without_losing_it(qapp: QApplication, scale: float) -> None:
    with opened(Walk("fr", "example", scale, mirrored=True)) as app:
        assert app.window.workspace is not None
        app.window.resize(900, 720)
        QApplication.processEvents()
        for step in (StepId.PURPOSE, StepId.HASHTAG):
            app.window.workspace.open_step(step)
            QApplication.processEvents()
            page = app.window.workspace.page(step)
            assert isinstance(page, Page)
            assert page._aside.isVisible()
            assert page.widget().rect().contains(page._aside.geometry())
