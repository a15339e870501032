"""Asking before saving a text that may reveal who somebody is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.doubts import posts_shown
from tchat_desktop.domain.first_names import FirstNames, NameLeft
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.dialogs import confirms_saving
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.saving import Content, Export, Saving
from tchat_desktop.wording.i18n import format_number, ngettext

ShowTexts = Callable[[], None]
"""A callback that shows the organiser the texts to look at."""


def may_save(
    parent: QWidget, texts: Sequence[str], names: Sequence[NameLeft], look: ShowTexts
) -> bool:
    """Return whether to save, after asking if there is a doubtful text or name.

    `texts` may identify a child or somebody who confided something; `names` are first names of
    hidden people that are left in texts. If the organiser refuses, `look` is called.
    """
    words = [*map(left_words, names)]
    if texts:
        words.insert(0, _delicate_words(texts))
    if not words or confirms_saving(parent, "\n\n".join(words)):
        return True
    if shiboken6.isValid(parent):
        look()
    return False


def left_words(left: NameLeft) -> str:
    """Return a sentence: a name may be a hidden person's, and so many texts have it."""
    count = len(left.texts)
    return ngettext(
        "“{name}” may be the first name of somebody you hide: it stands in {count} text.",
        "“{name}” may be the first name of somebody you hide: it stands in {count} texts.",
        count,
    ).format(name=left.name, count=format_number(count))


def _delicate_words(texts: Sequence[str]) -> str:
    return ngettext(
        "One text may show who a child is, or who confides something: “{text}”",
        "{count} texts may show who a child is, or who confides something. The first: “{text}”",
        len(texts),
    ).format(count=format_number(len(texts)), text=beginning(texts[0], 80))


class PostsTable:
    """Saves what has all the posts in it, after asking about doubtful texts."""

    def __init__(self, bridge: Bridge, saving: Saving, look: ShowTexts) -> None:
        self._bridge = bridge
        self._saving = saving
        self._look = look

    def save(
        self, export: Export[Content], content: Content, chat: Chat, material: Material
    ) -> None:
        """Look for doubtful texts off the GUI thread (there may be thousands), ask, and save.

        `content` is what is written, made of the chat and its material.
        """
        posts = material.posts

        def look_at() -> tuple[tuple[str, ...], tuple[NameLeft, ...]]:
            shown = posts_shown(chat, posts, material.rows, NETWORK)
            left = FirstNames(chat, posts, NETWORK).left_in(one.text for one in shown)
            return tuple(one.text for one in shown if one.doubts), left

        def looked_at(found: tuple[tuple[str, ...], tuple[NameLeft, ...]]) -> None:
            if may_save(self._saving, *found, self._look):
                rehearsing = recaps.is_simulated(material.rows, material.occasion)
                self._saving.save(export, content, chat, rehearsing)

        self._bridge.run(self._saving, look_at, looked_at, self._saving.fail)
