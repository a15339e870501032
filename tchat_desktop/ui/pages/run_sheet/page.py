"""The page of the run sheet: the chat minute by minute, from the welcome to the thanks."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.judgements import put_aside, told_again
from tchat_desktop.domain.named_children import all_words
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.questions import count_verdict
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.domain.run_sheet import ProblemKind, RunItem, RunSheet
from tchat_desktop.domain.step_rules import posts_to_look_at
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.run_sheet.day_plan_card import DayPlanFiles, day_plan_card
from tchat_desktop.ui.pages.run_sheet.run_course import (
    as_it_goes,
    hour_of_item,
    show_course,
    spare_course,
)
from tchat_desktop.ui.pages.run_sheet.run_item_row import RunItemRow
from tchat_desktop.ui.pages.run_sheet.run_notes import blanks_told_once, price_notes, problem_notes
from tchat_desktop.ui.pages.run_sheet.run_pictures import RunPictures
from tchat_desktop.ui.pages.run_sheet.run_spares import RunSpares
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.notes import Note, ToSettle
from tchat_desktop.ui.pages.shared.nudge_notice import NudgeNotice
from tchat_desktop.ui.pages.shared.post_words import item_title, typed_blank_notes
from tchat_desktop.ui.pages.shared.run_problem_words import (
    landed_words,
    time_words,
)
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import lay_out_around
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.summary_row import align_names
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.ui.widgets.verdict import VerdictChip
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone

MOST_SHOWN = 48
"""The greatest number of characters on the button that leads to the posts to look at."""


class RunSheetPage(Page):
    """The page on which the posts are put in order, edited, and previewed."""

    step = StepId.RUN_SHEET

    def __init__(
        self,
        editor: ChatEditor,
        texts_of: Callable[[str], Texts],
        bridge: Bridge,
        pictures: PictureStore,
        rules: NetworkRules,
        live: LiveRows,
        plan_files: DayPlanFiles,
    ) -> None:
        super().__init__(
            step_title(StepId.RUN_SHEET),
            _("Your hour, minute by minute. Move what you like: the hours follow by themselves."),
        )
        self._editor = editor
        self._guard = ChildGuard(editor)
        self._texts_of = texts_of
        self._rules = rules
        self._live = live
        self.day_plan = day_plan_card(bridge, plan_files)
        live.changed.connect(self._on_live_changed)
        self._sheet = RunSheet((), (), (), 0, 0, rules)
        self._rows: dict[str, RunItemRow] = {}
        self._chosen = ""
        self._landed: tuple[Chat, str, str] | None = None
        """The chat after a post was put in, the post's key, and the sentence on its place."""
        self._in_chat = False
        """Whether the chat has begun, so that posts are brought back on its own page."""
        self._pictures = RunPictures(self, editor, bridge, pictures)
        self._pictures.changed.connect(self._on_pictures_changed)

        self._fits = VerdictChip()
        self._look = Button("", "link", "alert", clicked=self.show_to_check)
        self._restore = Button(
            _("Back to the proposed order"), "link", "undo", self._on_order_reset
        )
        self._nudges = NudgeNotice()
        self._nudges.refused.connect(self._on_remove_wanted)
        self._to_settle = ToSettle()
        self._to_settle.step_wanted.connect(self._on_step_wanted)
        self._column = SortableColumn(spacing=0)
        self._column.dropped.connect(self._on_dropped)
        self._items = ItemList(self._column)
        self._items.entered.connect(self._on_entered)
        self._reserve = RunSpares(
            _("In reserve"),
            _(
                "These questions wait: one click puts them into the run sheet, "
                "even during the chat."
            ),
        )
        self._brought = RunSpares(
            _("Brought in during the chat"),
            _("These messages were in reserve: the chat has taken them up."),
        )
        self._removed = RunSpares(
            _("Not in the run sheet"),
            _("These posts do not go out. A nudge helps when answers become rare."),
        )
        for spares in (self._reserve, self._removed):
            spares.wanted.connect(self._on_spare_wanted)
        self.add(
            FlowLayout(self._fits, self._look, self._restore),
            self._nudges,
            self._to_settle,
            self._column,
            self._brought,
            self._reserve,
            self._removed,
            self.day_plan,
        )
        self._preview = PostPreview()
        self.add_advice(
            self._preview,
            AdviceCard(
                _("Be free before and after"),
                _(
                    "Keep an hour before to check everything, and an hour after: the best answers "
                    "come late."
                ),
            ),
            AdviceCard(
                _("Leave room to breathe"),
                _(
                    "Six to eight minutes a question, and a nudge when newcomers arrive. An hour "
                    "that is too full leaves no time to read."
                ),
            ),
        )
        # A width that fits every hour, so that the cards are aligned.
        self._hour_width = max(
            self.fontMetrics().horizontalAdvance(text) for text in ("00 h 00 ", "10:00 PM ")
        )
        # Of the page, not of a row: they act on the row with the frame, wherever the keyboard is.
        for keys, slot in ((Shortcut.MOVE_UP, self._on_up), (Shortcut.MOVE_DOWN, self._on_down)):
            QShortcut(sequence(keys), self).activated.connect(slot)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self.verticalScrollBar().valueChanged.connect(self._keep_preview_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._note_read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A short one is in sight as a whole, once its rows have their places.
        QTimer.singleShot(0, self, self._note_read)

    def _note_read(self) -> None:
        """Note that the run sheet is read once its end was in sight: to open it is not enough."""
        if not self.isVisible() or not count_verdict(self._editor.chat).total:
            return
        last = self._rows[self._sheet.items[-1].key]
        lay_out_around(last)
        foot = last.mapTo(self.viewport(), QPoint(0, last.height())).y()
        if foot <= self.viewport().height():
            self._editor.note(run_sheet_seen=True)

    def show_chat(self, chat: Chat) -> None:
        """Show the run sheet; rows that stay the same are not touched."""
        texts = self._texts_of(chat.language)
        sheet = run_sheet.build_run_sheet(chat, texts)
        self._sheet = sheet
        self._show_verdicts(chat)
        self._nudges.show_sheet(chat, sheet)
        self._show_to_settle(chat, texts)
        self.day_plan.show_chat(chat)
        rows: list[QWidget] = []
        by_keys = chat.route is Route.KEYS
        for item in sheet.items:
            row = self._rows.get(item.key) or self._new_row(item)
            problems = sheet.problems_of(item.key)
            gone = self._live.of(item.key)
            row.show_item(
                as_it_goes(item, gone),
                hour_of_item(chat, item, gone, self._rules),
                (
                    *self._landed_notes(item.key),
                    *problem_notes(problems, sheet),
                    *typed_blank_notes(item.text, texts),
                    *(price_notes(item, self._rules) if by_keys else ()),
                ),
                unfinished=any(one.kind is ProblemKind.BLANK for one in problems),
                by_keys=by_keys,
                aside=tuple(one.mark for one in sheet.aside_of(item.key)),
            )
            show_course(row, gone, chat, self._rules)
            rows.append(row)
        shown = {item.key for item in sheet.items}
        self._rows = {key: row for key, row in self._rows.items() if key in shown}
        self._column.show_cards(rows)
        self._items.show_items(rows)
        align_names([row.title for row in self._rows.values()])
        self._pictures.show(self._rows)
        self._show_spares(chat)
        self._show_preview(chat)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_preview_in_sight()

    def _show_spares(self, chat: Chat) -> None:
        """Show the posts in reserve, those taken out, and those brought back during the chat."""
        sheet = self._sheet
        spares = (*sheet.reserve, *sheet.removed)
        courses = {
            item.key: spare_course(self._live.of(item.key), chat, self._rules) for item in spares
        }
        self._in_chat = has_begun(self._live.rows)
        action = _("Use it in the chat") if self._in_chat else _("Put into the run sheet")
        self._brought.show_items([item for item in spares if courses[item.key]], "", courses)
        for place, items in ((self._reserve, sheet.reserve), (self._removed, sheet.removed)):
            place.show_items([item for item in items if not courses[item.key]], action)

    def _show_verdicts(self, chat: Chat) -> None:
        sheet = self._sheet
        begun = has_begun(self._live.rows)
        # From then on the page of the chat tells its times, and the list of steps is silent too.
        words = _("The chat has begun: its page tells its times.") if begun else time_words(sheet)
        tone: Tone = "plum" if begun else "stop" if sheet.overflow else "well"
        self._fits.say(words, tone)
        keys = self._to_look_at()
        titles = ", ".join(item_title(sheet.item(key)) for key in keys[:3])
        look = ngettext(
            "{count} post to look at: {titles}", "{count} posts to look at: {titles}", len(keys)
        )
        more = "…" if keys[3:] else ""
        words = look.format(count=len(keys), titles=titles + more)
        if words != self._look.accessibleName():
            # A button does not wrap: all the titles are in its tool tip and accessible name.
            self._look.show_text(beginning(words, MOST_SHOWN), words)
            set_tip(self._look, words)
        self._look.setVisible(bool(keys))
        self._restore.setVisible(bool(chat.run_order))

    def _to_look_at(self) -> tuple[str, ...]:
        """Return the keys of the posts to look at, in the order of the page."""
        troubled = posts_to_look_at(self._sheet.problems)
        return tuple(item.key for item in self._sheet.items if item.key in troubled)

    def show_to_check(self) -> None:
        # Without a post to look at, the first one that does not fit into the time.
        found = (*self._to_look_at(), *(one.key for one in self._sheet.problems))
        for key in found[:1]:
            self._rows[key].take_focus()
            self.bring_into_view(self._rows[key])

    def _new_row(self, item: RunItem) -> RunItemRow:
        row = RunItemRow(item, self._hour_width)
        row.chosen.connect(self._on_chosen)
        row.text_edited.connect(self._on_text_edited)
        row.minutes_edited.connect(self._on_minutes_edited)
        row.move_wanted.connect(self._on_move_wanted)
        row.remove_wanted.connect(self._on_remove_wanted)
        row.reset_wanted.connect(self._on_reset_wanted)
        self._pictures.adopt(row)
        row.way_wanted.connect(self._on_way_wanted)
        row.step_wanted.connect(self._on_step_wanted)
        row.decision_wanted.connect(self._on_decision_wanted)
        row.meant.connect(self._on_meant)
        row.told_again.connect(self._on_told_again)
        self._column.adopt(row, row.handle)
        self._rows[item.key] = row
        return row

    def _landed_notes(self, key: str) -> tuple[Note, ...]:
        if self._landed is None or self._landed[:2] != (self._editor.chat, key):
            return ()
        return (Note(self._landed[2], "well"),)

    def _show_to_settle(self, chat: Chat, texts: Texts) -> None:
        """Show once what other steps settle for the whole run sheet, also words in brackets."""
        notes: list[Note] = []
        if chat.starts_at is None:
            words = _("No day and hour yet: the minutes count from the beginning.")
            go = _("Choose the day and hour")
            notes.append(Note(words, "look", StepId.SCHEDULE, action=go))
        if not any(one.text.strip() for one in chat.questions):
            words = _("No question yet: they are the heart of the chat, and take their place here.")
            go = _("Write the questions")
            notes.append(Note(words, "look", StepId.QUESTIONS, action=go))
        self._to_settle.show_notes((*notes, *blanks_told_once(self._sheet, texts)))

    # --- the preview beside the page --------------------------------------------------------

    def _show_preview(self, chat: Chat) -> None:
        keys = [item.key for item in self._sheet.items]
        if self._chosen not in keys and keys:
            self._chosen = keys[0]
        for key, row in self._rows.items():
            row.show_chosen(key == self._chosen)
        item = as_it_goes(self._sheet.item(self._chosen), self._live.of(self._chosen))
        by_page = item.by_page or chat.route is not Route.KEYS
        self._preview.show_post(
            item_title(item), chat.organisation, chat.account, item.text, by_page
        )
        picture = item.picture
        self._preview.show_picture(picture, self._pictures.image(picture) if picture else None)

    def _on_live_changed(self) -> None:
        # Out of sight it would hold the window up at every post; `show_chat` is called before it
        # comes on screen again.
        if self.isVisible():
            self.show_chat(self._editor.chat)

    def _on_pictures_changed(self) -> None:
        self._show_preview(self._editor.chat)

    def _on_chosen(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self._show_preview(self._editor.chat)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        while new is not None and new is not self:
            if isinstance(new, RunItemRow):
                self._on_chosen(new.item.key)
                return
            new = new.parentWidget()

    def _keep_preview_in_sight(self) -> None:
        """Move the advice as the page scrolls, so that the preview stays in sight."""
        beside = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        margins = self.advice.contentsMargins()
        # Measured by the posts: the page itself grows as the advice moves.
        needed = self.advice.heightForWidth(self._aside.width()) - margins.top()
        room = self.main.height() - needed
        top = max(0, min(self.verticalScrollBar().value(), room)) if beside else 0
        if top != margins.top():
            margins.setTop(top)
            self.advice.setContentsMargins(margins)

    # --- what the person does ----------------------------------------------------------------

    def _on_text_edited(self, key: str, text: str) -> None:
        if key not in self._rows:
            # The post was taken out a moment ago, before its editor emitted the last change.
            return
        chat = self._editor.chat
        changed = run_sheet.with_item_text(chat, key, text, self._texts_of(chat.language))
        self._editor.edit(changed, field=f"run-{key}-text")

    def _on_minutes_edited(self, key: str, minutes: int) -> None:
        changed = run_sheet.with_minutes(self._editor.chat, key, minutes)
        self._editor.edit(changed, field=f"run-{key}-minutes")

    def _on_up(self) -> None:
        self._move_chosen(-1)

    def _on_down(self) -> None:
        self._move_chosen(1)

    def _move_chosen(self, step: int) -> None:
        row = self._rows.get(self._chosen)
        if row is not None and row.can_move:
            if self._items.item_of(QApplication.focusWidget()) is not row:
                self._items.stand_on(row)
            self._on_move_wanted(self._chosen, step)

    def _on_move_wanted(self, key: str, step: int) -> None:
        index = next(i for i, item in enumerate(self._sheet.items) if item.key == key)
        if 0 <= index + step < len(self._sheet.items):
            self._move(key, index + step)

    def _on_dropped(self, row: QWidget, index: int) -> None:
        assert isinstance(row, RunItemRow)
        self._move(row.item.key, index)

    def _move(self, key: str, index: int) -> None:
        self._editor.edit(run_sheet.moved_to(self._editor.chat, self._sheet, key, index))
        row = self._rows[key]
        announce(row, row.accessibleName())
        self.ensureWidgetVisible(row)

    def _on_remove_wanted(self, key: str) -> None:
        keys = [item.key for item in self._sheet.items]
        following = keys.index(key)
        self._editor.edit(run_sheet.without_item(self._editor.chat, key))
        # The focus moves to the post that takes its place.
        if self._sheet.items:
            near = self._sheet.items[min(following, len(self._sheet.items) - 1)]
            self._rows[near.key].handle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self, row: QWidget) -> None:
        assert isinstance(row, RunItemRow)
        row.go_in()

    def _on_meant(self, mark: str) -> None:
        self._editor.edit(put_aside(self._editor.chat, mark))

    def _on_told_again(self, marks: tuple[str, ...]) -> None:
        self._editor.edit(told_again(self._editor.chat, marks))

    def _on_spare_wanted(self, key: str) -> None:
        if self._in_chat:
            # The chat has its own times by now: the post is brought back on its page.
            self.step_wanted.emit(StepId.HOUR)
            return
        chat, before = self._editor.chat, self._sheet
        self._editor.edit(run_sheet.put_in(chat, self._sheet, key, self._texts_of(chat.language)))
        if key in self._rows:
            item = self._sheet.item(key)
            hour = hour_of_item(self._editor.chat, item, None, self._rules)
            words = landed_words(item, self._sheet, before, hour)
            self._landed = (self._editor.chat, key, words)
            self.show_chat(self._editor.chat)
            announce(self._rows[key], words)
            # The layout would show the row later, and a hidden row cannot have the focus.
            self._rows[key].show()
            self._rows[key].handle.setFocus(Qt.FocusReason.OtherFocusReason)
            self.bring_into_view(self._rows[key])

    def _on_reset_wanted(self, key: str) -> None:
        self._editor.edit(run_sheet.reset(self._editor.chat, key))

    def _on_way_wanted(self, key: str, by_page: bool) -> None:
        self._editor.edit(run_sheet.with_way(self._editor.chat, key, by_page))

    def _on_decision_wanted(self, key: str) -> None:
        item, row = self._sheet.item(key), self._rows[key]
        if self._guard.lets_leave(row, all_words(item.text, item.picture)):
            row.take_focus()
        elif shiboken6.isValid(row) and not row.is_open:
            row.open_editor()

    def _on_order_reset(self) -> None:
        self._editor.edit(run_sheet.reset_order(self._editor.chat))

    def _on_step_wanted(self, step: StepId) -> None:
        self.step_wanted.emit(step)
