"""The keys of the whole window: from step to step, from part to part, and the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    from tchat_desktop.ui.shell.main_window import MainWindow


class WindowKeys(QObject):
    """Does what the keys of the window ask for; its actions are in the menus of a Mac too.

    Made anew with the rest of the window, in another language.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last: dict[QWidget, QWidget] = {}
        """Where the keyboard was in a part of the window when it was left."""
        self.next_step = self._add(_("Next step"), Shortcut.NEXT_STEP, self._on_next_step)
        self.previous_step = self._add(
            _("Previous step"), Shortcut.PREVIOUS_STEP, self._on_previous_step
        )
        self.next_region = self._add(
            _("Next part of the window"), Shortcut.NEXT_REGION, self._on_next_region
        )
        self.previous_region = self._add(
            _("Previous part of the window"), Shortcut.PREVIOUS_REGION, self._on_previous_region
        )
        self.help = self._add(_("The keys"), Shortcut.HELP, self.show_sheet)

    def leave(self) -> None:
        """Give the keys up, for those that are made anew."""
        for action in self.actions:
            self._window.removeAction(action)
        self.deleteLater()

    @property
    def actions(self) -> tuple[QAction, ...]:
        """What can be done by keys, in the order of a menu."""
        return (
            self.next_step,
            self.previous_step,
            self.next_region,
            self.previous_region,
            self.help,
        )

    def show_sheet(self) -> None:
        """List the keys of the window and of the page that is open."""
        from tchat_desktop.ui.shell.key_sheet import KeySheet
        from tchat_desktop.wording.step_titles import step_title

        workspace = self._window.workspace
        if workspace is None:
            KeySheet("", (), self._window).open()
        else:
            page = workspace.page(workspace.step)
            KeySheet(step_title(workspace.step), page.keys, self._window).open()

    def _add(self, text: str, keys: Shortcut, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(sequence(keys))
        # Else macOS guesses from the text, in English, whose menu it belongs to.
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(act)
        self._window.addAction(action)
        return action

    def _on_next_step(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.go_on()

    def _on_previous_step(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.go_back()

    def _on_next_region(self) -> None:
        self._go_round(1)

    def _on_previous_region(self) -> None:
        self._go_round(-1)

    def _regions(self) -> list[QWidget]:
        """The parts of the window in reading order; one inside another comes after it."""
        window, workspace = self._window, self._window.workspace
        every: list[QWidget | None]
        if workspace is None:
            every = [window.bar, window.notice, window.home]
        else:
            page = workspace.page(workspace.step)
            every = [
                window.bar, window.notice, workspace.rail, *page.regions, page.aside, workspace.bar,
            ]  # fmt: skip
        return [one for one in every if one is not None and one.isVisible()]

    def _go_round(self, by: int) -> None:
        regions = self._regions()
        focus = QApplication.focusWidget()
        here = next((one for one in reversed(regions) if _holds(one, focus)), None)
        if here is not None and focus is not None:
            self._last[here] = focus
        at = regions.index(here) if here is not None else (-1 if by > 0 else 0)
        for turn in range(1, len(regions) + 1):
            region = regions[(at + by * turn) % len(regions)]
            inner = [one for one in regions if one is not region and region.isAncestorOf(one)]
            place = self._place_in(region, inner)
            if place is not None:
                self._stand_on(place)
                return

    def _place_in(self, region: QWidget, inner: list[QWidget]) -> QWidget | None:
        """Where the keyboard was in a region, else where it begins; None in an empty one."""
        from tchat_desktop.ui.pages.page import Page
        from tchat_desktop.ui.shell.arriving import starting_place, stops_in

        last = self._last.get(region)
        is_there = last is not None and shiboken6.isValid(last) and _holds(region, last)
        if last is not None and is_there and last.isVisible() and last.isEnabled():
            return last
        if isinstance(region, Page):
            return starting_place(region)
        for stop in stops_in(region):
            if not any(one.isAncestorOf(stop) for one in inner):
                return stop
        # Advice that has nothing to press is read as a whole.
        workspace = self._window.workspace
        is_advice = workspace is not None and region is workspace.page(workspace.step).aside
        shows = any(one.isVisible() for one in region.findChildren(QWidget))
        return region if is_advice and shows else None

    def _stand_on(self, place: QWidget) -> None:
        from tchat_desktop.ui.pages.page import Page

        self._window.tab_pressed.emit(True)
        place.setFocus(Qt.FocusReason.TabFocusReason)
        self._window.tab_pressed.emit(False)
        workspace = self._window.workspace
        page = workspace.page(workspace.step) if workspace is not None else None
        if isinstance(page, Page) and page.inner.isAncestorOf(place):
            page.bring_into_view(place)


def _holds(region: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (region is widget or region.isAncestorOf(widget))
