"""Reads the posts on a page of X, and the links of posts in a text.

A page is read by what it must have for people: the link of each post around its instant, the names
that lead to profiles, the texts that say their language. What it calls its parts is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.clean_text import cleaned, in_one_line
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import PostLink
from tchat_desktop.domain.page_pieces import PagePiece
from tchat_desktop.domain.x.links import post_led_to, posts_linked, profile_led_to
from tchat_desktop.domain.x.post_ids import posted_at

_ANSWERS = (
    *("replying to", "en reponse a", "reponse a", "respondiendo a", "en respuesta a"),
    *("em resposta a", "respondendo a", "رد على", "ردا على", "antwort an", "in risposta a"),
    *("als antwoord op",),
)
"""In folded text: how X begins the line that says who is answered, in the languages of the app and
of their neighbours."""
_AND = frozenset({"and", "et", "y", "e", "و", "und", "en", ","})
_COUNT = re.compile(r"[\d\s.,\u00a0\u202f\u066b\u066c]{1,12}\s?\w{0,3}\.?")
"""How often a post was answered or shown: "12", "1,2 k", "3 M"."""
_NAME = re.compile(r"@\w{1,15}", re.ASCII)
_BLANK_LINES = re.compile(r"\n{3,}")
_AROUND_LINES = re.compile(r"[ \t]*\n[ \t]*")
_ADDRESS = re.compile(rb"/status(?:es)?/(\d{5,20})")
_SEVERAL = 3
"""From so many posts on, links or names are a page and not what somebody writes."""
_LOOKED_AT = 4_000_000
"""Bytes, or characters, in which a page shows that it is one."""
_EDGES = "<>()[]{}«»“”\"'.,;:!?  \u00a0\u202f"


def posts_on_page(pieces: Sequence[PagePiece]) -> tuple[Post, ...]:
    """The posts that a page shows with their times, in the order of the page.

    A post stands in its article where there are any; else it begins with the name of its author.
    """
    boxes: dict[int, list[PagePiece]] = {}
    for one in pieces:
        boxes.setdefault(one.box, []).append(one)
    in_words = any(one.words for one in pieces)
    shown = (
        shown
        for box, inside in boxes.items()
        for shown in _shown_in(inside, whole=box != 0, in_words=in_words)
    )
    made = (_as_post(one) for one in shown)
    return tuple(one for one in made if one is not None)


def links_on_page(pieces: Sequence[PagePiece]) -> tuple[Post, ...]:
    """The posts that a page of any kind links to, as they are known by their links only."""
    found: dict[str, PostLink] = {}
    for one in pieces:
        link = post_led_to(one.link) if one.link else None
        if link is not None and not (link.id in found and found[link.id].author):
            found[link.id] = link
    return _known_by_link(list(found.values()))


def posts_in_text(text: str) -> tuple[Post, ...]:
    """The posts whose links stand in a plain text.

    Words around a single link that has a line of its own, the first or the last, are the text of
    its post, as somebody pastes them together; other words are not.
    """
    text = cleaned(text)
    found = _known_by_link(posts_linked(text))
    if len(found) != 1:
        return found
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for link, rest in ((lines[-1], lines[:-1]), (lines[0], lines[1:])):
        alone = link.strip(_EDGES)
        if rest and " " not in alone and posts_linked(alone):
            return (_with_text(found[0], "\n".join(rest)),)
    return found


def names_in_text(text: str) -> int:
    """How many posts a plain text seems to show without addresses: names that stand alone."""
    return sum(_NAME.fullmatch(line.strip()) is not None for line in text.splitlines())


def is_copied_page(markup: bytes, text: str) -> bool:
    """Whether what was copied is clearly a page with several posts: no words, and no single link.

    It only looks for what such a page must have, in its beginning, so that it takes no time.
    """
    markup, text = markup[:_LOOKED_AT], text[:_LOOKED_AT]
    addresses = len(set(_ADDRESS.findall(markup)))
    if addresses > 1 and markup.count(b"<time") > 1:
        return True
    linked = len(set(_ADDRESS.findall(text.encode("utf-8", "replace"))))
    if max(addresses, linked) >= _SEVERAL:
        return True
    names = names_in_text(text)
    others = sum(bool(line.strip()) for line in text.splitlines()) - names
    # Around each post such a text has a name, a time, words and counts; a list of names has not.
    return names >= _SEVERAL and others >= 2 * names and not addresses and not linked


def first_words(pieces: Sequence[PagePiece]) -> str:
    """The first text with a language of its own in some pieces, "" for none."""
    number = next((one.words for one in pieces if one.words), 0)
    return _tidy("".join(one.text for one in pieces if number and one.words == number))


# --- one post on a page ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """A post as a page shows it: its link, the instant beside it, and all pieces of it."""

    link: PostLink
    at: str
    pieces: Sequence[PagePiece]
    mark: int
    """The place of its instant among the pieces."""
    in_words: bool
    """Whether the page says what of it is written by people."""

    @property
    def text(self) -> str:
        """What its author wrote, as X keeps it: it begins with the names of who is answered."""
        number = self._words if self.in_words else 0
        if self.in_words:
            text = _joined(one for one in self.pieces if number and one.words == number)
            answered = self._answered(number)
        else:
            after = takewhile(lambda one: one.at, self.pieces[self.mark :])
            text, answered = _told_by_blocks(self.pieces[self.mark + len(list(after)) :])
        text = _tidy(text)
        named = text.startswith("@") or not text
        return text if named else "".join(f"@{one} " for one in answered) + text

    @property
    def name(self) -> str:
        """The name its author shows; "" where there is none."""
        anchors: dict[int, str] = {}
        for one in self.pieces:
            if one.anchor and _is(profile_led_to(one.link), self.author):
                anchors[one.anchor] = anchors.get(one.anchor, "") + one.text
        shown = ""
        for text in map(in_one_line, anchors.values()):
            if _is(text.strip(), f"@{self.author}") and shown:
                break
            # Who reposts themself is named twice: the name beside the account is the one.
            shown = text.strip() if not text.strip().startswith("@") and text.strip() else shown
        return shown[: Cap.NAME]

    @property
    def author(self) -> str:
        """The account; where the link does not name it, the first one that is named."""
        if self.link.author:
            return self.link.author
        named = (
            one.text.strip()[1:]
            for one in self.pieces
            if one.link and _is(f"@{profile_led_to(one.link)}", one.text.strip())
        )
        return next(named, "")

    @property
    def _words(self) -> int:
        """The number of its text: the first after its instant, or before it, as on its own page."""
        beside = self.pieces[self.mark].pressed
        for part in (self.pieces[self.mark :], self.pieces[: self.mark]):
            for one in part:
                if one.at and post_led_to(one.link) is None:
                    # The post that it quotes begins here, with an instant and no link.
                    break
                if one.words and one.pressed == beside:
                    return one.words
        return 0

    def _answered(self, number: int) -> list[str]:
        """Who is answered: named between the author and the text, outside of it."""
        found: dict[str, None] = {}
        for one in self.pieces:
            if number and one.words == number:
                break
            handle = profile_led_to(one.link) if one.link and not one.pressed else ""
            if handle and _is(one.text.strip(), f"@{handle}") and not _is(handle, self.author):
                found[handle] = None
        return list(found)


def _shown_in(inside: Sequence[PagePiece], whole: bool, in_words: bool) -> Iterator[_Shown]:
    """The posts among the pieces of one article, or of a page without any."""
    marks: dict[str, tuple[int, PostLink]] = {}
    for place, one in enumerate(inside):
        link = post_led_to(one.link, alone=True) if one.at else None
        if link is not None:
            marks.setdefault(link.id, (place, link))
    if not marks:
        return
    starts: list[int] = []
    former = 0
    for place, link in marks.values():
        first = whole and not starts
        starts.append(0 if first else _beginning(inside, place, former, link.author))
        former = place + 1
    ends = [*starts[1:], len(inside)]
    for (place, link), start, end in zip(marks.values(), starts, ends, strict=True):
        yield _Shown(link, inside[place].at, inside[start:end], place - start, in_words)


def _beginning(inside: Sequence[PagePiece], place: int, former: int, author: str) -> int:
    """Where a post begins whose instant is at `place`: with the names of its author before it.

    On the page of one post its text stands between these names and the instant.
    """
    begins, found = place, False
    for at in range(place - 1, former - 1, -1):
        one = inside[at]
        if one.link and _is(profile_led_to(one.link), author):
            begins, found = at, True
        elif one.pressed or any(map(str.isalnum, one.text)):
            break
    if found:
        return begins
    names = (
        at
        for at in range(former, place)
        if inside[at].link and _is(profile_led_to(inside[at].link), author)
    )
    return next(names, place)


def _told_by_blocks(pieces: Sequence[PagePiece]) -> tuple[str, list[str]]:
    """The text of a post on a page that marks no text, and who it answers.

    It ends where something is pressed or counted, or with the post that it quotes.
    """
    told: list[str] = []
    answered: list[str] = []
    answering = False
    for block in _blocks(pieces):
        text = "".join(one.text for one in block)
        if any(one.pressed for one in block) or (told and _COUNT.fullmatch(text.strip())):
            break
        if any(one.at and post_led_to(one.link) is None for one in block):
            del told[-2:]
            break
        names = [one.text.strip()[1:] for one in block if _is_mention(one)]
        folded = fold(text).strip()
        if not told and (folded.startswith(_ANSWERS) or (answering and (names or folded in _AND))):
            answering = True
            answered += names
        elif text.strip():
            # A name alone in its block stands in the middle of a sentence.
            told.append(text if names and len(block) == 1 and told else "\n" + text)
    return "".join(told).replace("\n ", "\n"), answered


def _blocks(pieces: Sequence[PagePiece]) -> Iterator[list[PagePiece]]:
    block: list[PagePiece] = []
    for one in pieces:
        if block and one.block != block[0].block:
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def _joined(pieces: Iterable[PagePiece]) -> str:
    """The text in some pieces; a name in a block of its own is not glued to the words beside it.

    Browsers leave out the space there, which the block makes needless to see.
    """
    text, before = "", None
    for one in pieces:
        apart = before is not None and before.block != one.block
        if apart and text and one.text and (_is_mention(one) or (before and _is_mention(before))):
            ends = text[-1].isalnum() or text[-1] == "_"
            text += " " if ends and (one.text[0].isalnum() or one.text[0] in "@#") else ""
        text, before = text + one.text, one
    return text


def _is_mention(one: PagePiece) -> bool:
    return bool(one.link) and _is(one.text.strip(), f"@{profile_led_to(one.link)}")


def _as_post(shown: _Shown) -> Post | None:
    """None for a post from before the ids told the time, on a page that does not tell it either."""
    at = posted_at(shown.link.id) or _instant(shown.at)
    if at is None:
        return None
    author = shown.author
    return Post(
        id=shown.link.id,
        author=author,
        author_name=shown.name or f"@{author}",
        text=shown.text[: Cap.POST],
        created_at=at,
        url=shown.link.url,
        by_hand=True,
    )


def _known_by_link(links: Sequence[PostLink]) -> tuple[Post, ...]:
    timed = ((link, posted_at(link.id)) for link in links)
    return tuple(
        Post(link.id, link.author, f"@{link.author}", "", at, link.url, by_hand=True)
        for link, at in timed
        if at is not None
    )


def _with_text(post: Post, text: str) -> Post:
    return Post(
        post.id, post.author, post.author_name, _tidy(text)[: Cap.POST], post.created_at, post.url,
        by_hand=True,
    )  # fmt: skip


def _instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is(name: str, other: str) -> bool:
    return bool(name) and name.lower() == other.lower()


def _tidy(text: str) -> str:
    lines = _AROUND_LINES.sub("\n", cleaned(text))
    return _BLANK_LINES.sub("\n\n", lines).strip()
