"""The hour could not begin here: why, and the button to try again."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _


class HeldUpCard(Card):
    """Stands where the hour would, while nothing leaves from here."""

    def __init__(self, try_again: Callable[[], object]) -> None:
        super().__init__(edge="look", padding=24, spacing=12)
        self.words = Text("")
        self.add(
            Text(_("The chat is not open here"), "heading"),
            self.words,
            FlowLayout(Button(_("Try again"), "primary", clicked=try_again)),
        )
        self.hide()

    def say(self, error: Exception | None) -> None:
        """Say why: what the data refused, or that somebody else posts."""
        if error is not None:
            words = sentence(error) + " " + _("Nothing was sent from here.")
        else:
            words = _(
                "Posts are already leaving from this folder, from another window or command. "
                "Nothing was sent from here."
            )
        self.words.setText(words)
