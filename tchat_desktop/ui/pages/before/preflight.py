"""What must be ready on the day: a line for each thing, with the button that leads to its step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.guide import Missing, StepId
from tchat_desktop.domain.preflight import Check
from tchat_desktop.i18n import N_, _
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.before.accounts_port import Connections
from tchat_desktop.ui.pages.before.preflight_words import check_words, page_for, step_for
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine


@dataclass(frozen=True, slots=True)
class _Item:
    step: StepId
    ready: str
    wanted: str
    button: str
    kinds: frozenset[Missing]


_ITEMS = (
    _Item(
        StepId.SCHEDULE,
        N_("The day and the hour are set"),
        N_("The day and the hour are not set, or have passed"),
        N_("See the day"),
        frozenset({Missing.NO_DATE, Missing.DATE_PAST}),
    ),
    _Item(
        StepId.HASHTAG,
        N_("The tag is chosen"),
        N_("The tag is missing, or X refuses it"),
        N_("See the tag"),
        frozenset({Missing.NO_TAG, Missing.TAG_INVALID}),
    ),
    _Item(
        StepId.QUESTIONS,
        N_("The questions are ready"),
        N_("The questions are not all ready: 6 to 10, none too long"),
        N_("See the questions"),
        frozenset(
            {Missing.TOO_FEW_QUESTIONS, Missing.TOO_MANY_QUESTIONS, Missing.QUESTION_TOO_LONG}
        ),
    ),
    _Item(
        StepId.PEOPLE,
        N_("The guests have accepted, and have the questions"),
        N_("A guest has not accepted yet, or has not received the questions"),
        N_("See the guests"),
        frozenset({Missing.NO_GUEST_ACCEPTED, Missing.QUESTIONS_NOT_SHARED}),
    ),
    _Item(
        StepId.RUN_SHEET,
        N_("The run sheet fits into the hour"),
        N_("Something in the run sheet asks for a look"),
        N_("See the run sheet"),
        frozenset({Missing.RUN_SHEET_OVERFLOWS, Missing.RUN_SHEET_PROBLEMS}),
    ),
    _Item(
        StepId.CONNECTION,
        N_("You know how the posts leave"),
        N_("Choose how the posts leave; a rehearsal publishes nothing"),
        N_("See the connection"),
        frozenset({Missing.NO_ROUTE}),
    ),
    _Item(
        StepId.CONNECTION,
        N_("The reminder about children is read"),
        N_("The reminder about children is not read yet"),
        N_("See the reminder"),
        frozenset({Missing.RULES_NOT_READ}),
    ),
)


class Preflight(Card):
    """The list of the day. What only the organiser can see is ticked by hand, for this day."""

    step_wanted = Signal(StepId)

    def __init__(
        self,
        check: Callable[[], tuple[Check, ...]],
        connections: Connections,
        open_page: Callable[[str], None],
    ) -> None:
        """`check` waits for X and the keyring: done in turn with what else asks them."""
        super().__init__(spacing=8)
        self._check = check
        self._connections = connections
        self._open_page = open_page
        self._looking = False
        self._words: tuple[str, ...] = ()
        self._count = Text("", "small")
        self._lines = [_Line(item, self.step_wanted.emit) for item in _ITEMS]
        self._laptop = QCheckBox(_("The laptop is plugged in and stays awake"))
        self._network = QCheckBox(_("I am signed in to x.com in my browser"))
        for tick in (self._laptop, self._network):
            tick.toggled.connect(self._show_count)
        self.add(Text(_("Before the hour"), "heading"), self._count, *self._lines)
        self.look = Button(_("Check now"), icon_name="redo", clicked=self._on_look)
        self._found = QWidget()
        self._rows = QVBoxLayout(self._found)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(8))
        self._found.hide()
        self.add(
            Text(_("X and this computer"), "label"),
            Text(_("An hour before, then again ten minutes before."), "small"),
            FlowLayout(self.look),
            self._found,
        )
        self.add(Text(_("On the day itself, tick these off:"), "label"))
        self.add(self._laptop, self._network)

    def show_missing(self, chat: Chat, missing: Collection[Missing]) -> None:
        """Show what is ready and what is not."""
        wanted = set(missing)
        if chat.route is Route.REHEARSAL:
            wanted.add(Missing.NO_ROUTE)
        for line in self._lines:
            line.show_ready(not (line.item.kinds & wanted))
        self._show_count()

    @property
    def found(self) -> tuple[str, ...]:
        """What the last look found, in words."""
        return self._words

    def _on_look(self) -> None:
        if self._looking:
            return
        self._looking = True
        self.look.show_text(_("Being checked…"))
        self._connections.run(self, self._check, self._on_found, self._on_not_looked)

    def _on_found(self, checks: tuple[Check, ...]) -> None:
        lines = [_Found(check, self.step_wanted.emit, self._open_page) for check in checks]
        self._show_found(lines, tuple(check_words(check) for check in checks))

    def _on_not_looked(self, _error: Exception) -> None:
        words = _("This could not be checked. Try again in a moment.")
        self._show_found([VerdictLine(words, "look")], (words,))

    def _show_found(self, lines: Sequence[QWidget], words: tuple[str, ...]) -> None:
        self._looking = False
        self.look.show_text(_("Check again"))
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for line in lines:
            self._rows.addWidget(line)
        self._words = words
        self._found.show()
        announce(self, " ".join(words))

    @property
    def ready(self) -> int:
        """How many things are ready."""
        ticks = self._laptop.isChecked() + self._network.isChecked()
        return ticks + sum(line.ready for line in self._lines)

    def _show_count(self) -> None:
        words = _("{ready} of {total} ready").format(ready=self.ready, total=len(self._lines) + 2)
        if words != self._count.text():
            self._count.setText(words)


class _Line(QWidget):
    def __init__(self, item: _Item, go: Callable[[StepId], None]) -> None:
        super().__init__()
        self.item = item
        self.ready = False
        self._go = go
        self._words = VerdictLine()
        self._button = Button(_(item.button), "link", "next", self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._button)
        keeps = self._button.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._button.setSizePolicy(keeps)

    def show_ready(self, ready: bool) -> None:
        self.ready = ready
        words = _(self.item.ready) if ready else _(self.item.wanted)
        self._words.say(words, "well" if ready else "look")
        self._button.setHidden(ready)

    def _on_clicked(self) -> None:
        self._go(self.item.step)


class _Found(QWidget):
    """What was found of one thing, with the button that puts it right."""

    def __init__(
        self, check: Check, go: Callable[[StepId], None], open_page: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._step, self._page = step_for(check), page_for(check)
        self._go, self._open_page = go, open_page
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        words = check_words(check)
        layout.addWidget(VerdictLine(words, check.verdict.value), 1, Qt.AlignmentFlag.AlignVCenter)
        if self._step is not None or self._page:
            text = _("Put it right") if self._step is not None else _("See on X")
            icon = "next" if self._step is not None else "outside"
            name = f"{text} – {words}"
            layout.addWidget(Button(text, "link", icon, self._on_clicked, name))

    def _on_clicked(self) -> None:
        if self._step is not None:
            self._go(self._step)
        else:
            self._open_page(self._page)
