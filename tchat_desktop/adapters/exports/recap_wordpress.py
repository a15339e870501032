"""Writes the recap as blocks of WordPress, to be pasted into the "Code editor" of a post.

They are the plainest of its blocks, each as WordPress would write it: with anything else it says
that a block is not valid. They look as the site does, and load nothing.
"""

from __future__ import annotations

from html import escape
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
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.visuals import is_right_to_left

_BRACKET = "&#091;"
"""WordPress takes [word] in a text for one of its shortcodes."""
_SLASHES = "&#47;&#47;"
"""Of an address alone in a paragraph WordPress makes what it fetches from there."""


def write_wordpress(recap: Recap, path: Path, stationery: ExportTemplates) -> Path:
    """Write the blocks completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, recap_wordpress(recap, stationery))


def recap_wordpress(recap: Recap, stationery: ExportTemplates) -> str:
    """The recap as blocks, without its title, for which WordPress has a field."""
    labels = stationery.labels(recap.language)
    made = (_written(block, recap, labels) for block in blocks(recap, labels))
    return "\n\n".join(made) + "\n"


def shown(text: str) -> str:
    """A text as HTML that WordPress shows as it is: no tag, no shortcode, nothing fetched.

    Line feeds become line breaks.
    """
    safe = escape(clean(text)).replace("[", _BRACKET).replace("//", _SLASHES)
    return safe.replace("\n", "<br>")


def _written(block: Block, recap: Recap, labels: Labels) -> str:
    match block:
        case Heading():
            number = f"Q{block.number} " if block.number else ""
            html = f'<h2 class="wp-block-heading">{shown(number + block.text)}</h2>'
            return _block("heading", html)
        case Prose():
            return _paragraph(_linked(block.text, recap), block.text, labels)
        case Line():
            strong = f"<strong>{shown(block.strong)}</strong> " if block.strong else ""
            return _paragraph(strong + shown(block.text), block.text, labels)
        case Counts():
            items = "".join(
                _block("list-item", f"<li><strong>{shown(number)}</strong> {shown(what)}</li>")
                for number, what in block.rows
            )
            return _block("list", f'<ul class="wp-block-list">{items}</ul>')
        case Quotation():
            return _quote(block, recap, labels)
        case Divider():
            return _block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


def _block(kind: str, html: str, settings: str = "") -> str:
    opening = f"wp:{kind} {settings}" if settings else f"wp:{kind}"
    return f"<!-- {opening} -->\n{html}\n<!-- /wp:{kind} -->"


def _paragraph(html: str, text: str, labels: Labels) -> str:
    """A paragraph, which is told its direction where that is not the one of the language."""
    turned = is_right_to_left(text)
    if turned == (labels.direction == "rtl"):
        return _block("paragraph", f"<p>{html}</p>")
    direction = "rtl" if turned else "ltr"
    return _block("paragraph", f'<p dir="{direction}">{html}</p>', f'{{"direction":"{direction}"}}')


def _linked(text: str, recap: Recap) -> str:
    """The text with its tags, mentions and https addresses linked."""
    return "".join(
        _link(piece.address, shown(piece.text)) if piece.address else shown(piece.text)
        for piece in pieces(clean(text), not recap.simulated)
    )


def _link(address: str, html: str) -> str:
    return f'<a href="{escape(address).replace("[", "%5B")}">{html}</a>'


def _quote(quoted: Quotation, recap: Recap, labels: Labels) -> str:
    said = _paragraph(_linked(quoted.text, recap), quoted.text, labels)
    who = shown(quoted.name)
    if quoted.when:
        who = f"<strong>{who}</strong>"
        if quoted.handle:
            who = f"{who} {shown(quoted.handle)}"
        if quoted.author_address:
            who = _link(quoted.author_address, who)
        if quoted.role:
            who = f"{who} · {shown(quoted.role)}"
        when = shown(quoted.when)
        if quoted.address:
            see = _link(quoted.address, shown(labels("see_on_x")))
            when = f"{_link(quoted.address, when)} · {see}"
        who = f"{who} · {when}"
    return _block(
        "quote", f'<blockquote class="wp-block-quote">{said}<cite>{who}</cite></blockquote>'
    )
