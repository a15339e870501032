"""Arriving on a page: where the keyboard is put, and what is said."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.wording.step_titles import place_words

_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


def arrive(page: Page, step: StepId) -> None:
    """Put the keyboard where a page begins, and let a screen reader say which page it is."""
    page.lay_out()
    place = starting_place(page)
    place.setFocus(Qt.FocusReason.OtherFocusReason)
    if page.inner.isAncestorOf(place):
        page.bring_into_view(place)
    announce(page, place_words(step))


def starting_place(page: Page) -> QWidget:
    """Where the keyboard begins on a page: its first field, else its title.

    A button is no place to begin: a press of the space bar would do what nobody has read yet. Nor
    is a field further down, below what is to be read first.
    """
    first = next(stops_in(page), None)
    if isinstance(first, _FIELDS) and _is_in_sight(first, page):
        return first
    return page.heading if page.heading.isVisibleTo(page) else page


def stops_in(box: QWidget) -> Iterator[QWidget]:
    """What Tab comes to in a box, in its order."""
    start = box.window()
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        if (
            box.isAncestorOf(widget)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.isVisibleTo(box)
        ):
            yield widget
        widget = widget.nextInFocusChain()


def _is_in_sight(widget: QWidget, page: Page) -> bool:
    """Whether all of a widget is seen with the page at its top."""
    bottom = widget.mapTo(page.inner, QPoint(0, widget.height())).y()
    return not page.inner.isAncestorOf(widget) or bottom <= page.viewport().height()
