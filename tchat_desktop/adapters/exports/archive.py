"""Puts everything of a chat into one file, with a text that says what is what in simple words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Chat

_MODE = 0o644 << 16
"""What the systems that know of it let others do with the files: read them."""


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """A file of the archive; in one that is `public` nobody is named who is hidden."""

    name: str
    content: bytes
    public: bool


def write_everything(
    chat: Chat, parts: Sequence[ArchivePart], made_at: datetime, path: Path, paper: ExportTemplates
) -> Path:
    """Write the archive completely or not at all; `made_at` is in UTC. Raises OSError."""
    labels = paper.labels(chat.language)
    readme = ArchivePart(
        labels("archive_readme"), _readme(chat, parts, made_at, paper).encode("utf-8-sig"), True
    )
    local = made_at.astimezone(chat.zone)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (readme, *parts):
            entry = zipfile.ZipInfo(part.name, local.timetuple()[:6])
            entry.external_attr = _MODE
            archive.writestr(entry, part.content, zipfile.ZIP_DEFLATED)
    return write_whole(path, stream.getvalue())


def _readme(
    chat: Chat, parts: Sequence[ArchivePart], made_at: datetime, paper: ExportTemplates
) -> str:
    """What is what, in the language of the posts, as a text that any editor opens."""
    labels = paper.labels(chat.language)
    shown = [part.name for part in parts if part.public]
    kept = [part.name for part in parts if not part.public]
    title = chat.recap.title.strip() or chat.topic.strip() or f"#{chat.hashtag}"
    lines = [
        labels("archive_title", title=title),
        labels("archive_made", day=labels.day(made_at, chat.time_zone)),
    ]
    if shown:
        lines.append(labels("archive_public", files=", ".join(shown)))
    lines += [
        labels("archive_private", files=", ".join(kept)),
        labels("archive_years"),
        labels("archive_missing"),
        labels("archive_forget"),
    ]
    # The line ends of Windows, which every other system takes too.
    return "\r\n\r\n".join(map(labels.typeset, lines)) + "\r\n"
