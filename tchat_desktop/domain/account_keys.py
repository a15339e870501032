"""The keys of an account, signing in with them, and whom they belong to.

Four keys are those of OAuth 1.0a, an access that is renewed is that of OAuth 2.0. What the keys of
one network look like is known there (`domain/x/pasted_keys.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.folding import fold


class KeyField(StrEnum):
    """The four keys, in the order they are shown in."""

    CONSUMER_KEY = "consumer_key"
    CONSUMER_SECRET = "consumer_secret"
    ACCESS_TOKEN = "access_token"
    ACCESS_TOKEN_SECRET = "access_token_secret"


REFRESH_BEFORE = timedelta(minutes=5)
"""How long before its end an access is renewed: longer than any request takes."""


@dataclass(frozen=True, slots=True, repr=False)
class FourKeys:
    """The keys with which an organisation's app posts for an account; they do not end."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str

    def __repr__(self) -> str:
        return "FourKeys(hidden)"

    def secrets(self) -> tuple[str, ...]:
        """Every text that no log may show."""
        return (
            self.consumer_key,
            self.consumer_secret,
            self.access_token,
            self.access_token_secret,
        )


@dataclass(frozen=True, slots=True, repr=False)
class OAuth2Tokens:
    """An access of two hours, and what renews it: once, for another is given each time."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    """UTC."""
    client_id: str
    """The organisation's app, as the network names it in public."""

    def __repr__(self) -> str:
        return f"OAuth2Tokens(hidden, expires_at={self.expires_at.isoformat()})"

    def secrets(self) -> tuple[str, ...]:
        """Every text that no log may show."""
        return (self.access_token, self.refresh_token)

    def lasts(self, until: datetime) -> bool:
        """Whether the access still works at that instant (UTC), with time for a request."""
        return until < self.expires_at - REFRESH_BEFORE


Credentials = FourKeys | OAuth2Tokens


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """Whom the network says the keys belong to."""

    id: str
    name: str
    handle: str
    """The bare name."""
    picture: str = ""
    """An https address; empty when there is none."""
    may_write: bool = True
    """Whether the keys may publish, or only read."""


class SignInProblem(StrEnum):
    """Why signing in did not succeed, told in a sentence by the screen."""

    NETWORK = "network"
    """The network was not reached: nothing is lost, it can be tried again."""
    ANSWER_LOST = "answer_lost"
    """The request left and no answer came."""
    KEYS_REFUSED = "keys_refused"
    """The network does not know the organisation's app, or its keys."""
    NOT_ALLOWED = "not_allowed"
    """The app's settings there do not allow this way of signing in."""
    WRONG_PIN = "wrong_pin"
    """The same page still holds the right one."""
    LATE_PIN = "late_pin"
    """Another page is needed."""
    DENIED = "denied"
    """The person said no on the network's page."""
    TIMED_OUT = "timed_out"
    """Nobody answered on that page in time."""
    STOPPED = "stopped"
    """The person gave up here."""
    PORT_TAKEN = "port_taken"
    """Other programs hold the places where the browser would hand over."""
    RECONNECT = "reconnect"
    """The sign-in has ended: it must be done again."""


def is_other_account(seen: AccountSeen, wanted: str) -> bool:
    """Whether the keys speak for another account than the chat's (bare name, or with @)."""
    wanted = wanted.strip().removeprefix("@")
    return bool(wanted) and fold(wanted) != fold(seen.handle)
