"""What still waits for an answer in private after the chat: told, and read with one press.

A confidence comes at any hour. The pages after the chat tell of it as the strip of the hour does,
and show the message itself with what to do, so that nobody has to look for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.echoes import needing_care
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.protection import name_out_request, private_answer
from tchat_desktop.domain.signals import is_grave, is_urgent, signals_of
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.care_notice import CareNotice, CareWays
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.ui.pages.shared.material_watch import KeepMark
from tchat_desktop.ui.pages.shared.private_answer import PrivateWays
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.folded_post import FoldedPost
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class CareTools:
    """What a page after the chat needs to see to a message that asks for care."""

    mark: KeepMark
    texts_of: Callable[[str], Texts]
    open_page: Callable[[str], None]


class CareCard(QWidget):
    """Tells how many messages wait, and opens the one that has waited longest, the urgent first.

    Hidden while none waits. While the chat goes on it leads to the page of the hour instead.
    """

    hour_wanted = Signal()
    marked = Signal(Marking)
    """Emitted with what the organiser says of the message."""
    counted = Signal(int)
    """Emitted with how many messages wait that confide something, when that was looked at."""
    opened = Signal()
    """Emitted when the message is shown, perhaps out of sight."""

    def __init__(self, tools: CareTools, bridge: Bridge) -> None:
        super().__init__()
        self._tools = tools
        self._bridge = bridge
        self._chat = Chat("")
        self._known: tuple[object, ...] = ()
        self._waiting: tuple[FeedPost, ...] = ()
        self._is_counted = False
        """Whether it is known what waits; until then a message that is wanted is remembered."""
        self._is_wanted = False
        self._is_on = False
        self.read = Button(_("Read this message"), icon_name="alert", clicked=self._on_read)
        self._notice = HintNotice("", "look", self.read)
        self._card: Card | None = None
        self._shown: FeedPost | None = None
        self.notice: CareNotice | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.BESIDE))
        self._layout.addWidget(self._notice)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on what waits; "" when nothing does."""
        return self._notice.text

    @property
    def urgent(self) -> int:
        """How many messages wait that confide something."""
        return sum(is_urgent(signals_of(one, self._chat)) for one in self._waiting)

    def show_material(self, chat: Chat, material: Material, *, is_on: bool) -> None:
        """Tell what waits; `is_on` says whether the chat goes on."""
        self._is_on = is_on
        known = (material, chat.people, chat.account, chat.language)
        if known == self._known:
            return
        self._known, self._chat = known, chat

        def found(waiting: tuple[FeedPost, ...]) -> None:
            # What changed meanwhile is looked at by itself.
            if known == self._known:
                self._show_waiting(waiting)

        # Many posts take a while: the window does not wait for it.
        self._bridge.run(self, lambda: _in_order(chat, material), found, _nothing)

    def _show_waiting(self, waiting: tuple[FeedPost, ...]) -> None:
        self._waiting, self._is_counted = waiting, True
        urgent = self.urgent
        words = needing_care_words(len(waiting), urgent) if waiting else ""
        self._notice.say(words, "stop" if urgent else "look")
        if self._shown is None or self._shown.post.id not in {one.post.id for one in waiting}:
            # What was read is seen to: the next one is opened by another press.
            self._put_away()
        self.setVisible(bool(waiting))
        self.counted.emit(urgent)
        if self._is_wanted:
            self.open_first()

    def show_nothing(self) -> None:
        """Tell of nothing: what there is was made up for a rehearsal."""
        self._known, self._waiting = (), ()
        self._put_away()
        self._notice.say("", "look")
        self.hide()

    def open_first(self) -> None:
        """Show the message that has waited longest with what to do; nothing where none waits."""
        self._is_wanted = not self._is_counted
        if not self._waiting:
            return
        if self._card is None:
            self._card = self._message(self._waiting[0])
            self._layout.addWidget(self._card)
            self.read.hide()
        if self.notice is not None:
            self.notice.answer_in_private()
            self.notice.take_focus()
        self.opened.emit()

    def _on_read(self) -> None:
        if self._is_on:
            self.hour_wanted.emit()
        else:
            self.open_first()

    def _message(self, item: FeedPost) -> Card:
        self._shown = item
        post, signals = item.post, signals_of(item, self._chat)
        who = f"@{post.author}"
        ready = private_answer if is_grave(signals) else name_out_request
        private = PrivateWays(
            self._chat,
            ready(self._chat, self._tools.texts_of(self._chat.language)),
            opened=lambda _notice: self.opened.emit(),
            open_profile=partial(self._tools.open_page, profile_page(post.author, NETWORK)),
            done=self._on_done,
            begin=_nothing,
            end=_nothing,
        )
        ways = CareWays(
            partial(self._mark, Mark.HIDDEN), partial(self._mark, Mark.HARMLESS), private
        )
        self.notice = CareNotice(signals, who, ways)
        card = Card(edge="stop" if is_urgent(signals) else "look", spacing=theme.Space.BESIDE)
        name = post.author_name if post.author_name.removeprefix("@") != post.author else ""
        shown = f"{name} {who}".strip()
        card.setAccessibleName(_("The message by {who}").format(who=who))
        card.add(Text(shown, "strong"), FoldedPost(post.text, shown), self.notice)
        return card

    def _put_away(self) -> None:
        self._shown, self.notice = None, None
        if self._card is not None:
            if self._card.isAncestorOf(self.window().focusWidget() or self):
                self.read.show()
                self.read.setFocus()
            self._layout.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self.read.show()

    def _on_done(self) -> None:
        item = self._shown
        # The organiser has answered it in private: it is a confidence now, whatever its words.
        if item is not None and is_grave(signals_of(item, self._chat)) and not item.confided:
            self._mark(Mark.CONFIDED)
        self._mark(Mark.ANSWERED, item)

    def _mark(self, mark: Mark, item: FeedPost | None = None) -> None:
        item = item or self._shown
        if item is not None:
            self.marked.emit(Marking(item.post.id, mark, True))
            announce(self, self.text or _("Nothing waits for an answer in private any more."))


def _in_order(chat: Chat, material: Material) -> tuple[FeedPost, ...]:
    """Return the posts that wait for care, the urgent first, then the oldest."""
    waiting = needing_care(chat, material.posts, material.rows)
    return tuple(
        sorted(waiting, key=lambda one: (not is_urgent(signals_of(one, chat)), one.post.created_at))
    )


def _nothing(*_about: object) -> None:
    """Do nothing: after the chat no page opens by itself, and what fails is looked at again."""
