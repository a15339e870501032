"""Keeps the computer from sleeping while posts are to leave, with `wakepy`."""

from __future__ import annotations

import contextlib
import logging
import threading
from types import TracebackType

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds to wait until the request is withdrawn; the system also does it when the app ends."""
PROBE = 5.0
"""Seconds to wait for the system's answer in `can_stay_awake`."""


def can_stay_awake() -> bool:
    """Whether the system can be kept from sleeping, which is tried for a moment.

    It waits up to `PROBE` seconds: never call it on the GUI thread.
    """
    heard = threading.Event()

    def ask() -> None:
        with contextlib.suppress(Exception):
            from wakepy import keep

            with keep.running(on_fail="pass") as mode:
                if mode.active:
                    heard.set()

    # On a thread of its own, because on some systems the request blocks for long, or for ever.
    thread = threading.Thread(target=ask, name="awake", daemon=True)
    thread.start()
    thread.join(PROBE)
    return heard.is_set()


class Awake:
    """A context in which the computer does not sleep, if the system supports that.

    The request is made on a thread of its own, because it may take long. A system without support
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
