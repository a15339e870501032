"""Saving what may show who somebody is: asked about first."""

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
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.wording.i18n import format_number, ngettext

ShowTexts = Callable[[], None]
"""Shows the organiser what is to be looked at."""


def may_save(
    parent: QWidget, texts: Sequence[str], names: Sequence[NameLeft], look: ShowTexts
) -> bool:
    """Ask when there are texts to look at, or first names of hidden people left somewhere.

    Whoever does not save is shown them.
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
    """Where a first name is left that may be a hidden person's."""
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
    """Saves all the posts as a table, once it is sure that it may."""

    def __init__(self, bridge: Bridge, saving: Saving, look: ShowTexts) -> None:
        self._bridge = bridge
        self._saving = saving
        self._look = look

    def save(self, export: Export[tuple[Chat, Material]], chat: Chat, material: Material) -> None:
        """Read the posts off the GUI thread, for there may be thousands; then ask and save."""
        posts = material.posts

        def look_at() -> tuple[tuple[str, ...], tuple[NameLeft, ...]]:
            shown = posts_shown(chat, posts, material.rows, NETWORK)
            left = FirstNames(chat, posts, NETWORK).left_in(one.text for one in shown)
            return tuple(one.text for one in shown if one.doubts), left

        def looked_at(found: tuple[tuple[str, ...], tuple[NameLeft, ...]]) -> None:
            if may_save(self._saving, *found, self._look):
                rehearsing = recaps.is_simulated(material.rows, material.occasion)
                self._saving.save(export, (chat, material), chat, rehearsing)

        self._bridge.run(self._saving, look_at, looked_at, self._saving.fail)
