"""The small cards beside the feed, and the one about how much one speaks of oneself."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from tchat_desktop.domain.etiquette import Share, ShareVerdict
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext


class SideCard(Card):
    """A small card with a title."""

    def __init__(self, title: str) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self.title = Text(title, "advice")
        self.add(self.title)


class ToneCard(SideCard):
    """The share of the published posts that are about the organisation itself."""

    def __init__(self) -> None:
        super().__init__(_("How much you say of yourselves"))
        self._words = Text("", "body")
        set_tip(self._words, _("Counted on what you published, without your reposts."))
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of posts about your organisation"))
        self._shown: Share | None = None
        self.add(self._words, self._bar)

    def show_share(self, share: Share) -> None:
        """Show the share in words and as a bar."""
        if share == self._shown:
            return
        self._shown = share
        count = ngettext(
            "{count} of your {total} posts of the last hour talks about your organisation.",
            "{count} of your {total} posts of the last hour talk about your organisation.",
            share.promotional,
        ).format(count=share.promotional, total=share.total)
        verdict = {
            ShareVerdict.FINE: _("It is still a conversation."),
            ShareVerdict.ENOUGH: _("That is enough."),
            ShareVerdict.TOO_MUCH: _("It sounds like advertising: let the others speak."),
        }[share.verdict]
        if not share.promotional:
            count = _("None of your posts of the last hour is about your organisation.")
        if not share.total:
            count, verdict = "", _("You have published nothing in the last hour.")
        self._words.setText(f"{count} {verdict}".strip())
        self._bar.setValue(round(100 * share.promotional / max(1, share.total)))
        self._bar.setProperty("tone", "well" if share.verdict is ShareVerdict.FINE else "look")
        restyle(self._bar)
