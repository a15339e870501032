"""Keeps the computer awake, and a Mac from slowing the app down, while posts are to leave."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds to wait until the request is withdrawn; the system also does it when the app ends."""
PROBE = 5.0
"""Seconds to wait for the system's answer in `can_stay_awake`."""


@contextlib.contextmanager
def _no_sleep() -> Iterator[bool]:
    """A context in which the computer does not sleep; it tells whether the system agreed."""
    from wakepy import keep

    with keep.running(on_fail="pass") as mode:
        yield mode.active


@contextlib.contextmanager
def _no_nap() -> Iterator[bool]:
    """A context in which macOS does not slow the app down while its window is out of sight.

    App Nap holds timers and the network back, and posts would leave late; that the computer does
    not sleep changes nothing of it. (Apple, "Energy Efficiency Guide for Mac Apps", App Nap.)
    """
    from appnope import nope_scope

    with nope_scope(reason="Posts are to leave at their time"):
        yield True


def can_stay_awake() -> bool:
    """Whether the system can be kept from sleeping, which is tried for a moment.

    It waits up to `PROBE` seconds: never call it on the GUI thread.
    """
    heard = threading.Event()

    def ask() -> None:
        with contextlib.suppress(Exception), _no_sleep() as active:
            if active:
                heard.set()

    # On a thread of its own, because on some systems the request blocks for long, or for ever.
    thread = threading.Thread(target=ask, name="awake", daemon=True)
    thread.start()
    thread.join(PROBE)
    return heard.is_set()


class Awake:
    """A context in which the computer does not sleep, if the system supports that.

    Each request is made on a thread of its own, because it may take long, and a Mac keeps what it
    answered for that thread. A system without support is no error. The screen may still go dark.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        asked = [_no_sleep, _no_nap] if sys.platform == "darwin" else [_no_sleep]
        self._threads = [
            threading.Thread(target=self._hold, args=(one,), name="awake", daemon=True)
            for one in asked
        ]

    def __enter__(self) -> Awake:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _hold(self, ask: Callable[[], AbstractContextManager[bool]]) -> None:
        try:
            with ask() as active:
                if not active:
                    log.info("the system cannot be kept awake")
                self._over.wait()
        except Exception as error:
            log.info("the system cannot be kept awake: %r", error)
