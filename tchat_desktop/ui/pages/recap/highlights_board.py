"""The highlights under questions and chapters, to be ordered, commented, moved and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chapters import (
    chapters_of,
    with_chapter,
    with_chapter_moved,
    with_chapter_titled,
    with_highlight_placed,
    with_words_before,
    without_chapter,
)
from tchat_desktop.domain.chat import Chapter, Chat, Naming, RecapDraft, new_id
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.highlight_card import HighlightCard
from tchat_desktop.ui.pages.recap.new_chapter import NewChapter
from tchat_desktop.ui.pages.recap.question_choices import Choices
from tchat_desktop.ui.pages.recap.recap_section import RecapSection, SectionView
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.wording.i18n import _


class HighlightsBoard(QWidget):
    """A section for each question and chapter. What is done here changes the draft or the marks.

    `Shortcut.MOVE_UP` and `Shortcut.MOVE_DOWN` move the highlight that has the focus, or the
    chapter; `MOVE_TO_PREVIOUS` and `MOVE_TO_NEXT` take a highlight into the part before or after.
    """

    choose_wanted = Signal(str)
    """Emitted with the id of a question to choose from its posts, or of a chapter to choose for it.

    "" stands for posts without a question.
    """
    mask_wanted = Signal(str)
    """Emitted with words to be hidden everywhere; "" to choose them."""
    star_wanted = Signal(object)
    """Emitted with a Marking that makes a post a highlight, or no longer one."""
    mark_wanted = Signal(object)
    """Emitted with another Marking of a post."""
    correct_wanted = Signal(str)
    """Emitted with the id of a post that was entered by hand and is to be corrected."""
    card_moved = Signal(object)
    """Emitted with a card that is to be kept in sight."""
    read_again = Signal(str, bool)
    """See `HighlightCard.read_again`."""
    reordered = Signal()
    """Emitted when cards were added or moved, so that the tab order must be set again."""

    def __init__(
        self,
        editor: ChatEditor,
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._open_page = open_page
        self._reading: RecapReading | None = None
        self._sections: dict[str, RecapSection] = {}
        self._column = SortableColumn(theme.Space.GAP)
        self._column.dropped.connect(self._on_chapter_dropped)
        self.new_chapter = NewChapter()
        self.new_chapter.wanted.connect(self._on_chapter_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.GAP))
        layout.addWidget(self._column)
        layout.addWidget(self.new_chapter)
        self.setAccessibleName(_("Highlights, question by question"))
        self._items = ItemList(self._column)
        for keys, act in (
            (Shortcut.MOVE_UP, self._on_up_key),
            (Shortcut.MOVE_DOWN, self._on_down_key),
            (Shortcut.MOVE_TO_PREVIOUS, self._on_previous_key),
            (Shortcut.MOVE_TO_NEXT, self._on_next_key),
        ):
            shortcut = QShortcut(sequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def sections(self) -> tuple[RecapSection, ...]:
        """The sections on screen, from top to bottom."""
        return tuple(one for one in self._column.cards if isinstance(one, RecapSection))

    @property
    def cards(self) -> tuple[HighlightCard, ...]:
        """The cards of all highlights, from top to bottom."""
        return tuple(card for section in self.sections for card in section.cards)

    @property
    def tells_of_loose_post(self) -> bool:
        """Whether the section without a question offers to restore a highlight."""
        loose = self._sections.get("")
        return loose is not None and bool(loose.note)

    def card(self, post_id: str) -> HighlightCard:
        """Return the card of a post. Raises StopIteration when it is no highlight."""
        return next(card for card in self.cards if card.post_id == post_id)

    def show_words(self, draft: RecapDraft, choices: Choices) -> None:
        """Show what the organiser wrote: comments, titles of chapters, words before a highlight.

        `choices` are the questions and chapters under which a highlight may be put.
        """
        comments, between = dict(draft.comments), dict(draft.between)
        titles = {chapter.id: chapter.title for chapter in draft.chapters}
        for part_id, section in self._sections.items():
            section.show_comment(comments.get(part_id, ""))
            if section.head is not None:
                section.head.show_title(titles.get(part_id, ""))
            section.show_choices(choices)
            for card in section.cards:
                card.show_before(between.get(card.post_id, ""))

    def show_sections(self, views: list[SectionView], choices: Choices) -> None:
        """Show the sections in that order; cards that stay the same are not touched.

        `choices` are the questions and chapters under which a highlight may be put.
        """
        shown = []
        changed = False
        for view in views:
            section = self._sections.get(view.question_id) or self._new_section(view)
            changed |= section.show_view(view, choices)
            shown.append(section)
        changed |= tuple(shown) != self.sections
        self._column.show_cards([*shown])
        self._sections = {section.question_id: section for section in shown}
        if changed:
            self.reordered.emit()
        self._items.show_items(self.sections)

    def show_reading(self, chat: Chat, reading: RecapReading) -> None:
        """Take over the posts.

        A highlight that was removed can no longer be restored when it is one again, or its post is
        gone.
        """
        self._reading = reading
        for section in self.sections:
            gone = section.taken_out not in reading.places
            if section.taken_out and (gone or reading.is_highlight(section.taken_out, chat)):
                section.forget_taken_out()

    def _new_section(self, view: SectionView) -> RecapSection:
        section = RecapSection(view.question_id, is_chapter=view.is_chapter)
        section.column.neighbours = self._columns
        section.received.connect(self._put)
        if section.head is not None:
            self._column.adopt(section, section.head.handle)
            key = view.question_id
            section.head.title_edited.connect(partial(self._on_chapter_titled, key))
            section.head.step_wanted.connect(partial(self._move_chapter, key))
            section.head.delete_wanted.connect(partial(self._on_chapter_deleted, key))
        section.commented.connect(self._on_commented)
        section.choose_wanted.connect(self.choose_wanted)
        section.dropped.connect(self._move)
        section.put_back_wanted.connect(self._on_put_back)
        section.card_made.connect(self._on_card_made)
        return section

    def _columns(self) -> list[SortableColumn]:
        return [section.column for section in self.sections]

    def _post(self, post_id: str) -> FeedPost:
        assert self._reading is not None
        return self._reading.item(post_id, self._editor.chat)

    def _section_of(self, post_id: str) -> RecapSection:
        return next(
            one for one in self.sections if any(card.post_id == post_id for card in one.cards)
        )

    def _edit(self, draft: RecapDraft, field: str = "") -> None:
        self._editor.edit(replace(self._editor.chat, recap=draft), field=field)

    def _on_commented(self, question_id: str, text: str) -> None:
        draft = recaps.commented(self._editor.chat.recap, question_id, text)
        self._edit(draft, f"recap-comment:{question_id}")

    def _on_card_made(self, card: HighlightCard) -> None:
        card.move_wanted.connect(self._on_move_wanted)
        card.hide_wanted.connect(self.hide_author)
        card.initials_wanted.connect(self._on_initials_wanted)
        card.before_said.connect(self._on_before_said)
        card.take_out_wanted.connect(self._on_take_out_wanted)
        card.question_wanted.connect(self._on_question_wanted)
        card.read_again.connect(self.read_again)
        card.mask_wanted.connect(self.mask_wanted)
        card.correct_wanted.connect(self.correct_wanted)
        card.see_wanted.connect(self._open_page)

    def _on_move_wanted(self, post_id: str, step: int) -> None:
        ids = [card.post_id for card in self._section_of(post_id).cards]
        self._move(post_id, ids.index(post_id) + step)

    def _move(self, post_id: str, index: int) -> None:
        ids = [card.post_id for card in self._section_of(post_id).cards]
        place = max(0, min(index, len(ids) - 1))
        if place != ids.index(post_id):
            self._edit(recaps.with_highlight_moved(self._editor.chat.recap, ids, post_id, place))
        card = self.card(post_id)
        self.card_moved.emit(card)
        announce(card, _("Now {place} of {count}").format(place=place + 1, count=len(ids)))

    def _on_up_key(self) -> None:
        self._move_focused(-1)

    def _on_down_key(self) -> None:
        self._move_focused(1)

    def _on_previous_key(self) -> None:
        self._put_focused(-1)

    def _on_next_key(self) -> None:
        self._put_focused(1)

    def _focused(self) -> HighlightCard | RecapSection | None:
        """The highlight that the keyboard is in, else the section."""
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and not isinstance(at, HighlightCard | RecapSection):
            at = at.parentWidget()
        return at

    def _move_focused(self, step: int) -> None:
        at = self._focused()
        if isinstance(at, HighlightCard):
            self._on_move_wanted(at.post_id, step)
        elif at is not None and at.head is not None:
            self._move_chapter(at.question_id, step)

    def _put_focused(self, step: int) -> None:
        at = self._focused()
        if not isinstance(at, HighlightCard):
            return
        sections = self.sections
        place = sections.index(self._section_of(at.post_id)) + step
        if 0 <= place < len(sections):
            target = sections[place]
            index = 0 if step > 0 else len(target.cards)
            self._put(at.post_id, target.question_id, index)
            self.card(at.post_id).handle.setFocus()

    def _put(self, post_id: str, part_id: str, index: int | None = None) -> None:
        """Put a highlight under a question or into a chapter, at that index if one is given."""
        chat, item = self._editor.chat, self._post(post_id)
        chapters = {chapter.id for chapter in chapters_of(chat)}
        known = {question.id for question in chat.questions}
        own = item.question_id if item.question_id in known else ""
        if is_for_guest(item) and part_id not in {*chapters, own}:
            announce(self, _("What you published for a guest stays under its question."))
            return
        section = self._sections.get(part_id)
        draft = with_highlight_placed(chat.recap, post_id, part_id if part_id in chapters else "")
        if index is not None and section is not None:
            ids = [card.post_id for card in section.cards]
            draft = recaps.with_highlight_moved(draft, [*ids, post_id], post_id, index)
        if draft != chat.recap:
            self._edit(draft)
        if part_id not in chapters and part_id != own:
            self.mark_wanted.emit(Marking(post_id, Mark.QUESTION, part_id))
        card = self.card(post_id)
        self.card_moved.emit(card)
        announce(
            card, _("Now under {part}").format(part=self._section_of(post_id).accessibleName())
        )

    def _on_chapter_wanted(self, title: str) -> None:
        chat = self._editor.chat
        after = chat.questions[-1].id if chat.questions else ""
        shown = [one.question_id for one in self.sections if one.question_id and one.head is None]
        chapter = Chapter(new_id(), title, shown[-1] if shown else after)
        self._edit(with_chapter(chat.recap, chapter))
        section = self._sections[chapter.id]
        section.comment.setFocus()
        self.card_moved.emit(section)
        announce(
            section, _("The chapter is there. Put highlights in it, and move it where you want.")
        )

    def _on_chapter_titled(self, chapter_id: str, title: str) -> None:
        draft = with_chapter_titled(self._editor.chat.recap, chapter_id, title)
        self._edit(draft, f"recap-chapter:{chapter_id}")

    def _on_chapter_deleted(self, chapter_id: str) -> None:
        self.new_chapter.title.setFocus()
        self._edit(without_chapter(self._editor.chat.recap, chapter_id))
        announce(self, _("The chapter is deleted: its highlights are under their questions again."))

    def _on_chapter_dropped(self, section: QWidget, index: int) -> None:
        assert isinstance(section, RecapSection)
        shown = [one.question_id for one in self.sections]
        self._move_chapter(section.question_id, index - shown.index(section.question_id))

    def _move_chapter(self, chapter_id: str, step: int) -> None:
        shown = [one.question_id for one in self.sections if one.question_id]
        to = max(0, min(shown.index(chapter_id) + step, len(shown) - 1))
        draft = with_chapter_moved(self._editor.chat.recap, shown, chapter_id, to)
        if draft != self._editor.chat.recap:
            self._edit(draft)
        section = self._sections[chapter_id]
        self.card_moved.emit(section)
        announce(section, _("Now {place} of {count}").format(place=to + 1, count=len(shown)))

    def _on_before_said(self, post_id: str, words: str) -> None:
        draft = with_words_before(self._editor.chat.recap, post_id, words)
        self._edit(draft, f"recap-before:{post_id}")

    def _on_initials_wanted(self, handle: str, wanted: bool) -> None:
        self._show_author(handle, Naming.INITIALS if wanted else Naming.NAMED)
        words = (
            _("Only the initials of the author show in the recap")
            if wanted
            else _("The author shows again in the recap")
        )
        announce(self, words)

    def _show_author(self, handle: str, naming: Naming) -> None:
        self._edit(recaps.with_author_shown(self._editor.chat, handle, naming))

    def hide_author(self, handle: str, hidden: bool) -> None:
        """Name an author nowhere in the recap, or name them again."""
        self._show_author(handle, Naming.HIDDEN if hidden else Naming.NAMED)
        words = (
            _("The author is hidden everywhere in the recap")
            if hidden
            else _("The author shows again in the recap")
        )
        announce(self, words)

    def _on_take_out_wanted(self, post_id: str) -> None:
        section, one = self._section_of(post_id), self._post(post_id)
        index = section.cards.index(self.card(post_id))
        for other in self.sections:
            other.forget_taken_out()
        # Said before it is removed, so that the section stays even without highlights.
        section.tell_taken_out(post_id, one.post.author_name or f"@{one.post.author}", index)
        self.star_wanted.emit(Marking(post_id, Mark.STARRED, False))

    def _on_put_back(self, post_id: str) -> None:
        self.star_wanted.emit(Marking(post_id, Mark.STARRED, True))
        # A post hidden or removed during the chat meanwhile is not restored here.
        for card in self.cards:
            if card.post_id == post_id:
                card.take_out.setFocus()

    def _on_question_wanted(self, post_id: str, part_id: str) -> None:
        self._put(post_id, part_id)
        self.card(post_id).more.setFocus()
