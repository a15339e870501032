"""The short replies at hand below the field of a reply, each one key away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.canned_replies import CannedReply
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.shortcuts import figure_keys, on_mac
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _

_TO_WHOM = re.compile(r"^@\w+ ")

ON_BUTTON = 26
"""Characters of a reply that stand on its button."""


class CannedRow(QWidget):
    """Numbered buttons, and one that changes the texts; the keys work in all of `field_box`."""

    chosen = Signal(object)
    """Emitted with the CannedReply."""
    change_wanted = Signal()

    def __init__(self, field_box: QWidget, most: int) -> None:
        super().__init__()
        self._replies: Sequence[CannedReply] = ()
        self._buttons = [Button("", "link", clicked=partial(self.use, at)) for at in range(most)]
        change = _("Change these texts…")
        self._change = Button(change, "icon", "edit", self.change_wanted.emit, change)
        set_tip(self._change, change)
        self.setLayout(FlowLayout(*self._buttons, self._change, spacing=theme.Space.LINE))
        for at in range(most):
            keys = QShortcut(field_box)
            keys.setKeys(_keys(at))
            keys.activated.connect(partial(self.use, at))
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_replies(self, replies: Sequence[CannedReply], tag: str) -> None:
        """Show other replies; none for a post that asks for care."""
        self._replies = tuple(replies)
        self.setVisible(bool(replies))
        for at, (button, reply) in enumerate(zip(self._buttons, replies, strict=False)):
            bare = _TO_WHOM.sub("", reply.text.removesuffix(tag).strip())
            name = _("Use: {text}").format(text=bare)
            button.show_text(f"{at + 1} · {beginning(bare, ON_BUTTON)}", name)
            keys = _keys(at)[0].toString(QKeySequence.SequenceFormat.NativeText)
            set_tip(button, f"{reply.text}\n{keys}")

    def may_change(self, may: bool) -> None:
        """Set whether the texts can be changed from here."""
        self._change.setVisible(may)

    def use(self, at: int) -> None:
        """Choose the reply at that place, if it is there."""
        if at < len(self._replies):
            self.chosen.emit(self._replies[at])


def _keys(at: int) -> list[QKeySequence]:
    """The keys of a reply; on a Mac Option with a figure types a sign."""
    mac, elsewhere = Qt.KeyboardModifier.MetaModifier, Qt.KeyboardModifier.AltModifier
    return figure_keys(Qt.Key(Qt.Key.Key_1 + at), mac if on_mac() else elsewhere)
