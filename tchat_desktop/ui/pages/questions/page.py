"""The page of the questions: six to ten of them, in order, each as it will be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import questions, run_sheet
from tchat_desktop.domain.chat import (
    Chat,
    Question,
    Route,
    new_id,
    with_part,
    with_part_moved,
    without_part,
)
from tchat_desktop.domain.judgements import put_aside, told_again
from tchat_desktop.domain.numbering import numbers
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.questions.question_card import QuestionCard
from tchat_desktop.ui.pages.questions.question_files import QuestionExchange, QuestionFiles
from tchat_desktop.ui.pages.questions.question_hints import count_words
from tchat_desktop.ui.pages.shared.nudge_notice import NudgeNotice
from tchat_desktop.ui.pages.shared.run_problem_words import time_words
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictChip
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import step_title

HINTS_AFTER_MS = 150


class QuestionsPage(Page):
    """The page of the questions. `texts_of` returns the texts in the language of the posts."""

    step = StepId.QUESTIONS

    def __init__(
        self,
        editor: ChatEditor,
        texts_of: Callable[[str], Texts],
        bridge: Bridge,
        files: QuestionFiles,
    ) -> None:
        super().__init__(step_title(StepId.QUESTIONS), "")
        self._editor = editor
        self._texts_of = texts_of
        self._cards: dict[str, QuestionCard] = {}
        self._hinted: tuple[object, ...] = ()
        self._meant: tuple[str, ...] = ()
        self._after_change: Chat | None = None
        self._idea = 0
        self._hints_due = QTimer(self)
        self._hints_due.setSingleShot(True)
        self._hints_due.setInterval(HINTS_AFTER_MS)
        self._hints_due.timeout.connect(self._show_hints)

        self._count = VerdictChip()
        self._empty = self._empty_card()
        self._list = SortableColumn()
        self._list.dropped.connect(self._on_dropped)
        self._items = ItemList(self._list)
        self._items.entered.connect(self._on_entered)
        self._undo = Button(_("Undo"), clicked=editor.undo, name=_("Undo this change"))
        self._done = HintNotice("", "plain", self._undo)
        self._done.hide()
        self._add = Button(_("Add a question"), icon_name="plus", clicked=self._add_empty)
        self._exchange = QuestionExchange(bridge, files)
        self._exchange.imported.connect(self._on_list_imported)
        self._nudges = NudgeNotice()
        self._nudges.refused.connect(self._on_nudge_refused)
        self.add(
            FlowLayout(self._count),
            self._nudges,
            self._empty,
            self._list,
            FlowLayout(self._add, self._exchange.fetch),
            self._exchange,
        )
        self.content.addStretch(1)
        self._add_advice_cards()

    def show_chat(self, chat: Chat) -> None:
        """Show the questions; cards that stay the same are not touched."""
        texts = self._texts_of(chat.language)
        tag = f"#{chat.hashtag}" if chat.hashtag else ""
        cards: list[QWidget] = []
        given = numbers(chat)
        by_page = chat.route is not Route.KEYS
        for place, question in enumerate(chat.questions):
            card = self._cards.get(question.id) or self._new_card(question.id)
            left = questions.remaining_for(chat, question, texts)
            card.show_question(question, given.get(question.id), tag, left, by_page)
            card.show_place(place, len(chat.questions))
            cards.append(card)
        if tuple(cards) != self._list.cards:
            self._show_order(chat, cards)
        self._exchange.show_chat(chat)
        self._show_count(chat, texts)
        self._show_idea(chat, texts)
        self._empty.setVisible(not chat.questions)
        self._list.setVisible(bool(chat.questions) or self._after_change is chat)
        if self._after_change is not chat:
            self._done.hide()
        about = (chat.hashtag, chat.topic, chat.language, chat.account, chat.people)
        hinted = (chat.questions, *about, chat.summary, chat.organisation)
        if not self._hinted or chat.meant != self._meant:
            self._show_hints()
        elif hinted != self._hinted:
            self._hints_due.start()
        self._hinted, self._meant = hinted, chat.meant

    def _empty_card(self) -> Card:
        card = Card(spacing=theme.Space.PART)
        self._first_idea = Text("", "body")
        self._use_first = Button(
            _("Start with this question"),
            clicked=self._use_idea,
            name=_("Start with this question"),
        )
        card.add(
            Text(_("Is your list written already?"), "strong"),
            Text(
                _(
                    "Press “Add a question”, and paste your whole list there: each line becomes a "
                    "question. Or bring it in from a file with the button below."
                )
            ),
            Text(_("What would you like to hear from people?"), "strong"),
            Text(
                _(
                    "A good question is open, holds one idea, and can be answered from one’s own "
                    "life. For example:"
                )
            ),
            self._first_idea,
            row(self._use_first, None),
        )
        return card

    def _add_advice_cards(self) -> None:
        self._example = Text("")
        self._use = Button(_("Use this question"), clicked=self._use_idea)
        self._other = Button(_("Another one"), "link", clicked=self._next_idea)
        self._example_card = Card(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._example_card.add(
            Text(_("An example"), "advice"),
            self._example,
            row(self._use, None),
            row(self._other, None),
        )
        self.add_advice(
            AdviceCard(
                _("How many?"),
                _(
                    "As many as the top of this page says for the length of your chat, those in "
                    "reserve included. One in four in reserve saves you when answers are few."
                )
                + " "
                + _("Your guests will receive these questions with their pack, at the next step."),
            ),
            self._example_card,
        )

    def _new_card(self, question_id: str) -> QuestionCard:
        card = QuestionCard(question_id)
        card.changed.connect(self._on_changed)
        card.move_wanted.connect(self._on_move_wanted)
        card.copy_wanted.connect(self._on_copy_wanted)
        card.delete_wanted.connect(self._on_delete_wanted)
        card.next_wanted.connect(self._on_next_wanted)
        card.list_pasted.connect(self._on_list_pasted)
        card.left.connect(self._hints_due.start)
        card.notes_shown.connect(self._order_tabs)
        card.hints.meant.connect(self._on_meant)
        card.hints.told_again.connect(self._on_told_again)
        card.hints.rearranged.connect(self._order_tabs)
        self._list.adopt(card, card.handle)
        self._cards[question_id] = card
        return card

    def _show_order(self, chat: Chat, cards: list[QWidget]) -> None:
        self._list.show_cards(cards)
        self._items.show_items(cards)
        known = {question.id for question in chat.questions}
        self._cards = {id_: card for id_, card in self._cards.items() if id_ in known}
        self._order_tabs()

    def _order_tabs(self) -> None:
        put_in_reading_order(self.inner)

    def _show_count(self, chat: Chat, texts: Texts) -> None:
        count = questions.count_verdict(chat)
        fewest, most = count.advised
        lead = _(
            "Prepare between {fewest} and {most}. The essential ones will be asked; the others "
            "wait, depending on the pace of the conversation."
        )
        lead = lead.format(fewest=fewest, most=most)
        if lead != self.lead.text():
            self.lead.setText(lead)
        text, tone = count_words(count, chat.minutes)
        sheet = run_sheet.build_run_sheet(chat, texts)
        self._nudges.show_sheet(chat, sheet)
        if count.essential or sheet.overflow:
            text += " " + time_words(sheet)
        if sheet.overflow:
            tone = "look"
            # With no essential question, it is other posts that take too long.
            text += " " + _("Keep some in reserve.") if count.essential else ""
        self._count.say(text if chat.questions else "", tone)

    def _show_idea(self, chat: Chat, texts: Texts) -> None:
        unused = questions.unused_ideas(chat, texts)
        self._example_card.setVisible(bool(unused) and bool(chat.questions))
        if not unused:
            return
        idea = _("“{text}”").format(text=unused[self._idea % len(unused)])
        for label in (self._example, self._first_idea):
            if label.text() != idea:
                label.setText(idea)
        self._other.setVisible(len(unused) > 1)

    def _show_hints(self) -> None:
        chat = self._editor.chat
        found = questions.hints(chat, self._texts_of(chat.language))
        for question_id, card in self._cards.items():
            card.show_hints(found.get(question_id, ()), chat.meant)

    def _next_idea(self) -> None:
        self._idea += 1
        self._show_idea(self._editor.chat, self._texts_of(self._editor.chat.language))

    def _use_idea(self) -> None:
        chat = self._editor.chat
        unused = questions.unused_ideas(chat, self._texts_of(chat.language))
        if unused:
            self._append(Question(new_id(), text=unused[self._idea % len(unused)]))

    def _add_empty(self) -> None:
        self._append(Question(new_id()))

    def _append(self, question: Question) -> None:
        chat = self._editor.chat
        self._editor.edit(replace(chat, questions=with_part(chat.questions, question)))
        self._focus(question.id)

    def _focus(self, question_id: str) -> None:
        """Put the cursor at the end of a question, and scroll to it."""
        card = self._cards[question_id]
        card.go_in()
        self.bring_into_view(card)

    def _on_entered(self, card: QWidget) -> None:
        assert isinstance(card, QuestionCard)
        card.go_in()

    def _on_changed(self, question: Question, part: str) -> None:
        chat = self._editor.chat
        field = f"question:{question.id}:{part}" if part else ""
        self._editor.edit(replace(chat, questions=with_part(chat.questions, question)), field=field)

    def _on_move_wanted(self, question_id: str, step: int) -> None:
        self._move(question_id, self._editor.chat.question_index(question_id) + step)

    def _on_dropped(self, card: QWidget, index: int) -> None:
        assert isinstance(card, QuestionCard)
        self._move(card.question_id, index)

    def _move(self, question_id: str, index: int) -> None:
        chat = self._editor.chat
        ordered = with_part_moved(chat.questions, question_id, index)
        if ordered == chat.questions:
            return
        self._editor.edit(replace(chat, questions=ordered))
        card = self._cards[question_id]
        self.bring_into_view(card)
        place = self._editor.chat.question_index(question_id) + 1
        count = len(self._editor.chat.questions)
        number = numbers(self._editor.chat).get(question_id)
        said = _("Question {number}, now {place} of {count}")
        if not number:
            said = _("Question in reserve, now {place} of {count}")
        announce(card, said.format(number=number, place=place, count=count))

    def _on_copy_wanted(self, question_id: str) -> None:
        chat = self._editor.chat
        index = chat.question_index(question_id) + 1
        copy = replace(chat.questions[index - 1], id=new_id())
        copied = (*chat.questions[:index], copy, *chat.questions[index:])
        self._editor.edit(replace(chat, questions=copied))
        self._focus(copy.id)

    def _on_delete_wanted(self, question_id: str) -> None:
        chat = self._editor.chat
        number = numbers(chat).get(question_id)
        without = replace(chat, questions=without_part(chat.questions, question_id))
        words = _("Question {number} is deleted. Undo brings it back ({keys} too).")
        if number is None:
            words = _("The question in reserve is deleted. Undo brings it back ({keys} too).")
        self._change(
            without,
            chat.question_index(question_id),
            words.format(number=number, keys=named(Shortcut.UNDO)),
        )
        self._undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_list_pasted(self, question_id: str, texts: tuple[str, ...]) -> None:
        """Make one question of each text of a list; a question without text becomes the first."""
        chat = self._editor.chat
        index = chat.question_index(question_id)
        here = chat.questions[index]
        added = [Question(new_id(), text=text) for text in texts]
        if not here.text.strip():
            added[0] = replace(here, text=texts[0])
        else:
            added.insert(0, here)
        rest = chat.questions[index + 1 :]
        pasted = replace(chat, questions=(*chat.questions[:index], *added, *rest))
        words = _("Your list is now {count} questions, without its numbers.")
        end = index + len(added)
        self._change(pasted, end, words.format(count=len(texts)))
        self._focus(added[-1].id)
        self.bring_into_view(self._done)

    def _on_list_imported(self, texts: tuple[str, ...], name: str) -> None:
        """Add the questions of a file after those that are there; empty ones make room."""
        chat = self._editor.chat
        kept = tuple(one for one in chat.questions if one.text.strip())
        added = tuple(Question(new_id(), text=text) for text in texts)
        words = ngettext(
            "{count} question brought in from “{file}”.",
            "{count} questions brought in from “{file}”.",
            len(added),
        ).format(count=len(added), file=name)
        self._change(replace(chat, questions=(*kept, *added)), len(kept), words)
        self._focus(added[0].id)
        self.bring_into_view(self._done)

    def _change(self, changed: Chat, place: int, said: str) -> None:
        """Change several questions at once, and offer to undo it at that place."""
        self._after_change = changed
        self._editor.edit(changed)
        self._list.show_note(self._done, place)
        self._done.say(said, "plain")

    def _on_nudge_refused(self, key: str) -> None:
        self._editor.edit(run_sheet.without_item(self._editor.chat, key))

    def _on_meant(self, mark: str) -> None:
        self._editor.edit(put_aside(self._editor.chat, mark))

    def _on_told_again(self, marks: tuple[str, ...]) -> None:
        self._editor.edit(told_again(self._editor.chat, marks))

    def _on_next_wanted(self, question_id: str) -> None:
        """Go to the next question; after the last one add another, unless the last one is empty."""
        chat = self._editor.chat
        following = chat.question_index(question_id) + 1
        if following < len(chat.questions):
            self._focus(chat.questions[following].id)
        elif chat.questions[-1].text.strip():
            self._add_empty()
