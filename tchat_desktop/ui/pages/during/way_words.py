"""Which way a post leaves, why, and what that costs, in a sentence."""

from __future__ import annotations

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.routes import Choice, Platform, Why
from tchat_desktop.domain.spending import cents_of_row
from tchat_desktop.i18n import N_, _, format_price

_WHY = {
    Why.NOT_SUMMONED: N_(
        "With keys X lets you answer only people who mentioned you: it opens in your browser, free."
    ),
    Why.NO_KEYS: N_("X refuses the access keys: it opens in your browser, free."),
    Why.READ_ONLY: N_("The access keys only allow reading: it opens in your browser, free."),
    Why.NO_CREDIT: N_("There is no credit left at X: it opens in your browser, free."),
    Why.OVER_LIMIT: N_(
        "With the keys it would go over the amount you set: it opens in your browser, free."
    ),
}

_HELD = {
    Reason.SPENDING_LIMIT: N_(
        "What is left of the amount you set is kept for your posts: the tag is no longer read by "
        "itself."
    ),
    Reason.NO_CREDIT: N_("Without credit at X, the tag is no longer read by itself."),
    Reason.CAPPED: N_(
        "The limit at X for the day or the month is reached: the tag is no longer read by itself."
    ),
}


def leaves_words(post: OutboxPost, platform: Platform) -> str:
    """How a post that is to come leaves, and its price."""
    if post.route is Route.KEYS:
        price = format_price(cents_of_row(post, platform))
        return _("Leaves by itself · {price}").format(price=price)
    return _("Opens in your browser · free")


def choice_words(choice: Choice) -> str:
    """Which way what is being written would leave; "" in a rehearsal, where nothing does."""
    if choice.route is Route.REHEARSAL:
        return ""
    if choice.route is Route.KEYS:
        return _("Leaves by itself · {price}").format(price=format_price(choice.cents))
    return _(_WHY[choice.why]) if choice.why in _WHY else _("Opens in your browser · free")


def held_words(reason: Reason) -> str:
    """Why the tag is no longer read, and what to do."""
    why = _(_HELD[reason]) if reason in _HELD else _("X no longer lets these keys read the tag.")
    return why + " " + _("Open it on X, and paste here the links of the posts that count.")
