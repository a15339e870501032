"""What is typed in the real hour, kept on disk until it is sent: a crash or a power cut costs none.

A rehearsal's is not kept: it is about rows and posts that a restart forgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject

from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.ports import UnsentStore
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.models.unfinished import (
    PastedPost,
    Unfinished,
    UnfinishedFeed,
    UnfinishedText,
)

_OPEN = "replying"
"""The place of the id of the post whose reply is open."""
_WRITTEN = "written"
"""The place of a post of one's own."""
_AWAY = "away"
"""The place of the names of those who are not to be welcomed, one a line."""
_PASTED = ("link", "author", "text")
"""The parts of a post that is being entered by hand, each kept under its own name."""


class UnsentTexts(QObject):
    """Keeps the texts of one chat, on the background thread; `found` tells of those of before."""

    def __init__(
        self,
        bridge: Bridge,
        store: UnsentStore,
        chat_id: str,
        found: Callable[[Unfinished], object],
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._store = store
        self._chat_id = chat_id
        self._found = found
        self._kept: Mapping[str, str] | None = None
        """What was handed to the disk last; None until what is there was read."""
        self.refused = False
        """Whether the disk has not taken the last ones."""
        bridge.run(self, partial(store.texts, chat_id), self._on_read, self._on_not_read)

    @property
    def last(self) -> Unfinished | None:
        """What was kept last, None for nothing."""
        return unfinished_of(self._kept) if self._kept else None

    def keep(self, typed: Unfinished, rows: Sequence[OutboxPost], tag: str) -> None:
        """Have it on disk soon, if it is not; returns at once."""
        texts = unsent_texts(typed, rows, tag)
        if self._kept is None or (texts == self._kept and not self.refused):
            return
        self._kept = texts
        job = partial(self._store.keep, self._chat_id, texts)
        self._bridge.run(self, job, self._on_kept, self._on_refused)

    def _on_read(self, texts: Mapping[str, str]) -> None:
        self._kept = texts
        if texts:
            self._found(unfinished_of(texts))

    def _on_not_read(self, _error: Exception) -> None:
        """What is typed from now on is kept all the same; the log has the error."""
        self._kept = {}

    def _on_kept(self, _nothing: None) -> None:
        self.refused = False

    def _on_refused(self, _error: Exception) -> None:
        self.refused = True


def unsent_texts(typed: Unfinished, rows: Sequence[OutboxPost], tag: str) -> dict[str, str]:
    """The texts worth keeping by what each is for; one that is open and unchanged is none."""
    texts: dict[str, str] = {}
    empty = ("", f"#{tag}")
    for post_id, text in typed.feed.drafts.items():
        if text.strip() not in empty:
            texts[f"reply:{post_id}"] = text
    if f"reply:{typed.feed.replying_to}" in texts:
        texts[_OPEN] = typed.feed.replying_to
    before = {row.id: row.text for row in rows}
    changed = {typed.change.post_id: typed.change.text}
    for kind, edited in (("change", changed), ("mended", typed.mended)):
        for post_id, text in edited.items():
            if text.strip() and text != before.get(post_id):
                texts[f"{kind}:{post_id}"] = text
    if typed.written.strip() not in empty:
        texts[_WRITTEN] = typed.written
    if typed.away:
        texts[_AWAY] = "\n".join(typed.away)
    for kind, one in (("link", typed.link), ("answer", typed.answer)):
        if one.text.strip():
            texts[f"{kind}:{one.post_id}"] = one.text
    pasted = typed.feed.pasted
    if pasted is not None and (pasted.link.strip() or pasted.text.strip()):
        parts = zip(_PASTED, (pasted.link, pasted.author, pasted.text), strict=True)
        texts |= {f"pasted:{part}": text for part, text in parts}
    return texts


def unfinished_of(texts: Mapping[str, str]) -> Unfinished:
    """The same for the screen: all posts are shown, as where nothing was chosen."""
    of: dict[str, dict[str, str]] = {}
    for place, text in texts.items():
        kind, _colon, target = place.partition(":")
        of.setdefault(kind, {})[target] = text
    pasted = of.get("pasted")
    feed = UnfinishedFeed(
        drafts=of.get("reply", {}),
        replying_to=texts.get(_OPEN, ""),
        shown=FeedFilter.ALL,
        search="",
        pasted=_pasted(pasted) if pasted else None,
    )
    change, link, answer = (
        next((UnfinishedText(*one) for one in of.get(kind, {}).items()), UnfinishedText())
        for kind in ("change", "link", "answer")
    )
    mended, written = of.get("mended", {}), texts.get(_WRITTEN, "")
    away = tuple(texts.get(_AWAY, "").split())
    return Unfinished(feed, change, link, answer, mended, written, away)


def _pasted(parts: Mapping[str, str]) -> PastedPost:
    """The post, also where the disk has lost a part of it."""
    link, author, text = (parts.get(part, "") for part in _PASTED)
    return PastedPost(link, author, text)
