"""The sentences about what stands between the computer and X."""

from __future__ import annotations

from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.wording.i18n import N_, _

_OBSTACLES = {
    Obstacle.UNKNOWN: N_(
        "X does not answer. Wait a minute; then try another network, such as a telephone’s."
    ),
    Obstacle.OFFLINE: N_(
        "This computer is not on the Internet. Look at the Wi-Fi or the cable, or share a "
        "telephone’s connection."
    ),
    Obstacle.PASSWORD: N_(
        "The network of this office asks for a password before it lets anything through to X. Ask "
        "the person who manages it, or share a telephone’s connection."
    ),
    Obstacle.BARRED: N_(
        "The network of this office does not let anything through to X. Ask the person who "
        "manages it, or share a telephone’s connection."
    ),
    Obstacle.PROXY_GONE: N_(
        "This computer is set up for the network of an office, which does not answer here. Go "
        "back to that network, or have “proxy” switched off in the computer’s network settings."
    ),
    Obstacle.SOCKS: N_(
        "This computer’s settings lead out through a “SOCKS” proxy, which this app does not use. "
        "Ask the person who manages the network for another way, or share a telephone’s connection."
    ),
    Obstacle.STRANGER: N_(
        "Something else answers in the place of X, so nothing was sent: often the sign-in page of "
        "a Wi-Fi, sometimes an antivirus. Open your browser, accept the sign-in page, then try "
        "again. If it shows a warning, go no further: share a telephone’s connection."
    ),
    Obstacle.DATE: N_(
        "The date of this computer is wrong, so X is not recognised and nothing was sent. Set the "
        "date and the hour in the computer’s settings, then try again."
    ),
}


def obstacle_words(obstacle: Obstacle) -> str:
    """What stands between the computer and X, and what to do about it."""
    return _(_OBSTACLES[obstacle])
