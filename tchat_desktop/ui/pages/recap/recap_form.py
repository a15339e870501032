"""One form of the recap on the card that saves it: whom it is for, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

Content = TypeVar("Content")


class RecapForm(QWidget, Generic[Content]):
    """A form with the buttons that save and copy it, and what came of that.

    `wanted` is called with the form, and True to copy, when a button is pressed. What came of it
    stands below the buttons, so that these stay under the pointer.
    """

    def __init__(
        self,
        export: Export[Content],
        bridge: Bridge,
        open_path: Callable[[Path], bool],
        wanted: Callable[[RecapForm[Content], bool], None],
        main: bool = False,
    ) -> None:
        super().__init__()
        self.export = export
        self._bridge = bridge
        self._wanted = wanted
        self.name = f"{export.stem}.{export.suffix}"
        """What the chat knows it by."""
        self.saved = ""
        """Digest of the recap as it was saved or copied here; "" for not yet."""
        self.saving = Saving(bridge, open_path)
        self.save = self._button(
            _(export.title), "primary" if main else "link", "download", self._on_save
        )
        buttons = [self.save]
        self.copy: Button | None = None
        if export.copied is not None:
            self.copy = self._button(_("Copy"), "link", "copy", self._on_copy)
            buttons.insert(0, self.copy)
        self._steps = Text("", "small")
        self._steps.hide()
        layout = Column()
        self.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR if main else theme.Space.HAIR))
        if export.reader:
            layout.addWidget(Text(_(export.reader), "label"))
        if export.about and not main:
            layout.addWidget(Text(_(export.about), "small"))
        layout.addLayout(FlowLayout(*buttons, spacing=0))
        if export.about and main:
            layout.addWidget(Text(_(export.about), "small"))
        layout.addWidget(self.saving)
        layout.addWidget(self._steps)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What copies and saves it, in their order on screen."""
        return (self.save,) if self.copy is None else (self.copy, self.save)

    @property
    def steps(self) -> str:
        """What is said to do next; "" while nothing was copied or saved."""
        return self._steps.text()

    def show_saved(self, noted: str, now: str) -> None:
        """Say when what was saved, as noted in the chat or here, is not the recap of `now`."""
        saved = self.saved or noted
        words = ""
        if saved and saved != now:
            words = (
                _("Changed since you saved it: save it again.")
                if self.copy is None
                else _("Changed since: copy or save it again.")
            )
        self.saving.show_outdated(words)

    def copy_text(self, content: Content, then: Callable[[], None]) -> None:
        """Copy what is made of the content off the GUI thread; `then` is called once it is."""
        made = self.export.copied
        assert made is not None

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.saving.tell(_("Copied: paste it where it goes."))
            then()

        self._bridge.run(self, lambda: made(content), put, self.saving.fail)

    def show_steps(self) -> None:
        """Say what to do with what was copied or saved."""
        steps = (f"{number}. {_(step)}" for number, step in enumerate(self.export.steps, 1))
        self._steps.setText("\n".join(steps))
        self._steps.setVisible(bool(self.export.steps))

    def _button(
        self, words: str, kind: ButtonKind, icon_name: str, clicked: Callable[[], None]
    ) -> Button:
        reader = _(self.export.reader) if self.export.reader else ""
        name = f"{words} – {reader}" if reader and kind != "primary" else words
        return Button(words, kind, icon_name, clicked, name)

    def _on_save(self) -> None:
        self._wanted(self, False)

    def _on_copy(self) -> None:
        self._wanted(self, True)
