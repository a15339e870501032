"""Writes everything that a chat left as one ZIP archive: a table a file, and all of it as JSON."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tchat_desktop.adapters.exports.figures_csv import (
    figures_csv,
    minutes_csv,
    people_csv,
    questions_csv,
    said_csv,
    shared_csv,
)
from tchat_desktop.adapters.exports.report_json import report_json
from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.documented import Dossier, documented


def write_archive(dossier: Dossier, path: Path, stationery: ExportTemplates) -> Path:
    """Write the archive completely or not at all; returns the path. Raises OSError."""
    labels = stationery.labels(dossier.chat.language)
    chat, figures = dossier.chat, dossier.figures
    mask = NameMask.over(chat, dossier.posts, stationery.rules)
    told = documented(dossier, stationery.rules)
    about = [labels("rehearsal"), labels("rehearsal_why")] if dossier.simulated else []
    about += labels.each("data_about")
    files = (
        # With the mark by which Windows' Notepad knows UTF-8.
        (labels("data_read_me") + ".txt", ("\ufeff" + "\r\n\r\n".join(about) + "\r\n").encode()),
        (labels("data_figures") + ".csv", figures_csv(chat, dossier.report, stationery)),
        (labels("data_questions") + ".csv", questions_csv(chat, figures, stationery)),
        (labels("data_minutes") + ".csv", minutes_csv(chat, figures, stationery)),
        (labels("data_people") + ".csv", people_csv(told, mask, labels, stationery)),
        (labels("data_shared") + ".csv", shared_csv(chat, dossier.report, stationery)),
        (labels("data_posts") + ".csv", said_csv(chat, told.said, dossier.rows, mask, stationery)),
        ("tchat-report.json", report_json(dossier, told, mask)),
    )
    return write_whole(path, packed(files))


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The bytes of a ZIP archive with these files, in this order."""
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as into:
        for name, content in files:
            into.writestr(name, content)
    return archive.getvalue()
