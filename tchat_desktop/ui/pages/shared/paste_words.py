"""Sentences about a page that was pasted: what it brought, and why it brought nothing."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.found_posts import FoundPosts, SortedPosts
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.pages_seen import Stretch
from tchat_desktop.domain.undoing import RowChange
from tchat_desktop.ui.pages.shared.hour_words import hour_of, own_name, row_name
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.wording.i18n import _, ngettext


def paste_steps() -> Sequence[str]:
    """Return the three steps that bring the posts of the tag here."""
    second = _("2. There, {all} then {copy}: the whole page is copied.")
    third = _("3. Back here, {paste}: all its posts are taken.")
    return (
        _("1. “See the tag on X”: it opens in your browser."),
        second.format(all=named(Shortcut.SELECT_ALL), copy=named(Shortcut.COPY)),
        third.format(paste=named(Shortcut.PASTE)),
    )


def found_words(confirmed: Sequence[RowChange]) -> Sequence[str]:
    """Return which of one's own posts the page shows to be published, or tells the links of."""
    out = [made for before, made in confirmed if before.state is not PostState.SENT]
    linked = [made for before, made in confirmed if before.state is PostState.SENT]
    published = ngettext(
        "{posts}: published, found on the pasted page.",
        "{posts}: published, found on the pasted page.",
        len(out),
    )
    links = ngettext(
        "{posts}: link found on the pasted page.",
        "{posts}: links found on the pasted page.",
        len(linked),
    )
    told = ((published, out), (links, linked))
    return [words.format(posts=_named(rows)) for words, rows in told if rows]


def _named(rows: Sequence[OutboxPost]) -> str:
    return own_name(rows[0]) if len(rows) == 1 else ", ".join(map(row_name, rows))


def made_words(made: SortedPosts, chat: Chat, *, cut: bool) -> str:
    """Return what became of the posts found; `cut` if the page went on."""
    counts = (
        ngettext("{count} new message", "{count} new messages", len(made.new)).format(
            count=len(made.new)
        ),
        _counted(
            ngettext("{count} completed", "{count} completed ones", len(made.completed)),
            len(made.completed),
        ),
        _counted(
            ngettext("{count} there already", "{count} already there", made.known), made.known
        ),
        _counted(
            _("{count} by the account that publishes (your own messages)"),
            made.own,
        ),
    )
    sentences = [
        ", ".join(words for words in counts if words) + ".",
        _counted(
            ngettext(
                "The text of {count} is still missing.",
                "The texts of {count} are still missing.",
                made.untold,
            ),
            made.untold,
        ),
        _counted(
            ngettext(
                "{count} does not have the tag #{tag}: hide it if it is not of the chat.",
                "{count} do not have the tag #{tag}: hide those that are not of the chat.",
                made.untagged,
            ),
            made.untagged,
            tag=chat.hashtag,
        ),
        _counted(
            ngettext(
                "{count} link leads to no post.", "{count} links lead to no post.", made.impossible
            ),
            made.impossible,
        ),
        _("The page is very long: its end was not read. Copy the rest by itself.") if cut else "",
    ]
    return " ".join(words for words in sentences if words)


def gap_words(missing: Sequence[Stretch], chat: Chat) -> str:
    """Return when messages may have been written that no page showed; "" for never."""
    if not missing:
        return ""
    words = _(
        "Messages may be missing {when}: on the page of X, scroll down, then copy it again and "
        "paste it here."
    )
    return words.format(when=", ".join(_when(one, chat) for one in missing))


def _when(stretch: Stretch, chat: Chat) -> str:
    since, until = hour_of(stretch.since, chat), hour_of(stretch.until, chat)
    if since == until:
        return _("around {hour}").format(hour=since)
    return _("between {since} and {until}").format(since=since, until=until)


def nothing_words(found: FoundPosts) -> str:
    """Return why no post was found, and what to do."""
    if found.unaddressed:
        words = ngettext(
            "{count} post is seen in this text, but not its address. Copy the page again in your "
            "browser, and paste it here straight away.",
            "{count} posts are seen in this text, but not their addresses. Copy the page again in "
            "your browser, and paste it here straight away.",
            found.unaddressed,
        )
        return words.format(count=found.unaddressed)
    if found.has_content:
        return _("No post of X in this. Is it the page of the tag, on x.com?")
    keys = {"all": named(Shortcut.SELECT_ALL), "copy": named(Shortcut.COPY)}
    words = _("Nothing to paste. On the page of the tag on X: {all}, then {copy}.")
    return words.format(**keys)


def filled_words(told: int, gone: int, stopped: bool) -> str:
    """Return how many texts were told, and what becomes of the others."""
    sentences = [
        ngettext("{count} text completed.", "{count} texts completed.", told).format(count=told),
        _counted(
            ngettext(
                "{count} post is deleted or not public.",
                "{count} posts are deleted or not public.",
                gone,
            ),
            gone,
        ),
        _("X does not answer for now: press again later, or copy the page of the tag.")
        if stopped
        else "",
    ]
    return " ".join(words for words in sentences if words)


def _counted(words: str, count: int, **more: str) -> str:
    """The words with their count; "" for none."""
    return words.format(count=count, **more) if count else ""
