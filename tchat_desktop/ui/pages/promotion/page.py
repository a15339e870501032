"""The page of the promotion: the announcements that make the chat known, by day and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain import promotion
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import (
    Announcement,
    Channel,
    Chat,
    VisualDraft,
    new_id,
    with_part,
    without_part,
)
from tchat_desktop.domain.handed_out import QUESTIONS_PICTURE, with_handed
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts, When
from tchat_desktop.domain.visuals import Shape
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.promotion.announcement_card import AnnouncementCard
from tchat_desktop.ui.pages.promotion.announcement_keys import AnnouncementKeys
from tchat_desktop.ui.pages.promotion.announcement_ways import AnnouncementWays
from tchat_desktop.ui.pages.promotion.announcement_words import (
    CHANNELS,
    date_words,
    how_many_out,
    lead_words,
    notes_on,
)
from tchat_desktop.ui.pages.promotion.another_card import AnotherCard
from tchat_desktop.ui.pages.promotion.come_again_card import ComeAgainCard, ComeAgainWays
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.promotion.promotion_link import LinkCard
from tchat_desktop.ui.pages.promotion.public_page_card import PublicPageCard
from tchat_desktop.ui.pages.promotion.reminders import Reminders
from tchat_desktop.ui.pages.promotion.visuals_card import VisualsCard
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.logo_choice import LogoChoice
from tchat_desktop.ui.pages.shared.notes import ToSettle
from tchat_desktop.ui.pages.shared.post_words import blank_notes, typed_blank_notes
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard
from tchat_desktop.ui.widgets.empty_state import EmptyState
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import put_in_order, take_away
from tchat_desktop.ui.widgets.summary_row import align_names
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import step_title


class _Rung(QWidget):
    """The heading for the announcements of one day: how long before, and the day in words."""

    def __init__(self) -> None:
        super().__init__()
        self._lead = Text("", "heading")
        self._date = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(theme.Space.BESIDE), 0, 0)
        layout.setSpacing(theme.px(theme.Space.HAIR))
        layout.addWidget(self._lead)
        layout.addWidget(self._date)

    def show_day(self, lead: str, day: str) -> None:
        self._lead.setText(lead)
        self._date.setText(day)
        self._date.setVisible(bool(day))


class PromotionPage(Page):
    """The page on which the chat is announced."""

    step = StepId.PROMOTION

    def __init__(
        self,
        editor: ChatEditor,
        texts_of: Callable[[str], Texts],
        when_of: Callable[[Chat], When],
        now: Callable[[], datetime],
        post_page: Callable[[str], str],
        open_page: Callable[[str], None],
        bridge: Bridge,
        pictures: PictureStore,
        files: PromotionFiles,
        keys: AnnouncementKeys | None = None,
        again: ComeAgainWays | None = None,
    ) -> None:
        super().__init__(
            step_title(StepId.PROMOTION),
            _("Make the chat known, step by step. Nothing leaves unless you decided it."),
        )
        self._editor = editor
        self._guard = ChildGuard(editor)
        self._texts_of = texts_of
        self._when_of = when_of
        self._now = now
        self._keys = keys
        if keys is not None:
            keys.rows.changed.connect(self._on_rows_changed)
        self._ways = AnnouncementWays(
            self, texts_of, when_of, now, post_page, open_page, bridge, files
        )
        self._cards: dict[str, AnnouncementCard] = {}
        self._rungs: dict[int, _Rung] = {}
        self._removed: Announcement | None = None

        self._link = LinkCard()
        self._link.edited.connect(self._on_link_edited)
        self._link.words_edited.connect(self._on_link_words_edited)
        self._skipped = Text("", "small")
        self._propose = Button(_("Propose my announcements"), "quiet", "bulb", self._on_propose)
        self._empty = EmptyState(
            "announcements",
            _("No announcement yet"),
            _(
                "Example: two weeks before, a post on X and a Facebook event; a week before, "
                "an e-mail; the eve, a word on WhatsApp; one hour before, a last post. The "
                "texts are written for you, and yours to change."
            ),
            self._propose,
            (self._skipped,),
        )
        self._undo_notice = HintNotice(
            "", "plum", Button(_("Put back"), icon_name="undo", clicked=self._on_undo)
        )
        self._undo_notice.hide()
        self._holes = Counter[str]()
        self._blanks = ToSettle()
        self._blanks.step_wanted.connect(self._on_step_wanted)
        self._progress = VerdictLine()
        self._list = QWidget()
        self._items = QVBoxLayout(self._list)
        self._items.setContentsMargins(0, 0, 0, 0)
        self._items.setSpacing(theme.px(theme.Space.BESIDE))
        self._cards_by_keys = ItemList(self._list)
        self._cards_by_keys.entered.connect(self._on_entered)

        self.another = AnotherCard()
        self.another.wanted.connect(self._on_another_wanted)
        self.another.proposed_wanted.connect(self._on_propose)
        self.again = (
            ComeAgainCard(editor, bridge, again, texts_of, when_of, self._guard) if again else None
        )
        self.reminders = Reminders(bridge, files, now)
        self.public = PublicPageCard(bridge, files)
        self.visuals = VisualsCard(bridge, files)
        self.visuals.draft_edited.connect(self._on_visuals_edited)
        self.visuals.questions_saved.connect(self._on_questions_saved)
        self.visuals.saving.told.connect(self._on_visual_saved)
        self._logo = LogoChoice(
            self, editor, bridge, pictures, self.visuals.show_logo, self.visuals.say
        )
        self.visuals.logo_wanted.connect(self._logo.choose)
        self.add(
            self._link,
            self._undo_notice,
            self._blanks,
            self._empty,
            self._progress,
            self._list,
            self.reminders,
            self.another,
            self.visuals,
            self.public,
        )
        if self.again is not None:
            # Before the pictures: whom to tell comes before what to show.
            self.content.insertWidget(self.content.indexOf(self.visuals), self.again)
            self.again.rows_made.connect(self._on_rows_made)
        self._advise()

    def _advise(self) -> None:
        self.add_advice(
            AdviceCard(
                _("One text for each place"),
                _(
                    "X may refuse a text just like a recent one, and readers tire of it. Each "
                    "announcement says something else: the topic, the guests, the hour."
                ),
            ),
            AdviceCard(
                _("Begin with those who know you"),
                _(
                    "Ask your guests and your partners to share. One message from a person one "
                    "trusts brings more people than ten posts."
                ),
            ),
        )

    def unfinished(self) -> object | None:
        return (self.again.typed if self.again is not None else None) or None

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, dict)
        if self.again is not None:
            self.again.take_up(unfinished)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.again is not None and not event.spontaneous():
            # Posts may have come, or somebody was forgotten, while another page was shown.
            self.again.reload()

    def show_chat(self, chat: Chat) -> None:
        """Show the announcements by date; cards that stay the same are not touched."""
        self._link.show_link(chat.registration_link, chat.link_words)
        if self._removed is not None and self._removed.id in {one.id for one in chat.announcements}:
            # Undo restored it.
            self._removed = None
            self._undo_notice.hide()
        missing = self._missing_from(chat)
        empty = not chat.announcements
        self._empty.setVisible(empty)
        self._show_skipped(chat)
        self.another.show_chat(chat, self._now(), not empty and bool(missing))
        self._propose.setEnabled(bool(missing))

        texts = self._texts_of(chat.language)
        when = self._when_of(chat)
        self._holes = Counter[str]()
        shown: list[QWidget] = []
        headed = None
        for announcement in promotion.announcements_by_date(chat):
            if announcement.minutes_before != headed:
                headed = announcement.minutes_before
                shown.append(self._rung_of(chat, announcement))
            shown.append(self._card_of(chat, announcement, texts, when))
        self._place(shown, chat)
        self._blanks.show_notes(blank_notes(self._holes, texts))
        self._progress.say(*how_many_out(chat, self._now()))
        self._list.setVisible(not empty)
        self.reminders.show_chat(chat, texts, when)
        self.visuals.show_visual(chat, texts, when)
        self.public.show_chat(chat)
        if self.again is not None:
            self.again.show_chat(chat)
        self._logo.show(chat)

    def _rung_of(self, chat: Chat, announcement: Announcement) -> _Rung:
        minutes = announcement.minutes_before
        rung = self._rungs.get(minutes)
        if rung is None:
            rung = self._rungs[minutes] = _Rung()
        rung.show_day(lead_words(minutes), date_words(chat, announcement))
        return rung

    def _card_of(
        self, chat: Chat, announcement: Announcement, texts: Texts, when: When
    ) -> AnnouncementCard:
        text = promotion.text_of(chat, announcement, texts, when)
        if not announcement.done:
            self._holes.update(unfilled(text))
        check = promotion.check_announcement(chat, announcement, text, self._now(), NETWORK)
        card = self._cards.get(announcement.id) or self._new_card(announcement)
        card.show_announcement(
            announcement,
            about=f"{_(CHANNELS[announcement.channel])}, "
            f"{lead_words(announcement.minutes_before)}{self._twin(chat, announcement)}",
            text=text,
            subject=promotion.subject_of(chat, announcement, texts, when),
            left=check.remaining,
            notes=(*notes_on(chat, text, check), *typed_blank_notes(text, texts)),
        )
        if self._keys is not None:
            card.show_keys(
                self._keys.offers(chat, announcement),
                self._keys.left(announcement),
                *self._keys.words(chat, announcement, text),
            )
        return card

    def _twin(self, chat: Chat, announcement: Announcement) -> str:
        """Return a number for the second of two announcements at the same place and hour, or ""."""
        alike = [
            one.id
            for one in promotion.announcements_by_date(chat)
            if (one.channel, one.minutes_before)
            == (announcement.channel, announcement.minutes_before)
        ]
        number = alike.index(announcement.id) + 1
        return f" ({number})" if number > 1 else ""

    def _place(self, shown: list[QWidget], chat: Chat) -> None:
        ids = {one.id for one in chat.announcements}
        minutes = {one.minutes_before for one in chat.announcements}
        gone: list[QWidget] = [self._cards.pop(one) for one in list(self._cards) if one not in ids]
        gone += [self._rungs.pop(one) for one in list(self._rungs) if one not in minutes]
        take_away(self._items, *gone)
        moved = put_in_order(self._items, shown)
        self._cards_by_keys.show_items([one for one in shown if isinstance(one, AnnouncementCard)])
        align_names([card.name for card in self._cards.values()])
        if moved:
            put_in_reading_order(self.inner)

    def _new_card(self, announcement: Announcement) -> AnnouncementCard:
        card = AnnouncementCard(announcement, self._guard)
        card.text_edited.connect(self._on_text_edited)
        card.done_changed.connect(self._on_done_changed)
        card.open_wanted.connect(self._on_open_wanted)
        card.by_keys_changed.connect(self._on_by_keys_changed)
        card.save_wanted.connect(self._on_save_wanted)
        card.picture_wanted.connect(self._on_picture_wanted)
        card.outcome_said.connect(self._on_outcome_said)
        card.reset_wanted.connect(self._on_reset_wanted)
        card.remove_wanted.connect(self._on_remove_wanted)
        card.rung_chosen.connect(self._on_rung_chosen)
        self._cards[announcement.id] = card
        return card

    def _missing_from(self, chat: Chat) -> tuple[Announcement, ...]:
        there = {one.id for one in chat.announcements}
        return tuple(one for one in promotion.ladder(chat, self._now()) if one.id not in there)

    def _show_skipped(self, chat: Chat) -> None:
        every = len(promotion.ladder(replace(chat, starts_at=None), self._now()))
        left = len(promotion.ladder(chat, self._now()))
        past = every - left
        if not left:
            words = _("The usual dates have all passed. Add an announcement for now, below.")
        else:
            words = ngettext(
                "The date of {count} of them has passed: it is left out.",
                "The dates of {count} of them have passed: they are left out.",
                past,
            ).format(count=past)
        self._skipped.setText(words if past else "")
        self._skipped.setVisible(past > 0)

    # --- what the person does ----------------------------------------------------------------

    def _announcement(self, announcement_id: str) -> Announcement:
        return next(one for one in self._editor.chat.announcements if one.id == announcement_id)

    def _edit(self, announcement: Announcement, field: str = "") -> None:
        chat = self._editor.chat
        announcements = with_part(chat.announcements, announcement)
        self._editor.edit(replace(chat, announcements=announcements), field=field)

    def _on_entered(self, card: QWidget) -> None:
        assert isinstance(card, AnnouncementCard)
        card.go_in()
        self.bring_into_view(card)

    def _on_link_edited(self, link: str) -> None:
        chat = replace(self._editor.chat, registration_link=link)
        self._editor.edit(chat, field="registration-link")

    def _on_link_words_edited(self, words: str) -> None:
        self._editor.edit(replace(self._editor.chat, link_words=words), field="link-words")

    def _on_questions_saved(self, questions: str) -> None:
        made = with_handed(self._editor.chat, QUESTIONS_PICTURE, questions)
        self._editor.note(handed_out=made)

    def _on_visual_saved(self) -> None:
        self.bring_into_view(self.visuals.saving)

    def _on_visuals_edited(self, draft: VisualDraft, field: str) -> None:
        self._editor.edit(replace(self._editor.chat, visuals=draft), field=field)

    def _on_propose(self) -> None:
        chat = self._editor.chat
        added = (*chat.announcements, *self._missing_from(chat))
        self._editor.edit(replace(chat, announcements=added))

    def _on_another_wanted(self, channel: str, minutes: int) -> None:
        announcement = Announcement(new_id(), Channel(channel), minutes)
        self._edit(announcement)
        card = self._cards[announcement.id]
        # The layout would show the card later, and a hidden card cannot have the focus.
        card.show()
        card.go_in()
        self.bring_into_view(card)

    def _on_text_edited(self, announcement_id: str, text: str) -> None:
        announcement, chat = self._announcement(announcement_id), self._editor.chat
        texts = self._texts_of(chat.language)
        proposed = promotion.proposed_text(chat, announcement, texts, self._when_of(chat))
        own = "" if text == proposed else text
        self._edit(replace(announcement, text=own), field=f"announcement-{announcement_id}")

    def _on_done_changed(self, announcement_id: str, done: bool) -> None:
        tag = self._editor.chat.hashtag if done else ""
        self._edit(replace(self._announcement(announcement_id), done=done, tag=tag))

    def _on_open_wanted(self, announcement_id: str) -> None:
        announcement, card = self._announcement(announcement_id), self._cards[announcement_id]
        if announcement.by_keys:
            # It is posted by hand now: it must not leave a second time.
            announcement = replace(announcement, by_keys=False)
            self._edit(announcement)
        self._ways.open(self._editor.chat, announcement, card)

    def _on_by_keys_changed(self, announcement_id: str, by_keys: bool) -> None:
        self._edit(replace(self._announcement(announcement_id), by_keys=by_keys))

    def _on_rows_changed(self) -> None:
        self.show_chat(self._editor.chat)

    def _on_save_wanted(self, announcement_id: str) -> None:
        announcement, card = self._announcement(announcement_id), self._cards[announcement_id]
        self._ways.save(self._editor.chat, announcement, card)

    def _on_picture_wanted(self, announcement_id: str) -> None:
        self._ways.copy_picture(self.visuals.drawing(Shape.WIDE), self._cards[announcement_id])

    def _on_outcome_said(self, line: QWidget) -> None:
        self.bring_into_view(line)

    def _on_reset_wanted(self, announcement_id: str) -> None:
        self._edit(replace(self._announcement(announcement_id), text=""))

    def _on_rung_chosen(self, announcement_id: str, minutes: int) -> None:
        self._edit(replace(self._announcement(announcement_id), minutes_before=minutes))

    def _on_remove_wanted(self, announcement_id: str) -> None:
        chat = self._editor.chat
        self._removed = self._announcement(announcement_id)
        words = _("Removed: {post}.").format(post=self._cards[announcement_id].accessibleName())
        left = without_part(chat.announcements, announcement_id)
        self._editor.edit(replace(chat, announcements=left))
        self._undo_notice.say(words, "plum")
        self.ensureWidgetVisible(self._undo_notice)
        announce(self, words)

    def _on_undo(self) -> None:
        removed, self._removed = self._removed, None
        self._undo_notice.hide()
        if removed is not None:
            self._edit(removed)

    def _on_rows_made(self) -> None:
        put_in_reading_order(self.inner)

    def _on_step_wanted(self, step: StepId) -> None:
        self.step_wanted.emit(step)
