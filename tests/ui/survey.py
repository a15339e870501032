"""Walks through every page of the real window and notes what a person meets there.

What is noted are plain facts, so that one walk serves many tests.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.feed_list import FeedList
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.rehearsing.message_page import MessagePage
from tchat_desktop.ui.pages.rehearsing.tag_page import TagPage
from tchat_desktop.ui.pages.rehearsing.window import FictitiousWindow
from tchat_desktop.ui.pages.shared.after_page import AfterPage
from tchat_desktop.ui.widgets import item_list, tab_order
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import ElidedText
from tests.ui.running import PATIENCE, running

SIZE = (1280, 720)
"""The smallest laptop's screen."""

MOST_TABS = 600
MOST_ESCAPES = 3
"""Out of an open editor, off the button that closed it, and there one is."""


@dataclass(frozen=True)
class Target:
    """Something that takes the keyboard."""

    kind: str
    name: str
    """Its own: what a screen reader says of it, not of the box around it."""
    said: str
    role: str
    width: int
    height: int
    reached: bool
    """By Tab, arrows and Enter."""
    described: str = ""
    """What a screen reader says after the name."""
    shown: str = ""
    """The words on it."""
    quiet: bool = False
    """Whether it is a quiet action on a post of the feed."""

    def __str__(self) -> str:
        return f"{self.kind} “{self.name}”"


@dataclass
class Seen:
    """What was met on one page."""

    targets: list[Target] = field(default_factory=list)
    marked_up: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    around: list[Target] = field(default_factory=list)
    """What takes the keyboard in the bars and the rail around the page."""
    disorder: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    """The buttons that stand out as the thing to do."""
    astray: list[str] = field(default_factory=list)
    """What was shown as a window of its own."""
    misread: list[str] = field(default_factory=list)
    """What a screen reader meets in another order than the eye."""
    headings: list[str] = field(default_factory=list)
    decorations: list[str] = field(default_factory=list)
    """Pictures without a name that a screen reader meets."""
    stops: int = 0
    """How many times Tab stops on the page."""


@dataclass(frozen=True)
class Walk:
    """How to walk: language, which chat, text scale, and the direction of the screens."""

    language: str
    chat: str
    scale: float = 1.0
    mirrored: bool = False
    wide: bool = False
    """In letters as wide as those of DejaVu Sans and Verdana, which many computers have."""

    def __str__(self) -> str:
        mirrored = "-mirrored" if self.mirrored else ""
        wide = "-wide" if self.wide else ""
        return f"{self.language}-{self.chat}-{round(self.scale * 100)}{mirrored}{wide}"


def settle(app: App) -> None:
    """Let pages get what they asked for, and the layout come to rest."""
    for _turn in range(2):
        loop = QEventLoop()
        app.bridge.run(app, lambda: None, lambda _nothing, loop=loop: loop.quit(), print)
        loop.exec()
    until_then = time.monotonic() + PATIENCE / 1000
    while any(one.is_reading for one in app.window.findChildren(AfterPage) if one.isVisible()):
        assert time.monotonic() < until_then, "a page still reads its posts"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    # A label that wraps changes the height of its card, which changes that of its page, and so on.
    for _turn in range(8):
        QApplication.processEvents()


def until(app: App, signal: object, act: object) -> None:
    """Do something and wait for the signal it brings about."""
    loop = QEventLoop()
    signal.connect(loop.quit)  # type: ignore[attr-defined]
    QTimer.singleShot(60_000, loop.quit)
    act()  # type: ignore[operator]
    loop.exec()
    signal.disconnect(loop.quit)  # type: ignore[attr-defined]


