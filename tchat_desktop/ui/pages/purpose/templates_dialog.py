"""The window in which the ready-made texts of a chat are changed, with a sample of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, OwnText
from tchat_desktop.domain.own_texts import (
    EDITABLE_GROUPS,
    allowed_blanks,
    changed_text,
    check_template,
    editable,
    own_text,
    sample,
)
from tchat_desktop.domain.promotion import opening
from tchat_desktop.domain.texts import Texts, When, with_own_texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.template_words import (
    GROUP_TITLES,
    blank_name,
    lost_blanks_words,
    shown_template,
    template_problem,
    typed_template,
)

_SIZE = (760, 680)
"""The size of the window in pixels at 100 %, where the screen has room."""


@dataclass(frozen=True, slots=True)
class TemplateTools:
    """What the window needs: the proposed texts of a language, and where others are kept."""

    texts_of: Callable[[str], Texts]
    when_of: Callable[[Chat], When]
    keep: Callable[[OwnText], object]
    """Keeps a text for the chats to come; waits for the disk. Raises OSError."""
    bridge: Bridge


class TemplatesDialog(QDialog):
    """Changes one text at a time; what can be used is in the chat at once, and undone with it."""

    def __init__(self, editor: ChatEditor, tools: TemplateTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The ready-made texts"))
        self._editor = editor
        self._tools = tools
        self._language = editor.chat.language
        self._texts = tools.texts_of(self._language)
        self._group = QuietComboBox()
        for group in EDITABLE_GROUPS:
            self._group.addItem(_(GROUP_TITLES[group]), group)
        self._group.activated.connect(self._on_group)
        self._key = QuietComboBox()
        self._key.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._key.setMinimumContentsLength(24)
        self._key.activated.connect(self._show_text)
        self._edit = GrowingEdit(lines=4, most=12, cap=Cap.TEXT)
        self._edit.textChanged.connect(self._on_edited)
        self._text = Field(_("Your text"), self._edit, keep_room=True)
        self._blank = QuietComboBox()
        self._insert = Button(_("Insert the blank"), "quiet", "plus", self._on_insert)
        self._back = Button(_("Back to the proposed text"), "quiet", "undo", self._on_back)
        self._keep = Button(_("Keep as a template"), "quiet", "download", self._on_keep)
        self._told = Text("", "small")
        self._sample = PostText()
        self._close = Button(_("Close"), "primary", clicked=self.accept)
        self._build(parent.window().size())
        self._on_group()

    def _build(self, room: QSize) -> None:
        area, inner = SteadyScrollArea(), QWidget()
        area.setAccessibleName(self.windowTitle())
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        inner.setObjectName("sheet")
        area.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.Space.PART))
        lead = _(
            "Words in braces are filled in by the app, with your topic, your day, your guests. "
            "The next editions of this chat keep your texts."
        )
        column.addWidget(Text(lead))
        column.addWidget(Field(_("Kind of text"), self._group))
        column.addWidget(Field(_("Text to change"), self._key))
        column.addWidget(self._text)
        column.addWidget(Field(_("Blank to add"), self._blank))
        column.addLayout(FlowLayout(self._insert, self._back, self._keep))
        column.addWidget(self._told)
        column.addWidget(Text(_("How it reads in this chat"), "label"))
        column.addWidget(self._sample)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.Space.GAP),) * 4)
        layout.setSpacing(theme.px(theme.Space.PART))
        layout.addWidget(area, 1)
        layout.addLayout(row(None, self._close))
        wide, high = (theme.px(one) for one in _SIZE)
        margin = theme.px(theme.Space.GAP)
        self.resize(min(wide, room.width() - margin), min(high, room.height() - margin))

    @property
    def chosen(self) -> str:
        """The key of the text that is shown."""
        return str(self._key.currentData())

    def choose(self, key: str) -> None:
        """Show another text."""
        self._group.setCurrentIndex(self._group.findData(key.split(".", maxsplit=1)[0]))
        self._on_group()
        self._key.setCurrentIndex(self._key.findData(key))
        self._show_text()

    def _template(self, key: str) -> str:
        own = own_text(self._editor.chat, self._language, key)
        return own or self._texts.messages[key]

    def _on_group(self) -> None:
        self._key.clear()
        group, purpose = str(self._group.currentData()), self._editor.chat.purpose
        for key in editable(self._texts, group, purpose):
            self._key.addItem("", key)
        self._name_texts()
        self._show_text()

    def _name_texts(self) -> None:
        """Call each text by how it begins; a changed one is marked in words."""
        for index in range(self._key.count()):
            key = str(self._key.itemData(index))
            words = opening(shown_template(self._template(key)))
            if own_text(self._editor.chat, self._language, key):
                words = _("{text} (changed)").format(text=words)
            self._key.setItemText(index, words)

    def _show_text(self) -> None:
        key = self.chosen
        self._edit.blockSignals(True)
        self._edit.setPlainText(shown_template(self._template(key)))
        self._edit.blockSignals(False)
        self._blank.clear()
        for name in allowed_blanks(key, self._texts):
            self._blank.addItem(blank_name(name), name)
        has_blanks = self._blank.count() > 0
        self._blank.setEnabled(has_blanks)
        self._insert.setEnabled(has_blanks)
        self._told.setText("")
        self._show_verdict()

    def _typed(self) -> str:
        return typed_template(self._edit.toPlainText())

    def _on_edited(self) -> None:
        key, typed = self.chosen, self._typed()
        if check_template(typed, key, self._texts).can_be_used:
            own = "" if typed == self._texts.messages[key] else typed
            chat = changed_text(self._editor.chat, self._language, key, own)
            if chat != self._editor.chat:
                self._editor.edit(chat, field=f"own-text-{key}")
            self._name_texts()
        self._told.setText("")
        self._show_verdict()

    def _show_verdict(self) -> None:
        """Say what is wrong with the text, and show how it reads as long as it can be used."""
        key, typed = self.chosen, self._typed()
        check = check_template(typed, key, self._texts)
        problem = template_problem(check, allowed_blanks(key, self._texts))
        if problem:
            problem += " " + _("Until then, the text before is used.")
        self._text.say(problem or lost_blanks_words(check), "stop" if problem else "look")
        changed = bool(own_text(self._editor.chat, self._language, key))
        self._back.setEnabled(changed or bool(problem))
        self._keep.setEnabled(changed and not problem)
        chat = self._editor.chat
        texts = with_own_texts(chat, self._texts)
        example = {name: f"[{blank_name(name)}]" for name in allowed_blanks(key, texts)}
        self._sample.show_text(sample(chat, texts, key, self._tools.when_of(chat), example))

    def _on_insert(self) -> None:
        self._edit.insertPlainText("{" + blank_name(str(self._blank.currentData())) + "}")
        self._edit.setFocus()

    def _on_back(self) -> None:
        chat = changed_text(self._editor.chat, self._language, self.chosen, "")
        if chat != self._editor.chat:
            self._editor.edit(chat)
        self._name_texts()
        self._show_text()
        self._edit.setFocus()

    def _on_keep(self) -> None:
        key = self.chosen
        own = OwnText(self._language, key, own_text(self._editor.chat, self._language, key))
        self._tools.bridge.run(self, partial(self._tools.keep, own), self._on_kept, self._on_failed)

    def _on_kept(self, _result: object) -> None:
        self._tell(_("Kept: the chats you make from now on on this computer begin with this text."))

    def _on_failed(self, error: Exception) -> None:
        self._tell(error_words.sentence(error))

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        announce(self, words)
