"""The card of posts that need the organiser's decision, each with the reason and the buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.by_hand import composer_page
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import (
    BARRED_EVERYWHERE,
    KEYS_FAIL,
    KEYS_OF_NO_USE,
    MONEY_FAILS,
    OutboxPost,
    PostState,
    Reason,
)
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x import links
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.keys_notice import KeysNotice
from tchat_desktop.ui.pages.hour.mend_text import MendText
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import (
    beginning,
    own_name,
    publish_now_words,
    row_name,
    said_by_x,
    why,
)
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import rule
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.steady_button import PublishButton, SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

_BY_OURSELVES = frozenset({Reason.UNFILLED, Reason.NAMES_CHILD})
"""Reasons of the app's own, which hold for every way the post could take."""
_BY_ITS_TEXT = _BY_OURSELVES | {Reason.TOO_LONG}
"""Reasons for which the text is to be read again, and changed, before another attempt."""
_ASKED = frozenset({PostState.UNKNOWN, PostState.HANDED_OVER})
"""States in which only the organiser knows whether the post is out."""
_NO_SECOND_TRY = _BY_ITS_TEXT | {Reason.NOT_SUMMONED}


class CheckCard(SideCard):
    """The posts that need the organiser's decision, each with the reason and the buttons."""

    step_wanted = Signal(StepId)
    """Emitted with the step in which the reason can be removed."""
    answer_wanted = Signal()
    """Emitted when the organiser wants to answer for the post in question in the card above."""

    def __init__(
        self,
        hour: HourPort,
        open_page: Callable[[str], None],
        own_page: str,
        account: Callable[[], Connection | None],
        cautions: TextCautions,
    ) -> None:
        super().__init__(_("To check"))
        self._cautions = cautions
        self._hour = hour
        self._open_page = open_page
        self._own_page = own_page
        self.keys = KeysNotice(hour, open_page, account)
        self.keys.connection_wanted.connect(self._to_connection)
        self._none = Text(_("No message to check."), "small")
        self._rows = RowList(_("To check"), 10)
        self._shown: dict[str, _CheckRow] = {}
        self._taken_up: dict[str, str] = {}
        self.add(self.keys, self._none, self._rows)

    def show_view(self, view: HourView, asked_id: str) -> None:
        """Show the posts to check; a row that remains keeps its place and focus.

        The post with the id `asked_id` is in question in the card above: it is only named here.
        """
        self.keys.show_view(view)
        told = view.keys_failure is not None
        rows = {post.id: post for post in view.to_check}
        before = self._shown
        own_page = "" if view.rehearsing else self._own_page
        self._shown = {}
        # One that remains keeps its place; new ones come last.
        for post_id in sorted(rows, key=[*before, *rows].index):
            post, asks, there = rows[post_id], post_id == asked_id, before.get(post_id)
            if there is None or not there.shows(post, told, asks):
                answer = self.answer_wanted.emit if asks else None
                there = _CheckRow(
                    post,
                    self._hour,
                    self._cautions,
                    self._open_page,
                    own_page,
                    self._to_connection,
                    told,
                    answer,
                )
            self._shown[post_id] = there

        def hand_on() -> None:
            for post_id, shown in self._shown.items():
                self._take_over(shown, before.get(post_id))

        self._rows.show_rows(tuple(self._shown.values()), hand_on)
        wanted = bool(rows) or not self.keys.isHidden()
        self._none.setVisible(not wanted)
        if self.property("edge") != ("look" if wanted else ""):
            self.set_edge("look" if wanted else None)

    def take_focus(self) -> None:
        """Put the focus on the first row, and on none of its buttons."""
        places = (self.keys, *self._shown.values())
        first = next((one for one in places if one.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()

    def row_of(self, post_id: str) -> QWidget | None:
        """Return the row of the post with that id, or None when it is not to be checked."""
        return self._shown.get(post_id)

    def unfinished(self) -> dict[str, str]:
        """Return the texts that are being corrected, by the ids of their posts."""
        typed = {post_id: shown.typed for post_id, shown in self._shown.items()}
        return self._taken_up | {post_id: text for post_id, text in typed.items() if text}

    def take_up(self, typed: Mapping[str, str]) -> None:
        """Continue with these texts once their posts are shown."""
        self._taken_up = dict(typed)

    def _take_over(self, shown: _CheckRow, before: _CheckRow | None) -> None:
        """Have a new row go on with what was typed, in the row it replaces if there is one."""
        if shown is before:
            return
        text = self._taken_up.pop(shown.post.id, "")
        if before is not None:
            text = before.typed
        if text:
            shown.take_up(text)
        if before is not None:
            shown.follow(before)

    def _to_connection(self) -> None:
        self.step_wanted.emit(StepId.CONNECTION)


class _CheckRow(QWidget):
    """The row of one post to check, with the reason and the buttons for it."""

    def __init__(
        self,
        post: OutboxPost,
        hour: HourPort,
        cautions: TextCautions,
        open_page: Callable[[str], None],
        own_page: str,
        to_connection: Callable[[], None],
        told: bool,
        answer: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"{own_name(post)}. {why(post)}")
        self.post = post
        self._mend: MendText | None = None
        self.is_asked = answer is not None
        """Whether the post is in question in the card above."""
        self.keys_fail = post.state is PostState.FAILED and post.reason in KEYS_OF_NO_USE
        self.told = told and self.keys_fail
        """Whether the notice above offers the remedy, for all posts with this reason."""
        self._to_connection = to_connection
        self._hour = hour
        self._open_page = open_page
        self._own_page = own_page
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(rule())
        layout.addWidget(Text(row_name(post), "strong"))
        self._why = Text(why(post))
        layout.addWidget(self._why)
        if answer is not None:
            words = _("Say whether it is published")
            button = Button(words, "link", "up", answer)
            button.show_text(words, f"{words} – {own_name(post)}")
            layout.addLayout(FlowLayout(button))
            return
        if said := said_by_x(post):
            layout.addWidget(Text(said, "small"))
        if post.state is PostState.FAILED and post.reason in _BY_ITS_TEXT:
            self._mend = MendText(post, hour, cautions)
            layout.addWidget(self._mend)
        else:
            quoted = _("“{text}”").format(text=beginning(post.text, 90))
            layout.addWidget(Text(quoted, "small"))
        if post.state in _ASKED:
            # Right above the buttons that confirm, wherever the head of the row is scrolled to.
            question = _("{post}: is it published?").format(post=row_name(post))
            layout.addWidget(Text(question, "strong"))
        buttons = FlowLayout(*self._buttons(), spacing=theme.Space.NEAR)
        layout.addLayout(buttons)

    def shows(self, post: OutboxPost, told: bool, is_asked: bool) -> bool:
        """Return whether the row shows exactly this already."""
        same = self.told is (told and self.keys_fail) and self.is_asked is is_asked
        return same and self.post == post

    @property
    def typed(self) -> str:
        """The text that is being corrected, "" while it is unchanged."""
        return self._mend.typed if self._mend is not None else ""

    def take_up(self, text: str) -> None:
        """Continue with a text that was being corrected."""
        if self._mend is not None:
            self._mend.edit.show_text(text)

    def follow(self, before: _CheckRow) -> None:
        """Take over the focus and the cursor from the row that this one replaces."""
        if before._mend is not None and self._mend is not None and before._mend.edit.hasFocus():
            cursor = self._mend.edit.textCursor()
            cursor.setPosition(before._mend.edit.textCursor().position())
            self._mend.edit.setTextCursor(cursor)
            self._mend.edit.setFocus()

    def _buttons(self) -> list[Button]:
        if self.post.state in _ASKED:
            buttons = self._asking_buttons()
        elif self.post.state is PostState.EXPIRED:
            buttons = [
                self._publishing(publish_now_words(self.post), self._try_again),
                *self._page_button(),
            ]
        else:
            buttons = self._failed_buttons()
        return [*buttons, self._button(_("Drop it"), self._drop)]

    def _asking_buttons(self) -> list[Button]:
        buttons = []
        if self.post.state is PostState.HANDED_OVER and self.post.page:
            buttons.append(self._button(_("Open the page again"), self._open_again))
        elif self._own_page:
            buttons.append(self._button(_("See on X"), self._see))
        buttons.append(self._button(_("Yes, it is published"), self._is_out))
        if self.post.state is PostState.UNKNOWN:
            buttons.append(self._publishing(_("No, publish it now"), self._is_not_out))
        return buttons

    def _failed_buttons(self) -> list[Button]:
        """Return the buttons: the remedy first, then the way around it, then another attempt."""
        reason, buttons = self.post.reason, []
        if self.told:
            pass
        elif reason in KEYS_FAIL:
            buttons.append(self._button(_("Reconnect"), self._to_connection))
        elif reason is Reason.SPENDING_LIMIT:
            buttons.append(self._button(_("Raise the amount"), self._to_connection))
        elif reason in MONEY_FAILS:
            buttons.append(self._button(_("Add credit on X"), self._add_credit))
        elif reason is Reason.PICTURE:
            words = _("Publish without the picture")
            buttons.append(self._publishing(words, self._leave_picture))
        if self._by_hand:
            copy = _("Copy it and open X") if reason is Reason.TOO_LONG else _("Copy the text")
            buttons.append(self._button(copy, self._copy))
            buttons.append(self._button(_("Yes, it is published"), self._is_out))
        if reason not in _BY_OURSELVES:
            buttons += self._page_button()
        if reason not in _NO_SECOND_TRY:
            buttons.append(self._publishing(_("Try again"), self._try_again))
        return buttons

    @property
    def _by_hand(self) -> bool:
        """Whether the text must be copied and pasted, because no page can be opened with it."""
        no_page = (Reason.TOO_LONG, Reason.BROWSER)
        return self.post.reason in no_page

    def _page_button(self) -> list[Button]:
        if self.post.route is not Route.KEYS or self.post.reason in BARRED_EVERYWHERE:
            return []
        alone = self.post.reason in KEYS_FAIL and not self.told
        words = _("Go on in the browser") if alone else _("Use the browser")
        return [self._publishing(words, self._by_page)]

    def _button(self, text: str, clicked: Callable[[], object]) -> Button:
        return _timed(SteadyButton(text, clicked=clicked, name=f"{text} – {own_name(self.post)}"))

    def _publishing(self, text: str, clicked: Callable[[], object]) -> Button:
        return _timed(PublishButton(text, clicked=clicked, name=f"{text} – {own_name(self.post)}"))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.post.text)
        self._why.setText(
            _("The text is copied: paste it on X ({keys}).").format(keys=named(Shortcut.PASTE))
        )
        announce(self, self._why.text())
        if self.post.reason is Reason.TOO_LONG:
            self._open_page(composer_page(self.post, NETWORK))

    def _open_again(self) -> None:
        self._open_page(self.post.page)

    def _see(self) -> None:
        self._open_page(self._own_page)

    def _add_credit(self) -> None:
        self._open_page(links.CONSOLE)

    def _is_out(self) -> None:
        self._hour.do(Outbox.confirm_sent, self.post.id)

    def _is_not_out(self) -> None:
        self._hour.do(Outbox.not_out, self.post.id)

    def _try_again(self) -> None:
        self._hour.do(Outbox.send_now, self.post.id)

    def _leave_picture(self) -> None:
        self._hour.do(Outbox.without_picture, self.post.id)

    def _by_page(self) -> None:
        self._hour.do(Outbox.by_web_page, self.post.id)

    def _drop(self) -> None:
        self._hour.do(Outbox.skip, self.post.id)


def _timed(button: SteadyButton) -> SteadyButton:
    """Have the same button of the next row refuse the second press of a double one."""
    button.take_time()
    return button
