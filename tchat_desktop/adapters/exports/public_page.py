"""Writes the page for the public as one HTML file, to put on a site, send or print."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.links import profile_address, safe_address
from tchat_desktop.adapters.exports.stationery import ExportTemplates, rich
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.public_sheet import PublicSheet

_TEMPLATE = "public_page.html.j2"


def write_public_page(
    sheet: PublicSheet, language: str, path: Path, stationery: ExportTemplates
) -> Path:
    """Write the page completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, public_page(sheet, language, stationery))


def public_page(sheet: PublicSheet, language: str, stationery: ExportTemplates) -> str:
    """The page as HTML; `language` (BCP 47) is that of the posts."""
    labels = stationery.labels(language)
    return stationery.page(
        _TEMPLATE,
        labels,
        sheet=sheet,
        link=safe_address(sheet.link),
        tag_page=safe_address(sheet.tag_page),
        profile=profile_address(sheet.account) if sheet.account else "",
        rich=rich(linked=True),
    )
