"""Reads what a publisher says of the newest version: the one door for a file from the network.

{"version": "1.2.0", "date": "2026-12-31", "page": "https://…", "news": {"fr": ["…"]}}
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from tchat_desktop.adapters.reading.instants import YEARS
from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.domain.new_version import (
    LONGEST_NEWS,
    MOST_NEWS,
    NewVersion,
    release_numbers,
)

BIGGEST_NEWS = 8_000
"""The most bytes of the file. It is kept among the settings, see `settings_file.LONGEST`."""
_LONGEST_PAGE = 300


class _Written(msgspec.Struct):
    version: str
    date: date
    page: str
    news: dict[str, Any] = {}


def read_version(content: bytes, origin: str) -> NewVersion:
    """The version that a file tells of, its words cleaned, whatever stands in it.

    `origin` is the scheme and host it came from; its page must lie there too. What is said in
    languages the app does not have is left out, and lines that are too many or too long are cut.
    Raises ValueError for a file that cannot be used.
    """
    if len(content) > BIGGEST_NEWS:
        raise ValueError(f"{len(content)} bytes")
    try:
        written = msgspec.json.decode(content, type=_Written)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"no version is described: {type(error).__name__}") from None
    if release_numbers(written.version) is None:
        raise ValueError("no number of a release")
    if written.date.year not in YEARS:
        raise ValueError("no day of our time")
    if not _is_page(written.page, origin):
        raise ValueError("the page lies elsewhere")
    news = {one.code: _lines(written.news.get(one.code)) for one in SCREEN_LANGUAGES}
    said = {code: lines for code, lines in news.items() if lines}
    return NewVersion(written.version, written.date, written.page, said)


def written_version(version: NewVersion) -> bytes:
    """The same as a file, which `read_version` reads."""
    told = {
        "version": version.number,
        "date": version.published_on,
        "page": version.page,
        "news": version.news,
    }
    return msgspec.json.encode(told)


def _is_page(page: str, origin: str) -> bool:
    beyond = page.removeprefix(origin)
    return beyond != page and re.fullmatch(rf"/[!-~]{{0,{_LONGEST_PAGE}}}", beyond) is not None


def _lines(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        return ()
    lines = [_shortened(bare(one)) for one in raw if isinstance(one, str)]
    return tuple(line for line in lines if line)[:MOST_NEWS]


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_NEWS else line[: LONGEST_NEWS - 1].rstrip() + "…"