@contextmanager
def opened(walk: Walk) -> Iterator[App]:
    """The app with the chat of a walk open, in its language, scale and direction."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    font = qt.font()
    with tempfile.TemporaryDirectory() as folder, running(qt, Path(folder), walk.language) as app:
        home = app.window.home
        assert home is not None
        if walk.chat == "empty":
            home.new_wanted.emit()
            while app.window.workspace is None:
                settle(app)
        else:
            until(app, app.window.example_opened, home.example_wanted.emit)
        assert app.window.session is not None
        if walk.wide:
            qt.setFont(widened(qt.font()))
        if walk.chat == "rehearsed":
            # Not so fast that a machine that has much to do is late with a post.
            app.rehearsal_speed = 600.0
            until(app, app.bridge.hour_ended, app.window.session.start_rehearsal)
        theme.apply(theme.LIGHT, walk.scale)
        if walk.mirrored:
            qt.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        app.window.rebuild()
        app.window.resize(*SIZE)
        settle(app)
        try:
            yield app
        finally:
            qt.setFont(font)


def widened(font: QFont) -> QFont:
    """The font with its letters apart: bold words take the room they take in DejaVu Sans."""
    sample, in_dejavu = "Répétition et vérifications de la journée", 337
    measured = QFont(font)
    measured.setPixelSize(15)
    measured.setBold(True)
    own = QFontMetrics(measured).horizontalAdvance(sample)
    wider = QFont(font)
    spacing = max(100.0, 100.0 * in_dejavu / own)
    wider.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
    return wider


@cache
def survey(walk: Walk) -> dict[StepId, Seen]:
    """Walk through the guide once and note what is met."""
    with opened(walk) as app:
        return {step: look(app, step) for step in StepId}


class _Windows(QObject):
    """Notes what opens as a window while it listens: a part shown before it has a parent does."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


def look(app: App, step: StepId) -> Seen:
    """Open a page and note what is on it."""
    workspace = app.window.workspace
    assert workspace is not None
    windows = _Windows()
    qapp = QApplication.instance()
    assert qapp is not None
    qapp.installEventFilter(windows)
    workspace.open_step(step)
    settle(app)
    qapp.removeEventFilter(windows)
    app.window.activateWindow()
    page = workspace.page(step)
    assert page.isVisible(), step
    # A long list shows its rows one a turn, and who has arrived is known once all are read.
    shown: list[int] = []
    while len(shown) < 5 or len(set(shown[-5:])) > 1:
        shown.append(sum(one.isVisible() for one in page.findChildren(QWidget)))
        if isinstance(page, CockpitPage):
            page._on_second()
        settle(app)
    stops = sum(page.isAncestorOf(one) for one in tabbed(app.window))
    reached = walked(app.window)
    settle(app)
    seen = see(page, reached)
    seen.stops = stops
    seen.around = [target(one, reached=True) for one in reached if not page.isAncestorOf(one)]
    if page.horizontalScrollBar().maximum() > 0:
        seen.sideways.append("the page")
    inner = page.widget()
    if inner.width() > page.viewport().width():
        seen.sideways.append(f"{inner.width()} px wide in {page.viewport().width()}")
    # What is pinned above the content does not scroll with it.
    mine = [one for one in reached if inner.isAncestorOf(one)]
    seen.disorder = jumps(inner, mine)
    parts = (app.window.bar, workspace.rail, page, workspace.bar)
    places = [next(i for i, part in enumerate(parts) if part.isAncestorOf(one)) for one in reached]
    if places != sorted(places):
        seen.disorder.append(f"between the parts of the window: {places}")
    seen.misread = misread(inner)
    # Going on stands below the page.
    seen.filled = filled(app.window)
    seen.astray = windows.opened
    return seen


def filled(window: QWidget) -> list[str]:
    """The names of the filled buttons of a window."""
    buttons = (one for one in window.findChildren(QPushButton) if one.isVisible())
    return [one.accessibleName() for one in buttons if one.property("kind") == "primary"]


