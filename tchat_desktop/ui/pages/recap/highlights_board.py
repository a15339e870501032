"""The highlights under their questions, to be ordered, commented, removed, or made anonymous."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import RecapDraft
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.highlight_card import HighlightCard
from tchat_desktop.ui.pages.recap.question_choices import Choices
from tchat_desktop.ui.pages.recap.recap_section import RecapSection, SectionView
from tchat_desktop.ui.pages.shared.material_watch import KeepMark, MaterialWatch
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.wording.i18n import _


class HighlightsBoard(QWidget):
    """A section for each question. What is done here changes the draft of the recap or the marks.

    `Shortcut.MOVE_UP` and `Shortcut.MOVE_DOWN` move the highlight that has the focus.
    """

    choose_wanted = Signal(str)
    """Emitted with the id of a question to choose from its posts; "" for posts without question."""
    mask_wanted = Signal(str)
    """Emitted with words to be hidden everywhere; "" to choose them."""
    star_wanted = Signal(object)
    """Emitted with a Marking that makes a post a highlight, or no longer one."""
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
        watch: MaterialWatch,
        mark: KeepMark,
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._watch = watch
        self._mark = mark
        self._open_page = open_page
        self._posts: tuple[FeedPost, ...] = ()
        self._sections: dict[str, RecapSection] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.GAP))
        self.setAccessibleName(_("Highlights, question by question"))
        self._items = ItemList(self)
        for keys, act in (
            (Shortcut.MOVE_UP, self._on_up_key),
            (Shortcut.MOVE_DOWN, self._on_down_key),
        ):
            shortcut = QShortcut(sequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def sections(self) -> tuple[RecapSection, ...]:
        """The sections on screen, from top to bottom."""
        items = (self._layout.itemAt(index) for index in range(self._layout.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(one for one in found if isinstance(one, RecapSection))

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

    def show_comments(self, draft: RecapDraft) -> None:
        """Show the organiser's comment under each question."""
        comments = dict(draft.comments)
        for question_id, section in self._sections.items():
            section.show_comment(comments.get(question_id, ""))

    def show_sections(self, views: list[SectionView], choices: Choices) -> None:
        """Show the sections in that order; cards that stay the same are not touched.

        `choices` are the questions under which a highlight may be put.
        """
        changed = False
        keep_only(self._layout, self._sections, {view.question_id for view in views})
        for index, view in enumerate(views):
            section = self._sections.get(view.question_id) or self._new_section(view.question_id)
            changed |= put_in_order(self._layout, [section], index)
            changed |= section.show_view(view, choices)
        if changed:
            self.reordered.emit()
        self._items.show_items(self.sections)

    def show_posts(self, posts: tuple[FeedPost, ...]) -> None:
        """Take over the posts.

        A highlight that was removed can no longer be restored when it is one again, or its post is
        gone.
        """
        self._posts = posts
        starred = {one.post.id: one.starred for one in posts}
        for section in self.sections:
            if section.taken_out and starred.get(section.taken_out, True):
                section.forget_taken_out()

    def _new_section(self, question_id: str) -> RecapSection:
        section = RecapSection(question_id)
        section.commented.connect(self._on_commented)
        section.choose_wanted.connect(self.choose_wanted)
        section.dropped.connect(self._move)
        section.put_back_wanted.connect(self._on_put_back)
        section.card_made.connect(self._on_card_made)
        self._sections[question_id] = section
        return section

    def _post(self, post_id: str) -> FeedPost:
        return next(one for one in self._posts if one.post.id == post_id)

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

    def _move_focused(self, step: int) -> None:
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and not isinstance(at, HighlightCard):
            at = at.parentWidget()
        if isinstance(at, HighlightCard):
            self._on_move_wanted(at.post_id, step)

    def hide_author(self, handle: str, hidden: bool) -> None:
        """Name an author nowhere in the recap, or name them again."""
        self._edit(recaps.with_hidden(self._editor.chat.recap, handle, hidden))
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

    def _on_question_wanted(self, post_id: str, question_id: str) -> None:
        self._watch.mark(Marking(post_id, Mark.QUESTION, question_id), self._mark)
        card = self.card(post_id)
        card.more.setFocus()
        self.card_moved.emit(card)
