"""What things are to a screen reader: headings, lists and their items, tabs, groups.

Qt knows the role of its own classes only: a title is a label to it, a row of cards a nameless box.
Here a widget gets a role of its own, and what stands in a box is read as the layout has it, not in
the order in which it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAccessibleWidget,
    QFocusFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QMenu,
    QWidget,
)
from shiboken6 import Shiboken

from tchat_desktop.wording.i18n import _

GivenRole = Literal[
    "heading", "list", "listitem", "tablist", "tab", "radiogroup", "radio", "toggle", "group",
    "toolbar",
]  # fmt: skip

_ROLES = {
    "heading": QAccessible.Role.Heading,
    "list": QAccessible.Role.List,
    "listitem": QAccessible.Role.ListItem,
    "tablist": QAccessible.Role.PageTabList,
    "tab": QAccessible.Role.PageTab,
    # Qt has no word for a group of radio buttons.
    "radiogroup": QAccessible.Role.Grouping,
    "radio": QAccessible.Role.RadioButton,
    # A button that can be checked is what screen readers call a toggle.
    "toggle": QAccessible.Role.Button,
    "group": QAccessible.Role.Grouping,
    # Buttons that are one Tab stop, with arrows between them.
    "toolbar": QAccessible.Role.ToolBar,
}

_LEVELS = {"title": 1, "hero": 1, "heading": 2, "section": 2, "advice": 3}
"""The kinds of text that are headings, and how deep they stand."""

_PLAIN = {"QWidget", "QFrame"}
"""Boxes: nothing but a place for what is in them."""

_NO_CHILDREN = {"qt_rubberband", "qt_qmainwindow_extended_splitter", "qt_spinbox_lineedit"}
"""Parts of Qt's own that it does not show a screen reader either."""

_alive: list[QAccessibleInterface] = []
"""Qt owns the interfaces but does not know that Python does too: they must outlive their widget."""

_most_alive = 256


def give(
    widget: QWidget, role: GivenRole, name: str = "", position: tuple[int, int] | None = None
) -> None:
    """Give a widget a role; what has one may be given another place in its list later.

    `name` is what it is called, if it has no name yet; `position` is its place in the list, from 1,
    and how many there are, which is said after the name.
    """
    if name:
        widget.setAccessibleName(name)
    place = list(position) if position is not None else None
    moved = widget.property("role") is not None and widget.property("position") != place
    widget.setProperty("role", role)
    widget.setProperty("position", place)
    if not QAccessible.isActive():
        return
    met = QAccessible.queryAccessibleInterface(widget)
    if not isinstance(met, _Spoken):
        # A button tells of its words when it is made, and so was met as what Qt knows.
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(met))
    elif moved:
        event = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)


def read_first(widget: QWidget) -> None:
    """Have a widget read before what scrolls under it, where it stands at its top."""
    widget.setProperty("read_first", True)


def only_decorates(widget: QWidget) -> None:
    """Have a widget be seen only: it says nothing that is not said beside it."""
    widget.setProperty("decorates", True)


def install(qt: QCoreApplication) -> None:
    """Let screen readers hear of the roles, before the first page of the application is made."""
    if not qt.property("roles"):
        qt.setProperty("roles", True)
        QAccessible.installFactory(_interface_of)


def inside(widget: QWidget) -> list[QWidget]:
    """What a screen reader meets directly in a widget, in the order of its layout.

    What stands in no layout, as a message that floats above the rest, comes last, but for what is
    read first (see `read_first`).
    """
    found = [one for one in widget.children() if isinstance(one, QWidget) and _is_met(one)]
    layout = widget.layout()
    if layout is None:
        return sorted(found, key=lambda one: not one.property("read_first"))
    places: dict[QWidget, tuple[int, ...]] = {}
    for part, place in _layouts(layout, ()):
        for one in found:
            if one not in places and (index := part.indexOf(one)) >= 0:
                places[one] = (*place, *_place(part, index))
        if len(places) == len(found):
            break
    last = (1 << 30,)
    return sorted(found, key=lambda one: places.get(one, last))


def _layouts(layout: QLayout, place: tuple[int, ...]) -> Iterator[tuple[QLayout, tuple[int, ...]]]:
    # By what Qt finds in them, never by item: see FlowLayout.
    yield layout, place
    for part in layout.children():
        if isinstance(part, QLayout) and (index := layout.indexOf(part)) >= 0:
            yield from _layouts(part, (*place, *_place(layout, index)))


def _place(layout: QLayout, index: int) -> tuple[int, ...]:
    if isinstance(layout, QGridLayout):
        # Its stubs promise an object of nothing; it is the row, the column, and how many of each.
        where: tuple[int, ...] = layout.getItemPosition(index)  # type: ignore[assignment]
        return where[:2]
    return (index,)


