"""The lines of the checklist of the day: what is ready or not, and the button that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Invitation
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.handed_out import has_questions_of_now
from tchat_desktop.domain.preflight import PreflightCheck, Readiness
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.preflight_words import check_words, page_for, step_for
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Item:
    """A condition that the chat must fulfil, with its words and the step in which it is met."""

    step: StepId
    ready: str
    wanted: str
    button: str
    kinds: frozenset[Missing]
    counted: Callable[[Chat], str] | None = None
    """Says how many of several are ready, where a chat has several; "" for the words above."""


def _guests_counted(chat: Chat) -> str:
    guests = chat.guests
    if not guests:
        return ""
    agreed = [one for one in guests if one.invitation is Invitation.ACCEPTED]
    given = sum(has_questions_of_now(chat, one) for one in guests)
    if given == len(agreed) == len(guests):
        return ""
    words = _("Guests: {accepted} of {total} accepted, {given} of {total} with the questions")
    return words.format(accepted=len(agreed), given=given, total=len(guests))


ITEMS = (
    Item(
        StepId.SCHEDULE,
        N_("The day and the hour are set"),
        N_("The day and the hour are not set, or have passed"),
        N_("See the day"),
        frozenset({Missing.NO_DATE, Missing.DATE_PAST}),
    ),
    Item(
        StepId.HASHTAG,
        N_("The tag is chosen"),
        N_("The tag is missing, or X refuses it"),
        N_("See the tag"),
        frozenset({Missing.NO_TAG, Missing.TAG_INVALID}),
    ),
    Item(
        StepId.QUESTIONS,
        N_("The questions are ready"),
        N_("The questions are not all ready: too few, too many, or one too long"),
        N_("See the questions"),
        frozenset(
            {Missing.TOO_FEW_QUESTIONS, Missing.TOO_MANY_QUESTIONS, Missing.QUESTION_TOO_LONG}
        ),
    ),
    Item(
        StepId.PEOPLE,
        N_("The guests have accepted, and have the questions"),
        N_("A guest has not accepted yet, or has not received the questions"),
        N_("See the guests"),
        frozenset({Missing.NO_GUEST_ACCEPTED, Missing.GUEST_AWAITED, Missing.QUESTIONS_NOT_SHARED}),
        _guests_counted,
    ),
    Item(
        StepId.PROTECTION,
        N_("The help numbers are checked, and the rules of protection read"),
        N_("Protection is not ready: rules, numbers of each country, or who is to be told"),
        N_("See the protection"),
        frozenset({Missing.RULES_NOT_READ, Missing.HELP_NOT_CHECKED, Missing.NO_FOCAL_POINT}),
    ),
    Item(
        StepId.RUN_SHEET,
        N_("The run sheet fits into its time"),
        N_("Something in the run sheet asks for a look"),
        N_("See the run sheet"),
        frozenset({Missing.RUN_SHEET_OVERFLOWS, Missing.RUN_SHEET_PROBLEMS}),
    ),
    Item(
        StepId.RUN_SHEET,
        N_("No text has anything left to fill in"),
        N_("A text has something left to fill in: it would not leave"),
        N_("See the texts"),
        frozenset({Missing.UNFILLED}),
    ),
    Item(
        StepId.CONNECTION,
        N_("You know how the posts leave"),
        N_("Choose how the posts leave; a rehearsal publishes nothing"),
        N_("See how posts leave"),
        frozenset({Missing.NO_ROUTE}),
    ),
    Item(
        StepId.CONNECTION,
        N_("The name of your account may stay as it is"),
        N_("The name of your account cannot be one on X"),
        N_("See the account"),
        frozenset({Missing.ACCOUNT_INVALID}),
    ),
)


class ItemLine(QWidget):
    """The line of one item, ready or not."""

    def __init__(self, item: Item, go: Callable[[StepId], None]) -> None:
        super().__init__()
        self.item = item
        self.ready = False
        self._go = go
        self._words = VerdictLine()
        self._button = Button(_(item.button), "link", "next", self._on_clicked)
        _fill(self, self._words, self._button)
        keeps = self._button.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._button.setSizePolicy(keeps)

    def show_ready(self, ready: bool, chat: Chat | None) -> None:
        """Show that the item of a chat is ready, or what is missing."""
        self.ready = ready
        words = _(self.item.ready) if ready else _(self.item.wanted)
        if chat is not None and self.item.counted is not None:
            words = self.item.counted(chat) or words
        self._words.say(words, "well" if ready else "look")
        self._button.setHidden(ready)
        self.setAccessibleName(words)

    def _on_clicked(self) -> None:
        self._go(self.item.step)


class FoundLine(QWidget):
    """The line of one finding; one that needs an action has a button."""

    def __init__(
        self,
        check: PreflightCheck,
        go: Callable[[StepId], None],
        open_page: Callable[[str], None],
        look_again: Callable[[], None],
    ) -> None:
        super().__init__()
        self._step, self._page = step_for(check), page_for(check)
        self._go, self._open_page, self._look_again = go, open_page, look_again
        words = check_words(check)
        self.setAccessibleName(words)
        _fill(self, VerdictLine(words, check.verdict.value), self._button(check, words))

    def _button(self, check: PreflightCheck, words: str) -> Button | None:
        if self._step is not None:
            text, icon = _("Put it right"), "next"
        elif self._page:
            text, icon = _("See on X"), "outside"
        elif check.verdict is not Readiness.WELL:
            text, icon = _("Check again"), "redo"
        else:
            return None
        return Button(text, "link", icon, self._on_clicked, f"{text} – {words}")

    def _on_clicked(self) -> None:
        if self._step is not None:
            self._go(self._step)
        elif self._page:
            self._open_page(self._page)
        else:
            self._look_again()


def _fill(line: QWidget, words: VerdictLine, button: Button | None) -> None:
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, theme.px(theme.Space.HAIR), 0, theme.px(theme.Space.HAIR))
    layout.setSpacing(theme.px(theme.Space.BESIDE))
    # The line has the height of a button even without one, so that nothing moves when it hides.
    line.setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))
    layout.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
    if button is not None:
        layout.addWidget(button)
