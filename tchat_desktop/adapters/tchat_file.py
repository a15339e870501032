""".tchat files: a chat to keep, or to hand to a co-host."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, ChatFiles, ChatFileTooLarge

LARGEST_TCHAT = 100 * 1024 * 1024
"""Bytes; the posts of the busiest hour, and a picture with most of its own posts."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TchatFiles:
    """ChatFiles: the document as UTF-8 JSON, indented so that it can be read and compared."""

    def read(self, path: Path) -> ChatFile:
        """What the file holds. Raises ChatFileError and its kinds, OSError."""
        # Opening a pipe would wait for its other end, so look before.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ChatFileDamaged(f"{path.name} is not a file")
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_TCHAT:
                raise ChatFileTooLarge(path.name)
            document = stream.read(LARGEST_TCHAT + 1)
        if len(document) > LARGEST_TCHAT:
            raise ChatFileTooLarge(path.name)
        return codec.decode(document.removeprefix(_BYTE_ORDER_MARK), from_outside=True)

    def write(self, path: Path, file: ChatFile) -> None:
        """Write whole or not at all; a file that was there is replaced.

        Raises OSError; ChatFileTooLarge for what could not be read again.
        """
        document = codec.encode(file, pretty=True)
        if len(document) > LARGEST_TCHAT:
            raise ChatFileTooLarge(path.name)
        write_whole(path, document)


if TYPE_CHECKING:

    def _is_a_chat_files(files: TchatFiles) -> ChatFiles:
        return files
