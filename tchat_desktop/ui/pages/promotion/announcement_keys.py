"""Announcements that leave by themselves with the keys: what is offered, and what came of it."""

from __future__ import annotations

from tchat_desktop.domain.announcing import leaves_by_itself
from tchat_desktop.domain.chat import Announcement, Channel, Chat, is_out
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.routes import action_of, price_cents
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.promotion.announcement_words import date_words
from tchat_desktop.wording.i18n import _, format_price
from tchat_desktop.wording.reasons import fact_words
from tchat_desktop.wording.tone import Tone

_OUT_OR_MAY_BE = (PostState.SENDING, PostState.SENT, PostState.UNKNOWN)


class AnnouncementKeys:
    """Knows the rows of the announcements of one chat, and words what is true of each."""

    def __init__(self, rows: LiveRows, rules: NetworkRules) -> None:
        self.rows = rows
        self._rules = rules

    def offers(self, chat: Chat, announcement: Announcement) -> bool:
        """Whether the announcement may be given to the keys, or taken back from them."""
        row = self.rows.of(announcement.id)
        gone = row is not None and row.state in _OUT_OR_MAY_BE
        on_x = announcement.channel is Channel.X
        return on_x and leaves_by_itself(chat) and not gone and not is_out(chat, announcement)

    def left(self, announcement: Announcement) -> bool:
        """Whether it left with the keys, which no tick takes back."""
        row = self.rows.of(announcement.id)
        return row is not None and row.state is PostState.SENT

    def words(self, chat: Chat, announcement: Announcement, text: str) -> tuple[str, Tone | None]:
        """What is said of an announcement on X; "" when the keys have nothing to do with it."""
        row = self.rows.of(announcement.id)
        if row is not None and (said := _became(row, announcement)):
            return said
        if not self.offers(chat, announcement):
            return "", None
        price = format_price(price_cents(text, action_of(text, self._rules), self._rules))
        if not announcement.by_keys:
            words = _("Free, in the browser: it opens ready, and you post it. By itself: {price}.")
            return words.format(price=price), None
        words = _(
            "It leaves by itself: {date}, for {price}, if the app is open on this chat then. "
            "Otherwise it waits for you here."
        )
        return words.format(date=date_words(chat, announcement), price=price), "well"


def _became(row: OutboxPost, announcement: Announcement) -> tuple[str, Tone | None] | None:
    """What came of a row that has had its time; None while it is still to leave."""
    match row.state:
        case PostState.SENT:
            return _("It left by itself, with the keys."), "well"
        case PostState.SENDING | PostState.UNKNOWN:
            words = _(
                "It may be published: look at your account on X. If it is there, tick “It is out”."
            )
            return words, "look"
        case PostState.EXPIRED if not announcement.done:
            words = _(
                "It did not leave by itself: the app was not open on this chat at its time. Open "
                "it on X, or give it another day."
            )
            return words, "look"
        case PostState.FAILED if not announcement.done:
            words = _("It did not leave by itself: {why} You can open it on X.")
            return words.format(why=fact_words(row.reason)), "stop"
    return None