def see(page: QWidget, reached: list[QWidget]) -> Seen:
    """Note what is on a page, of which Tab comes to `reached`."""
    seen = Seen()
    widgets = [one for one in page.findChildren(QWidget) if one.isVisible()]
    order = {id(one): place for place, one in enumerate(reached)}
    for thing in met(QAccessible.queryAccessibleInterface(page)):
        name = thing.text(QAccessible.Text.Name)
        if thing.role() == QAccessible.Role.Heading:
            seen.headings.append(name)
        elif thing.role() in (QAccessible.Role.Graphic, QAccessible.Role.StaticText) and not name:
            seen.decorations.append(f"{thing.role().name} {type(thing.object()).__name__}")
    for one in widgets:
        if takes_keyboard(one):
            seen.targets.append(target(one, id(one) in order))
        if isinstance(one, QLabel):
            if one.textFormat() != Qt.TextFormat.PlainText and one.text():
                seen.marked_up.append(one.text())
            if (problem := label_problem(one)) and inside(one, page):
                seen.clipped.append(f"{problem}: {one.text()[:60]!r}")
        elif isinstance(one, QAbstractButton) and (problem := button_problem(one)):
            seen.clipped.append(f"{problem}: {one.accessibleName()[:60]!r}")
        if isinstance(one, QAbstractScrollArea) and one.horizontalScrollBar().maximum() > 0:
            seen.sideways.append(f"{type(one).__name__} {one.accessibleName()!r}")
    return seen


PRETEND = ("message", "posted", "public", "private", "no network")
"""The pages that stand for the browser in a rehearsal."""


@cache
def survey_pretend(walk: Walk) -> dict[str, Seen]:
    """Rehearse by hand, and note what is met in the window that stands for the browser."""
    with opened(walk) as app:
        session, workspace = app.window.session, app.window.workspace
        assert session is not None and workspace is not None
        workspace.open_step(StepId.HOUR)
        cockpit = workspace.page(StepId.HOUR)
        assert isinstance(cockpit, CockpitPage)
        until(app, app.bridge.page_opened, session.start_rehearsal)
        hour, pages = session.hour(Occasion.REHEARSAL), cockpit.fictitious
        assert isinstance(hour, RehearsalHour) and pages.window is not None
        tabs = pages.window.tabs
        message = tabs.currentWidget()
        assert isinstance(message, MessagePage)
        noted = {"message": look_at(app, pages.window, message)}
        screen, size = pages.window.screen().availableSize(), pages.window.size()
        if size.boundedTo(screen) != size:
            noted["message"].clipped.append(f"a window of {size.width()}×{size.height()}")
        message.post()
        noted["posted"] = look_at(app, pages.window, message)
        while len(hour.x.under_tag()) < 3:
            hour.rehearsal_clock.run_at(600)
            settle(app)
        hour.rehearsal_clock.run_at(0)
        pages.open_tag()
        public = tabs.currentWidget()
        assert isinstance(public, TagPage)
        noted["public"] = look_at(app, pages.window, public)
        public.private_wanted.emit(public.cards[0].post)
        private = tabs.currentWidget()
        assert private is not None and private is not public
        noted["private"] = look_at(app, pages.window, private)
        while not hour.x.is_cut:
            hour.rehearsal_clock.run_at(2000)
            settle(app)
        hour.rehearsal_clock.run_at(0)
        public.look()
        noted["no network"] = look_at(app, pages.window, public)
        session.stop_hours()
        return noted


def look_at(app: App, window: FictitiousWindow, page: QWidget) -> Seen:
    """Note what is on a page of the window that stands for the browser.

    A message that was due may open a page of its own meanwhile: then it is looked at again.
    """
    while True:
        window.tabs.setCurrentWidget(page)
        settle(app)
        window.activateWindow()
        settle(app)
        reached = walked(window)
        settle(app)
        seen = see(window, reached)
        seen.filled = filled(window)
        if window.tabs.currentWidget() is page:
            return seen


