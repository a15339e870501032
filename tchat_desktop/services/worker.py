"""A thread that carries out jobs one after another, so that its callers need not wait."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Job = Callable[[], None]


class Worker:
    """Runs jobs in the order in which they were given, on a thread of its own.

    A job that raises an exception does not stop the later ones: `on_error` is called with the
    exception, on that thread.
    """

    def __init__(self, name: str, on_error: Callable[[Exception], None]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._on_error = on_error
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(self, job: Job) -> None:
        """Add a job and return at once. Jobs added after `stop` are not run."""
        self._jobs.put(job)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the jobs added so far, then end the thread; False if `seconds` are not enough."""
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:
                self._on_error(error)
            # Release what the job refers to now, rather than when the next job comes.
            del job
