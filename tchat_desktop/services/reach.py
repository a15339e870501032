"""Whether X can be reached, as the last thing tried has shown."""

from __future__ import annotations

import threading

from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.services.events import NetworkChanged
from tchat_desktop.services.ports import Report


class NetworkStatus:
    """What the poster and the feed have seen of the network; each change is reported once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._seen = NetworkChanged(reachable=True)

    def seen(self, reachable: bool, obstacle: Obstacle = Obstacle.UNKNOWN) -> None:
        """Note that something was tried: X was reached, or `obstacle` barred the way.

        A failure of unknown cause does not replace a known cause.
        """
        seen = NetworkChanged(reachable, Obstacle.UNKNOWN if reachable else obstacle)
        with self._lock:
            if reachable == self._seen.reachable and seen.obstacle is Obstacle.UNKNOWN:
                return
            if seen != self._seen:
                self._seen = seen
                self._report(seen)
