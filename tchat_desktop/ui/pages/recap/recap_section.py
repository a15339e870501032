"""One section of the recap: the organiser's comment on a question, and its highlights."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.chapter_head import ChapterHead
from tchat_desktop.ui.pages.recap.highlight_card import HighlightCard, HighlightView
from tchat_desktop.ui.pages.recap.question_choices import Choices
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class SectionView:
    """What a section shows: a question with its number, a chapter, or posts without question."""

    question_id: str
    number: int | None
    text: str
    posts: int
    """The number of posts to choose from."""
    highlights: tuple[HighlightView, ...]
    is_chapter: bool = False


class RecapSection(QWidget):
    """Shows a section; the owner connects the signals of its cards.

    `choose_wanted` is emitted with the id of the question or chapter, `put_back_wanted` with the id
    of a post, and `card_made` with every new card.
    """

    commented = Signal(str, str)
    """Emitted with the id of the question, and the comment on it."""
    choose_wanted = Signal(str)
    dropped = Signal(str, int)
    """Emitted with the id of the post that was dragged, and its new index."""
    received = Signal(str, str, int)
    """Emitted with the ids of a post dragged here and of this section, and its new index."""
    put_back_wanted = Signal(str)
    card_made = Signal(object)

    def __init__(self, question_id: str, *, is_chapter: bool = False) -> None:
        super().__init__()
        self.question_id = question_id
        """The id of the question or chapter; "" for none."""
        self.head = ChapterHead() if is_chapter else None
        """The title of a chapter, to be changed; None for a question."""
        self._cards: dict[str, HighlightCard] = {}
        self._taken_out = ""
        self._number = Chip("", "plum")
        self._title = Text("", "heading")
        self._figures = Text("", "small")
        self._choose = Button("", "link", "plus", self._on_choose)
        self.comment = GrowingEdit()
        self.comment.setPlaceholderText(_("A sentence on what was said here (you may leave it)"))
        self.comment.textChanged.connect(self._on_commented)
        self._put_back = Button(_("Put back"), icon_name="undo", clicked=self._on_put_back)
        self._note = HintNotice("", "plain", self._put_back)
        self._note.hide()
        self.column = SortableColumn(area=self)
        self.column.dropped.connect(self._on_dropped)
        self.column.received.connect(self._on_received)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(theme.Space.PART), 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.BESIDE))
        if self.head is not None:
            self._layout.addWidget(self.head)
        else:
            head = row(column(self._number, None), self._title, spacing=theme.Space.PART)
            head.setStretch(1, 1)
            self._layout.addLayout(head)
        figures = row(self._figures, self._choose)
        figures.setStretch(0, 1)
        self._layout.addLayout(figures)
        self._layout.addWidget(self.comment)
        self._layout.addWidget(self.column)
        self.column.show_note(self._note, 0)
        self.comment.setVisible(bool(question_id))
        if self.head is None:
            self._number.setVisible(bool(question_id))

    @property
    def cards(self) -> tuple[HighlightCard, ...]:
        """The highlights from top to bottom."""
        return tuple(card for card in self.column.cards if isinstance(card, HighlightCard))

    @property
    def note(self) -> str:
        """The sentence on what was just removed; "" when nothing was."""
        return self._note.text

    @property
    def taken_out(self) -> str:
        """The id of the post that was just removed; "" when none was."""
        return self._taken_out

    def show_view(self, view: SectionView, choices: Choices) -> bool:
        """Show the section; return True when cards were added or moved."""
        if self.head is not None:
            self._show_chapter(view)
            return self._show_cards(view, choices)
        self._number.setVisible(view.number is not None)
        if view.number:
            self._number.say(f"Q{view.number}", "plum")
        title = view.text or _("Without a question")
        if self._title.text() != title:
            self._title.setText(title)
        name = f"Q{view.number}" if view.number else _("Without a question")
        self.setAccessibleName(f"{name}, {title}" if view.number else title)
        self.comment.setAccessibleName(_("What you say about {question}").format(question=name))
        count = len(view.highlights)
        words = ngettext("{count} highlight", "{count} highlights", count)
        self._figures.setText(words.format(count=count))
        words = ngettext("See the post collected", "Choose from {count} posts", view.posts)
        words = words.format(count=view.posts)
        self._choose.show_text(words, _("{what}: {question}").format(what=words, question=name))
        self._choose.setVisible(bool(view.posts))
        return self._show_cards(view, choices)

    def _show_chapter(self, view: SectionView) -> None:
        name = _("Chapter “{title}”").format(title=beginning(view.text))
        self.setAccessibleName(name)
        self.comment.setAccessibleName(_("What you say about {question}").format(question=name))
        count = len(view.highlights)
        words = ngettext("{count} highlight", "{count} highlights", count).format(count=count)
        empty = _("Choose posts for it, or drag highlights here. Empty, it is not shown.")
        self._figures.setText(words if count else empty)
        words = _("Choose posts")
        self._choose.show_text(words, _("{what}: {question}").format(what=words, question=name))

    def show_choices(self, choices: Choices) -> None:
        """Take over under what the highlights may be put."""
        for card in self.cards:
            card.show_choices(choices)

    def show_comment(self, text: str) -> None:
        """Show the organiser's comment; a field being typed in has the same text already."""
        self.comment.show_text(text)

    def tell_taken_out(self, post_id: str, who: str, index: int) -> None:
        """Say at its place that a highlight was removed, with a button to restore it."""
        self._taken_out = post_id
        words = _("Out of the recap: {who}. The post itself is kept.").format(who=who)
        self._note.say(words, "plain")
        self._put_back.setAccessibleName(_("Put back the post by {who}").format(who=who))
        self.column.show_note(self._note, index)
        self.column.show()
        self._put_back.setFocus()
        announce(self, words)

    def forget_taken_out(self) -> None:
        """Remove the sentence about what was removed."""
        self._taken_out = ""
        self._note.say("", "plain")
        self.column.setVisible(bool(self.column.cards))

    def _show_cards(self, view: SectionView, choices: Choices) -> bool:
        cards: list[QWidget] = []
        for one in view.highlights:
            post_id = one.highlight.post_id
            card = self._cards.get(post_id)
            if card is None:
                card = self._cards[post_id] = HighlightCard(one)
                self.column.adopt(card, card.handle)
                self.card_made.emit(card)
            card.show_view(one, choices)
            cards.append(card)
        changed = tuple(cards) != self.column.cards
        self.column.show_cards(cards)
        self.column.setVisible(bool(cards) or bool(self._taken_out))
        self._cards = {id_: card for id_, card in self._cards.items() if card in cards}
        return changed

    def _on_commented(self) -> None:
        self.commented.emit(self.question_id, self.comment.toPlainText())

    def _on_choose(self) -> None:
        self.choose_wanted.emit(self.question_id)

    def _on_dropped(self, card: QWidget, index: int) -> None:
        assert isinstance(card, HighlightCard)
        self.dropped.emit(card.post_id, index)

    def _on_received(self, card: QWidget, index: int) -> None:
        assert isinstance(card, HighlightCard)
        self.received.emit(card.post_id, self.question_id, index)

    def _on_put_back(self) -> None:
        post_id = self._taken_out
        self.forget_taken_out()
        self.put_back_wanted.emit(post_id)
