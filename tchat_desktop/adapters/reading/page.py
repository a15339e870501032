"""Reads a web page, as copied from a browser or saved, into the pieces of text it shows.

Nothing in the page is run or loaded, and nothing of it is kept but its text, its links and its
instants. A page that is cut short is read as far as it goes.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

from tchat_desktop.domain.page_pieces import PagePiece

_EMPTY = frozenset({
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
})  # fmt: skip
"""Elements that hold nothing, and have no end."""
_UNSEEN = frozenset({
    *("head", "noscript", "option", "script", "select", "style", "template", "textarea", "title"),
})  # fmt: skip
_BLOCKS = frozenset({
    *("address", "article", "aside", "blockquote", "body", "button", "dd", "details", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
    *("td", "th", "tr", "ul"),
})  # fmt: skip
_LINES = frozenset({"p", "li", "tr"})
"""Elements after which what somebody wrote goes on in another line."""
_FRAMES = frozenset({"html", "body", "main", "article", "section"})
"""Elements whose language is that of the page."""
_PRESSED = frozenset({"button", "group", "menuitem", "tab"})
"""Roles of what is there to press, and of a row of such."""
_LONGEST_SIGN = 16
"""Characters of the longest emoji, which pages show as pictures."""


class _Within(NamedTuple):
    """What the text at one place of the page stands in; see `PagePiece`."""

    link: str = ""
    anchor: int = 0
    at: str = ""
    words: int = 0
    box: int = 0
    pressed: int = 0
    unseen: bool = False


def page_pieces(html: str) -> list[PagePiece]:
    """The pieces of a page in reading order."""
    page = _Page()
    # Without `close`, which would search what an unfinished tag leaves again and again.
    page.feed(html)
    return page.pieces


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[PagePiece] = []
        self._open: list[tuple[str, _Within]] = []
        self._counts: dict[str, int] = {}
        self._within = _Within()
        self._number = 0
        self._block = 0
        self._around: dict[int, int] = {}
        """Of each text with a language of its own, the number of the one around it."""
        self._frames: set[int] = set()
        """Those that turned out to hold posts: they are no text of one."""

    @property
    def pieces(self) -> list[PagePiece]:
        frames = self._frames
        return [one._replace(words=0) if one.words in frames else one for one in self._found]

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002
        """Count no lines: nobody asks where something stood, and it takes a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._block += 1
        if tag == "br":
            self._add("\n")
        elif tag == "img":
            self._add(_sign(told.get("alt", "")))
        if tag in _EMPTY:
            return
        self._open.append((tag, self._within))
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._within = self._inside(tag, told)
        if tag == "time":
            self._hold_posts()
            self._add("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._counts.get(tag):
            return
        while True:
            closed, self._within = self._open.pop()
            self._counts[closed] -= 1
            if closed == tag:
                break
        if tag in _LINES:
            self._add("\n")
        if tag in _BLOCKS:
            self._block += 1

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _inside(self, tag: str, told: dict[str, str]) -> _Within:
        """What the content of an element stands in."""
        within, role = self._within, told.get("role", "")
        if tag in _UNSEEN:
            return within._replace(unseen=True)
        if tag == "a":
            return within._replace(link=told.get("href", "").strip(), anchor=self._next())
        if tag == "time":
            return within._replace(at=told.get("datetime", "").strip())
        if tag == "article" or role == "article":
            self._hold_posts()
            return _Within(box=self._next())
        if tag == "button" or role in _PRESSED or role == "link":
            within = within._replace(pressed=self._next())
        if told.get("lang") and tag not in _FRAMES:
            self._around[self._number + 1] = within.words
            within = within._replace(words=self._next())
        return within

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _hold_posts(self) -> None:
        """Note that the texts around this place hold whole posts, each with its time."""
        words = self._within.words
        while words and words not in self._frames:
            self._frames.add(words)
            words = self._around[words]

    def _add(self, text: str) -> None:
        within = self._within
        if within.unseen or not (text or within.at):
            return
        self._found.append(
            PagePiece(
                text,
                within.link,
                within.anchor,
                within.at,
                within.words,
                within.box,
                within.pressed,
                self._block,
            )
        )


def _sign(alternative: str) -> str:
    """The emoji that a picture shows; "" for a picture that words describe."""
    described = len(alternative) > _LONGEST_SIGN or any(map(str.isalpha, alternative))
    return "" if described else alternative
