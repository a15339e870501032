"""Writes what a guest needs for the day as one page, to send, read or print.

Old phones and mail programs open it, and Qt sets it for a PDF: paragraphs and tables, no CSS grid
and no CSS variables.
"""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, rich
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.letters import GuestPack
from tchat_desktop.domain.visuals import is_right_to_left

_TEMPLATE = "guest_pack.html.j2"


def write_guest_pack(
    pack: GuestPack, language: str, path: Path, stationery: ExportTemplates
) -> Path:
    """Write the page completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, guest_pack_page(pack, language, stationery))


def guest_pack_page(
    pack: GuestPack, language: str, stationery: ExportTemplates, *, paper: bool = False
) -> str:
    """The page as HTML; `language` (BCP 47) is that of the texts in the pack.

    For `paper` it has what Qt understands of CSS, to be set as a PDF.
    """
    labels = stationery.labels(language)
    return stationery.page(
        _TEMPLATE,
        labels,
        pack=pack,
        paper=paper,
        questions=[_numbered(question, labels) for question in pack.questions],
        rich=rich(linked=True),
    )


def _numbered(question: str, labels: Labels) -> tuple[str, str, str]:
    """The number of a question, its text and its direction, such as ("Q1", "…", "ltr").

    The questions are in the language of the posts, which may not be that of the guest.
    """
    number, _space, text = question.partition(" ")
    direction = "rtl" if is_right_to_left(text) else "ltr"
    return number, labels.typeset(text), direction
