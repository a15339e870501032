"""The cards of the waiting screen: the steps left to do, and the posts already published."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState
from tchat_desktop.domain.step_states import Stage, StepState
from tchat_desktop.domain.steps import StepId, StepStatus
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.hour_words import own_name, row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, rule
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.course_words import course_words
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.status_words import status_words
from tchat_desktop.wording.step_titles import step_title


class TodoCard(Card):
    """The steps before the chat that are not ready, each a button that leads there."""

    step_wanted = Signal(StepId)
    rebuilt = Signal()
    """Emitted when the buttons were replaced, so that the tab order must be set again."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._words = Text("")
        self._buttons = FlowBox()
        self._buttons.setAccessibleName(_("What is left to do"))
        self._items = ItemList(self._buttons)
        self._steps: dict[Button, StepId] = {}
        self._shown: tuple[StepStatus, ...] | None = None
        self.add(Text(_("What is left to do"), "advice"), self._words, self._buttons)

    def show_statuses(self, statuses: Sequence[StepStatus]) -> None:
        """Show what is left, in the order of the steps."""
        left = tuple(
            one
            for one in statuses
            if one.step.stage is Stage.BEFORE and one.state is not StepState.READY
        )
        if left == self._shown:
            return
        self._shown = left
        count = len(left)
        words = ngettext("{count} step is not finished:", "{count} steps are not finished:", count)
        self._words.setText(words.format(count=count) if left else _("Everything is ready."))
        self._steps = {self._button(one): one.step for one in left}
        self._buttons.show_widgets(tuple(self._steps))
        self._items.show_items(tuple(self._steps))
        self._buttons.setVisible(bool(left))
        self.rebuilt.emit()

    def _button(self, status: StepStatus) -> Button:
        title = step_title(status.step)
        name = _("{name}: {words}").format(name=title, words=status_words(status))
        button = Button(title, icon_name="next", name=name)
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)
        self.step_wanted.emit(self._steps[button])


class DoneCard(Card):
    """The posts that are not as planned any more: published, to confirm, or in reserve.

    `not_out_wanted` and `back_wanted` are emitted with the id of the post.
    """

    out_wanted = Signal(str)
    """Emitted with the id of a post that the organiser says is published."""
    not_out_wanted = Signal(str)
    back_wanted = Signal(str)
    page_wanted = Signal(str)
    """Emitted with the address of the page of a post."""
    rebuilt = Signal()
    """Emitted when the buttons were replaced, so that the tab order must be set again."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._rows = RowList(_("Published or in reserve"))
        self._shown: tuple[OutboxPost, ...] = ()
        self.add(Text(_("Published or in reserve"), "advice"), self._rows)
        self.hide()

    def show_rows(self, chat: Chat, rows: Sequence[OutboxPost]) -> None:
        """Show these posts; those that are as planned are left out."""
        shown = tuple(
            row
            for row in rows
            if row.state is not PostState.DRAFT and course_words(row, chat, NETWORK) is not None
        )
        if shown == self._shown:
            return
        self._shown = shown
        self._rows.show_rows([_DoneRow(row, chat, self) for row in shown])
        self.setVisible(bool(shown))
        self.rebuilt.emit()


class _DoneRow(QWidget):
    """The row of one post, with what became of it and the buttons for it."""

    def __init__(self, post: OutboxPost, chat: Chat, card: DoneCard) -> None:
        super().__init__()
        self._post = post
        self._card = card
        words = course_words(post, chat, NETWORK)
        assert words is not None
        self.setAccessibleName(f"{own_name(post)}, {words[0]}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(rule())
        layout.addLayout(FlowLayout(Text(row_name(post), "strong", wrap=False), Chip(*words)))
        buttons = self._buttons()
        if buttons:
            layout.addLayout(FlowLayout(*buttons, spacing=theme.Space.NEAR))

    def _buttons(self) -> list[Button]:
        if self._post.state is PostState.SKIPPED:
            return [self._button(_("Put back at its time"), self._on_back)]
        if self._post.state not in NEEDS_ORGANISER:
            return []
        buttons = []
        if self._post.page:
            buttons.append(self._button(_("Open the page again"), self._on_page))
        buttons.append(self._button(_("Yes, it is published"), self._on_out))
        buttons.append(self._button(_("Not published: put back at its time"), self._on_not_out))
        return buttons

    def _button(self, text: str, clicked: object) -> Button:
        name = f"{text} – {own_name(self._post)}"
        # A steady button: another post may take the place of one that was answered for.
        return SteadyButton(text, clicked=clicked, name=name)  # type: ignore[arg-type]

    def _on_back(self) -> None:
        self._card.back_wanted.emit(self._post.id)

    def _on_page(self) -> None:
        self._card.page_wanted.emit(self._post.page)

    def _on_out(self) -> None:
        self._card.out_wanted.emit(self._post.id)

    def _on_not_out(self) -> None:
        self._card.not_out_wanted.emit(self._post.id)
