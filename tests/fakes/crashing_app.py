"""The app's command line, with an error nobody catches that quotes the keys, and then some talk.

For `tests.test_no_secret_leaks`: the worst a library could do to us.
"""

from __future__ import annotations

import logging
import sys
import threading

from tchat_desktop import __main__
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.ports import Clock
from tchat_desktop.start import posting


def main() -> int:
    """As `python -m tchat_desktop`, but for what happens before the first post."""
    make_client = posting.make_client

    def make_and_crash(
        accounts: Accounts,
        clock: Clock,
        purse: Purse,
        api_url: str | None = None,
        speed: float = 1.0,
    ) -> XClient:
        keys = accounts.credentials()
        assert keys is not None
        said = f"{keys.secrets()} Authorization: OAuth oauth_token={keys.secrets()[2]}"
        logging.getLogger("requests_oauthlib").debug(said)
        logging.getLogger("somebody").error("talkative: %s", said)
        crash = threading.Thread(target=_crash, args=(said,))
        crash.start()
        crash.join()
        return make_client(accounts, clock, purse, api_url, speed)

    posting.make_client = make_and_crash
    return __main__.start(__main__.parse(sys.argv[1:]))


def _crash(said: str) -> None:
    raise RuntimeError(said)


if __name__ == "__main__":
    sys.exit(main())
