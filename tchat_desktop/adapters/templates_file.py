"""The changed texts that the organiser keeps for other chats of this computer, in a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock

import msgspec

from tchat_desktop.adapters.reading.chat import sound_own_texts
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import OwnText
from tchat_desktop.domain.own_texts import kept_with

log = logging.getLogger(__name__)

NAME = "templates.json"
"""The name of the file, in the data directory."""
_LARGEST = 5_000_000
"""The most bytes that are read."""


class TemplatesFile:
    """The file of kept texts. It waits for the disk: never use it on the GUI thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._lock = Lock()

    def kept(self) -> tuple[OwnText, ...]:
        """The kept texts; none when there is no file, or it cannot be read."""
        try:
            if self._path.stat().st_size > _LARGEST:
                raise OSError("too large")
            read = msgspec.json.decode(self._path.read_bytes(), type=tuple[OwnText, ...])
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            log.warning("templates not read: %r", error)
            return ()
        return sound_own_texts(read, lambda name: log.warning("left out of templates: %s", name))

    def keep(self, own: OwnText) -> None:
        """Keep a text for the chats to come; one with an empty text is kept no more.

        Raises OSError.
        """
        with self._lock:
            write_whole(self._path, msgspec.json.encode(kept_with(self.kept(), own)))

    def mask(self, masked: Callable[[str], str]) -> None:
        """Keep the texts as `masked` makes them; writes only if one differs. Raises OSError."""
        with self._lock:
            before = self.kept()
            after = tuple(replace(one, text=masked(one.text)) for one in before)
            if after != before:
                write_whole(self._path, msgspec.json.encode(after))

    def take_over(self, former: TemplatesFile) -> None:
        """Keep what another file keeps, where this one keeps nothing; as far as the disk lets."""
        if not self.kept() and (kept := former.kept()):
            try:
                write_whole(self._path, msgspec.json.encode(kept))
            except OSError as error:
                log.warning("templates left behind: %r", error)
