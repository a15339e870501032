"""An hour of the day: typed as people write it, or taken from the usual ones."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.typed_time import read_hour
from tchat_desktop.ui.widgets.proposed_line import ProposedLine
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.wording import i18n

_USUAL = tuple(time(hour, minute) for hour in (9, 12, 15, *range(17, 22)) for minute in (0, 30))


class HourEdit(QuietComboBox):
    """Shows an hour. What cannot be read stays as it was typed, and `refused` carries it."""

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line = line = ProposedLine(self)
        self.setLineEdit(line)
        line.setMaxLength(Cap.NAME)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Completion would turn "20" into "20 h 30" under the fingers.
        self.setCompleter(None)  # type: ignore[arg-type] # Qt takes it for "none"; its stubs do not
        self._hour: time | None = None
        self._refused = False
        self.activated.connect(self._on_activated)
        line.editingFinished.connect(self._on_finished)

    @property
    def hour(self) -> time | None:
        """The hour shown last; what is being typed may differ."""
        return self._hour

    def show_hour(self, hour: time) -> None:
        """Show an hour; what is being typed stays as long as the hour is the same."""
        if hour != self._hour:
            self._hour, self._refused = hour, False
            self._offer_usual()
            self._write(hour)

    def _offer_usual(self) -> None:
        # Not when it is made: words for hours may take a library that is slow to load.
        if not self.count():
            for hour in _USUAL:
                self.addItem(_in_words(hour), hour)

    def _write(self, hour: time) -> None:
        with self._line.showing():
            self.setCurrentIndex(_USUAL.index(hour) if hour in _USUAL else -1)
            self.setEditText(_in_words(hour))

    def _on_activated(self, index: int) -> None:
        self._choose(_USUAL[index])

    def _on_finished(self) -> None:
        text = self.currentText().strip()
        same = self._hour is not None and text == _in_words(self._hour)
        if same and not self._refused:
            return
        hour = self._hour if same else read_hour(text)
        if hour is None:
            self._refused = True
            self.refused.emit(text)
        else:
            self._choose(hour)

    def _choose(self, hour: time) -> None:
        self._hour, self._refused = hour, False
        self._write(hour)
        self.chosen.emit(hour)


def _in_words(hour: time) -> str:
    return i18n.format_hour(datetime.combine(date.min, hour))
