"""How the authors of the posts are shown in the recap: one choice for all, and those apart."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Naming, RecapDraft
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class AuthorsCard(Card):
    """Emits what is wanted and changes nothing itself."""

    everybody_wanted = Signal(object)
    """Emitted with the `Naming` of all authors who are not chosen apart."""
    as_everybody_wanted = Signal(str)
    """Emitted with the @name of somebody who is to be shown as everybody is again."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._apart: list[tuple[str, str]] = []
        self.everybody = QuietComboBox()
        for naming, words in (
            (Naming.NAMED, _("By their names")),
            (Naming.INITIALS, _("By their initials")),
            (Naming.HIDDEN, _("Not at all")),
        ):
            self.everybody.addItem(words, naming.value)
        self.everybody.activated.connect(self._on_chosen)
        self._list = FlowLayout(spacing=theme.Space.NEAR)
        self._but = Text(_("Except, by your choice:"), "small")
        self.add(
            Text(_("The authors"), "advice"),
            Field(_("How authors show"), self.everybody),
            Text(
                _(
                    "Guests and your team keep their names. For one person, tick under their post "
                    "what you prefer."
                ),
                "small",
            ),
            self._but,
            self._list,
            Text(
                _(
                    "A child, or somebody at risk? Initials are not enough: X finds a post by its "
                    "words. Hide the author and the words that tell who it is, or take it out."
                ),
                "small",
            ),
        )

    @property
    def apart(self) -> tuple[str, ...]:
        """What is said of each person who is shown otherwise than everybody."""
        return tuple(words for _handle, words in self._apart)

    def show_draft(self, draft: RecapDraft) -> None:
        """Show the choice for all, and a button for each person who is chosen apart."""
        self.everybody.setCurrentIndex(self.everybody.findData(draft.everybody.value))
        apart = [
            (handle, words.format(who=f"@{beginning(handle, 18)}"))
            for handles, words in (
                (draft.hidden_authors, _("{who}: hidden")),
                (draft.initialled_authors, _("{who}: initials")),
                (draft.named_authors, _("{who}: named")),
            )
            for handle in handles
        ]
        self._but.setVisible(bool(apart))
        if apart == self._apart:
            return
        self._apart = apart
        self._list.clear()
        for handle, words in apart:
            name = _("Show @{who} as everybody again").format(who=handle)
            back = partial(self._on_back, handle)
            self._list.addWidget(Button(words, "quiet", "close", back, name=name))
        put_in_reading_order(self)

    def _on_chosen(self) -> None:
        self.everybody_wanted.emit(Naming(self.everybody.currentData()))

    def _on_back(self, handle: str) -> None:
        self.everybody.setFocus()
        self.as_everybody_wanted.emit(handle)
