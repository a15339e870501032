"""The one notice about all the highlights that may tell of a child."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tchat_desktop.domain.doubts import Doubt
from tchat_desktop.ui.pages.recap.highlight_card import HighlightView
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, ngettext


class ChildNotice(HintNotice):
    """Says the most serious first, and keeps its place until no highlight tells of a child."""

    def __init__(self, show: Callable[[], None]) -> None:
        """Make a hidden notice; `show` scrolls to the highlight in question."""
        super().__init__("", "look", Button(_("Show me"), clicked=show))
        self.hide()

    def show_views(self, views: Sequence[HighlightView]) -> None:
        """Say what must be looked at in these highlights."""
        named = sum(Doubt.NAMED_CHILD in view.highlight.doubts for view in views)
        unread = sum(Doubt.HIDDEN_CHILD in view.highlight.doubts for view in views)
        if named:
            words = ngettext(
                "{count} highlight may name a child. Look at it before you publish.",
                "{count} highlights may name a child. Look at them before you publish.",
                named,
            ).format(count=named)
        elif unread:
            words = ngettext(
                "A child’s name is hidden. Read that highlight again: an age, a place or other "
                "names may still show who it is. Then tick it.",
                "Children’s names are hidden in {count} highlights. Read them again: an age, a "
                "place or other names may still show who it is. Then tick them.",
                unread,
            ).format(count=unread)
        elif any(view.hides_child for view in views):
            self.say(_("A child’s name is hidden, and you have read the rest."), "well")
            return
        else:
            words = ""
        self.say(words, "look")
