"""Keeps what is remembered of the version notice as one text of the settings."""

from __future__ import annotations

from datetime import date

import msgspec

from tchat_desktop.adapters.reading.new_version import read_version, written_version
from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.domain.version_notice import VersionNotice, Wish


class _Kept(msgspec.Struct, omit_defaults=True):
    wish: Wish = Wish.UNSAID
    starts: int = 0
    asked_on: date | None = None
    look_from: date | None = None
    found: msgspec.Raw = msgspec.Raw(b"null")
    later: str = ""
    later_until: date | None = None


def decode_notice(text: str, origin: str) -> VersionNotice:
    """What the settings remember; the defaults, which look for nothing, for a spoilt text.

    What was found is read as strictly as on the day it came, for the host asked today.
    """
    try:
        kept = msgspec.json.decode(text, type=_Kept)
    except (msgspec.MsgspecError, RecursionError):
        return VersionNotice()
    return VersionNotice(
        kept.wish,
        kept.starts,
        kept.asked_on,
        kept.look_from,
        _found(bytes(kept.found), origin),
        kept.later,
        kept.later_until,
    )


def encode_notice(notice: VersionNotice) -> str:
    """A text of the settings that `decode_notice` reads."""
    found = written_version(notice.found) if notice.found else b"null"
    kept = _Kept(
        notice.wish,
        notice.starts,
        notice.asked_on,
        notice.look_from,
        msgspec.Raw(found),
        notice.later,
        notice.later_until,
    )
    return msgspec.json.encode(kept).decode()


def _found(raw: bytes, origin: str) -> NewVersion | None:
    try:
        return read_version(raw, origin)
    except ValueError:
        return None
