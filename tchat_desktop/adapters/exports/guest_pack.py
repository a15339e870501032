"""Writes what a guest needs for the day as one HTML page to send, read or print.

The page has only what Qt can print: paragraphs and tables, no CSS grid and no CSS variables.
"""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, rich
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.letters import GuestPack

_TEMPLATE = "guest_pack.html.j2"


def write_guest_pack(
    pack: GuestPack, language: str, path: Path, stationery: ExportTemplates
) -> Path:
    """Write the page completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, guest_pack_page(pack, language, stationery))


def guest_pack_page(pack: GuestPack, language: str, stationery: ExportTemplates) -> str:
    """The page as HTML; `language` (BCP 47) is that of the texts in the pack."""
    labels = stationery.labels(language)
    return stationery.page(
        _TEMPLATE,
        labels,
        pack=pack,
        questions=[_numbered(question, labels) for question in pack.questions],
        rich=rich(linked=True),
    )


def _numbered(question: str, labels: Labels) -> tuple[str, str]:
    """The number of a question and its text, such as ("Q1", "…")."""
    number, _space, text = question.partition(" ")
    return number, labels.typeset(text)
