"""The posts that are expensive because of their links, each with the ways to avoid the cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class LinkState(StrEnum):
    """What was decided about a post with a link."""

    BY_KEYS = "by_keys"
    BY_PAGE = "by_page"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class LinkedPost:
    """A post with a link, or one whose link was just removed. `price` is in words."""

    key: str
    title: str
    minute: int
    """Minutes from the start at which it leaves, to tell posts with the same title apart."""
    state: LinkState
    price: str
    says_more: bool
    """Whether there is text left to publish without the link."""


class LinkRows(QWidget):
    """The rows of these posts; a row keeps its place and focus.

    The signals are emitted with the key of the post for which a button was pressed.
    """

    leave_out_wanted = Signal(str)
    put_back_wanted = Signal(str)
    way_wanted = Signal(str, bool)
    """Emitted with the key of the post, and whether it is to leave by X's page in the browser."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _LinkRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.PART))

    def show_posts(self, posts: Sequence[LinkedPost]) -> None:
        """Show these posts, in their order."""
        keep_only(self._layout, self._rows, {post.key for post in posts})
        for place, post in enumerate(posts):
            if post.key not in self._rows:
                self._rows[post.key] = _LinkRow(self)
            put_in_order(self._layout, [self._rows[post.key]], place)
            self._rows[post.key].show_post(post)


class _LinkRow(QWidget):
    """The row of one post: its price or its way, and the buttons to change that."""

    def __init__(self, rows: LinkRows) -> None:
        super().__init__()
        self._signals = rows
        self._post: LinkedPost | None = None
        self._title = Text("", "strong", wrap=False)
        self._state = Text("", "strong", wrap=False)
        self._leave_out = Button(_("Leave the link out"), clicked=self._on_leave_out)
        self._by_page = Button(_("Send it in the browser (free)"), clicked=self._on_by_page)
        self._back = Button("", icon_name="undo", clicked=self._on_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        layout.addWidget(FoldingRow((self._title,), (self._state,)))
        layout.addLayout(
            FlowLayout(self._leave_out, self._by_page, self._back, spacing=theme.Space.NEAR)
        )

    def show_post(self, post: LinkedPost) -> None:
        if post == self._post:
            return
        focused = any(one.hasFocus() for one in (self._leave_out, self._by_page, self._back))
        self._post = post
        self._title.setText(post.title)
        words, tone, back = {
            LinkState.BY_KEYS: (post.price, None, ""),
            LinkState.BY_PAGE: (
                _("Goes in the browser, free"), "well", _("With the keys again")
            ),
            LinkState.LEFT_OUT: (
                _("Leaves without its link: {price}").format(price=post.price),
                "well",
                _("Put the link back"),
            ),
        }[post.state]  # fmt: skip
        self._state.setText(words)
        self._state.set_tone(tone)  # type: ignore[arg-type]
        minute = _("{count} min").format(count=post.minute)
        about = f"{post.title}, {minute}"
        for button in (self._leave_out, self._by_page):
            button.setAccessibleName(f"{button.text()} – {about}")
            button.setVisible(post.state is LinkState.BY_KEYS)
        # Without the link there would be nothing left to publish.
        self._leave_out.setVisible(post.state is LinkState.BY_KEYS and post.says_more)
        self._back.setVisible(bool(back))
        self._back.show_text(back, f"{back} – {about}")
        if focused:
            # The pressed button was hidden: the focus moves to the next one.
            (self._back if back else self._by_page).setFocus()

    def _on_leave_out(self) -> None:
        if self._post is not None:
            self._signals.leave_out_wanted.emit(self._post.key)

    def _on_by_page(self) -> None:
        if self._post is not None:
            self._signals.way_wanted.emit(self._post.key, True)

    def _on_back(self) -> None:
        if self._post is None:
            return
        if self._post.state is LinkState.BY_PAGE:
            self._signals.way_wanted.emit(self._post.key, False)
        else:
            self._signals.put_back_wanted.emit(self._post.key)
