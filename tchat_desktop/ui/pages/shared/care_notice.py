"""The notice in a post that asks for care: what was noticed, and what the organiser may do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from tchat_desktop.domain.protection import whom_to_tell
from tchat_desktop.domain.signals import Care, Signal, care_for, is_grave
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.private_answer import PrivateAnswer, PrivateWays
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

ASKED_MS = 60_000
"""Milliseconds after which an unanswered question is withdrawn with its dangerous button."""


@dataclass(frozen=True, slots=True)
class CareWays:
    """What the buttons of a notice do."""

    hide: Callable[[], object]
    harmless: Callable[[], object]
    private: PrivateWays


class CareNotice(Card):
    """The notice inside the card of a post by `who`; it does nothing until a button is pressed."""

    def __init__(self, signals: Sequence[Signal], who: str, ways: CareWays) -> None:
        super().__init__(padding=theme.Space.PART, spacing=theme.Space.NEAR)
        # Its words alone are red: a frame would shout louder than the post.
        self.setProperty("care", True)
        self.signals = tuple(signals)
        self._harmless = ways.harmless
        self._seen_to = False
        self._words = Text(notice_words(signals))
        self._words.set_tone("stop")
        self._whom = whom_to_tell(ways.private.chat) if is_grave(signals) else ""
        self._tell = Text("", "strong")
        if not self._whom:
            self._tell.hide()
        self._say_whom()
        self._buttons: list[Button] = []
        self.private = PrivateAnswer(who, ways.private, named_child=not is_grave(signals))
        if Care.ANSWER_IN_PRIVATE in care_for(signals):
            words = _("Answer in private")
            name = _("Answer {who} in private").format(who=who)
            self._buttons.append(Button(words, "quiet", "mail", self._on_private, name=name))
        words = _("Hide this post")
        name = _("{what} – {who}").format(what=words, who=who)
        self._hide = Button(words, icon_name="hidden", clicked=ways.hide, name=name)
        name = _("Go on guarding the post by {who}").format(who=who)
        self._cancel = Button(_("Cancel"), "quiet", clicked=self._ask_nothing, name=name)
        self._forget = QTimer(self, singleShot=True, interval=ASKED_MS)
        self._forget.timeout.connect(self._ask_nothing)
        words, name = _("Yes, I have read it"), _("Yes, nothing to guard in the post by {who}")
        self._sure = SteadyButton(words, "danger", clicked=self._on_sure, name=name.format(who=who))
        self._asked = (self._cancel, self._sure)
        for one in self._asked:
            # Each button keeps its place while it is hidden, so that nothing moves.
            keep_room(one)
            one.hide()
        words = _harmless_words(signals)
        name = f"{words} – {who}"
        harmless = SteadyButton(words, "link", "check", clicked=self._on_harmless, name=name)
        flow = FlowLayout(*self._buttons, self._hide, harmless, spacing=theme.Space.NEAR)
        self._asking = FlowLayout(*self._asked, spacing=theme.Space.NEAR)
        self.add(self._words, self._tell, flow, self._asking, self.private)

    @property
    def text(self) -> str:
        """The text of the notice."""
        return self._words.text()

    def answer_in_private(self) -> None:
        """Open the panel with what to do and what to write, where an answer in private is due."""
        if self._buttons and self.private.isHidden():
            self._on_private()

    def take_focus(self) -> None:
        """Put the focus on the first button that is proposed."""
        buttons = (*self._buttons, self._hide)
        first = next((one for one in buttons if not one.isHidden()), None)
        if first is not None:
            first.setFocus()

    def _on_harmless(self) -> None:
        """Ask whether the post is harmless: a stray click must not remove the notice."""
        self._words.setText(_("Then nothing guards this post any more. Are you sure?"))
        for one in self._asked:
            one.show()
        self._forget.start()

    def _on_sure(self) -> None:
        self._harmless()
        self._ask_nothing()

    def ask_nothing(self) -> None:
        """Withdraw the question, because something else is done about the post."""
        if not self._cancel.isHidden():
            self._ask_nothing()

    def show_seen_to(self, seen_to: bool, *, hidden: bool) -> None:
        """Hide the buttons once the post is answered, and show them again when it is not.

        A `hidden` post does not get the button that hides it.
        """
        self._hide.setHidden(seen_to or hidden)
        if seen_to is self._seen_to:
            return
        self._seen_to = seen_to
        self.private.put_away()
        for button in self._buttons:
            button.setHidden(seen_to)
        self._say_whom()
        self._ask_nothing()

    def _say_whom(self) -> None:
        """Name the person to tell in the organisation, also once the post is answered."""
        words = _("Tell {who} as well.") if self._seen_to else _("Tell {who} at once.")
        self._tell.setText(words.format(who=self._whom))

    def _ask_nothing(self) -> None:
        self._forget.stop()
        for one in self._asked:
            one.hide()
        done = _("You have seen to it. Better not to repost or highlight it.")
        self._words.setText(done if self._seen_to else notice_words(self.signals))

    def _on_private(self) -> None:
        self.ask_nothing()
        if not self.private.isHidden():
            self.private.put_away()
            return
        self.private.open_in(self)


def _harmless_words(signals: Sequence[Signal]) -> str:
    """Return the label of the button by which the organiser says that nothing noticed is true.

    It speaks in their name, because the app cannot know.
    """
    names_child = Signal.NAMED_CHILD in signals
    if is_grave(signals):
        both = _("I have checked: it confides nothing and names no child")
        return both if names_child else _("I have checked: it confides nothing")
    if names_child:
        return _("I have checked: no child is named")
    return _("I have checked: it hurts nobody")


def notice_words(signals: Sequence[Signal]) -> str:
    """Return a sentence on the most serious thing that may be in a post, and what to do."""
    if Signal.DISCLOSURE in signals:
        return _("Somebody may be confiding something. Answer in private; do not repost.")
    if Signal.MINOR in signals:
        return _("A minor may be writing, or spoken of. Answer in private; do not repost.")
    if Signal.NAMED_CHILD in signals:
        return _("A child may be named. Ask in private to take the name out; do not repost.")
    return _("An insult or a provocation, it seems. Better not to answer; you may hide it.")
