"""The base class of the pages after the chat: they show what was published and collected in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, ChatPhase, phase
from tchat_desktop.domain.conversation import Marking
from tchat_desktop.domain.recap import is_simulated
from tchat_desktop.domain.schedule import time_to_rehearse
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.shared.care_card import CareCard, CareTools
from tchat_desktop.ui.pages.shared.material_watch import Former, Gather, MaterialWatch, no_former
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.empty_state import EmptyState
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title


@dataclass(frozen=True, slots=True)
class Teaching:
    """What an empty page says: what will be shown here, and an example of it."""

    title: str
    text: str
    example: str


class AfterPage(Page):
    """A page filled with the material of the chat, which is read again while the chat goes on.

    `late_answers` is the step where posts are entered after the chat. Subclasses pass their widgets
    to `fill` and update them in `show_material`. Without material the page shows its teaching text.
    """

    late_answers = StepId.RECAP
    after_rehearsal = ""
    """The sentence that says whether what is done here in a rehearsal will stay; marked by `N_`."""

    def __init__(
        self,
        step: StepId,
        lead: str,
        teaching: Teaching,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        now: Callable[[], datetime],
        care: CareTools,
        former: Former = no_former,
    ) -> None:
        super().__init__(step_title(step), lead)
        self._editor = editor
        self._now = now
        self.watch = MaterialWatch(self, editor.chat.id, bridge, gather, former)
        self.watch.arrived.connect(self._on_arrived)
        self.watch.failed.connect(self._on_failed)
        self.watch.mark_lost.connect(self._on_mark_lost)
        self._lost = False
        self._trouble = HintNotice("", "stop", Button(_("Try again"), clicked=self._on_try_again))
        self._trouble.hide()
        self._rehearsed = HintNotice("", "look")
        self._rehearsed.hide()
        self._mark = care.mark
        self.care = CareCard(care, bridge)
        self.care.hour_wanted.connect(self._on_hour_wanted)
        self.care.marked.connect(self.keep_mark)
        self.care.counted.connect(self._on_care_counted)
        self.care.opened.connect(self._on_care_opened)
        self._teaching = self._teaching_card(teaching)
        self._teaching.hide()
        self.reading_line = Text(_("Reading the posts…"), "small")
        """Stands in the place of the body until there is something to show."""
        self.body = QWidget()
        self.body.hide()
        self._filled = QVBoxLayout(self.body)
        self._filled.setContentsMargins(0, 0, 0, 0)
        self._filled.setSpacing(theme.px(theme.Space.GAP))
        self.add(self._trouble, self._rehearsed, self.care, self._teaching)
        self.add(self.reading_line, self.body)

    @property
    def rehearsing(self) -> bool:
        """Whether the material was invented by a rehearsal."""
        material = self.watch.material
        return material is not None and is_simulated(material.rows, material.occasion)

    @property
    def is_reading(self) -> bool:
        """Whether something that the page shows is still being read."""
        return self.watch.material is None

    def fill(self, *items: QWidget | QLayout) -> None:
        """Add the widgets or layouts that are visible when there is material."""
        for item in items:
            if isinstance(item, QWidget):
                self._filled.addWidget(item)
            else:
                self._filled.addLayout(item)

    def show_chat(self, chat: Chat) -> None:
        """Show the chat with its material, if that has been read."""
        material = self.watch.material
        if material is None:
            early = self.show_early(chat)
            self.body.setVisible(early)
            self.reading_line.setVisible(not early and not self._trouble.text)
            return
        self.reading_line.hide()
        self.watch.ask_former(chat)
        self.body.setVisible(not material.is_empty)
        self._teaching.setVisible(material.is_empty)
        if material.is_empty:
            self._teach(chat)
        else:
            self.show_material(chat, material)
        self._rehearsed.say(self._rehearsal_words() if not material.is_empty else "", "look")
        self._show_care(chat, material)

    def show_to_check(self) -> None:
        """Open the message that waits for care."""
        self.care.open_first()

    def keep_mark(self, marking: Marking) -> None:
        """Show a mark of a post at once, and store it."""
        self.watch.mark(marking, self._mark)

    def _show_care(self, chat: Chat, material: Material) -> None:
        if self.rehearsing:
            self.care.show_nothing()
        else:
            is_on = phase(chat, self._now()) is ChatPhase.LIVE
            self.care.show_material(chat, material, is_on=is_on)

    def _on_care_counted(self, urgent: int) -> None:
        self._editor.note(confidences_waiting=urgent)

    def _on_hour_wanted(self) -> None:
        self.step_wanted.emit(StepId.HOUR)

    def _on_care_opened(self) -> None:
        put_in_reading_order(self.inner)
        self.bring_into_view(self.care)

    def _rehearsal_words(self) -> str:
        """Say what a rehearsal made up, and whether what is done here will stay; "" for none."""
        if not self.rehearsing:
            return ""
        words = _(
            "Rehearsal: these people and their posts are invented. This is how the page will look "
            "after the real hour."
        )
        return f"{words} {_(self.after_rehearsal)}" if self.after_rehearsal else words

    def show_early(self, _chat: Chat) -> bool:
        """Show what is known before anything was read; return whether there is such a thing."""
        return False

    def show_material(self, chat: Chat, material: Material) -> None:
        """Update the widgets; called after every edit as well, so it must be fast."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.watch.refresh()

    def _teaching_card(self, teaching: Teaching) -> EmptyState:
        self._why = Text("")
        self._way_out = Button("", clicked=self._on_way_out)
        further = (Text(teaching.example, "small"), self._why)
        return EmptyState("posts", teaching.title, teaching.text, self._way_out, further)

    def _teach(self, chat: Chat) -> None:
        if phase(chat, self._now()) is ChatPhase.ENDED:
            self._way = self.late_answers
            self._why.setText(
                _(
                    "Nothing was collected under the tag. Without access keys, posts "
                    "are added by their links: there is still time."
                )
            )
            self._way_out.show_text(_("Add posts by their links"))
        elif not time_to_rehearse(chat, self._now()):
            self._way = StepId.HOUR
            self._why.setText(
                _("This page fills during the chat, which is about to begin or under way.")
            )
            self._way_out.show_text(_("Go to the chat"))
        else:
            self._way = StepId.REHEARSAL
            self._why.setText(
                _(
                    "Would you like to see it now? A rehearsal takes ten minutes or more, nothing "
                    "leaves."
                )
            )
            self._way_out.show_text(_("Make a rehearsal"))

    def _on_way_out(self) -> None:
        self.step_wanted.emit(self._way)

    def _on_arrived(self) -> None:
        if not self._lost:
            self._trouble.say("", "stop")
        self.show_chat(self._editor.chat)
        self.filled.emit()

    def _on_failed(self, error: Exception) -> None:
        self._trouble.say(error_words.sentence(error), "stop")
        self.reading_line.hide()

    def _on_mark_lost(self, error: Exception) -> None:
        # The error stays visible while the page shows again what is really on disk.
        self._lost = True
        self._on_failed(error)

    def _on_try_again(self) -> None:
        self._lost = False
        self.watch.refresh()
