"""What people will talk about: the topic, what they take away from it, and the occasion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.wording.i18n import _


class TopicCard(Card):
    """The fields of the topic; the signals are emitted with what was typed."""

    topic_edited = Signal(str)
    summary_edited = Signal(str)
    event_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=theme.Space.GAP)
        self._topic = LineEdit(Cap.LINE)
        self._topic.setPlaceholderText(_("Example: Child marriage: taking action in Dakar"))
        self._topic.textEdited.connect(self.topic_edited)
        self._summary = GrowingEdit(lines=2)
        self._summary.setPlaceholderText(
            _("Example: With a midwife and a teacher, to protect girls.")
        )
        self._summary.textChanged.connect(self._on_summary_changed)
        self._event = LineEdit(Cap.LINE)
        self._event.setPlaceholderText(_("Example: International Day of the Girl Child"))
        self._event.textEdited.connect(self.event_edited)
        self.add(
            Field(_("Topic"), self._topic, _("A line that goes into invitations and posts.")),
            Field(_("In one sentence"), self._summary, _("What people will take away from it.")),
            Field(
                _("The occasion (optional)"),
                self._event,
                _("A conference, an event, an international day: the announcements name it."),
            ),
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the topic of a chat; what is being typed stays as it is."""
        if self._topic.text() != chat.topic:
            self._topic.setText(chat.topic)
        self._summary.show_text(chat.summary)
        if self._event.text() != chat.event:
            self._event.setText(chat.event)

    def go_in(self) -> None:
        """Put the keyboard into the topic, with all of it chosen."""
        self._topic.setFocus(Qt.FocusReason.OtherFocusReason)
        self._topic.selectAll()

    def _on_summary_changed(self) -> None:
        self.summary_edited.emit(self._summary.toPlainText())
