"""Le résumé: the highlights question by question, in the organiser's words, to publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.etiquette import child_hints
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.recap import Highlight, Recap
from tchat_desktop.i18n import _, ngettext
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.after.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.after.highlight_card import HighlightCard, HighlightView
from tchat_desktop.ui.pages.after.material_watch import Gather, Mark
from tchat_desktop.ui.pages.after.post_picker import PostPicker
from tchat_desktop.ui.pages.after.recap_publish import PublishCard
from tchat_desktop.ui.pages.after.recap_section import RecapSection, SectionView
from tchat_desktop.ui.pages.after.saving import RecapFiles
from tchat_desktop.ui.pages.during.words import hour_of
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice


class RecapPage(AfterPage):
    """The twelfth step of the guide. `mark` keeps the marks of a post, off the GUI thread."""

    step = StepId.RECAP

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        mark: Mark,
        files: RecapFiles,
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            StepId.RECAP,
            _("The best of the hour, question by question, in a page that is read even without X."),
            Teaching(
                _("What will be left of your chat?"),
                _(
                    "During the hour, you star what touches or teaches you. Here the starred posts "
                    "stand under their questions: you put them in order, you add a sentence, and "
                    "a page is ready for your site, an e-mail or a donor."
                ),
                _("Example: “Early marriage: what 48 parents, teachers and midwives told us”"),
            ),
            editor,
            bridge,
            gather,
            now,
        )
        self._bridge = bridge
        self._mark = mark
        self._files = files
        self._open_page = open_page
        self._sections: dict[str, RecapSection] = {}
        self._shown: tuple[object, ...] = ()
        self._introduced: tuple[object, ...] = ()
        self._proposed = ""
        self._build_words()
        self._child = HintNotice("", "look", Button(_("Show me"), clicked=self._on_show_child))
        self._child.hide()
        self._build_picker()
        places = QWidget()
        self._places = QVBoxLayout(places)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(theme.px(14))
        closing = Card()
        closing.add(Field(_("To conclude"), self.conclusion))
        self.fill(self._opening, self._picker_card, self._child, places, closing)
        self.publish = PublishCard(bridge, files, self._what_to_save)
        self.publish.hide()
        self.add_advice(
            self.publish,
            AdviceCard(
                _("Before you publish"),
                _(
                    "No name, face or place of a child. Someone tells something that could harm "
                    "them? Hide the name, or take the post out. When in doubt, ask them first."
                ),
            ),
        )
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_up_key if step < 0 else self._on_down_key)

    @property
    def sections(self) -> tuple[RecapSection, ...]:
        """The sections on screen, from top to bottom."""
        found = (self._places.itemAt(index).widget() for index in range(self._places.count()))
        return tuple(one for one in found if isinstance(one, RecapSection))

    def show_material(self, chat: Chat, material: Material) -> None:
        """Show the recap; while words are typed in, nothing but the words is looked at."""
        draft = chat.recap
        for edit, text in ((self.introduction, draft.introduction),
                           (self.conclusion, draft.conclusion)):  # fmt: skip
            edit.show_text(text)
        if self.title_edit.text() != draft.title:
            self.title_edit.setText(draft.title)
        self.title_edit.setPlaceholderText(chat.topic)
        self._show_proposed()
        bare = RecapDraft(order=draft.order, hidden_authors=draft.hidden_authors)
        shown = (material, replace(chat, recap=bare, lessons="", thanked=(), closed_at=None))
        if shown != self._shown:
            self._shown = shown
            self._show_recap(chat, material)
        comments = dict(draft.comments)
        for question_id, section in self._sections.items():
            section.show_comment(comments.get(question_id, ""))

    def _build_words(self) -> None:
        self.title_edit = QLineEdit()
        self.title_edit.textEdited.connect(self._on_title_edited)
        self.introduction = GrowingEdit(lines=2)
        self.introduction.textChanged.connect(self._on_introduction_edited)
        self.conclusion = GrowingEdit(lines=2)
        self.conclusion.setPlaceholderText(
            _("Example: See you next month, with the fathers this time. Thank you all!")
        )
        self.conclusion.textChanged.connect(self._on_conclusion_edited)
        self._proposal = Text("", "small")
        self._use = Button(_("Start from these words"), "link", clicked=self._on_use_proposed)
        self._opening = Card(spacing=12)
        self._opening.add(
            Field(_("Title of the recap"), self.title_edit),
            Field(_("To introduce it"), self.introduction),
            self._proposal,
            row(self._use, None),
        )

    def _build_picker(self) -> None:
        self.picker = PostPicker()
        self.picker.star_wanted.connect(self._on_starred)
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

    def _show_recap(self, chat: Chat, material: Material) -> None:
        recap = recaps.build(chat, material.posts, material.rows, occasion=material.occasion)
        by_id = {one.post.id: one for one in material.posts}
        visible = [one for one in material.posts if not one.hidden]
        sizes: dict[str, int] = {}
        known = {question.id for question in chat.questions}
        for one in visible:
            key = one.question_id if one.question_id in known else ""
            sizes[key] = sizes.get(key, 0) + 1
        views = [
            SectionView(
                one.question_id,
                one.number,
                one.text,
                one.comment,
                sizes.get(one.question_id, 0),
                self._views(chat, recap, one.highlights, one.question_id, by_id),
            )
            for one in recap.sections
        ]
        others = self._views(chat, recap, recap.others, "", by_id)
        loose = self._sections.get("")
        if others or (loose is not None and loose.note):
            views.append(SectionView("", 0, "", "", sizes.get("", 0), others))
        self._show_sections(chat, views)
        self._show_picker(chat, material, len(visible), len(recap.highlights))
        self._show_child_hints()
        self.publish.show_recap(recap)
        self.publish.show()
        introduced = (recap.figures, recap.hashtag, recap.language, bool(recap.highlights))
        if introduced != self._introduced:
            self._introduced = introduced
            write = self._files.introduction
            self._bridge.run(self, lambda: write(recap), self._on_proposed, self._on_not_proposed)

    def _views(
        self,
        chat: Chat,
        recap: Recap,
        highlights: tuple[Highlight, ...],
        question_id: str,
        by_id: dict[str, FeedPost],
    ) -> tuple[HighlightView, ...]:
        return tuple(
            HighlightView(
                highlight=one,
                handle=by_id[one.post_id].post.author,
                hour=hour_of(one.created_at, chat),
                question_id=question_id,
                child_hints=child_hints(one.text),
                on_x=not recap.simulated,
            )
            for one in highlights
        )

    def _show_sections(self, chat: Chat, views: list[SectionView]) -> None:
        changed = False
        wanted = {view.question_id for view in views}
        for key in [key for key in self._sections if key not in wanted]:
            gone = self._sections.pop(key)
            self._places.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for index, view in enumerate(views):
            section = self._sections.get(view.question_id) or self._new_section(view.question_id)
            if self._places.indexOf(section) != index:
                self._places.insertWidget(index, section)
                changed = True
            changed |= section.show_view(view, chat.questions)
        if changed:
            self._order_tabs()

    def _new_section(self, question_id: str) -> RecapSection:
        section = RecapSection(question_id)
        section.commented.connect(self._on_commented)
        section.choose_wanted.connect(self._on_choose_for)
        section.dropped.connect(self._move)
        section.put_back_wanted.connect(self._on_put_back)
        section.card_made.connect(self._on_card_made)
        self._sections[question_id] = section
        return section

    def _show_picker(self, chat: Chat, material: Material, count: int, chosen: int) -> None:
        words = ngettext(
            "Choose from the {count} post collected",
            "Choose from the {count} posts collected",
            count,
        )
        self._choose_words = words.format(count=count)
        self._picker_text.setText(
            _("Ten to fifteen are enough: one or two voices for each question.")
            if chosen
            else _("None yet. Ten to fifteen are enough: one or two voices for each question.")
        )
        if not chosen and not self._introduced:
            # The first look at a chat without a highlight: choosing is what there is to do.
            self.picker.show()
        self.choose.show_text(self._choose_words if self.picker.isHidden() else _("Close the list"))
        if not self.picker.isHidden():
            self.picker.show_posts(chat, material.posts)

    def _show_child_hints(self) -> None:
        count = sum(bool(card.view and card.view.child_hints) for card in self._cards())
        words = ngettext(
            "{count} highlight may name a child. Look at it before you publish.",
            "{count} highlights may name a child. Look at them before you publish.",
            count,
        )
        self._child.say(words.format(count=count) if count else "", "look")

    def _show_proposed(self) -> None:
        empty = not self._editor.chat.recap.introduction.strip()
        shown = bool(self._proposed) and empty
        if shown:
            words = _("As long as it is empty, the page says: “{text}”")
            self._proposal.setText(words.format(text=self._proposed))
        self._proposal.setVisible(shown)
        self._use.setVisible(shown)

    def _cards(self) -> list[HighlightCard]:
        return [card for section in self.sections for card in section.cards]

    def _card(self, post_id: str) -> HighlightCard:
        return next(card for card in self._cards() if card.post_id == post_id)

    def _post(self, post_id: str) -> FeedPost:
        assert self.watch.material is not None
        return next(one for one in self.watch.material.posts if one.post.id == post_id)

    def _section_of(self, post_id: str) -> RecapSection:
        return next(
            one for one in self.sections if any(card.post_id == post_id for card in one.cards)
        )

    def _order_tabs(self) -> None:
        put_in_reading_order(self.widget())

    def _edit_draft(self, draft: RecapDraft, field: str = "") -> None:
        self._editor.edit(replace(self._editor.chat, recap=draft), field=field)

    def _on_title_edited(self, text: str) -> None:
        self._edit_draft(replace(self._editor.chat.recap, title=text), "recap-title")

    def _on_introduction_edited(self) -> None:
        text = self.introduction.toPlainText()
        draft = replace(self._editor.chat.recap, introduction=text)
        self._edit_draft(draft, "recap-introduction")

    def _on_conclusion_edited(self) -> None:
        draft = replace(self._editor.chat.recap, conclusion=self.conclusion.toPlainText())
        self._edit_draft(draft, "recap-conclusion")

    def _on_commented(self, question_id: str, text: str) -> None:
        draft = recaps.commented(self._editor.chat.recap, question_id, text)
        self._edit_draft(draft, f"recap-comment:{question_id}")

    def _on_proposed(self, text: str) -> None:
        self._proposed = text
        self._show_proposed()

    def _on_not_proposed(self, _error: Exception) -> None:
        self._on_proposed("")

    def _on_use_proposed(self) -> None:
        self._edit_draft(replace(self._editor.chat.recap, introduction=self._proposed))
        self.introduction.setFocus()

    def _on_card_made(self, card: HighlightCard) -> None:
        card.move_wanted.connect(self._on_move_wanted)
        card.hide_wanted.connect(self._on_hide_wanted)
        card.take_out_wanted.connect(self._on_take_out_wanted)
        card.question_wanted.connect(self._on_question_wanted)
        card.see_wanted.connect(self._open_page)

    def _on_move_wanted(self, post_id: str, step: int) -> None:
        ids = [card.post_id for card in self._section_of(post_id).cards]
        self._move(post_id, ids.index(post_id) + step)

    def _move(self, post_id: str, index: int) -> None:
        ids = [card.post_id for card in self._section_of(post_id).cards]
        place = max(0, min(index, len(ids) - 1))
        if place != ids.index(post_id):
            self._edit_draft(recaps.moved(self._editor.chat.recap, ids, post_id, place))
            self.widget().layout().activate()
        card = self._card(post_id)
        self.ensureWidgetVisible(card)
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

    def _on_hide_wanted(self, handle: str, hidden: bool) -> None:
        self._edit_draft(recaps.with_hidden(self._editor.chat.recap, handle, hidden))
        announce(
            self,
            _("The name is hidden everywhere in the recap")
            if hidden
            else _("The name shows again in the recap"),
        )

    def _on_take_out_wanted(self, post_id: str) -> None:
        section, card = self._section_of(post_id), self._card(post_id)
        index = section.cards.index(card)
        one = self._post(post_id)
        for other in self.sections:
            other.forget_taken_out()
        # Said first, so that the section stays even when it loses its last highlight.
        section.tell_taken_out(post_id, one.post.author_name or f"@{one.post.author}", index)
        self.watch.mark(replace(one, starred=False), self._mark)

    def _on_put_back(self, post_id: str) -> None:
        self.watch.mark(replace(self._post(post_id), starred=True), self._mark)
        self._card(post_id).take_out.setFocus()

    def _on_question_wanted(self, post_id: str, question_id: str) -> None:
        self.watch.mark(replace(self._post(post_id), question_id=question_id), self._mark)
        self.widget().layout().activate()
        card = self._card(post_id)
        card.more.setFocus()
        self.ensureWidgetVisible(card)

    def _on_starred(self, post: FeedPost) -> None:
        self.watch.mark(post, self._mark)

    def _on_choose(self) -> None:
        self._open_picker(self.picker.isHidden())

    def _on_choose_for(self, question_id: str) -> None:
        self._open_picker(True)
        self.picker.choose_question(question_id)
        self.widget().layout().activate()
        self.ensureWidgetVisible(self._picker_card, 0, self.viewport().height() // 2)
        self.picker.question.setFocus()

    def _open_picker(self, opened: bool) -> None:
        if opened and self.watch.material is not None:
            # Filled before it is seen: the page is then laid out once.
            self.picker.show_posts(self._editor.chat, self.watch.material.posts)
        self.picker.setVisible(opened)
        self.choose.show_text(_("Close the list") if opened else self._choose_words)

    def _on_show_child(self) -> None:
        card = next(card for card in self._cards() if card.view and card.view.child_hints)
        card.hide_name.setFocus()
        self.ensureWidgetVisible(card)

    def _what_to_save(self) -> tuple[Chat, Material] | None:
        material = self.watch.material
        return None if material is None else (self._editor.chat, material)
