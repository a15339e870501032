"""What was noticed in a post that asks for care, and what the app proposes; it does nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tchat_desktop.domain.signals import Care, Signal, care_for
from tchat_desktop.i18n import _
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text


class CareNotice(Card):
    """Stands inside the card of such a post, of `who`; the buttons are the organiser's to press."""

    def __init__(
        self,
        signals: Sequence[Signal],
        who: str,
        private: Callable[[], object],
        hide: Callable[[], object],
        repost: Callable[[], object],
    ) -> None:
        super().__init__(edge="stop", padding=10, spacing=6)
        care = care_for(signals)
        self._words = Text(care_words(signals))
        self._words.set_tone("stop")
        buttons = []
        if Care.ANSWER_IN_PRIVATE in care:
            words = _("Answer in private")
            name = _("Answer {who} in private").format(who=who)
            buttons.append(Button(words, "quiet", "mail", private, name=name))
        name = _("Hide the post by {who}").format(who=who)
        buttons.append(Button(_("Hide this post"), icon_name="hidden", clicked=hide, name=name))
        name = _("Repost {who} all the same").format(who=who)
        self._anyway = Button(_("Repost all the same"), "danger", clicked=repost, name=name)
        self._anyway.hide()
        self.add(self._words, FlowLayout(*buttons, self._anyway, spacing=6))

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def warn(self) -> None:
        """A repost was asked for: say what it would do, and leave it to another button."""
        self._words.setText(_("A repost would show this to many more people. Is that safe?"))
        self._anyway.show()


def care_words(signals: Sequence[Signal]) -> str:
    """What may be in a post, the gravest first, and what to do."""
    if Signal.DISCLOSURE in signals:
        return _("Somebody may be confiding something. Answer in private; do not repost.")
    if Signal.MINOR in signals:
        return _("A minor may be writing, or spoken of. Answer in private; do not repost.")
    if Signal.NAMED_CHILD in signals:
        return _("A child may be named. Ask in private to take the name out; do not repost.")
    return _("An insult or a provocation, it seems. Better not to answer; you may hide it.")