def met(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """All that a screen reader meets below a thing and that can be seen, in order."""
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and not child.state().invisible:
            yield child
            yield from met(child)


def misread(page: QWidget) -> list[str]:
    """Where a screen reader goes back up, or back along a row, by more than to another column."""
    mirrored = page.layoutDirection() == Qt.LayoutDirection.RightToLeft
    found = []
    for box in (page, *page.findChildren(QWidget)):
        if not box.isVisible():
            continue
        thing = QAccessible.queryAccessibleInterface(box)
        inside = (thing.child(index) for index in range(thing.childCount()))
        shown = [one for one in inside if one is not None and not one.state().invisible]
        for before, after in pairwise(shown):
            one, two = before.rect(), after.rect()
            same_column = one.left() <= two.right() and two.left() <= one.right()
            same_row = one.top() <= two.bottom() and two.top() <= one.bottom()
            back = one.right() < two.left() if mirrored else two.right() < one.left()
            if (same_column and two.bottom() < one.top()) or (same_row and back):
                found.append(f"{words_of(before)} then {words_of(after)}")
    return found


def words_of(interface: QAccessibleInterface) -> str:
    """A thing a screen reader meets, for who reads of a failed test."""
    name = interface.text(QAccessible.Text.Name)
    inner = next((one.text(QAccessible.Text.Name) for one in met(interface)), "")
    return f"{interface.role().name} {name or inner!r}"


def inside(widget: QWidget, page: QWidget) -> bool:
    """Whether the widget belongs to the page, and not to a list that scrolls by itself."""
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if parent.objectName() == "qt_scrollarea_viewport" and parent.parentWidget() is not page:
            return False
        parent = parent.parentWidget()
    return True


def takes_keyboard(widget: QWidget) -> bool:
    """Whether Tab should come here. The editor inside a box counts as the box."""
    return bool(
        tab_order.takes_keyboard(widget) and widget.isEnabled() and widget.focusProxy() is None
    )


def target(widget: QWidget, reached: bool) -> Target:
    interface = QAccessible.queryAccessibleInterface(widget)
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return Target(
        kind=type(widget).__name__,
        name=widget.accessibleName() or text,
        said=spoken_name(interface),
        role=interface.role().name,
        width=widget.width(),
        height=widget.height(),
        reached=reached,
        described=described(widget, interface),
        shown=text.replace("&&", "&"),
        quiet=widget.property("kind") == "plain" and in_feed(widget),
    )


def in_feed(widget: QWidget) -> bool:
    """Whether a widget stands in the feed of the hour."""
    box: QWidget | None = widget
    while box is not None and not isinstance(box, FeedList):
        box = box.parentWidget()
    return box is not None


def described(widget: QWidget, interface: QAccessibleInterface) -> str:
    """What is said after the name; the words in an empty field are read like what is in it."""
    said = interface.text(QAccessible.Text.Description)
    return "" if isinstance(widget, QLineEdit) and said == widget.placeholderText() else said


def spoken_name(interface: QAccessibleInterface) -> str:
    """What a screen reader calls a thing.

    On Linux, Qt gives a combo box the name of its value and leaves it to the label that belongs to
    it to say what it is.
    """
    if interface.role() == QAccessible.Role.ComboBox:
        for other, _relation in interface.relations(QAccessible.RelationFlag.Label):
            return other.text(QAccessible.Text.Name)
    return interface.text(QAccessible.Text.Name)


def walked(window: QWidget) -> list[QWidget]:
    """What a person with a keyboard comes to, in order: Tab, and in lists arrows and Enter."""
    found: list[QWidget] = []
    lists = window.findChildren(item_list.ItemList)
    for stop in tabbed(window):
        items = next((one.items for one in lists if stop in one.items), ())
        if not items:
            found.append(stop)
            continue
        stop.setFocus()
        press(Qt.Key.Key_Home)
        for item in items:
            assert QApplication.focusWidget() is item, item.accessibleName()
            found.append(item)
            found += within(item)
            press(Qt.Key.Key_Down)
    return found


def within(item: QWidget) -> list[QWidget]:
    """What is in an item of a list for the keyboard that is on it, and comes back by Escape."""
    if isinstance(item, QAbstractButton):
        # Enter presses it; there is nothing in it.
        return []
    press(Qt.Key.Key_Return)
    entered = QApplication.focusWidget()
    if entered is None or entered is item:
        return []
    # Enter goes to what is used most; Shift+Tab leads to what stands before.
    found = [entered]
    while found[0] is not item:
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        found.insert(0, _keyboard_in(item, found))
    press(Qt.Key.Key_Return)
    while True:
        press(Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is None or not item.isAncestorOf(at):
            break
        assert at not in found, f"Tab goes round in {item.accessibleName()}"
        found.append(at)
    found[-1].setFocus()
    for _turn in range(MOST_ESCAPES):
        if QApplication.focusWidget() is not item:
            press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is item, item.accessibleName()
    return [one for one in found[1:] if one.isVisible()]


def _keyboard_in(item: QWidget, found: list[QWidget]) -> QWidget:
    at = QApplication.focusWidget()
    assert at is item or (at is not None and item.isAncestorOf(at)), item.accessibleName()
    assert at not in found, f"Shift+Tab goes round in {item.accessibleName()}"
    return at


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None
    QApplication.sendEvent(at, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def tabbed(window: QWidget) -> list[QWidget]:
    """What Tab comes to, in order, from the first of the window all around."""
    found: list[QWidget] = []
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    known = set()
    for _turn in range(MOST_TABS):
        at = QApplication.focusWidget() or window
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(at, event)
        now = QApplication.focusWidget()
        if now is None or id(now) in known:
            break
        known.add(id(now))
        found.append(now)
    return found


def jumps(page: QWidget, order: list[QWidget]) -> list[str]:
    """Where Tab goes back up by more than the eye does: to another column it may."""
    found = []
    for before, after in pairwise(order):
        one = QRect(before.mapTo(page, before.rect().topLeft()), before.size())
        two = QRect(after.mapTo(page, after.rect().topLeft()), after.size())
        same_column = one.left() <= two.right() and two.left() <= one.right()
        if same_column and two.bottom() < one.top():
            found.append(f"{before.accessibleName()!r} then {after.accessibleName()!r}")
    return found


def label_problem(label: QLabel) -> str:
    """What of a label cannot be seen; "" when all can."""
    text = label.text()
    if not text:
        return ""
    if not parent_shows(label):
        return "outside its box"
    if isinstance(label, ElidedText | PostText):
        return ""
    room = label.contentsRect().width() - 2 * label.margin()
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        widest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
        if widest > room + 1:
            return f"a word of {widest} px in {room}"
        needed = label.heightForWidth(label.width())
        if label.height() < needed - 1:
            return f"{label.height()} px high instead of {needed}"
        return ""
    wanted = label.sizeHint()
    if label.width() < wanted.width() - 1 or label.height() < wanted.height() - 1:
        return f"{label.width()}×{label.height()} instead of {wanted.width()}×{wanted.height()}"
    return ""


def button_problem(button: QAbstractButton) -> str:
    """What of a button cannot be seen; "" when all can."""
    if not parent_shows(button):
        return "outside its box"
    if isinstance(button, WideChoice):
        needed = button.heightForWidth(button.width())
        return f"{button.height()} px high, not {needed}" if button.height() < needed - 1 else ""
    if isinstance(button, QPushButton | QCheckBox | QRadioButton):
        # A button that shows only its sign may be as small as the sign.
        wanted = button.sizeHint() if button.text() else button.iconSize()
        if button.width() < wanted.width() - 1 or button.height() < wanted.height() - 1:
            return (
                f"{button.width()}×{button.height()} instead of {wanted.width()}×{wanted.height()}"
            )
    return ""


def parent_shows(widget: QWidget) -> bool:
    """Whether the widget lies inside what it is put into."""
    parent = widget.parentWidget()
    if parent is None or parent.objectName() == "qt_scrollarea_viewport":
        return True
    return parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())
