"""Names of files that every system takes, as files are sent around and carried on USB sticks."""

from __future__ import annotations

import re
from pathlib import Path

LONGEST_PROPOSED = 80
"""The most characters of a proposed name: Windows takes paths of 259, folders included."""

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\/]+')
"""What Windows and USB sticks take in no name (Microsoft, "Naming Files, Paths, Namespaces")."""
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*")
"""What is a device on Windows, whatever its ending: what is written to "nul.tchat" is lost."""


def usable_name(name: str) -> str:
    """The name as every system takes it: unchanged, but for what Windows forbids."""
    cleaned = _FORBIDDEN.sub("-", name).rstrip(" .")
    stem, dot, ending = cleaned.partition(".")
    if _DEVICE.fullmatch(stem):
        stem = f"{stem.rstrip()}_"
    return f"{stem}{dot}{ending}" or "tchat"


def with_ending(path: Path, ending: str) -> Path:
    """The path as chosen, with a usable name that ends in "." and `ending`, in any case.

    A name that has to be changed for that is not the one the dialog asked about: a file that has it
    already is not replaced, and a number is added.
    """
    name = usable_name(path.name)
    if not name.lower().endswith(f".{ending}"):
        name = usable_name(f"{name}.{ending}")
    if name == path.name:
        return path
    wished = path.with_name(name)
    stem, number, free = name[: -len(ending) - 1], 1, wished
    while free.exists():
        number += 1
        free = wished.with_name(f"{stem} ({number}).{ending}")
    return free
