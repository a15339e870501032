"""The card with the one thank-you to everyone, which is published on X."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.thanks.sent_question import SentQuestion
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.pages.thanks.thanks_words import HidingWords, already_words
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _


class EveryoneCard(Card):
    """Shows the text and asks, once its page was opened, whether it is published."""

    link_wanted = Signal()
    """Emitted when the organiser wants to give the address of the recap."""
    ticked = Signal(bool)
    """Emitted with whether the organiser says that it is published."""

    def __init__(
        self, guard: ChildGuard, hiding: HidingWords, open_on_x: Callable[[str], None]
    ) -> None:
        """`open_on_x` opens the page of X with a text; it raises ValueError for one too long."""
        super().__init__()
        self._open_on_x = open_on_x
        self._was_thanked = False
        whom = _("to everyone")
        self._already = VerdictLine()
        self._first = Text(_("It names your guests, and tells that a recap is coming."), "small")
        self.draft = ThanksDraft(_("Thank-you to everyone"), whom, guard, "primary")
        self.draft.open_wanted.connect(self._on_open)
        self.draft.watch_for(hiding.caution)
        self.draft.refuse(hiding.forbidden)
        self.question = SentQuestion(whom, _("Yes, it is published"))
        self.question.said_yes.connect(self._on_yes)
        self.tick = Tick(
            _("Published"), self._on_ticked, name=_("{what} – {who}").format(
                what=_("Published"), who=_("Thank-you to everyone")
            ),
        )  # fmt: skip
        self._recap_link = Button(
            _("Give the address of your recap"), "link", "outside", self.link_wanted.emit
        )
        title = Text(_("One thank-you to everyone"), "heading", wrap=False)
        self.add(
            FoldingRow((title,), (self.tick,)),
            self._first,
            self._already,
            self.draft,
            self.question,
            row(self._recap_link, None),
        )

    def show_thanks(
        self, chat: Chat, text: str, sent: OutboxPost | None, *, online: bool, rehearsing: bool
    ) -> None:
        """Show the text; `sent` is the thank-you of the hour, `online` whether the recap is."""
        self.draft.show_proposal(text, not rehearsing)
        self._first.setVisible(sent is None and not online)
        self._recap_link.setVisible(not online and not rehearsing)
        self._already.say(already_words(sent, chat, online) if sent else "", "well")
        self.tick.setHidden(rehearsing)
        self.tick.setChecked(chat.everyone_thanked)
        if chat.everyone_thanked and not self._was_thanked:
            self.draft.note_sent()
        self._was_thanked = chat.everyone_thanked
        if chat.everyone_thanked:
            self.question.hide()

    def _on_open(self, text: str) -> None:
        try:
            self._open_on_x(text)
        except ValueError:
            self.draft.say(
                _("This text is too long for the browser. Copy it, and paste it on X."), "look"
            )
            return
        self.draft.hush()
        self.question.ask(
            _("Your browser is opening it: press “Post” there, then come back."),
            _("Have you published your thank-you?"),
        )

    def _on_yes(self) -> None:
        # The tick itself is above the view by now.
        self.draft.say(_("Published"), "well")
        self.ticked.emit(True)

    def _on_ticked(self) -> None:
        self.draft.hush()
        self.ticked.emit(self.tick.isChecked())
