"""A list pasted from elsewhere: one question a line or a number, without numbers and bullets."""

from __future__ import annotations

import re

LONGEST_LIST = 20_000
"""Characters; what is longer is no list of questions and stays as it is."""

_MOST = 40
"""Questions; far above any honest list."""

_LINE = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_QUESTION_NUMBER = r"(?:Q|Question)\s?(?:n[°ºo]\s?)?\d{1,2}\s?(?:[.):/–—-]{1,2}|(?=\s|$))\s*"
_NUMBER = (
    r"(?:\(\d{1,2}\)|\d{1,2}\s?(?:[.)°:–—-]|/(?=\s)){1,2}|\d{1,2}\t|\d\ufe0f?\u20e3"
    r"|[a-h]\)|[a-h]\.\t|[ivx]{1,5}\)|[ivx]{1,5}\.\t)\s*(?=\D)"
)
_BULLET = (
    r"(?:[•·▪▫◦●○■□◆➢➤➔→✓✔✅❑❖☐☑►▶▸‣⁃*\uf0a7\uf0b7\uf0d8\uf0fc§–—-]"
    r"|[👉➡🔹🔸🔵⚫🟣]\ufe0f?|\[[ xX]?\])\s+|o\t\s*"
)
_MARK = re.compile(rf"\s*(?:{_QUESTION_NUMBER}|{_NUMBER}|{_BULLET})", re.IGNORECASE)
_WITHIN = re.compile(r"(?:(?<=^)|(?<=[?.!:]\s))(\d{1,2})\s?[.)]\s(?=\S)")


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a pasted list; () when the text is not a list of several.

    Each line that opens with a number or a bullet begins a question, and the lines without one go
    on with it; without any, each line that ends with a question mark is one. A heading is left out,
    and the quotation marks around a whole question too.
    """
    if len(text) > LONGEST_LIST:
        return ()
    lines = [line.strip() for line in _LINE.split(text) if line.strip()]
    if len(lines) == 1:
        lines = _within(lines[0])
    found = _marked(lines) or _asked(lines)
    return tuple(map(_unquoted, found)) if 1 < len(found) <= _MOST else ()


def without_mark(text: str) -> str:
    """The text without the number or the bullet it opens with, also "Q1 1. "."""
    for _turn in range(2):
        mark = _MARK.match(text)
        if mark is None or mark.end() == len(text):
            break
        text = text[mark.end() :]
    return _unquoted(text.strip())


_QUOTED = re.compile(r"[«“„\"]\s*([^«»“”„\"]+?)\s*[»”“\"]")


def _unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it."""
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def _within(line: str) -> list[str]:
    """The parts of one line that are numbered one after another: "1. …? 2. …?"."""
    marks = list(_WITHIN.finditer(line))
    numbers = [int(mark[1]) for mark in marks]
    if len(marks) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return [line]
    starts = [mark.start() for mark in marks]
    parts = [line[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [line[: starts[0]].strip(), *parts] if line[: starts[0]].strip() else parts


def _marked(lines: list[str]) -> list[str]:
    """The questions where lines are numbered or have bullets; a heading before them is left out.

    It ends with a colon; any other is one where everything after it asks something.
    """
    found: list[list[str]] = []
    sure = True
    for line in lines:
        bare = without_mark(line)
        if bare != line and _MARK.match(line):
            found.append([bare])
        elif found:
            found[-1].append(line)
        else:
            sure = sure and line.endswith(":")
    questions = [" ".join(parts) for parts in found]
    return questions if sure or all(map(_asks, questions)) else []


def _asked(lines: list[str]) -> list[str]:
    """The questions where each ends a line with a question mark."""
    found: list[str] = []
    parts: list[str] = []
    for place, line in enumerate(lines):
        if not found and not parts and _is_heading(line, lines[place + 1 :]):
            continue
        parts.append(line)
        if _asks(line):
            found.append(" ".join(parts))
            parts = []
    # What is left asks nothing: no list of questions ends so.
    return [] if parts else found


def _is_heading(line: str, rest: list[str]) -> bool:
    """Whether a first line heads the list: it ends with a colon, or asks nothing and the next line
    begins anew.
    """
    begins_anew = bool(rest) and rest[0].lstrip('«“"¿ \u00a0\u202f')[:1].isupper()
    return line.endswith(":") or (not _asks(line) and begins_anew and line[-1:] not in ".!…,;")


def _asks(text: str) -> bool:
    return text.rstrip(' »”"\u00a0\u202f').endswith(("?", "؟", "？"))
