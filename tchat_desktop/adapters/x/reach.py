"""Asks whether X's web site answers, and what its clock shows; needs no key and costs nothing."""

from __future__ import annotations

from datetime import timedelta

from tchat_desktop.adapters.x.client import checked_api_url
from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.domain.x import links
from tchat_desktop.services.ports import NotReached

_TIMEOUT = (5.0, 10.0)
_LONGEST = 15.0


def reach(
    api_url: str | None = None, timeout: tuple[float, float] = _TIMEOUT, longest: float = _LONGEST
) -> timedelta | None:
    """How far X's clock is ahead of the computer's; None when its answer does not tell.

    Any answer shows that X is reached, as over https it can only come from X. It waits for X: never
    call it on the GUI thread. `timeout` (connect, read) and `longest` are in seconds. Raises
    NotReached.
    """
    from tchat_desktop.adapters.x.session import XSession

    session = XSession(checked_api_url(api_url) if api_url else links.X, timeout, longest)
    try:
        session.request("HEAD", "/")
    except NoAnswer as error:
        raise NotReached(error.obstacle, error.why) from None
    except Refusal:
        # X answered, such as with a redirect.
        pass
    return None if session.skew is None else timedelta(seconds=session.skew)
