"""Keeps the laptop from falling asleep while posts are to leave."""

from __future__ import annotations

import contextlib
import logging
import threading
from types import TracebackType

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds to wait for the system to take the request back; the end of the process does it too."""
PROBE = 5.0
"""Seconds to wait for the system's answer when it is only tried."""


def can_stay_awake() -> bool:
    """Whether the system listens to who asks it not to sleep: it is asked for a moment."""
    heard = threading.Event()

    def ask() -> None:
        with contextlib.suppress(Exception):
            from wakepy import keep

            with keep.running(on_fail="pass") as mode:
                if mode.active:
                    heard.set()

    # A thread of its own: on some systems who asks waits long, or for ever.
    thread = threading.Thread(target=ask, name="awake", daemon=True)
    thread.start()
    thread.join(PROBE)
    return heard.is_set()


class Awake:
    """As a context: the system is asked not to sleep, as far as it listens.

    The asking may take long, so it is done on a thread of its own; a system that does not know how
    is no error. The screen may still go dark.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="awake", daemon=True)

    def __enter__(self) -> Awake:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(_PATIENCE)

    def _hold(self) -> None:
        try:
            from wakepy import keep

            with keep.running(on_fail="pass") as mode:
                if not mode.active:
                    log.info("the system cannot be kept awake")
                self._over.wait()
        except Exception as error:
            log.info("the system cannot be kept awake: %s", type(error).__name__)
