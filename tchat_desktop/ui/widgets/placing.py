"""The widgets of a list: put in order, and taken away, without touching those that stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

Key = TypeVar("Key")
Shown = TypeVar("Shown", bound=QWidget)


def put_in_order(layout: QBoxLayout, widgets: Sequence[QWidget], first: int = 0) -> bool:
    """Have these widgets stand in that order from the place `first` on; whether any moved.

    One that stands there already is not touched: it keeps the keyboard.
    """
    moved = False
    for place, widget in enumerate(widgets, first):
        if layout.indexOf(widget) != place:
            layout.removeWidget(widget)
            layout.insertWidget(place, widget)
            moved = True
    return moved


def take_away(layout: QLayout, *gone: QWidget) -> None:
    """Do away with these widgets of a layout; they are out of sight at once."""
    for widget in gone:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def take_all_away(layout: QLayout) -> None:
    """Do away with every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()


def keep_only(layout: QLayout, shown: dict[Key, Shown], wanted: Collection[Key]) -> None:
    """Do away with the widgets whose keys are not wanted any more, and forget them in `shown`."""
    take_away(layout, *(shown.pop(key) for key in [one for one in shown if one not in wanted]))


def add_to(layout: QBoxLayout, items: Sequence[QWidget | QLayout]) -> None:
    """Add widgets or layouts behind each other."""
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def lay_out_around(widget: QWidget) -> None:
    """Lay out a widget that has become smaller and all it stands in, at once.

    Qt does it box by box, each a moment after the one inside it, and shows what is half-way.
    """
    box: QWidget | None = widget
    while box is not None and not box.isWindow():
        if (layout := box.layout()) is not None:
            layout.activate()
        box = box.parentWidget()


def keep_room(widget: QWidget, kept: bool = True) -> None:
    """Set whether a widget keeps its room while it is hidden, so that nothing moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)
