"""Why a post or the keys are where they are: one row a reason, for every screen that tells it."""

from __future__ import annotations

from typing import NamedTuple

from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.wording.i18n import N_, _

_NOT_LEFT = N_("It did not leave.")


class ReasonWords(NamedTuple):
    """What is so; then what is said of a post, or what to do while the keys are being connected."""

    fact: str
    of_post: str = _NOT_LEFT
    connecting: str = ""
    """"" for what does not happen then."""


_REASONS = {
    Reason.NETWORK: ReasonWords(
        N_("X cannot be reached."),
        connecting=N_("Check the network and try again: nothing is lost."),
    ),
    Reason.ANSWER_LOST: ReasonWords(
        N_("X’s answer did not arrive."),
        N_("Is it published?"),
        N_("Try again: nothing is lost."),
    ),
    Reason.RATE_LIMIT: ReasonWords(
        N_("X asks to go more slowly."),
        connecting=N_("Nothing is lost here. Try again in a quarter of an hour."),
    ),
    Reason.KEYS_REFUSED: ReasonWords(
        N_("X refuses the access keys."),
        connecting=N_(
            "Copy all four again from X’s page. If it no longer shows them, or if access was "
            "withdrawn, make new ones there: the old ones then no longer work. Nothing is lost "
            "here."
        ),
    ),
    Reason.READ_ONLY: ReasonWords(
        N_("The access keys only allow reading."),
        connecting=N_("Choose “Read and write” on X’s page, then make new keys for the account."),
    ),
    Reason.NOT_ENROLLED: ReasonWords(
        N_("X has not activated the access keys yet."),
        connecting=N_("Finish the registration on X’s page, then try again."),
    ),
    Reason.NO_CREDIT: ReasonWords(
        N_("There is no credit left at X."),
        connecting=N_(
            "Without credit, X does not check the keys. Add credit on X’s page, then try again."
        ),
    ),
    Reason.CAPPED: ReasonWords(
        N_("The daily or monthly limit at X is reached."),
        connecting=N_(
            "Raise the monthly one on X’s page, wait until tomorrow, or go on in the browser."
        ),
    ),
    Reason.ACCOUNT_LOCKED: ReasonWords(
        N_("X has locked the account: open x.com, and do what X asks there."),
        connecting=N_("Nothing is lost here: try again afterwards."),
    ),
    Reason.LOOKS_AUTOMATED: ReasonWords(
        N_("X thinks that a robot runs the account."),
        connecting=N_(
            "Nothing is lost here. Open x.com, do what X asks there, and try again later; "
            "meanwhile you can publish in the browser."
        ),
    ),
    Reason.DAILY_LIMIT: ReasonWords(
        N_("The account has published all that X allows in a day."),
        connecting=N_("Nothing is lost here. Try again tomorrow."),
    ),
    Reason.SUSPENDED: ReasonWords(
        N_("X has suspended the account."),
        connecting=N_(
            "It can publish nothing, in the browser either. Nothing is lost here. Open x.com to "
            "see why and to appeal, or take another account."
        ),
    ),
    Reason.APP_BARRED: ReasonWords(
        N_("Your app on X is no longer allowed to publish."),
        connecting=N_(
            "The account itself is not in question. Nothing is lost here. Look for what X wrote "
            "to you about your app; meanwhile you can publish in the browser."
        ),
    ),
    Reason.NOT_PERMITTED: ReasonWords(
        N_("X does not let this account publish with the access keys."),
        connecting=N_(
            "Nothing is lost here. Open x.com to see whether X asks something of you; meanwhile "
            "you can publish in the browser."
        ),
    ),
    Reason.REFUSED: ReasonWords(
        N_("X refused, for a reason we do not know."),
        connecting=N_("Nothing is lost here. Try again in a few minutes."),
    ),
    Reason.SPENDING_LIMIT: ReasonWords(N_("It would go over the amount you set.")),
    Reason.NOT_SUMMONED: ReasonWords(
        N_(
            "With the access keys, X lets you answer only those who mentioned or quoted your "
            "account."
        )
    ),
    Reason.INTERRUPTED: ReasonWords(
        N_("The app stopped while this post was leaving."), N_("Is it published?")
    ),
    Reason.TOO_LATE: ReasonWords(
        N_("The time of this post had passed before it could leave."), N_("You decide.")
    ),
    Reason.DUPLICATE: ReasonWords(
        N_("X says that this very text is already published."), N_("Is it?")
    ),
    Reason.TOO_LONG: ReasonWords(
        N_("Its text is too long."), N_("Shorten it, or copy it and paste it on X.")
    ),
    Reason.UNFILLED: ReasonWords(N_("Something in its text is still to be filled in.")),
    Reason.NAMES_CHILD: ReasonWords(
        N_("Its text seems to name a child."), N_("It has not left: you decide.")
    ),
    Reason.PICTURE: ReasonWords(N_("Its picture could not be used.")),
    Reason.BY_HAND: ReasonWords(N_("You said that this post is not published."), N_("You decide.")),
    Reason.BROWSER: ReasonWords(N_("No browser could be opened.")),
}
"""Reasons that are not here hold nothing up: NONE, FOUND, UNDESCRIBED."""


def fact_words(reason: Reason) -> str:
    """What is so, in a sentence. Raises KeyError for a reason that holds nothing up."""
    return _(_REASONS[reason].fact)


def post_words(reason: Reason, otherwise: Reason) -> str:
    """Why a post did not leave, or waits for a word; `otherwise` for a reason without words."""
    words = _REASONS.get(reason, _REASONS[otherwise])
    return f"{_(words.fact)} {_(words.of_post)}"


def connecting_words(reason: Reason) -> str:
    """Why keys do not work while they are being connected, and what to do."""
    words = _REASONS.get(reason)
    if words is None or not words.connecting:
        words = _REASONS[Reason.REFUSED]
    return f"{_(words.fact)} {_(words.connecting)}"
