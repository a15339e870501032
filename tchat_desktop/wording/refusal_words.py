"""What X's refusals of an account itself mean while its keys are being connected. Nothing of Qt."""

from __future__ import annotations

from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.wording.i18n import N_, _

X_SITE = "https://x.com"
"""Where X tells an account what it wants of it."""

_OF_THE_ACCOUNT = {
    Reason.ACCOUNT_LOCKED: N_(
        "X has locked this account. Nothing is lost here. Open x.com with this account, do what X "
        "asks there, then try again."
    ),
    Reason.LOOKS_AUTOMATED: N_(
        "X takes this account for a machine’s. Nothing is lost here. Open x.com, do what X asks "
        "there, and try again later; meanwhile you can publish in the browser."
    ),
    Reason.DAILY_LIMIT: N_(
        "This account has published all that X allows in a day. Nothing is lost here. Try again "
        "tomorrow."
    ),
    Reason.SUSPENDED: N_(
        "X has suspended this account: it can publish nothing, in the browser either. Nothing is "
        "lost here. Open x.com to see why and to appeal, or take another account."
    ),
    Reason.APP_BARRED: N_(
        "X no longer lets your app publish. The account itself is not concerned, and nothing is "
        "lost here. Look for X’s message about your app; meanwhile you can publish in the browser."
    ),
    Reason.NOT_PERMITTED: N_(
        "X does not let this account publish with keys. Nothing is lost here. Open x.com to see "
        "whether X asks something of you; meanwhile you can publish in the browser."
    ),
}


def account_refusal(reason: Reason) -> str:
    """What happened, what is safe and what to do; "" for what does not come from the account."""
    words = _OF_THE_ACCOUNT.get(reason)
    return _(words) if words else ""
