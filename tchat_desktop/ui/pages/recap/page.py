"""The page of the recap: the highlights by question, in the organiser's words, to publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chapters import chapters_of, with_highlight_placed
from tchat_desktop.domain.chat import Chat, ChatPhase, Naming, RecapDraft, phase
from tchat_desktop.domain.conversation import FeedPost, Marking
from tchat_desktop.domain.doubts import as_shown, with_read_again
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.domain.saved_recap import content_of, with_saved
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.page import PlaceOnPage
from tchat_desktop.ui.pages.recap.authors_card import AuthorsCard
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.child_notice import ChildNotice
from tchat_desktop.ui.pages.recap.choosing_card import ChoosingCard
from tchat_desktop.ui.pages.recap.closing_card import ClosingCard
from tchat_desktop.ui.pages.recap.highlights_board import HighlightsBoard
from tchat_desktop.ui.pages.recap.late_answers import LateAnswers
from tchat_desktop.ui.pages.recap.mask_card import MaskCard
from tchat_desktop.ui.pages.recap.names_left import NamesLeft
from tchat_desktop.ui.pages.recap.online_card import OnlineCard
from tchat_desktop.ui.pages.recap.opening_card import OpeningCard
from tchat_desktop.ui.pages.recap.picture_cards import PictureCards
from tchat_desktop.ui.pages.recap.question_choices import part_choices
from tchat_desktop.ui.pages.recap.reading_watch import ReadingWatch
from tchat_desktop.ui.pages.recap.recap_publish import PublishCard
from tchat_desktop.ui.pages.recap.refresh_card import RefreshCard, RefreshTools
from tchat_desktop.ui.pages.recap.rehearsed_draft import RecapEditor
from tchat_desktop.ui.pages.recap.section_views import section_views
from tchat_desktop.ui.pages.recap.thread_card import ThreadCard
from tchat_desktop.ui.pages.recap.thread_tools import ThreadTools
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.care_card import CareTools
from tchat_desktop.ui.pages.shared.material_watch import (
    ByHand,
    Former,
    Gather,
    no_former,
)
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.pages.shared.saving import RecapFiles
from tchat_desktop.ui.widgets.card import AdviceCard, column, row
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.wording.i18n import N_, _


class RecapPage(AfterPage):
    """The page on which the recap is composed."""

    step = StepId.RECAP
    after_rehearsal = N_(
        "What you write and choose here is for practice: it stays with the rehearsal, and the real "
        "recap begins empty."
    )

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        care: CareTools,
        by_hand: ByHand,
        files: RecapFiles,
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
        pasting: PasteTools,
        cards: CardFiles,
        refreshing: RefreshTools,
        thread: ThreadTools,
        former: Former = no_former,
    ) -> None:
        super().__init__(
            StepId.RECAP,
            _(
                "The best of the chat, question by question, on a page anybody can read, on X or "
                "not."
            ),
            Teaching(
                _("What will be left of your chat?"),
                _(
                    "During the chat, star the posts that touch or teach you. They "
                    "stand here under their questions: put them in order, add a "
                    "sentence, and the page is ready for your site, an e-mail or a "
                    "donor."
                ),
                _("Example: “Early marriage: what 48 parents, teachers and midwives told us”"),
            ),
            editor,
            bridge,
            gather,
            now,
            care,
            former,
        )
        editor = self._editor = self._drafts = RecapEditor(editor, lambda: self.rehearsing)
        self._bridge = bridge
        self._files = files
        self._reader = RecapReader(NETWORK)
        self._readings = ReadingWatch(self, bridge, self._reader)
        self._readings.arrived.connect(self._on_read)
        self._readings.failed.connect(self._on_failed)
        self._shown: tuple[RecapReading, Chat] | None = None
        self._recap: Recap | None = None
        self._introduced: tuple[object, ...] = ()
        self._then: Callable[[], None] | None = None
        """What is to be shown once the posts are read."""
        self._thread_wanted = False
        self.opening = OpeningCard()
        self.opening.title_edited.connect(self._on_title_edited)
        self.opening.introduction_edited.connect(self._on_introduction_edited)
        self.board = self._build_board(editor, open_page)
        self._child = ChildNotice(self._on_show_child)
        self.names_left = NamesLeft()
        self.names_left.hide_wanted.connect(self._on_mask_wanted)
        self.names_left.another_wanted.connect(self._on_name_of_another)
        self.closing = self._build_closing()
        self.thread_card = ThreadCard(
            editor, bridge, thread, self._reader, files.introduction, open_page
        )
        self.thread_card.reordered.connect(self._order_tabs)
        self.thread_card.recap_read.connect(self._on_recap_read)
        self.pictures = PictureCards(bridge, cards, self._reader, self._on_show_child)
        self.pictures.look_wanted.connect(self._on_look_wanted)
        self.refresh = RefreshCard(editor, self.watch, by_hand, refreshing, open_page, now)
        self.refresh.star_wanted.connect(self._on_starred)
        self.choosing = self._build_choosing()
        self._below = self._build_below()
        self.fill(self.opening, self.choosing, self._below)
        self.late = LateAnswers(editor, self.watch, by_hand, now, pasting)
        self.late.opened.connect(self._on_late_opened)
        self.board.correct_wanted.connect(self.late.correct)
        self.online = OnlineCard(bridge, files, open_page)
        self.online.link_edited.connect(self._on_link_edited)
        self.online.hide()
        self.add(self.late, self.online)
        self.publish = PublishCard(
            bridge,
            files,
            cards,
            self._reader,
            self._what_to_save,
            self._on_show_child,
            self._on_saved,
        )
        self.publish.hide()
        self.mask_card = MaskCard()
        self.mask_card.words_wanted.connect(self._on_words_wanted)
        self.mask_card.hide()
        self.authors = self._build_authors()
        self.add_advice(
            self.publish,
            self.authors,
            self.mask_card,
            AdviceCard(
                _("Before you publish"),
                _(
                    "No name, face or place of a child. Someone tells something that could harm "
                    "them? Hide the author, or take the post out. When in doubt, ask them first."
                ),
            ),
        )

    @property
    def child_warning(self) -> str:
        """The sentence on highlights that may name a child; "" when there are none."""
        return self._child.text

    def show_chat(self, chat: Chat) -> None:
        """Show the recap; the buttons to save are hidden while it is empty."""
        chat = self._drafts.shown(chat)
        super().show_chat(chat)
        material = self.watch.material
        known = self._readings.reading is not None
        full = known and material is not None and not material.is_empty
        self.publish.setVisible(full)
        self.mask_card.setVisible(full)
        self.authors.setVisible(full)
        self.authors.show_draft(chat.recap)
        self.mask_card.show_draft(chat.recap)
        # The people of a rehearsal are invented and not on X.
        held = self._was_held(chat)
        self.late.setVisible(material is not None and held and not self.rehearsing)
        self.online.setVisible(full and not self.rehearsing)
        self._go_on()

    @property
    def is_reading(self) -> bool:
        return (
            self.watch.material is None
            or not (self.watch.material.is_empty or self._readings.is_current)
            or (self.choosing.is_open and self.picker.is_listing)
        )

    def show_early(self, _chat: Chat) -> bool:
        # Before, what there is may come from a rehearsal, which has words of its own.
        if not self._was_held(_chat):
            return False
        self.opening.show_chat(_chat)
        self._show_progress()
        return True

    def _was_held(self, chat: Chat) -> bool:
        return phase(chat, self._now()) in (ChatPhase.LIVE, ChatPhase.ENDED)

    def show_material(self, chat: Chat, material: Material) -> None:
        """Show the recap; what of it is slow is read off the GUI thread, and only if need be."""
        draft = chat.recap
        self.opening.show_chat(chat)
        self.closing.show_conclusion(draft.conclusion)
        self._readings.want(chat, material)
        reading = self._readings.reading
        if reading is not None:
            self._show_reading(chat, reading)
            self.board.show_words(draft, part_choices(chat, reading.numbers))
        # What the recap shows may just have been noted.
        self.publish.show_saved(self._editor.chat)
        self.thread_card.show_material(chat, material)
        self.thread_card.show_current(self._readings.is_current)
        self.pictures.show_material(chat, material)
        if self._recap is not None:
            built = replace(self._recap, page_link=web_address(draft.page_link))
            self.online.show_recap(built, draft.page_link)
        self._show_progress()
        if self._thread_wanted and self._readings.is_current:
            self._thread_wanted = False
            self.lay_out()
            self.thread_card.take_the_keyboard()
            self.ensureWidgetVisible(self.thread_card.publish)

    def _show_reading(self, chat: Chat, reading: RecapReading) -> None:
        """Show the recap; while words are typed in, only the words are updated."""
        rest = replace(chat, recap=_wordless(chat.recap), lessons="", thanked=(), closed_at=None)
        rest = replace(rest, thread=(), thread_out=(), recap_saved="", recap_content="")
        rest = replace(rest, recap_forms=())
        before = self._shown
        if before is None or before[0] is not reading or before[1] != rest:
            self._shown = (reading, rest)
            self._show_recap(chat, reading)

    def _on_recap_read(self, recap: Recap) -> None:
        """Tell of the names that are left now: one that was typed over is gone."""
        reading = self._readings.reading
        if reading is not None:
            self.names_left.show_names(reading.first_names.left_in(recaps.words_shown(recap)))

    def _show_progress(self) -> None:
        self.choosing.show_progress(not self._readings.is_current)
        self._below.setVisible(self._readings.reading is not None)

    def _on_read(self) -> None:
        self.show_chat(self._editor.chat)
        self.filled.emit()

    def unfinished(self) -> object | None:
        return self.late.form.unfinished()

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, PastedPost)
        self.late.take_up(unfinished)

    def show_begun(self) -> None:
        # Where the thread goes on, once the posts are read.
        self._thread_wanted = True
        self.show_chat(self._editor.chat)

    def show_to_check(self) -> None:
        # The answers may still be arriving here.
        self._once_read(self._on_show_child)

    def show_place(self, place: PlaceOnPage) -> None:
        if place is PlaceOnPage.ADDRESS:
            self._once_read(self._show_address)

    def _show_address(self) -> None:
        if self.online.isVisibleTo(self):
            self.lay_out()
            self.online.link.setFocus()
            self.bring_into_view(self.online)

    def _once_read(self, act: Callable[[], None]) -> None:
        """Do something once everything has its place: what is read may still be arriving here."""
        self._then = act
        self._go_on()

    def _go_on(self) -> None:
        then = self._then
        if then is not None and not self.is_reading:
            self._then = None
            then()

    def _build_authors(self) -> AuthorsCard:
        authors = AuthorsCard()
        authors.everybody_wanted.connect(self._on_everybody_wanted)
        authors.as_everybody_wanted.connect(self._on_as_everybody_wanted)
        authors.hide()
        return authors

    def _build_closing(self) -> ClosingCard:
        closing = ClosingCard()
        closing.conclusion_edited.connect(self._on_conclusion_edited)
        return closing

    def _build_board(self, editor: ChatEditor, open_page: Callable[[str], None]) -> HighlightsBoard:
        board = HighlightsBoard(editor, open_page)
        board.star_wanted.connect(self._on_starred)
        board.mark_wanted.connect(self.keep_mark)
        board.choose_wanted.connect(self._on_choose_for)
        board.mask_wanted.connect(self._on_mask_wanted)
        board.read_again.connect(self._on_read_again)
        board.card_moved.connect(self._on_card_moved)
        board.reordered.connect(self._order_tabs)
        return board

    def _build_below(self) -> QWidget:
        """What comes once the posts are read: nothing above it moves for that."""
        below = QWidget()
        doubts = (self._child, self.names_left, row(self.names_left.another, None))
        further = (self.closing, self.refresh, self.thread_card, self.pictures)
        below.setLayout(column(*doubts, self.board, *further, spacing=theme.Space.GAP))
        below.hide()
        return below

    def _build_choosing(self) -> ChoosingCard:
        card = ChoosingCard(self._bridge, self._reader)
        self.picker, self.choose = card.picker, card.choose
        self.picker.star_wanted.connect(self._on_chosen)
        self.picker.read_again.connect(self._on_read_again)
        self.picker.mask_wanted.connect(self._on_mask_wanted)
        self.picker.hide_wanted.connect(self.board.hide_author)
        self.picker.listed.connect(self._order_tabs)
        self.picker.filled.connect(self._go_on)
        return card

    def _show_recap(self, chat: Chat, reading: RecapReading) -> None:
        self._recap = recap = reading.recap(chat, NETWORK)
        choices = part_choices(chat, reading.numbers)
        self.board.show_reading(chat, reading)
        loose = self.board.tells_of_loose_post
        views = section_views(chat, recap, reading, with_others=loose)
        self.board.show_sections(views, choices)
        self.names_left.show_names(reading.first_names.left_in(recaps.words_shown(recap)))
        self.choosing.show_reading(chat, reading, none=not recap.highlights)
        self._child.show_views([card.view for card in self.board.cards if card.view is not None])
        gone = [one for one in chat.gone_from_x if one in reading.places]
        known = {one.post.id: one for one in reading.highlights(chat)}
        known |= {one: reading.item(one, chat) for one in gone}
        self.refresh.show_posts(chat, tuple(known.values()), recap.simulated)
        self.publish.show_recap(recap)
        self.thread_card.show_recap(recap, reading)
        if self._readings.is_current and not recap.simulated:
            self._editor.note(recap_content=content_of(recap))
        introduced = (recap.figures, recap.hashtag, recap.language, bool(recap.highlights))
        if introduced != self._introduced:
            self._introduced = introduced
            first_words, last_words = self._files.introduction, self._files.conclusion
            self._bridge.run(
                self,
                lambda: (first_words(recap), last_words(recap)),
                self._on_proposed,
                self._on_unproposed,
            )

    def _on_look_wanted(self) -> None:
        self.step_wanted.emit(StepId.PROMOTION)

    @property
    def care_warning(self) -> str:
        """The sentence on posts that still ask for attention; "" when there are none."""
        return self.care.text

    def _order_tabs(self) -> None:
        put_in_reading_order(self.inner)

    def _edit(self, draft: RecapDraft, field: str = "") -> None:
        self._editor.edit(replace(self._editor.chat, recap=draft), field=field)

    def _on_title_edited(self, text: str) -> None:
        self._edit(replace(self._editor.chat.recap, title=text), "recap-title")

    def _on_introduction_edited(self, text: str) -> None:
        self._edit(replace(self._editor.chat.recap, introduction=text), "recap-introduction")

    def _on_link_edited(self, link: str) -> None:
        self._edit(replace(self._editor.chat.recap, page_link=link), "recap-link")

    def _on_conclusion_edited(self, text: str) -> None:
        self._edit(replace(self._editor.chat.recap, conclusion=text), "recap-conclusion")

    def _on_proposed(self, words: tuple[str, str]) -> None:
        first, last = words
        self.opening.propose(first)
        self.closing.propose(last)

    def _on_unproposed(self, _error: Exception) -> None:
        self._on_proposed(("", ""))

    def _on_card_moved(self, card: QWidget) -> None:
        self.bring_into_view(card)

    def _on_chosen(self, marking: Marking) -> None:
        """Make a post of the list a highlight, in the chapter that is chosen for, or none again."""
        into = self.choosing.into
        if marking.value and into:
            self._edit(with_highlight_placed(self._editor.chat.recap, marking.post_id, into))
        self._on_starred(marking)

    def _on_starred(self, marking: Marking) -> None:
        material = self.watch.material
        rows = material.rows if material is not None else ()
        if any(row.guest_id and row.id == marking.post_id for row in rows):
            draft, chosen = self._editor.chat.recap, bool(marking.value)
            self._edit(recaps.with_answer_chosen(draft, marking.post_id, chosen))
            return
        self.keep_mark(marking)

    def keep_mark(self, marking: Marking) -> None:
        self._readings.mark(marking)
        self.watch.mark(marking, self._mark)

    def _on_choose_for(self, part_id: str) -> None:
        chapters = {one.id: one for one in chapters_of(self._editor.chat)}
        if part_id in chapters:
            self.choosing.open_for(chapters[part_id])
            self.picker.search.setFocus()
            self.bring_into_view(self.picker.search)
        else:
            self.choosing.open_for_question(part_id)
            self.picker.question.setFocus()
            self.bring_into_view(self.picker.question)

    def _on_show_child(self) -> None:
        for card in self.board.cards:
            place = card.to_look_at
            if place is not None:
                self._on_card_moved(card)
                place.setFocus()
                return
        if self.names_left.text:
            self.ensureWidgetVisible(self.names_left)
            self.names_left.hide_it.setFocus()
            return
        self._show_in_list()

    def _show_in_list(self) -> None:
        """Show in the list a doubtful post that is in the table of all posts but no highlight."""
        material = self.watch.material
        if material is not None:
            find = partial(self._reader.doubtful, self._editor.chat, material)
            self._bridge.run(self, find, self._on_doubtful_found, self._on_failed)

    def _on_doubtful_found(self, found: FeedPost | None) -> None:
        if found is not None:
            self.choosing.open_list(True)
            self.picker.show_one(found.post, partial(self._show_listed, found.post.id))

    def _show_listed(self, post_id: str) -> None:
        self.lay_out()
        self.ensureWidgetVisible(self.choosing)
        self.picker.to_look_at(post_id).setFocus()

    def _on_read_again(self, post_id: str, read: bool) -> None:
        chat, reading = self._editor.chat, self._readings.reading
        assert reading is not None
        shown = as_shown(reading.item(post_id, chat), chat, reading.mask)
        self._edit(with_read_again(chat.recap, shown, read))

    def _on_mask_wanted(self, words: str) -> None:
        if words:
            self.mask_card.hide_words(words)
        else:
            self.mask_card.typed.setFocus()
            self.ensureWidgetVisible(self.mask_card.typed)

    def _on_name_of_another(self, name: str) -> None:
        self._edit(recaps.with_name_of_another(self._editor.chat.recap, name))

    def _on_words_wanted(self, words: tuple[str, ...]) -> None:
        self._edit(recaps.with_masked_words(self._editor.chat.recap, words))

    def _on_everybody_wanted(self, naming: Naming) -> None:
        self._edit(replace(self._editor.chat.recap, everybody=naming))

    def _on_as_everybody_wanted(self, handle: str) -> None:
        self._edit(recaps.with_naming(self._editor.chat.recap, handle, None))

    def _on_way_out(self) -> None:
        if self._way is self.late_answers:
            self.late.open_form()
        else:
            super()._on_way_out()

    def _on_late_opened(self) -> None:
        self.lay_out()
        self.ensureWidgetVisible(self.late.form)

    def _on_saved(self, forms: tuple[str, ...], saved: str) -> None:
        known = with_saved(self._editor.chat.recap_forms, forms, saved)
        self._editor.note(recap_saved=saved, recap_forms=known)

    def _what_to_save(self) -> tuple[Chat, Material] | None:
        material = self.watch.material
        return None if material is None else (self._editor.chat, material)


def _wordless(draft: RecapDraft) -> RecapDraft:
    """The draft without what is typed, which changes nothing but itself."""
    chapters = tuple(replace(chapter, title="…") for chapter in draft.chapters)
    return replace(
        draft,
        title="",
        introduction="",
        conclusion="",
        comments=(),
        between=(),
        chapters=chapters,
        page_link="",
    )
