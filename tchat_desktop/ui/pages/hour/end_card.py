"""The card that says that the hour is over, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.faces import set_words
from tchat_desktop.ui.pages.shared.hour_words import (
    unconfirmed_words,
    unpublished_words,
)
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, Notice
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.tone import Tone


class EndCard(Card):
    """The card that says that the hour is over, and what comes next."""

    step_wanted = Signal(StepId)
    closed = Signal()
    check_wanted = Signal(str)
    """Emitted with the id of a post of the run sheet that is not known to be published."""

    def __init__(self, rehearsing: bool) -> None:
        # It takes the place of two low cards.
        super().__init__(edge="well", padding=theme.Space.GAP, spacing=theme.Space.TITLE_LEAD)
        self._rehearsing = rehearsing
        self._title, self._words = Text("", "heading"), Text("")
        self._open_id = ""
        words = _("Go to this message")
        self._go = Button(words, "quiet", "alert", clicked=self._to_unconfirmed)
        self._unconfirmed = Notice("", "look", self._go)
        self._left = Text("")
        self._left.hide()
        if rehearsing:
            self.add(
                Text(_("The rehearsal is over"), "heading"),
                self._left,
                Text(_("See what went well, and what you may do again.")),
                FlowLayout(
                    Button(_("See what went well"), "primary", "next", self._to_debrief),
                    Button(_("Close the rehearsal"), clicked=self.closed.emit),
                ),
            )
        else:
            self.add(
                self._unconfirmed,
                self._title,
                self._words,
                FlowLayout(
                    Button(_("Thank the participants"), "primary", "next", self._to_thanks),
                ),
            )
        # The texts stay together at the top when the card is higher than needed.
        self.content.addStretch(1)
        self.hide()

    def show_outcome(
        self,
        begun: bool,
        unconfirmed: Sequence[OutboxPost],
        waiting: bool,
        given: int,
        left: Sequence[OutboxPost],
    ) -> None:
        """Show how the hour ended: whether anything was published, and whether posts wait.

        The posts of the run sheet in `unconfirmed` are named first, because the public waits for
        them. `given` is the number of posts given to a guest and not answered. Nothing of this is
        shown for a rehearsal, which has a debrief: there, what it `left` unpublished. Posts by the
        public that ask for attention are told by the strip, which is always in sight.
        """
        if self._rehearsing:
            words = unpublished_words(left)
            set_words(self._left, words)
            self._left.setVisible(bool(words))
            return
        self._show_unconfirmed(unconfirmed if begun else ())
        if begun:
            set_words(self._title, _("It is over.") if unconfirmed else _("It is over. Well done!"))
            words = _(
                "Everything is saved. Thank the people who took part while they still think of you."
            )
            later = _("What is under “To check” can wait.")
            if unconfirmed:
                later = _("The rest of what is under “To check” can wait.")
        else:
            set_words(self._title, _("The time of the chat has passed"))
            words = _("Nothing was published from here.")
            later = _("Under “To check” you can still publish each post, or drop it.")
        later_wanted = waiting or (bool(unconfirmed) and not begun)
        words = f"{words} {later}" if later_wanted else words
        if given:
            waits = ngettext(
                "{count} post given to a guest has no answer yet.",
                "{count} posts given to guests have no answer yet.",
                given,
            )
            words += " " + waits.format(count=given)
        set_words(self._words, words)

    def _show_unconfirmed(self, rows: Sequence[OutboxPost]) -> None:
        edge: Tone = "look" if rows else "well"
        if self.property("edge") != edge:
            self.set_edge(edge)
        self._open_id = rows[0].id if rows else ""
        words = ""
        if rows:
            now = ngettext(
                "Publish it now if that is not done: it cannot wait.",
                "Publish them now if that is not done: they cannot wait.",
                len(rows),
            )
            words = f"{unconfirmed_words(rows)} {now}"
        if words != self._unconfirmed.text:
            self._unconfirmed.say(words, "look", self._go)
            self._go.show_text(
                ngettext("Go to this message", "Go to these messages", max(1, len(rows)))
            )

    def _to_unconfirmed(self) -> None:
        self.check_wanted.emit(self._open_id)

    def _to_debrief(self) -> None:
        self.step_wanted.emit(StepId.REHEARSAL)

    def _to_thanks(self) -> None:
        self.step_wanted.emit(StepId.THANKS)
