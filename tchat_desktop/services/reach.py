"""Whether X can be reached, as the last thing tried has shown."""

from __future__ import annotations

import threading

from tchat_desktop.services.events import NetworkChanged
from tchat_desktop.services.ports import Report


class Reach:
    """What the poster and the feed know together of the network; reports each change once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._reachable = True

    def seen(self, reachable: bool) -> None:
        """Something was tried, and X could be reached or not."""
        with self._lock:
            if reachable == self._reachable:
                return
            self._reachable = reachable
            self._report(NetworkChanged(reachable))
