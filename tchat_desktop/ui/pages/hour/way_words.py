"""Sentences on the route by which a post leaves, why, and what that costs."""

from __future__ import annotations

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import KEYS_OF_NO_USE, OutboxPost, Reason
from tchat_desktop.domain.routes import RouteChoice, Why
from tchat_desktop.domain.spending import cents_of_row
from tchat_desktop.wording.i18n import _, format_price
from tchat_desktop.wording.reasons import fact_words

_WHY = {
    Why.NO_KEYS: Reason.KEYS_REFUSED,
    Why.ACCOUNT_REFUSED: Reason.NOT_PERMITTED,
    Why.READ_ONLY: Reason.READ_ONLY,
    Why.NO_CREDIT: Reason.NO_CREDIT,
    Why.OVER_LIMIT: Reason.SPENDING_LIMIT,
    Why.NOT_SUMMONED: Reason.NOT_SUMMONED,
}


def leaves_words(post: OutboxPost, rules: NetworkRules, barred: Reason = Reason.NONE) -> str:
    """Return how a post will leave, and its price; `barred` is why keys will not publish it."""
    if post.route is not Route.KEYS:
        return _("Opens in your browser · free")
    if barred is not Reason.NONE:
        return fact_words(barred)
    price = format_price(cents_of_row(post, rules))
    return _("Leaves by itself · {price}").format(price=price)


def choice_words(choice: RouteChoice, *, reply: bool = True) -> str:
    """Return how the text being written would leave; "" in a rehearsal, where nothing does."""
    if choice.route is Route.REHEARSAL:
        return ""
    if choice.route is Route.KEYS:
        return _("Leaves by itself · {price}").format(price=format_price(choice.cents))
    if choice.why in _WHY:
        opens = _("The message opens in your browser, free.")
        if reply:
            opens = _("The reply opens in your browser, free.")
        return f"{fact_words(_WHY[choice.why])} {opens}"
    return _("Opens in your browser · free")


def held_words(reason: Reason) -> str:
    """Return why the tag is no longer read, and what to do."""
    if reason is Reason.SPENDING_LIMIT:
        why = _(
            "What is left of the amount you set is for your posts: the tag is "
            "no longer followed by itself."
        )
    elif reason in KEYS_OF_NO_USE:
        why = fact_words(reason)
    else:
        why = _("X no longer lets these keys read the tag.")
    what = _(
        "The tag is no longer read by itself: open it on X, copy the whole page, and paste it here."
    )
    return f"{why} {what}"


def empty_words(filtered: bool, by_hand: bool) -> str:
    """Return why no post is shown, and what to do; `filtered` if a filter may hide some."""
    if filtered:
        return _("No post here. Choose another filter, or clear the search.")
    if by_hand:
        return _(
            "Without access keys, posts come here by copy and paste: the whole page of the tag at "
            "once, as often as you like."
        )
    return _("What people say under the tag will show here.")
