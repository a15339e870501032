"""The field that changes a text which kept its post from leaving."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.named_children import all_words
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import CautionLine, TextCautions
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import own_name
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _

_LINES = 6
"""The lines of the field, which is narrow; a longer text scrolls."""


class MendText(QWidget):
    """The text of a post that did not leave, and the button that publishes the changed text."""

    def __init__(self, post: OutboxPost, hour: HourPort, cautions: TextCautions) -> None:
        super().__init__()
        self._cautions = cautions
        self._post = post
        self._hour = hour
        # Its greatest height from the start, so that the button does not move as one types.
        self.edit = PostEdit(post.text, lines=_LINES, most=_LINES)
        self.edit.setAccessibleName(_("Text – {post}").format(post=own_name(post)))
        self.edit.textChanged.connect(self._on_typed)
        self._lacks = CautionLine()
        self._counter = Counter()
        # The longer of its two labels: what is beside it must not move.
        words = _("Publish anyway")
        self._publish = PublishButton(words, icon_name="send", clicked=self._on_publish)
        self._publish.keep_size()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self.edit)
        layout.addWidget(self._lacks)
        layout.addLayout(FlowLayout(self._publish, self._counter, spacing=theme.Space.PART))
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
        if words:
            self._lacks.say(words, "stop")
        else:
            self._cautions.show(self._lacks, self._all_words, self._hour.chat)
        # What is noticed stands above the button: to press it is the organiser's word.
        names = bool(self._cautions.guard.words(self._all_words))
        label = _("Publish anyway") if names else _("Publish it so")
        self._publish.show_text(label, f"{label} – {own_name(self._post)}")
        self._publish.means(names)
        self._publish.setEnabled(NETWORK.takes(text) and not words)

    @property
    def _all_words(self) -> str:
        return all_words(self.edit.toPlainText(), self._post.picture)

    def _on_publish(self) -> None:
        if self._cautions.guard.words(self._all_words):
            self._cautions.guard.mean(self._all_words)
        self._hour.do(Outbox.edit_text, self._post.id, self.edit.toPlainText())
        self._hour.do(Outbox.send_now, self._post.id)
