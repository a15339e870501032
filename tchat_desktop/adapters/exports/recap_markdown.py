"""Writes the recap as Markdown (CommonMark), for a web site, a forum or a word processor."""

from __future__ import annotations

import re
from pathlib import Path

from tchat_desktop.adapters.exports.links import pieces
from tchat_desktop.adapters.exports.recap_blocks import (
    Block,
    Counts,
    Divider,
    Heading,
    Line,
    Prose,
    Quotation,
    blocks,
)
from tchat_desktop.adapters.exports.recap_page import heading
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.recap import Recap

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^!])")
_LINE_START = re.compile(r"^([^\S\n]*)([-+=]|[0-9]+(?=[.)]))", re.MULTILINE)
_DOUBLED = re.compile(r"([=+/:%-])\1+")
"""Markup of dialects of Markdown: ==marked==, ++added++, //host or //slanted//, ::: and %%."""
_BARE_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|www)([:.])")


def write_markdown(recap: Recap, path: Path, stationery: ExportTemplates) -> Path:
    """Write the recap completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, recap_markdown(recap, stationery))


def recap_markdown(recap: Recap, stationery: ExportTemplates) -> str:
    """The recap as Markdown; texts that people wrote are escaped, so that none acts as markup."""
    labels = stationery.labels(recap.language)
    title = f"# {line(heading(recap, labels))}"
    made = [_written(block, recap, labels) for block in blocks(recap, labels)]
    return "\n\n".join([title, *made]) + "\n"


def _written(block: Block, recap: Recap, labels: Labels) -> str:
    match block:
        case Heading():
            number = f"Q{block.number} " if block.number else ""
            return f"## {number}{line(block.text)}"
        case Prose():
            return _linked(block.text, recap)
        case Line():
            strong = f"**{line(block.strong)}** " if block.strong else ""
            return f"{strong}{line(block.text)}"
        case Counts():
            return "\n".join(f"- **{number}** {line(what)}" for number, what in block.rows)
        case Quotation():
            return _quote(block, recap, labels)
        case Divider():
            return "---"


def escaped(text: str) -> str:
    """The text escaped so that it is shown as it is: no markup, no HTML, no automatic links."""
    safe = clean(text).replace("\t", " ")
    safe = _LINE_START.sub(_kept_at_start, _DOUBLED.sub(_apart, _MARKUP.sub(r"\\\1", safe)))
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BARE_ADDRESS.sub(r"\1\\\2", safe)


def line(text: str) -> str:
    """The text escaped and on one line, for headings and names."""
    return escaped(one_line(text))


def _apart(found: re.Match[str]) -> str:
    return "".join(f"\\{mark}" for mark in found[0])


def _kept_at_start(found: re.Match[str]) -> str:
    # Four spaces at the start of a line would make it a code block.
    spaces = found[1].replace(" ", "\u00a0")
    return f"{spaces}{found[2]}\\" if found[2][0].isdigit() else f"{spaces}\\{found[2]}"


def _linked(text: str, recap: Recap) -> str:
    """The text with its tags, mentions and https addresses linked, line ends kept."""
    parts = []
    for piece in pieces(clean(text), not recap.simulated):
        shown = escaped(piece.text)
        parts.append(f"[{shown}](<{piece.address}>)" if piece.address else shown)
    lines = "".join(parts).split("\n")
    return "\\\n".join(re.sub(r"^ +", _no_break, one).rstrip() or "\u00a0" for one in lines)


def _no_break(found: re.Match[str]) -> str:
    return "\u00a0" * len(found[0])


def _quote(quoted: Quotation, recap: Recap, labels: Labels) -> str:
    text, who = _linked(quoted.text, recap), line(quoted.name)
    if quoted.when:
        who = f"**{who}** {line(quoted.handle)}".rstrip()
        if quoted.author_address:
            who = f"[{who}](<{quoted.author_address}>)"
        if quoted.role:
            who = f"{who} · {line(quoted.role)}"
        when = line(quoted.when)
        if quoted.address:
            see = f" · [{line(labels('see_on_x'))}](<{quoted.address}>)"
            when = f"[{when}](<{quoted.address}>){see}"
        who = f"{who} · {when}"
    lines = f"{text}\n\n— {who}".split("\n")
    return "\n".join(f"> {one}" for one in lines).replace("> \n", ">\n")
