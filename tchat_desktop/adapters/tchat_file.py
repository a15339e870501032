"""Reads and writes .tchat files, which hold a chat to keep or to give to a co-host."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, ChatFiles, ChatFileTooLarge

LARGEST_TCHAT = 100 * 1024 * 1024
"""The most bytes of a file: room for the busiest hour, with pictures for most of its own posts."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TchatFiles:
    """ChatFiles whose documents are UTF-8 JSON, indented so that people can read them."""

    def read(self, path: Path) -> ChatFile:
        """The content of a file. Raises ChatFileError, OSError."""
        return codec.decode(read_document(path), from_outside=True)

    def write(self, path: Path, file: ChatFile) -> None:
        """Write a file completely or not at all; an existing one is replaced.

        Raises OSError, and ChatFileTooLarge for a document that `read` would refuse.
        """
        document = codec.encode(file, pretty=True)
        if len(document) > LARGEST_TCHAT:
            raise ChatFileTooLarge(path.name)
        write_whole(path, document)


def read_document(path: Path) -> bytes:
    """The bytes of a file that holds a document. Raises ChatFileError, OSError."""
    # Opening a pipe would wait for its other end.
    if not stat.S_ISREG(path.stat().st_mode):
        raise ChatFileDamaged(f"{path.name} is not a file")
    with path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_TCHAT:
            raise ChatFileTooLarge(path.name)
        document = stream.read(LARGEST_TCHAT + 1)
    if len(document) > LARGEST_TCHAT:
        raise ChatFileTooLarge(path.name)
    return document.removeprefix(_BYTE_ORDER_MARK)


if TYPE_CHECKING:

    def _is_a_chat_files(files: TchatFiles) -> ChatFiles:
        return files
