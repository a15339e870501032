"""Writes the recap as Markdown (CommonMark), for a web site, a forum or a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tchat_desktop.adapters.exports.links import pieces, post_address, profile_address
from tchat_desktop.adapters.exports.recap_page import (
    about_hiding,
    heading,
    post_moment,
    proposed_introduction,
)
from tchat_desktop.adapters.exports.stationery import (
    ExportTemplates,
    Labels,
    clean,
    one_line,
    paragraphs,
)
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.recap import Highlight, Recap

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^!])")
_LINE_START = re.compile(r"^([^\S\n]*)([-+=]|[0-9]+(?=[.)]))", re.MULTILINE)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters in a name that would reverse the text after it; the HTML page isolates names."""
_DOUBLED = re.compile(r"([=+/:%-])\1+")
"""Markup of dialects of Markdown: ==marked==, ++added++, //host or //slanted//, ::: and %%."""
_BARE_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|www)([:.])")


def write_markdown(recap: Recap, path: Path, stationery: ExportTemplates) -> Path:
    """Write the recap completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, recap_markdown(recap, stationery))


def recap_markdown(recap: Recap, stationery: ExportTemplates) -> str:
    """The recap as Markdown; texts that people wrote are escaped, so that none acts as markup."""
    labels = stationery.labels(recap.language)
    blocks = [f"# {line(heading(recap, labels))}"]
    if recap.simulated:
        blocks.append(f"**{line(labels('rehearsal'))}** {line(labels('rehearsal_why'))}")
    if recap.starts_at and recap.ends_at:
        when = labels.when(recap.starts_at, recap.ends_at, recap.time_zone, recap.town)
        blocks.append(line(when))
    introduction = labels.typeset(recap.introduction) or proposed_introduction(recap, labels)
    blocks += _prose(introduction, recap)
    blocks += _figures(recap, labels)
    for section in recap.sections:
        number = f"Q{section.number} " if section.number else ""
        blocks.append(f"## {number}{line(labels.typeset(section.text))}")
        blocks += _prose(labels.typeset(section.comment), recap)
        blocks += _quotes(section.highlights, recap, labels)
    if recap.others:
        blocks.append(f"## {line(labels('others'))}")
        blocks += _quotes(recap.others, recap, labels)
    if not recap.highlights:
        blocks.append(line(labels("no_highlights")))
    if recap.conclusion:
        blocks.append(f"## {line(labels('conclusion'))}")
        blocks += _prose(labels.typeset(recap.conclusion), recap)
    closing = _closing(recap, labels)
    if closing:
        blocks += ["---", *closing]
    return "\n\n".join(blocks) + "\n"


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


def _prose(text: str, recap: Recap) -> list[str]:
    return [_linked(paragraph, recap) for paragraph in paragraphs(text)]


def _figures(recap: Recap, labels: Labels) -> list[str]:
    figures = recap.figures
    own = f", {labels.many('own_posts', figures.own_posts)}" if figures.own_posts else ""
    counts = [
        ("participants", figures.participants, ""),
        ("posts", figures.public_posts, own),
        ("asked", figures.questions_asked, ""),
        ("newcomers", figures.newcomers or 0, ""),
        ("reposts", figures.reposts or 0, ""),
    ]
    items = [
        f"- **{labels.number(count)}** {line(labels.many(key, count) + detail)}"
        for key, count, detail in counts
        if count
    ]
    return ["\n".join(items)] if items else []


def _quotes(highlights: Iterable[Highlight], recap: Recap, labels: Labels) -> list[str]:
    """The highlights, each after what the organiser says before it."""
    blocks = []
    for one in highlights:
        blocks += [*_prose(labels.typeset(one.comment), recap), _quote(one, recap, labels)]
    return blocks


def _quote(highlight: Highlight, recap: Recap, labels: Labels) -> str:
    text = _linked(highlight.text, recap)
    author = highlight.author
    if author is None:
        who = f"— {line(highlight.initials or labels('anonymous'))}"
    else:
        shown, handle = _TURNING.sub("", author.name), f"@{author.handle}" if author.handle else ""
        name = f"**{line(shown or handle)}** {line(handle) if shown else ''}".rstrip()
        when = line(post_moment(highlight, recap, labels))
        profile = profile_address(author.handle)
        address = post_address(highlight.url, highlight.post_id, author.handle or recap.account)
        if not recap.simulated and profile:
            name = f"[{name}](<{profile}>)"
        if not recap.simulated and address:
            see = f" · [{line(labels('see_on_x'))}](<{address}>)"
            when = f"[{when}](<{address}>){see}"
        who = f"— {name} · {when}"
    return "\n".join(f"> {one}" for one in f"{text}\n\n{who}".split("\n")).replace("> \n", ">\n")


def _closing(recap: Recap, labels: Labels) -> list[str]:
    closing = []
    if recap.organisation:
        closing.append(line(labels("written_by", organisation=recap.organisation)))
    if said := about_hiding(recap, labels):
        closing.append(line(said))
    if recap.highlights and not recap.simulated:
        closing.append(line(labels("belongs_nobody")))
    return closing
