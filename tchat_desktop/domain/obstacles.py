"""Why X could not be reached, as far as a computer can tell."""

from __future__ import annotations

from enum import StrEnum


class Obstacle(StrEnum):
    """What stands between the computer and X; each has its own remedy."""

    UNKNOWN = "unknown"
    """No answer, or X itself is in trouble."""
    OFFLINE = "offline"
    """No name is found and no road leads anywhere: the computer is not on the Internet."""
    PASSWORD = "password"
    """The proxy of the network wants a name and a password."""
    BARRED = "barred"
    """The proxy of the network lets nobody go to X."""
    PROXY_GONE = "proxy_gone"
    """The proxy that this computer's settings name does not answer: they may be another place's."""
    SOCKS = "socks"
    """The settings name a kind of proxy the app does not use, and there is no other way out."""
    STRANGER = "stranger"
    """Something else answers in X's place: a sign-in page, a filter."""
    DATE = "date"
    """X's certificate is not of this date: the computer's is wrong."""
