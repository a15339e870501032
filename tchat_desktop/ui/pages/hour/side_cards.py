"""The cards beside the feed: the time left, the tone, and the newcomers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QProgressBar

from tchat_desktop.domain.etiquette import Share, ShareVerdict, promotional_share
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.ui.models.feed import Arrival
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.clock_text import ClockText
from tchat_desktop.ui.widgets.text import Text, restyle
from tchat_desktop.wording.i18n import _, ngettext, pgettext

MOST_ARRIVALS = 3


class SideCard(Card):
    """A small card with a title."""

    def __init__(self, title: str) -> None:
        super().__init__(padding=16, spacing=8)
        self.title = Text(title, "advice")
        self.add(self.title)


class TimeCard(SideCard):
    """The minutes left, and the number of questions left to ask."""

    end_wanted = Signal()

    def __init__(self, rehearsing: bool) -> None:
        super().__init__(_("The time"))
        # Only as wide as its text, because the next label continues the sentence.
        self._minutes = ClockText(_("Minutes left:"), widest="")
        self._left = Text(pgettext("minutes", "left"), "small", wrap=False)
        self._questions = Text("", "body")
        words = _("Stop the rehearsal") if rehearsing else _("End the chat now")
        self._end = Button(words, "link", "close", clicked=self.end_wanted.emit)
        self._rehearsing = rehearsing
        self.add(row(self._minutes, self._left, None), self._questions, row(self._end, None))
        # The texts stay together at the top when the card is higher than needed.
        self.content.addStretch(1)

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour."""
        for widget in (self._minutes, self._left, self._end):
            widget.setHidden(view.ended)
        if view.ended:
            over = _("The rehearsal is over.") if self._rehearsing else _("The chat is over.")
            self._questions.setText(over)
            return
        self._minutes.show_time(_("{count} min").format(count=view.minutes_left))
        before = view.begins_in is not None
        words = pgettext("minutes", "planned") if before else pgettext("minutes", "left")
        if words != self._left.text():
            self._left.setText(words)
        count = view.pace.questions_left
        words = ngettext("{count} question to ask", "{count} questions to ask", count)
        text = (
            words.format(count=count)
            if count
            else _("No question of the run sheet is left to ask.")
        )
        if text != self._questions.text():
            self._questions.setText(text)


class ToneCard(SideCard):
    """The share of the published posts that are about the organisation itself."""

    def __init__(self) -> None:
        super().__init__(_("How much you say of yourselves"))
        self._words = Text("", "body")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of posts about your organisation"))
        self._shown: Share | None = None
        self.add(self._words, self._bar)

    def show_view(self, view: HourView) -> None:
        """Show the share of published posts that are about the organisation."""
        chat, rules = view.chat, view.means.rules
        texts = [row.text for row in view.sent if row.kind is not PostKind.REPOST]
        links = (with_scheme(chat.registration_link),) if chat.registration_link else ()
        self.show_share(promotional_share(texts, chat.organisation, chat.account, rules, links))

    def show_share(self, share: Share) -> None:
        """Show the share in words and as a bar."""
        if share == self._shown:
            return
        self._shown = share
        count = ngettext(
            "{count} post of {total} talks about your organisation.",
            "{count} posts of {total} talk about your organisation.",
            share.promotional,
        ).format(count=share.promotional, total=share.total)
        verdict = {
            ShareVerdict.FINE: _("It is still a conversation."),
            ShareVerdict.ENOUGH: _("That is enough."),
            ShareVerdict.TOO_MUCH: _("It sounds like advertising: let the others speak."),
        }[share.verdict]
        if not share.promotional:
            count = _("None of your posts is about your organisation.")
        if not share.total:
            count, verdict = "", _("Nothing is published yet.")
        self._words.setText(f"{count} {verdict}".strip())
        self._bar.setValue(round(100 * share.promotional / max(1, share.total)))
        self._bar.setProperty("tone", "well" if share.verdict is ShareVerdict.FINE else "look")
        restyle(self._bar)


class ArrivalsCard(SideCard):
    """The people who wrote for the first time just now and were not welcomed yet.

    `welcome_wanted` is emitted with the id of the post to reply to.
    """

    welcome_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Just arrived"))
        self._none = Text("", "small")
        self._more = Text("", "small")
        self.add(self._none)
        self._posts: list[str] = []
        self._names: list[Text] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        for index in range(MOST_ARRIVALS):
            name = Text("", "body")
            button = Button(_("Welcome them"), "link", "bubble")
            self._names.append(name)
            self._group.addButton(button, index)
            line = row(name, button)
            line.setStretch(0, 1)
            self.add(line)
            name.hide()
            button.hide()
        self.add(self._more)

    def show_arrivals(self, arrivals: Sequence[Arrival], *, by_hand: bool) -> None:
        """Show the first few, and the number of the others.

        `by_hand` tells that posts of the public are pasted instead of being read.
        """
        none = _("People who write for the first time show here.")
        if by_hand:
            none = _("People whose message you paste show here.")
        self._none.setText(none)
        first = arrivals[:MOST_ARRIVALS]
        self._posts = [one.entry.feed.post.id for one in first]
        for index, name in enumerate(self._names):
            button = self._group.button(index)
            name.setVisible(index < len(first))
            button.setVisible(index < len(first))
            if index < len(first):
                post = first[index].entry.feed.post
                name.setText(beginning(post.author_name or f"@{post.author}", 30))
                button.setAccessibleName(_("Welcome {who}").format(who=f"@{post.author}"))
        rest = len(arrivals) - len(first)
        words = ngettext("and {count} other person", "and {count} other people", rest)
        self._more.setText(words.format(count=rest) if rest > 0 else "")
        self._more.setVisible(rest > 0)
        self._none.setVisible(not first)

    def _on_clicked(self, index: int) -> None:
        if index < len(self._posts):
            self.welcome_wanted.emit(self._posts[index])


def not_welcomed(
    arrivals: Iterable[Arrival], view: HourView, within: timedelta | None
) -> list[Arrival]:
    """Return the newcomers who were not replied to and arrived `within` that time, None for any."""
    replies = (row for row in view.rows if row.kind is PostKind.REPLY)
    answered = {fold(row.target_author) for row in replies}
    return [
        one
        for one in arrivals
        if (within is None or view.now - one.at <= within)
        and fold(one.entry.feed.post.author) not in answered
    ]
