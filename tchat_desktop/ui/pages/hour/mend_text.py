"""The field that changes a text which kept its post from leaving."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import own_name
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _


class MendText(QWidget):
    """The text of a post that did not leave, and the button that publishes the changed text."""

    def __init__(self, post: OutboxPost, hour: HourPort) -> None:
        super().__init__()
        self._post = post
        self._hour = hour
        self.edit = PostEdit(post.text, lines=2)
        self.edit.setAccessibleName(_("Text – {post}").format(post=own_name(post)))
        self.edit.textChanged.connect(self._on_typed)
        self._lacks = Text("", "small")
        self._lacks.set_tone("stop")
        # The message comes and goes while one types: it must not move what is below.
        self._lacks.setMinimumHeight(2 * self._lacks.fontMetrics().lineSpacing())
        self._counter = Counter()
        words = _("Publish it so")
        name = f"{words} – {own_name(post)}"
        self._publish = PublishButton(words, icon_name="send", clicked=self._on_publish, name=name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.edit)
        layout.addWidget(self._lacks)
        layout.addLayout(FlowLayout(self._publish, self._counter, spacing=10))
        self._on_typed()

    @property
    def typed(self) -> str:
        """The text as changed, "" while it is unchanged."""
        text = self.edit.toPlainText()
        return "" if text == self._post.text else text

    def _on_typed(self) -> None:
        text = self.edit.toPlainText()
        words = blank_words(text)
        by_page = self._post.route is Route.ASSISTED
        self._counter.show_text(text, by_page, self._post.kind is PostKind.REPLY)
        self._lacks.setText(words)
        self._publish.setEnabled(NETWORK.takes(text) and not words)

    def _on_publish(self) -> None:
        self._hour.do(Outbox.edit_text, self._post.id, self.edit.toPlainText())
        self._hour.do(Outbox.send_now, self._post.id)
