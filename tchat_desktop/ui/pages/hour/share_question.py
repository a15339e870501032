"""The question under the buttons of a post that asks for care, when it is about to be shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer

from tchat_desktop.domain.signals import Signal, exposes, is_grave
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.care_notice import ASKED_MS
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class ShareQuestion(Card):
    """Asks before a post by `who` is reposted or highlighted; a confidence never is."""

    def __init__(
        self,
        signals: Sequence[Signal],
        who: str,
        repost: Callable[[], object],
        star: Callable[[], object],
    ) -> None:
        super().__init__(padding=theme.Space.PART, spacing=theme.Space.NEAR)
        # Its words alone are red: a frame would shout louder than the post.
        self.setProperty("care", True)
        self.guards_star = exposes(signals)
        """Whether a highlight is asked about too; an insult only harms its author."""
        self._refuses = is_grave(signals)
        self._words = Text("")
        self._words.set_tone("stop")
        name = _("Repost {who} all the same").format(who=who)
        words = _("Repost all the same")
        self.repost = PublishButton(words, "danger", clicked=repost, name=name)
        name = _("Highlight {who} all the same").format(who=who)
        self.star = Button(_("Highlight all the same"), "danger", clicked=star, name=name)
        name = _("Do not share the post by {who}").format(who=who)
        words = _("Close") if self._refuses else _("Cancel")
        self.cancel = Button(words, "quiet", clicked=self.put_away, name=name)
        self._forget = QTimer(self, singleShot=True, interval=ASKED_MS)
        self._forget.timeout.connect(self.put_away)
        for one in (self.repost, self.star):
            # Each button keeps its place while the other is shown.
            keep_room(one)
        self.add(
            self._words, FlowLayout(self.cancel, self.repost, self.star, spacing=theme.Space.NEAR)
        )
        self.hide()

    @property
    def text(self) -> str:
        """What is asked."""
        return self._words.text()

    def warn_of_repost(self) -> None:
        """Say what a repost would do; a confidence is not reposted at all."""
        words = _("A repost would show this to many more people. Is that safe?")
        if self._refuses:
            words = _(
                "A confidence is not reposted: many more people would read it. Answer in private."
            )
        self._ask(words, self.repost)

    def warn_of_star(self) -> None:
        """Say what a highlight would do, which goes into the recap."""
        words = _("A highlight goes into the recap, with its author. Is that safe?")
        if self._refuses:
            words = _("A confidence is no highlight: the recap would show it. Answer in private.")
        self._ask(words, self.star)

    def _ask(self, words: str, meant: Button) -> None:
        self._words.setText(words)
        for one in (self.repost, self.star):
            one.setVisible(one is meant and not self._refuses)
        self.show()
        announce(self, words)
        self._forget.start()

    def show_done(self, *, reposted: bool, starred: bool) -> None:
        """Withdraw the question once what it asked about is done."""
        if (reposted and not self.repost.isHidden()) or (starred and not self.star.isHidden()):
            self.put_away()

    def put_away(self) -> None:
        """Withdraw the question, because it is answered or something else is done."""
        self._forget.stop()
        for one in (self, self.repost, self.star):
            one.hide()
