"""The card on how the organiser is called when they look elsewhere."""

from __future__ import annotations

from tchat_desktop.ui.pages.hour.co_host_link import KeptChoices
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _


class NotifyCard(SideCard):
    """Whether the organiser is notified while another window is in front, and with a sound."""

    def __init__(self, choices: KeptChoices) -> None:
        super().__init__(_("Be notified"))
        self._choices = choices
        self.notify = Tick(_("Notify me"), self._on_notify)
        self.notify.setChecked(choices.kept("notify") != "no")
        self.sound = Tick(_("With a sound"), self._on_sound)
        self.sound.setChecked(choices.kept("notify_sound") == "yes")
        self.sound.setEnabled(self.notify.isChecked())
        words = _(
            "When another window is in front: a post to publish, a failure, a guest who does not "
            "answer, the end that comes near."
        )
        self.add(Text(words, "small"), row(self.notify, self.sound, None))

    def _on_notify(self) -> None:
        wanted = self.notify.isChecked()
        self.sound.setEnabled(wanted)
        self._choices.keep(notify="" if wanted else "no")

    def _on_sound(self) -> None:
        self._choices.keep(notify_sound="yes" if self.sound.isChecked() else "")
