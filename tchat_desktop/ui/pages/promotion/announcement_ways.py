"""The ways an announcement takes: a page in the browser, the mail program, a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import shiboken6
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import promotion
from tchat_desktop.domain.chat import Announcement, Channel, Chat
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.texts import Texts, When
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.dialogs import confirms_other_day
from tchat_desktop.ui.file_dialogs import ask_where_to_save
from tchat_desktop.ui.last_folder import FileKind, remember_folder
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.promotion.announcement_card import AnnouncementCard
from tchat_desktop.ui.pages.promotion.announcement_words import day_words
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.shared.saving import file_stem
from tchat_desktop.wording import error_words
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import _

FACEBOOK_FORM = "https://www.facebook.com/events/create/"
WHATSAPP_PAGE = "https://wa.me/?text="
"""Opens WhatsApp, or its page, with a text; the person chooses there to whom it goes."""


class AnnouncementWays:
    """Opens, saves and copies announcements for their cards, which tell what came of it."""

    def __init__(
        self,
        page: QWidget,
        texts_of: Callable[[str], Texts],
        when_of: Callable[[Chat], When],
        now: Callable[[], datetime],
        post_page: Callable[[str], str],
        open_page: Callable[[str], None],
        bridge: Bridge,
        files: PromotionFiles,
    ) -> None:
        self._page = page
        self._texts_of = texts_of
        self._when_of = when_of
        self._now = now
        self._post_page = post_page
        self._open_page = open_page
        self._bridge = bridge
        self._files = files

    def open(self, chat: Chat, announcement: Announcement, card: AnnouncementCard) -> None:
        """Open an announcement where it is published; asked about first on another day."""
        letter = self._letter(chat, announcement)
        on_x = announcement.channel is Channel.X
        if on_x and (over := -NETWORK.remaining(letter.body)) > 0:
            # X's page would be cut, or refuse to publish it.
            card.say_too_long(over)
        elif not self._is_its_day(chat, announcement, letter.body, card):
            return
        elif on_x:
            self._open_on_x(letter.body, card)
        elif announcement.channel is Channel.FACEBOOK:
            self._open_page(FACEBOOK_FORM)
            card.say_form_opened()
        elif announcement.channel is Channel.WHATSAPP:
            self._open_page(WHATSAPP_PAGE + quote(letter.body, safe=""))
            card.say_opened(pasted=False)
        else:
            self._open_mail(letter, card)

    def save(self, chat: Chat, announcement: Announcement, card: AnnouncementCard) -> None:
        """Save an announcement as a file: an e-mail ready to send, or a text for the press."""
        letter = self._letter(chat, announcement)
        by_mail = announcement.channel is Channel.EMAIL
        export = self._files.mail_draft if by_mail else self._files.press
        stem = file_stem(_(export.stem), chat, rehearsing=False)
        path = ask_where_to_save(card, _(export.question), stem, export.suffix, _(export.kind))
        if path is None:
            return

        def saved(written: Path) -> None:
            remember_folder(FileKind.EXPORT, path)
            card.say(_("Saved: {file}").format(file=where_words(written)))

        def failed(error: Exception) -> None:
            card.say(error_words.sentence(error), "stop")

        self._bridge.run(card, lambda: export.write(letter, path), saved, failed)

    def copy_picture(self, draw: Callable[[], QImage], card: AnnouncementCard) -> None:
        """Copy the picture that goes with an announcement; `draw` makes it off the GUI thread."""

        def copied(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            card.say(
                _(
                    "The picture is copied. If the form wants a file, save it under “Your "
                    "pictures”, below."
                )
            )

        def failed(error: Exception) -> None:
            card.say(error_words.sentence(error), "stop")

        self._bridge.run(card, draw, copied, failed)

    def _letter(self, chat: Chat, announcement: Announcement) -> Letter:
        texts = self._texts_of(chat.language)
        return promotion.letter_of(chat, announcement, texts, self._when_of(chat))

    def _is_its_day(
        self, chat: Chat, announcement: Announcement, text: str, card: AnnouncementCard
    ) -> bool:
        if announcement.channel is Channel.FACEBOOK:
            # The form of an event is filled in on any day.
            return True
        away = promotion.days_away(chat, announcement, self._now())
        day, told = day_words(chat, announcement), self._when_of(chat).day
        begins, dated = promotion.opening(text), bool(told) and told in text
        if not away or confirms_other_day(self._page, day, begins, past=away < 0, dated=dated):
            return True
        if shiboken6.isValid(card):
            card.say_kept(day)
        return False

    def _open_on_x(self, text: str, card: AnnouncementCard) -> None:
        pasted = NETWORK.links.page_left(text) < 0
        if pasted:
            # A text too long for an address is pasted.
            QGuiApplication.clipboard().setText(text)
        self._open_page(NETWORK.links.composer() if pasted else self._post_page(text))
        card.say_opened(pasted)

    def _open_mail(self, letter: Letter, card: AnnouncementCard) -> None:
        open_mail = self._files.open_mail
        whole = self._files.mail_fits(letter)
        if not whole:
            # Windows cuts it without a word, and some mail programs then open nothing.
            QGuiApplication.clipboard().setText(letter.body)
        sent = letter if whole else Letter(letter.subject, "")

        def opened(done: bool) -> None:
            if not done:
                card.say(_("No mail program opened. Save it as a file, or copy it."), "look")
            elif whole:
                card.say(_("It is open in your mail program. Put your contacts in blind copy."))
            else:
                card.say(
                    _(
                        "Your mail program is open, and the text is copied: paste it there. Put "
                        "your contacts in blind copy."
                    )
                )

        def failed(error: Exception) -> None:
            card.say(error_words.sentence(error), "stop")

        self._bridge.run(card, lambda: open_mail(sent), opened, failed)
