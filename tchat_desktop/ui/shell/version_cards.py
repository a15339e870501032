"""What the home screen shows of new versions: the question, the news, and the line at its foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.new_version import NewVersion
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _, format_day


def _promise(host: str) -> str:
    return _(
        "Once a week, the app asks {host} for one small file. Nothing is sent, and nothing is "
        "downloaded by itself."
    ).format(host=host)


class VersionQuestion(Card):
    """Asks, once, whether the person wants to know of new versions."""

    def __init__(self, host: str, yes: Callable[[], object], no: Callable[[], object]) -> None:
        super().__init__(padding=16, spacing=8)
        title = _("Would you like to know when there is a new version?")
        self.setAccessibleName(title)
        self.add(Text(title, "advice"), Text(_promise(host)))
        self.add(
            FlowLayout(_button(_("Yes"), title, yes), _button(_("No, thank you"), title, no)),
        )


class VersionCard(Card):
    """Tells of a version: its number, what changed, and the page to read."""

    def __init__(
        self, version: NewVersion, look: Callable[[], object], later: Callable[[], object]
    ) -> None:
        super().__init__(padding=16, spacing=8)
        title = _("Version {number} is available").format(number=version.number)
        self.setAccessibleName(title)
        self.add(Text(title, "advice"))
        for line in version.news_in(i18n.language()):
            self.add(Text(f"•\u00a0{line}"))
        day = format_day(version.published_on, with_year=True, with_weekday=False)
        self.add(Text(_("Published on {day}. Your chats stay.").format(day=day), "small"))
        self.add(
            FlowLayout(_button(_("See the page"), title, look), _button(_("Later"), title, later))
        )


class VersionFoot(QWidget):
    """Which version this is, whether new ones are told, and a button to look now."""

    def __init__(
        self,
        own: str,
        host: str,
        chosen: Callable[[bool], object],
        look: Callable[[], object],
    ) -> None:
        super().__init__()
        self._host = host
        self._chosen = chosen
        self.tick = Tick(_("Tell me of new versions"), self._on_ticked)
        self._look = Button(_("Look now"), "link", "", look, _("Look for a new version now"))
        self._words = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(10), 0, 0)
        layout.setSpacing(theme.px(4))
        name = Text(_("Tchat {number}").format(number=own), "small", wrap=False)
        layout.addLayout(FlowLayout(name, self.tick, self._look, spacing=10))
        layout.addWidget(self._words)

    def show_wish(self, wanted: bool) -> None:
        """Show what the person chose, and what that means."""
        self.tick.setChecked(wanted)
        if wanted:
            self._words.setText(_promise(self._host))
            return
        self._words.setText(
            _(
                "Not ticked, the app asks nothing by itself. Ticked, it asks {host} for one small "
                "file once a week: nothing is sent, and nothing is downloaded by itself."
            ).format(host=self._host)
        )

    def show_looking(self) -> None:
        """Say that the file is asked for."""
        self._look.setEnabled(False)
        self._words.setText(_("Looking…"))

    def show_outcome(self, words: str) -> None:
        """Say what came of it, to a screen reader too."""
        self._look.setEnabled(True)
        self._words.setText(words)
        announce(self._words, words)

    def _on_ticked(self) -> None:
        self.show_wish(self.tick.isChecked())
        self._chosen(self.tick.isChecked())


def _button(text: str, title: str, clicked: Callable[[], object]) -> Button:
    return Button(text, "quiet", clicked=clicked, name=f"{text} – {title}")
