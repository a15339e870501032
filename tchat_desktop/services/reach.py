"""Whether X can be reached, according to the last request of the poster or the feed."""

from __future__ import annotations

import threading

from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.services.events import NetworkChanged
from tchat_desktop.services.ports import Report


class NetworkStatus:
    """The state of the network as last seen; each change is reported once. Safe from any thread."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._seen = NetworkChanged(reachable=True)

    def seen(self, reachable: bool, obstacle: Obstacle = Obstacle.UNKNOWN) -> None:
        """Note that a request was made: X was reached, or `obstacle` prevented it.

        A failure of unknown cause does not replace a known cause.
        """
        seen = NetworkChanged(reachable, Obstacle.UNKNOWN if reachable else obstacle)
        with self._lock:
            if reachable == self._seen.reachable and seen.obstacle is Obstacle.UNKNOWN:
                return
            if seen != self._seen:
                self._seen = seen
                self._report(seen)
