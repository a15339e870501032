"""What a console takes and speaks: lines that never end in an error, in the person's language."""

from __future__ import annotations

import io
import locale
import os
import sys


def let_any_text_through() -> None:
    """Write any text on standard output and error, whatever the console can show.

    What it cannot is written as "\\u2192". On Windows a pipe or a file gets UTF-8, and not the code
    page of the country, unless PYTHONIOENCODING names another one.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            # There is none in a program without a console.
            continue
        if sys.platform == "win32" and not os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="backslashreplace")


def system_languages() -> tuple[str, ...]:
    """The languages of the person, the first one preferred: as the console is set, then Windows.

    The window asks Qt; this is for the command line, which works without it.
    """
    found = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform == "win32":
        import ctypes

        found.append(windows_language(ctypes.windll.kernel32.GetUserDefaultUILanguage()))
    return tuple(one for one in found if one)


def windows_language(identifier: int) -> str:
    """The language of an identifier of Windows (LANGID), such as "fr_SN"; "" for an unknown one.

    The low ten bits are the language, the rest tells whose it is.
    """
    language, of_its_own_country = identifier & 0x3FF, 0x400
    known = locale.windows_locale
    return known.get(identifier) or known.get(language | of_its_own_country, "")
