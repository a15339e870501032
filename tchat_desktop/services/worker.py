"""One thread that does one thing after another, so that nobody waits for the disk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Job = Callable[[], None]


class Worker:
    """Runs jobs in the order they were handed in, on a thread of its own.

    A job that raises does not stop the ones after it: `on_error` is called with what it raised.
    """

    def __init__(self, name: str, on_error: Callable[[Exception], None]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._on_error = on_error
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(self, job: Job) -> None:
        """Hand in a job; returns at once. Jobs handed in after `stop` are not done."""
        self._jobs.put(job)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish what was handed in, then end the thread; False if that took too long."""
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:
                self._on_error(error)
            # What a job holds is let go of when it is done, and not when the next one comes.
            del job
