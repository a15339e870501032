"""Protects people in a public chat: the help numbers of each country, and who must be told.

A number counts only once somebody has checked it: a wrong one given to a girl who asks for help is
worse than none. A country may have none: once that is said, it is not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, HelpLine
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.texts import (
    Texts,
    fill,
    values,
    with_own_texts,
)

_GLUED = re.compile(r"(?<=[^\W\d_])(?=[+(]{0,2}[0-9][0-9 .()-]{5})")
"""Finds where a telephone number follows a name directly, as in a pasted line."""


class LineGap(StrEnum):
    """What a help number lacks before it may be given to somebody, the first thing first."""

    NO_NUMBER = "no_number"
    NO_COUNTRY = "no_country"
    SERVES_NOBODY = "serves_nobody"
    """It does not say whom it is for: in several countries 116 is a line for children."""
    NOT_VERIFIED = "not_verified"


def says_none(line: HelpLine) -> bool:
    """Whether the line says that its country has no number; one that was typed goes before it."""
    return line.none_found and not line.number.strip()


def gap_of(line: HelpLine) -> LineGap | None:
    """What the line lacks; None when it may be given, or says that there is none to give."""
    if says_none(line):
        return None if line.country.strip() else LineGap.NO_COUNTRY
    if not line.number.strip():
        return LineGap.NO_NUMBER
    if not line.country.strip():
        return LineGap.NO_COUNTRY
    if not line.serves.strip():
        return LineGap.SERVES_NOBODY
    return None if line.verified else LineGap.NOT_VERIFIED


def with_line_edited(before: HelpLine, after: HelpLine) -> HelpLine:
    """The line as edited: what was checked is to be checked again when any of it changes, and
    where a number was found there is no saying that none was.
    """
    if after.number.strip():
        after = replace(after, none_found=False)
    same = replace(after, verified=before.verified) == before
    return after if same else replace(after, verified=False)


def lines_to_give(chat: Chat) -> tuple[HelpLine, ...]:
    """The numbers that may be given to somebody."""
    return tuple(line for line in chat.help_lines if gap_of(line) is None and not says_none(line))


def help_is_settled(chat: Chat) -> bool:
    """Whether every line is whole, and there is a number to give or nobody found one."""
    return bool(chat.help_lines) and not lines_to_check(chat)


def lines_to_check(chat: Chat) -> tuple[HelpLine, ...]:
    """The numbers begun that may not be given yet."""
    return tuple(line for line in chat.help_lines if gap_of(line) is not None)


def countries_without(chat: Chat, countries: Iterable[str]) -> tuple[str, ...]:
    """Those of the audience's countries that have no line yet, each once. One that says there is
    no number is a line.
    """
    have = {fold(line.country) for line in chat.help_lines}
    return tuple(dict.fromkeys(one for one in countries if one and fold(one) not in have))


def countries_with_none(chat: Chat) -> tuple[str, ...]:
    """The countries in which nobody found a number."""
    lines = (line for line in chat.help_lines if says_none(line))
    return tuple(line.country.strip() for line in lines if line.country.strip())


def countries_not_given(chat: Chat, countries: Iterable[str]) -> tuple[str, ...]:
    """The audience's countries, and those of the lines, that no number can be given for yet."""
    given = {fold(line.country) for line in lines_to_give(chat)}
    named = (*countries, *(line.country for line in chat.help_lines))
    wanted: dict[str, str] = {}
    for one in named:
        wanted.setdefault(fold(one), one.strip())
    return tuple(one for key, one in wanted.items() if one and key not in given)


def answer(chat: Chat, texts: Texts) -> str:
    """What to answer in public when somebody confides something.

    It says nothing of what they wrote, so that the answer tells nobody else; it has no tag, which
    would lead the public to them. Only checked numbers are in it, with their hours while they fit.
    """
    return _with_numbers(chat, texts, "reply.disclosure")


def private_answer(chat: Chat, texts: Texts) -> str:
    """What to answer in a private message to somebody who confides something; without the tag."""
    return _with_numbers(chat, texts, "reply.private")


def name_out_request(chat: Chat, texts: Texts) -> str:
    """What to ask in a private message of somebody who names a child; without the tag."""
    texts = with_own_texts(chat, texts)
    return fill(texts, "reply.child_named", **values(chat, texts))


def _with_numbers(chat: Chat, texts: Texts, key: str) -> str:
    texts = with_own_texts(chat, texts)
    lines = lines_to_give(chat)
    for with_hours in (True, False):
        numbers = ", ".join(_said(line, with_hours) for line in lines)
        text = fill(texts, key, **values(chat, texts, helplines=numbers))
        if texts.rules.remaining(text) >= 0:
            break
    return text


def whom_to_tell(chat: Chat) -> str:
    """The name and the telephone of who is told at once, well apart; empty when neither is known.

    The telephone keeps its groups together: U+00A0 stands between them.
    """
    name = ", ".join(_GLUED.split(" ".join(chat.focal_point.split())))
    parts = (name.rstrip(" ,:;"), "\u00a0".join(chat.focal_phone.split()))
    return ", ".join(part for part in parts if part)


def _said(line: HelpLine, with_hours: bool) -> str:
    about = [line.serves.strip()]
    if with_hours and line.hours.strip():
        about.append(line.hours.strip())
    # U+00A0: a number must not be torn off its country.
    return f"{line.country.strip()}\u00a0{line.number.strip()} ({', '.join(about)})"