def _is_met(widget: QWidget) -> bool:
    if widget.isWindow() or isinstance(widget, QFocusFrame | QMenu):
        return False
    if widget.objectName() in _NO_CHILDREN:
        return False
    if _only_drawn(widget) or widget.property("decorates"):
        return False
    # A picture that is called nothing, or a text not yet there, says nothing.
    return not (isinstance(widget, QLabel) and not widget.text() and not widget.accessibleName())


def _only_drawn(widget: QWidget) -> bool:
    """Whether it is drawn over the rest and nothing else, like the ring of the focus."""
    passes_through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return passes_through and not (
        isinstance(widget, QLabel) or widget.accessibleName() or widget.children()
    )


class _Level(QAccessibleAttributesInterface):
    """How deep a heading stands."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        return self._level if key == QAccessible.Attribute.Level else None


_UNDER_HEADING = 3
"""How deep a label stands that heads a part of what is under a heading."""

_depths = {level: _Level(level) for level in (1, 2, 3)}


class _Spoken(QAccessibleWidget):
    """A widget as a screen reader meets it: a box, or whatever it was given to be."""

    def role(self) -> QAccessible.Role:
        widget = self.widget()
        given = widget.property("role") if widget is not None else None
        return _ROLES.get(given or "", super().role())

    def text(self, kind: QAccessible.Text) -> str:
        said = super().text(kind)
        widget = self.widget()
        if kind == QAccessible.Text.Description and widget is not None:
            if position := widget.property("position"):
                place, count = position
                words = _("{place} of {count}").format(place=place, count=count)
                said = f"{words}, {said}" if said else words
        elif kind == QAccessible.Text.Name and not said:
            said = _shown(widget)
        return said

    def childCount(self) -> int:
        widget = self.widget()
        return len(inside(widget)) if widget is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        widget = self.widget()
        found = inside(widget) if widget is not None else []
        # Python would take -1 for the last.
        if not 0 <= index < len(found):
            return None
        return QAccessible.queryAccessibleInterface(found[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        widget = self.widget()
        asked = child.object() if child is not None else None
        found = inside(widget) if widget is not None else []
        return found.index(asked) if asked in found else -1


class _Drawn(_Spoken):
    """What is drawn over the rest and nothing else: whatever holds it, nobody meets it."""

    def state(self) -> QAccessible.State:
        state = super().state()
        state.invisible = True
        return state


class _SpokenButton(_Spoken):
    """A button that was given a role: it can still be pressed."""

    def state(self) -> QAccessible.State:
        state = super().state()
        button = self.widget()
        if isinstance(button, QAbstractButton) and button.isCheckable():
            if self.role() == QAccessible.Role.PageTab:
                state.selectable = True
                state.selected = button.isChecked()
            else:
                state.checkable = True
                state.checked = button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        button = self.widget()
        # Qt would turn over a radio button without telling anybody that it was chosen.
        acts = (self.pressAction(), self.toggleAction())
        if name in acts and isinstance(button, QAbstractButton):
            button.click()
        else:
            super().doAction(name)


class _SpokenHeading(_Spoken):
    """A text that is a heading, with how deep it stands."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        # The stubs promise a number; PySide6 crashes on one, and on the None of its own method.
        if kind != QAccessible.InterfaceType.AttributesInterface:
            other = super().interface_cast(kind)
            return Shiboken.VoidPtr(0) if other is None else other
        widget = self.widget()
        text_kind = widget.property("kind") if widget is not None else None
        level = _LEVELS.get(str(text_kind), _UNDER_HEADING)
        return Shiboken.VoidPtr(shiboken6.getCppPointer(_depths[level])[0])  # type: ignore


def _shown(widget: QWidget | None) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def _interface_of(kind: str, thing: QObject) -> QAccessibleInterface | None:
    """What Qt asks for each class of a thing in turn, from its own one up."""
    if not isinstance(thing, QWidget):
        return None
    made: QAccessibleInterface
    heads = thing.property("kind") in _LEVELS or thing.property("role") == "heading"
    if isinstance(thing, QLabel) and heads:
        thing.setProperty("role", thing.property("role") or "heading")
        made = _SpokenHeading(thing, QAccessible.Role.Heading)
    elif role := thing.property("role"):
        button = isinstance(thing, QAbstractButton)
        made = (_SpokenButton if button else _Spoken)(thing, _ROLES[role])
    elif kind in _PLAIN:
        made = (_Drawn if _only_drawn(thing) else _Spoken)(thing, QAccessible.Role.Grouping)
    else:
        return None
    _keep(made)
    return made


def _keep(made: QAccessibleInterface) -> None:
    global _most_alive  # noqa: PLW0603
    if len(_alive) >= _most_alive:
        # Qt deletes them with their widgets.
        _alive[:] = [one for one in _alive if shiboken6.isValid(one)]
        _most_alive = max(256, 2 * len(_alive))
    _alive.append(made)
