"""Puts what is known of new versions on the home screen, and looks for them off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.services.new_versions import NewVersions
from tchat_desktop.ui.bridge import Runner
from tchat_desktop.ui.shell.home import Home
from tchat_desktop.ui.shell.version_cards import VersionCard, VersionFoot, VersionQuestion
from tchat_desktop.wording.i18n import _

if TYPE_CHECKING:
    from tchat_desktop.services.library import Listing

log = logging.getLogger(__name__)

CLOSING = 0.5
"""Seconds that closing the app waits for a request, which may be left behind."""


class VersionNews(QObject):
    """Asks, looks and tells on the home screen alone, and by itself only in a calm moment.

    `open_page` opens a page in the browser; `tell` says a sentence for a moment.
    """

    def __init__(
        self,
        versions: NewVersions,
        open_page: Callable[[str], object],
        tell: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._versions = versions
        self._open_page = open_page
        self._tell = tell
        self._runner: Runner | None = None
        self._home: Home | None = None
        self._foot: VersionFoot | None = None
        self._shown: NewVersion | str = ""
        """What the card on screen is about: "question", a version, or "" for no card."""
        self._looking = False
        self._by_hand = False
        """Whether the person waits for what comes of looking."""

    @Slot(object, object)
    def show_on(self, home: Home, listing: Listing) -> None:
        """Show what there is to show on a home screen that has just listed its chats."""
        self._versions.look_around(one.chat for one in listing.chats)
        if home is not self._home:
            self._home, self._shown = home, ""
            self._foot = VersionFoot(
                self._versions.own, self._versions.host, self._on_chosen, self._on_look_wanted
            )
            home.show_foot(self._foot)
            self._foot.show_wish(self._versions.wanted)
        self._show_card(self._versions.told())
        self._look_if_due()

    def stop(self) -> None:
        """Look no more."""
        if self._runner is not None:
            self._runner.stop(CLOSING)

    def _show_card(self, version: NewVersion | None) -> None:
        """Show the card of a version; of none, the question if it is to be put."""
        assert self._home is not None
        wanted = version or ("question" if self._versions.asks() else "")
        # What is there already stays, with the keyboard on it.
        if wanted != self._shown:
            self._shown = wanted
            self._home.show_news(self._made(version) if wanted else None)

    def _made(self, version: NewVersion | None) -> QWidget:
        if version is not None:
            return VersionCard(version, self._on_page_wanted, self._on_put_off)
        return VersionQuestion(self._versions.host, self._on_yes, self._on_no)

    def _on_yes(self) -> None:
        self._answer(True)

    def _on_no(self) -> None:
        self._answer(False)

    def _answer(self, yes: bool) -> None:
        assert self._foot is not None
        self._foot.show_wish(yes)
        self._on_chosen(yes)
        self._tell(_("Noted. You can change your mind at the foot of this screen."))

    def _on_chosen(self, wanted: bool) -> None:
        self._versions.answer(wanted)
        self._show_card(self._versions.told())
        self._look_if_due()

    def _look_if_due(self) -> None:
        if self._versions.is_due():
            self._look()

    def _on_look_wanted(self) -> None:
        assert self._foot is not None
        self._by_hand = True
        self._foot.show_looking()
        self._look()

    def _look(self) -> None:
        if self._looking:
            return
        if self._runner is None:
            self._runner = Runner("versions")
        self._looking = True
        self._versions.begin()
        self._runner.run(self, self._versions.ask, self._on_learned, self._on_failed)

    def _on_learned(self, found: NewVersion) -> None:
        self._versions.learn(found)
        newer = self._versions.newer()
        words = _("You have the newest version.")
        if newer is not None:
            words = _("Version {number} is available").format(number=newer.number)
        self._looked(words, newer)

    def _on_failed(self, error: Exception) -> None:
        log.info("the newest version is not known: %r", error)
        words = _(
            "It could not be learned now. Nothing has changed: try again when the connection is "
            "better."
        )
        self._looked(words, None)

    def _looked(self, words: str, newer: NewVersion | None) -> None:
        """Tell who waits; else only what is to be told by itself."""
        self._looking = False
        by_hand, self._by_hand = self._by_hand, False
        if by_hand and self._foot is not None:
            self._foot.show_outcome(words)
        told = self._versions.told()
        self._show_card((newer if by_hand else None) or told)

    def _on_page_wanted(self) -> None:
        if isinstance(self._shown, NewVersion):
            self._open_page(self._shown.page)

    def _on_put_off(self) -> None:
        self._versions.put_off()
        self._show_card(None)
