"""The pages of one chat: each made when it is first wanted, and one that fails gives way.

An error of a page is written down once. Then a page that says so stands in its place, and makes
it anew when asked; meanwhile nothing tries it again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from tchat_desktop.domain.step_states import Stage
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.page import Page, PlaceOnPage
from tchat_desktop.ui.shell.failed_page import FailedPage

PageFactory = Callable[[], Page]

Answer = TypeVar("Answer")


class StepPages(QStackedWidget):
    """Makes, keeps and shows the page of each step.

    `crashed` writes an error down and returns its details; `unfinished` is what was typed on the
    pages before these and is not in the chat.
    """

    step_wanted = Signal(StepId)
    check_wanted = Signal(StepId)
    place_wanted = Signal(StepId, str)
    new_edition_wanted = Signal(str)
    data_wanted = Signal()
    typed_changed = Signal()
    filled = Signal()
    """What a page waited for is on it now, or another page stands in the place of one."""

    def __init__(
        self,
        editor: ChatEditor,
        factories: Mapping[StepId, PageFactory],
        crashed: Callable[[BaseException], str],
        unfinished: Mapping[StepId, object],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._factories = factories
        self._crashed = crashed
        self._unfinished = dict(unfinished)
        self._pages: dict[StepId, Page] = {}

    def page(self, step: StepId) -> Page:
        """The page of a step, made when it is first wanted."""
        if step not in self._pages:
            try:
                page = self._made(step)
            except Exception as error:
                page = self._failed(step, error)
            self._put(step, page)
        return self._pages[step]

    def make_next(self) -> bool:
        """Make one page that was not wanted yet; False if there is none."""
        step = next((step for step in StepId if step not in self._pages), None)
        if step is not None:
            self.page(step)
        return step is not None

    def show_page(self, step: StepId) -> None:
        """Bring the page of a step on screen, with the chat as it is now."""
        self._ask(step, partial(self._fill, step), None)
        self.setCurrentWidget(self.page(step))

    def show_chat(self, step: StepId) -> None:
        """Show the chat as it is now on the page of a step, which is on screen."""
        self._ask(step, lambda page: page.show_chat(self._editor.chat), None)

    def show_to_check(self, step: StepId) -> None:
        """Bring into view what waits to be looked at, once the page has its place."""
        self._soon(step, lambda page: page.show_to_check())

    def show_begun(self, step: StepId) -> None:
        """The same for what was begun and waits to go on."""
        self._soon(step, lambda page: page.show_begun())

    def show_place(self, step: StepId, place: PlaceOnPage) -> None:
        """The same for a place on the page of a step."""
        self._soon(step, lambda page: page.show_place(place))

    def _soon(self, step: StepId, show: Callable[[Page], None]) -> None:
        QTimer.singleShot(0, self.page(step), lambda: self._ask(step, show, None))

    def unfinished(self) -> Mapping[StepId, object]:
        """What was typed on the pages and is not in the chat."""
        typed = {
            step: self._ask(step, lambda page: page.unfinished(), None)
            for step in tuple(self._pages)
        }
        return self._unfinished | {step: one for step, one in typed.items() if one is not None}

    @property
    def typed(self) -> list[str]:
        """What was typed on the pages and is gone once the chat is closed, in words."""
        none: Sequence[str] = ()
        asked = [self._ask(step, lambda page: page.typed, none) for step in tuple(self._pages)]
        return [words for typed in asked for words in typed]

    def _made(self, step: StepId) -> Page:
        page = self._factories[step]()
        if step in self._unfinished:
            page.take_up(self._unfinished.pop(step))
        return page

    def _fill(self, step: StepId, page: Page) -> None:
        page.show_chat(self._editor.chat)
        if step.stage is Stage.BEFORE:
            page.show_notes(self._editor.chat.former_lessons.strip())

    def _ask(self, step: StepId, what: Callable[[Page], Answer], otherwise: Answer) -> Answer:
        """What a page answers or does; where it fails, `otherwise`, and another takes its place."""
        page = self.page(step)
        try:
            return what(page)
        except Exception as error:
            self._put(step, self._failed(step, error))
            return otherwise

    def _failed(self, step: StepId, error: Exception) -> FailedPage:
        failed = FailedPage(step, self._crashed(error))
        failed.try_again_wanted.connect(self._on_try_again)
        return failed

    def _put(self, step: StepId, page: Page) -> None:
        """Let a page stand in the place of the one before it, if there is one."""
        page.step_wanted.connect(self.step_wanted)
        page.check_wanted.connect(self.check_wanted)
        page.place_wanted.connect(self.place_wanted)
        page.new_edition_wanted.connect(self.new_edition_wanted)
        page.data_wanted.connect(self.data_wanted)
        page.typed_changed.connect(self.typed_changed)
        page.filled.connect(self.filled)
        former = self._pages.get(step)
        self._pages[step] = page
        self.addWidget(page)
        if former is None:
            return
        if self.currentWidget() is former:
            self.setCurrentWidget(page)
        self._let_go(step, former)
        self.filled.emit()

    def _let_go(self, step: StepId, page: Page) -> None:
        """What was typed on a page that failed waits for the one that is made anew."""
        with contextlib.suppress(Exception):
            typed = page.unfinished()
            if typed is not None:
                self._unfinished[step] = typed
        self.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _on_try_again(self, step: StepId) -> None:
        failed = self._pages[step]
        assert isinstance(failed, FailedPage)
        try:
            page = self._made(step)
            self._fill(step, page)
        except Exception as error:
            failed.say_again(self._crashed(error))
        else:
            self._put(step, page)
