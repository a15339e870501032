"""What reads pasted pages in the tests: the real reader, and texts that a test tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tchat_desktop.adapters.x.pages import XPages
from tchat_desktop.domain.conversation import Post
from tchat_desktop.ui.bridge import Runner
from tchat_desktop.ui.pages.shared.pasting import PasteTools


@dataclass
class KnownTexts:
    """Tells the posts it has, by their ids, or raises what it has instead."""

    known: dict[str, Post | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def told(self, post: Post) -> Post:
        self.asked.append(post.id)
        found = self.known.get(post.id, LookupError("gone"))
        if isinstance(found, Exception):
            raise found
        return found


def paste_tools(runner: Runner, texts: KnownTexts | None = None) -> PasteTools:
    """Tools that work on the thread of `runner`."""
    return PasteTools(XPages(), texts or KnownTexts(), lambda: runner)


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostTexts

    def _is_a_post_texts(texts: KnownTexts) -> PostTexts:
        return texts
