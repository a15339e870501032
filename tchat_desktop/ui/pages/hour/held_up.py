"""The card for an hour that could not begin: why, and the button to try again."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _


class HeldUpCard(Card):
    """Shown in place of the hour while nothing can leave from this computer."""

    def __init__(self, try_again: Callable[[], object]) -> None:
        super().__init__(
            edge="look", padding=theme.Space.LEAD_CONTENT, spacing=theme.Space.UNDER_HEADING
        )
        self.words = Text("")
        self.add(
            Text(_("The chat is not open here"), "heading"),
            self.words,
            FlowLayout(Button(_("Try again"), "primary", clicked=try_again)),
        )
        self.hide()

    def say(self, error: Exception | None) -> None:
        """Show why: the error of the store, or None when another process publishes."""
        if error is not None:
            words = sentence(error) + " " + _("Nothing was sent from here.")
        else:
            words = _(
                "Posts are already leaving from this folder, from another window or command. "
                "Nothing was sent from here."
            )
        self.words.setText(words)
