"""The page of the recap: the highlights by question, in the organiser's words, to publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, ChatPhase, Naming, RecapDraft, phase
from tchat_desktop.domain.conversation import (
    FeedPost,
    Marking,
)
from tchat_desktop.domain.doubts import as_shown, posts_shown, with_read_again
from tchat_desktop.domain.echoes import needing_care
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.guest_answers import with_guest_answers
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.saved_recap import content_of
from tchat_desktop.domain.signals import is_urgent, signals_of
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.authors_card import AuthorsCard
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.child_notice import ChildNotice
from tchat_desktop.ui.pages.recap.closing_card import ClosingCard
from tchat_desktop.ui.pages.recap.highlights_board import HighlightsBoard
from tchat_desktop.ui.pages.recap.late_answers import LateAnswers
from tchat_desktop.ui.pages.recap.mask_card import MaskCard
from tchat_desktop.ui.pages.recap.names_left import NamesLeft
from tchat_desktop.ui.pages.recap.online_card import OnlineCard
from tchat_desktop.ui.pages.recap.opening_card import OpeningCard
from tchat_desktop.ui.pages.recap.picture_cards import PictureCards
from tchat_desktop.ui.pages.recap.post_picker import PostPicker
from tchat_desktop.ui.pages.recap.question_choices import part_choices
from tchat_desktop.ui.pages.recap.recap_publish import PublishCard
from tchat_desktop.ui.pages.recap.refresh_card import RefreshCard, RefreshTools
from tchat_desktop.ui.pages.recap.rehearsed_draft import RecapEditor
from tchat_desktop.ui.pages.recap.section_views import posts_to_choose_from, section_views
from tchat_desktop.ui.pages.recap.thread_card import ThreadCard
from tchat_desktop.ui.pages.recap.thread_tools import ThreadTools
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.ui.pages.shared.material_watch import (
    ByHand,
    Former,
    Gather,
    KeepMark,
    no_former,
)
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.pages.shared.saving import RecapFiles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import N_, _, ngettext

MANY = 15
"""How many posts there must be to choose from before a number of highlights is advised."""


class RecapPage(AfterPage):
    """The page on which the recap is composed.

    `mark` stores a mark of a post; writes to the disk.
    """

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
        mark: KeepMark,
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
            former,
        )
        editor = self._editor = self._drafts = RecapEditor(editor, lambda: self.rehearsing)
        self._bridge = bridge
        self._mark = mark
        self._files = files
        self._shown: tuple[Material, Chat] | None = None
        self._recap: Recap | None = None
        self._posts: tuple[FeedPost, ...] = ()
        self._choosable: tuple[FeedPost, ...] = ()
        self._introduced: tuple[object, ...] = ()
        self._look_wanted = False
        self.opening = OpeningCard()
        self.opening.title_edited.connect(self._on_title_edited)
        self.opening.introduction_edited.connect(self._on_introduction_edited)
        self.board = HighlightsBoard(editor, self.watch, mark, open_page)
        self.board.star_wanted.connect(self._on_starred)
        self.board.choose_wanted.connect(self._on_choose_for)
        self.board.mask_wanted.connect(self._on_mask_wanted)
        self.board.read_again.connect(self._on_read_again)
        self.board.card_moved.connect(self._on_card_moved)
        self.board.reordered.connect(self._order_tabs)
        self._child = ChildNotice(self._on_show_child)
        self._care = self._build_care()
        self.names_left = NamesLeft()
        self.names_left.hide_wanted.connect(self._on_mask_wanted)
        self.closing = self._build_closing()
        self.thread_card = ThreadCard(editor, bridge, thread, files.introduction, open_page)
        self.thread_card.reordered.connect(self._order_tabs)
        doubts = (self._care, self._child, self.names_left)
        self.pictures = PictureCards(bridge, cards, self._on_show_child)
        self.pictures.look_wanted.connect(self._on_look_wanted)
        self.refresh = RefreshCard(editor, self.watch, by_hand, refreshing, open_page, now)
        self.refresh.star_wanted.connect(self._on_starred)
        self.fill(self.opening, self._build_picker(), *doubts, self.board, self.closing)
        self.fill(self.refresh, self.thread_card, self.pictures)
        self.late = LateAnswers(editor, self.watch, by_hand, now, pasting)
        self.late.opened.connect(self._on_late_opened)
        self.board.correct_wanted.connect(self.late.correct)
        self.online = OnlineCard(bridge, files, open_page)
        self.online.link_edited.connect(self._on_link_edited)
        self.online.hide()
        self.add(self.late, self.online)
        self.publish = PublishCard(
            bridge, files, self._what_to_save, self._on_show_child, self._on_saved
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
        full = material is not None and not material.is_empty
        self.publish.setVisible(full)
        self.mask_card.setVisible(full)
        self.authors.setVisible(full)
        self.authors.show_draft(chat.recap)
        self.mask_card.show_draft(chat.recap)
        # The people of a rehearsal are invented and not on X.
        held = phase(chat, self._now()) in (ChatPhase.LIVE, ChatPhase.ENDED)
        self.late.setVisible(material is not None and held and not self.rehearsing)
        self.online.setVisible(full and not self.rehearsing)

    def show_material(self, chat: Chat, material: Material) -> None:
        """Show the recap; while words are typed in, only the words are updated."""
        draft = chat.recap
        self.opening.show_chat(chat)
        self.closing.show_conclusion(draft.conclusion)
        wordless = _wordless(draft)
        rest = replace(chat, recap=wordless, lessons="", thanked=(), closed_at=None)
        rest = replace(rest, thread=(), thread_out=())
        shown = (material, replace(rest, recap_saved="", recap_content=""))
        if shown != self._shown:
            first, self._shown = self._shown is None, shown
            self._show_recap(chat, material, first)
        self.board.show_words(draft, part_choices(chat, self._numbers))
        self.thread_card.show_material(chat, material)
        self.pictures.show_material(chat, material)
        if self._recap is not None:
            built = replace(self._recap, page_link=web_address(draft.page_link))
            self.online.show_recap(built, draft.page_link)
        if self._look_wanted:
            self._look_wanted = False
            self._on_show_child()

    def unfinished(self) -> object | None:
        return self.late.form.unfinished()

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, PastedPost)
        self.late.take_up(unfinished)

    def show_to_check(self) -> None:
        # The answers may still be arriving here.
        if self.watch.material is None:
            self._look_wanted = True
        else:
            self._on_show_child()

    def _build_care(self) -> HintNotice:
        see = Button(_("See it in the chat"), icon_name="alert", clicked=self._on_see_care)
        care = HintNotice("", "look", see)
        care.hide()
        return care

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

    def _build_picker(self) -> Card:
        self.picker = PostPicker()
        self.picker.star_wanted.connect(self._on_starred)
        self.picker.read_again.connect(self._on_read_again)
        self.picker.mask_wanted.connect(self._on_mask_wanted)
        self.picker.hide_wanted.connect(self.board.hide_author)
        self.picker.listed.connect(self._order_tabs)
        self.picker.hide()
        self._picker_text = Text("", "small")
        self.choose = Button("", "quiet", "star", self._on_choose)
        self._picker_card = Card()
        self._picker_card.add(
            Text(_("The highlights"), "heading"),
            self._picker_text,
            row(self.choose, None),
            self.picker,
        )
        return self._picker_card

    def _show_recap(self, chat: Chat, material: Material, first: bool) -> None:
        recap = recaps.build_recap(
            chat,
            material.posts,
            material.rows,
            NETWORK,
            occasion=material.occasion,
            former_authors=material.former_authors,
        )
        self._recap = recap
        self._posts = with_guest_answers(chat, material.posts, material.rows, NETWORK)
        self._choosable = posts_to_choose_from(chat, self._posts, material.rows)
        self._numbers = numbers_asked(chat, material.rows)
        choices = part_choices(chat, self._numbers)
        names = FirstNames(chat, material.posts, NETWORK)
        self.board.show_posts(self._posts)
        loose = self.board.tells_of_loose_post
        self.board.show_sections(
            section_views(
                chat,
                recap,
                self._posts,
                self._choosable,
                names,
                self._numbers,
                with_others=loose,
            ),
            choices,
        )
        self.names_left.show_names(names.left_in(recaps.words_shown(recap)))
        count = len(self._choosable)
        words = ngettext(
            "Choose from the {count} post by the public",
            "Choose from the {count} posts by the public",
            count,
        )
        self._choose_words = words.format(count=count)
        enough = _enough_words(count, none=not recap.highlights)
        apart = ngettext(
            "{count} confidence is not in the list: it is no highlight and counts nowhere.",
            "{count} confidences are not in the list: they are no highlights and count nowhere.",
            recap.figures.confidences,
        ).format(count=recap.figures.confidences)
        self._picker_text.setText(f"{enough} {apart}" if recap.figures.confidences else enough)
        # When a chat without highlights is first shown, the list to choose from is opened.
        self._open_picker(not self.picker.isHidden() or (first and not recap.highlights))
        self._child.show_views([card.view for card in self.board.cards if card.view is not None])
        self._show_care(chat, material)
        self.refresh.show_posts(chat, self._posts, recap.simulated)
        self.publish.show_recap(recap)
        self.thread_card.show_recap(chat, recap, self._posts, names)
        if not recap.simulated:
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

    def _show_care(self, chat: Chat, material: Material) -> None:
        """Show what still waits for an answer in private, even after the end of the chat."""
        waiting = needing_care(chat, material.posts, material.rows)
        urgent = sum(is_urgent(signals_of(one, chat)) for one in waiting)
        words = needing_care_words(len(waiting), urgent)
        self._care.say(
            words if waiting and not self.rehearsing else "", "stop" if urgent else "look"
        )

    def _on_look_wanted(self) -> None:
        self.step_wanted.emit(StepId.PROMOTION)

    def _on_see_care(self) -> None:
        self.step_wanted.emit(StepId.HOUR)

    @property
    def care_warning(self) -> str:
        """The sentence on posts that still ask for attention; "" when there are none."""
        return self._care.text

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
        # A card that has just moved has no position yet, and cannot be scrolled to.
        self.lay_out()
        self.ensureWidgetVisible(card)

    def _on_starred(self, marking: Marking) -> None:
        material = self.watch.material
        rows = material.rows if material is not None else ()
        if any(row.guest_id and row.id == marking.post_id for row in rows):
            draft, chosen = self._editor.chat.recap, bool(marking.value)
            self._edit(recaps.with_answer_chosen(draft, marking.post_id, chosen))
            return
        self.watch.mark(marking, self._mark)

    def _on_choose(self) -> None:
        self._open_picker(self.picker.isHidden())

    def _on_choose_for(self, question_id: str) -> None:
        self._open_picker(True)
        self.picker.choose_question(question_id)
        self.picker.question.setFocus()
        self.bring_into_view(self.picker.question)

    def _open_picker(self, opened: bool) -> None:
        if opened and self.watch.material is not None:
            # Filled before it is shown, so that the page is laid out only once.
            self.picker.show_posts(self._editor.chat, self._choosable, self._numbers)
        self.picker.setVisible(opened)
        self.choose.show_text(_("Close the list") if opened else self._choose_words)

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
        if material is None:
            return
        shown = posts_shown(self._editor.chat, material.posts, material.rows, NETWORK)
        found = next((one.item.post for one in shown if one.doubts), None)
        if found is not None:
            self._open_picker(True)
            self.picker.show_one(found)
            self.lay_out()
            self.ensureWidgetVisible(self._picker_card)
            self.picker.to_look_at(found.id).setFocus()

    def _on_read_again(self, post_id: str, read: bool) -> None:
        chat = self._editor.chat
        mask = NameMask.over(chat, self._posts, NETWORK)
        item = next(one for one in self._posts if one.post.id == post_id)
        self._edit(with_read_again(chat.recap, as_shown(item, chat, mask), read))

    def _on_mask_wanted(self, words: str) -> None:
        if words:
            self.mask_card.hide_words(words)
        else:
            self.mask_card.typed.setFocus()
            self.ensureWidgetVisible(self.mask_card.typed)

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

    def _on_saved(self, saved: str) -> None:
        self._editor.note(recap_saved=saved)

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


def _enough_words(count: int, *, none: bool) -> str:
    """Return how many highlights are enough, where there are `count` posts to choose from."""
    if count < MANY:
        words = _("One or two voices for each question are enough.")
        return _("None yet.") + " " + words if none else words
    if none:
        return _("None yet. Ten to fifteen are enough: one or two voices for each question.")
    return _("Ten to fifteen are enough: one or two voices for each question.")
