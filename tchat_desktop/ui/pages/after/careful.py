"""Saving what may show who somebody is: asked about first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat
from tchat_desktop.i18n import _, format_number, ngettext
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.dialogs import confirms_saving
from tchat_desktop.ui.pages.after.saving import RecapFiles, Saving, file_stem
from tchat_desktop.ui.pages.during.words import beginning

Look = Callable[[], None]
"""Shows the organiser what is to be looked at."""


def may_save(parent: QWidget, texts: Sequence[str], look: Look) -> bool:
    """Ask when there are texts to look at; whoever does not save is shown them."""
    if not texts:
        return True
    words = ngettext(
        "One text may name a child, or show who confides something: “{text}”",
        "{count} texts may name a child, or show who confides something. The first: “{text}”",
        len(texts),
    ).format(count=format_number(len(texts)), text=beginning(texts[0], 80))
    if confirms_saving(parent, words):
        return True
    if shiboken6.isValid(parent):
        look()
    return False


class PostsTable:
    """Saves all the posts as a table, once it is sure that it may."""

    def __init__(self, bridge: Bridge, files: RecapFiles, saving: Saving, look: Look) -> None:
        self._bridge = bridge
        self._files = files
        self._saving = saving
        self._look = look

    def save(self, chat: Chat, material: Material) -> None:
        """Read the posts off the GUI thread, for there may be thousands; then ask and save."""
        look_at = partial(recaps.posts_to_look_at, chat, material.posts)

        def looked_at(texts: tuple[str, ...]) -> None:
            if may_save(self._saving, texts, self._look):
                self._write(chat, material)

        self._bridge.run(self._saving, look_at, looked_at, self._saving.fail)

    def _write(self, chat: Chat, material: Material) -> None:
        write = self._files.posts
        rehearsing = recaps.is_simulated(material.rows, material.occasion)
        self._saving.save(
            _("Save the posts"),
            file_stem(_("posts"), chat, rehearsing),
            "csv",
            lambda path: write(chat, material, path),
        )
