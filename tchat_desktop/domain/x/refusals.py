"""The words and codes by which X refuses a post, and the reason that each is to the core."""

from __future__ import annotations

from collections.abc import Mapping

from tchat_desktop.domain.outgoing import Reason

MARKS: Mapping[str, Reason] = {
    # What stands against these keys: the page still works.
    "usage-capped": Reason.CAPPED,
    "usagecapexceeded": Reason.CAPPED,
    "spend cap": Reason.CAPPED,
    "spendcap": Reason.CAPPED,
    "problems/credits": Reason.NO_CREDIT,
    "creditsdepleted": Reason.NO_CREDIT,
    "oauth1-permissions": Reason.READ_ONLY,
    "oauth2-permissions": Reason.READ_ONLY,
    "app permissions": Reason.READ_ONLY,
    "client-not-enrolled": Reason.NOT_ENROLLED,
    "client-forbidden": Reason.NOT_ENROLLED,
    "code 453": Reason.NOT_ENROLLED,
    "unsupported-authentication": Reason.KEYS_REFUSED,
    "have not been mentioned": Reason.NOT_SUMMONED,
    "you can only reply to or quote posts": Reason.NOT_SUMMONED,
    "code 326": Reason.ACCOUNT_LOCKED,
    "account is temporarily locked": Reason.ACCOUNT_LOCKED,
    "code 226": Reason.LOOKS_AUTOMATED,
    "might be automated": Reason.LOOKS_AUTOMATED,
    "code 185": Reason.DAILY_LIMIT,
    "over daily status update limit": Reason.DAILY_LIMIT,
    "code 64": Reason.SUSPENDED,
    "your account is suspended": Reason.SUSPENDED,
    "code 261": Reason.APP_BARRED,
    "cannot perform write actions": Reason.APP_BARRED,
    # What is wrong with this very post.
    "duplicate content": Reason.DUPLICATE,
    "already retweeted": Reason.DUPLICATE,
    "already reposted": Reason.DUPLICATE,
    "code 187": Reason.DUPLICATE,
    "code 327": Reason.DUPLICATE,
    "code 186": Reason.TOO_LONG,
    "needs to be a bit shorter": Reason.TOO_LONG,
    "text is too long": Reason.TOO_LONG,
}
