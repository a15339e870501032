"""What is kept on this computer, and how it goes: somebody's traces, or files nobody needs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tchat_desktop.domain.forgetting import Erased, KnownPerson, PersonMask
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.ports import (
    CopiesDone,
    Eraser,
    KeptFiles,
    KeptFolder,
    KeptKind,
    StoreError,
)

log = logging.getLogger(__name__)

_FLUSH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of the traces of a person."""

    person: KnownPerson
    erased: Erased
    copies: CopiesDone


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What is kept on this computer."""

    folder: Path
    files: tuple[KeptFiles, ...]


class Keeping:
    """Tells what is kept, and erases. Its methods wait for the disk: call them on a worker thread.

    No chat is open meanwhile: the history of its edits would bring back what was erased.
    """

    def __init__(self, eraser: Eraser, autosave: Autosave, kept: KeptFolder) -> None:
        self._eraser = eraser
        self._autosave = autosave
        self._kept = kept

    def people(self, said: str) -> Sequence[KnownPerson]:
        """Everybody of whom something is kept, and who bears what is said in a name or account.

        Raises StoreError.
        """
        return self._eraser.people(said)

    def forget(self, person: KnownPerson) -> Forgotten:
        """Take a person out of all that the app keeps. Raises StoreError, OSError."""
        # A snapshot written later would bring the person back.
        if not self._autosave.flush(_FLUSH_SECONDS):
            raise StoreError("an edit is not on disk yet")
        erased, copies = self._eraser.forget(person)
        mask = PersonMask(person)
        self._kept.forget_texts(mask)
        self._kept.forget_lines(mask.names)
        return Forgotten(person, erased, copies)

    def on_disk(self) -> OnDisk:
        """What is kept, and where. Raises OSError."""
        return OnDisk(self._kept.path, tuple(self._kept.files()))

    def remove(self, kind: KeptKind) -> OnDisk:
        """Delete files that no chat needs; returns what is kept then. Raises OSError."""
        self._kept.remove(kind)
        return self.on_disk()
