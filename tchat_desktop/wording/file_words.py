"""What of a .tchat file could not be taken as it was, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tchat_desktop.wording.change_words import field_words
from tchat_desktop.wording.i18n import N_, _

_PARTS = {
    "posts": N_("the posts collected"),
    "hour": N_("the posts of the run sheet"),
    "pictures": N_("the pictures"),
}
_PLACE = re.compile(r"(?P<part>[a-z]+)(?:\.(?P<field>[a-z_]+))?")


def left_out_words(left_out: Iterable[str]) -> tuple[str, ...]:
    """What was left out or replaced in a file, each once; names as in `ChatFile.left_out`."""
    return tuple(dict.fromkeys(map(_words, left_out)))


def _words(name: str) -> str:
    found = _PLACE.match(name)
    if found is not None and (part := _PARTS.get(found["part"])):
        return _(part)
    known = field_words(found["field"] or "") if found and found["part"] == "chat" else ""
    return known or _("what this version of the app does not know")


def where_words(path: Path) -> str:
    """The name of a file that was written and its folder, as every confirmation tells it."""
    words = _("{file}, in the folder “{folder}”")
    return words.format(file=path.name, folder=path.parent.name or path.parent)
