"""What publishes the posts of a chat besides its hour: its announcements, its thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.named_children import all_words, to_ask_about
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.events import ServiceFailed
from tchat_desktop.services.hour_parts import HourConditions, HourParts, poster_without_end
from tchat_desktop.services.outbox_rows import OutboxRows
from tchat_desktop.services.worker import Worker

Rows = TypeVar("Rows", bound=OutboxRows)


class OccasionPosting(Generic[Rows]):
    """Has its own outbox rows, of the class `rows`, and posting thread; used once.

    `name` is that of its worker thread. Nothing leaves before this process has the right to
    publish: `_take_up` asks for it.
    """

    def __init__(
        self,
        name: str,
        chat: Chat,
        parts: HourParts,
        conditions: HourConditions,
        occasion: Occasion,
        rows: type[Rows],
    ) -> None:
        self._name = name
        self._chat = chat
        self._parts = parts
        self._report = parts.report
        self._right = conditions.right
        self._begun = False
        self._rows = rows(
            parts.stores.outbox,
            parts.clock,
            parts.report,
            rules=parts.rules,
            chat_id=chat.id,
            occasion=occasion,
            route=Route.KEYS,
            gate=conditions.gate,
            sender=conditions.sender,
            names_child=self._names_child,
        )
        self._poster = poster_without_end(self._rows, parts, conditions, self._let_go)
        self._worker: Worker | None = None

    def start(self) -> None:
        """Begin to take commands; returns at once."""
        self._worker = Worker(self._name, self._on_error)

    def stop(self, seconds: float = 5.0) -> bool:
        """Finish the post under way, then end the threads; False if one is still busy."""
        stopped = self._worker.stop(seconds) if self._worker else True
        return self._poster.stop(seconds) and stopped

    def _take_up(self, prepare: Callable[[], object]) -> bool:
        """Load what is on disk, `prepare` it and begin to publish; on the worker thread.

        False where another process publishes; it has the same rows on its disk.
        """
        if self._right is not None and not self._right.take():
            return False
        try:
            self._rows.restore()
            prepare()
        except Exception:
            self._let_go()
            raise
        self._begun = True
        self._poster.start()
        return True

    def _names_child(self, row: OutboxPost) -> bool:
        return bool(to_ask_about(all_words(row.text, row.picture), self._chat))

    def _let_go(self) -> None:
        if self._right is not None:
            self._right.release()

    def _on_error(self, error: Exception) -> None:
        self._report(ServiceFailed(self._name, error))
