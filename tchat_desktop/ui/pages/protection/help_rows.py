"""The help numbers, country by country, each to be checked before it is given to anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import HelpLine
from tchat_desktop.domain.protection import LineGap, gap_of, says_none
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row, rule
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import N_, _, pgettext
from tchat_desktop.wording.tone import Tone

_LABELS = {
    "country": N_("Country"),
    "number": N_("Number"),
    "serves": N_("For whom?"),
    "hours": N_("When does somebody answer?"),
}
_EXAMPLES = {
    "country": N_("Example: Senegal"),
    "number": N_("The number to dial"),
    "serves": N_("Example: children"),
    "hours": N_("Example: day and night"),
}
_GAPS: dict[LineGap | None, tuple[str, Tone]] = {
    LineGap.NO_NUMBER: (N_("To fill in: the number."), "look"),
    LineGap.NO_COUNTRY: (N_("To fill in: the country this number works in."), "look"),
    LineGap.SERVES_NOBODY: (
        N_("To fill in: for whom? Some lines are for children, others for women or for everyone."),
        "look",
    ),
    LineGap.NOT_VERIFIED: (N_("To check: call it, or see the official site. Then tick."), "look"),
    None: (N_("The ready answer gives it."), "well"),
}

_NONE: tuple[str, Tone] = (
    N_(
        "None to give. In danger: the police or the emergency services there. Else your "
        "organisation looks for help near them."
    ),
    "well",
)
"""The verdict on a country without a number: what to do instead."""


class HelpRows(QWidget):
    """The rows of the help numbers.

    `edited` is emitted with a line as changed and the field that changed ("" for a tick),
    `remove_wanted` with the id of a line.
    """

    edited = Signal(object, str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _HelpRow] = {}
        self.setAccessibleName(_("Help numbers"))
        self._layout = column(spacing=theme.Space.UNDER_HEADING)
        self.setLayout(self._layout)
        self._items = ItemList(self)

    def show_lines(self, lines: Sequence[HelpLine]) -> None:
        """Show these lines in their order; the row of a line that remains is kept."""
        keep_only(self._layout, self._rows, {line.id for line in lines})
        for place, line in enumerate(lines):
            if line.id not in self._rows:
                self._rows[line.id] = _HelpRow(self)
            put_in_order(self._layout, [self._rows[line.id]], place)
            self._rows[line.id].show_line(line, place + 1)
        self._items.show_items([self._rows[line.id] for line in lines])
        self.setVisible(bool(lines))

    def focus_on(self, line_id: str, field: str) -> QWidget:
        """Put the focus in a field of a line; returns the line."""
        self._rows[line_id].fields[field].setFocus()
        return self._rows[line_id]


class _HelpRow(QWidget):
    """The fields of one help number, its ticks, and the verdict on it."""

    def __init__(self, rows: HelpRows) -> None:
        super().__init__()
        self._signals = rows
        self._line = HelpLine("")
        self.fields: dict[str, QLineEdit] = {}
        boxes: dict[str, Field] = {}
        for name, label in _LABELS.items():
            edit = LineEdit(Cap.NAME)
            edit.setPlaceholderText(_(_EXAMPLES[name]))
            edit.textEdited.connect(self._on_edited)
            self.fields[name] = edit
            boxes[name] = Field(_(label), edit)
        self._verified = Tick(pgettext("number", "Checked"), self._on_verified)
        self._none = Tick(_("No number found"), self._on_none)
        self._remove = Button(_("Remove this number"), "icon", "trash", self._on_removed)
        self._verdict = Text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(rule())
        layout.addLayout(_evenly(boxes["country"], boxes["number"]))
        layout.addLayout(_evenly(boxes["serves"], boxes["hours"]))
        below = row(self._verified, self._none, self._verdict, self._remove)
        below.setStretch(2, 1)
        below.setAlignment(self._verdict, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(below)

    def show_line(self, line: HelpLine, number: int) -> None:
        self._line = line
        for name, edit in self.fields.items():
            if edit.text() != getattr(line, name):
                edit.setText(getattr(line, name))
        gap = gap_of(line)
        none = says_none(line)
        words, tone = _NONE if none and gap is None else _GAPS[gap]
        self._verdict.setText(_(words))
        self._verdict.set_tone(tone)
        self._verified.setEnabled(gap in (None, LineGap.NOT_VERIFIED))
        self._verified.setChecked(gap is None and not none)
        # Without a number there is nothing to check: the other tick takes its place.
        self._verified.setVisible(bool(line.number.strip()))
        self._none.setVisible(not line.number.strip())
        self._none.setChecked(none)
        for name in ("serves", "hours"):
            self.fields[name].setEnabled(not none)
        about = line.country.strip() or _("number {count}").format(count=number)
        self.setAccessibleName(f"{about} ({number})")
        named: dict[QWidget, str] = {self.fields[name]: _(label) for name, label in _LABELS.items()}
        ticks = (self._verified, self._none)
        named |= {tick: tick.text() for tick in ticks}
        named[self._remove] = _("Remove this number")
        for widget, what in named.items():
            words = _("{what} – {about}").format(what=what, about=f"{about} ({number})")
            if widget.accessibleName() != words:
                widget.setAccessibleName(words)
        for tick in ticks:
            tick.setAccessibleDescription(self._verdict.text())

    def _on_edited(self) -> None:
        edit = self.sender()
        name = next(name for name, one in self.fields.items() if one is edit)
        text = self.fields[name].text()
        # Every name in _LABELS is a text field of HelpLine.
        line = replace(self._line, **{name: text})  # type: ignore[arg-type]
        self._signals.edited.emit(line, name)

    def _on_verified(self) -> None:
        self._signals.edited.emit(replace(self._line, verified=self._verified.isChecked()), "")

    def _on_none(self) -> None:
        self._signals.edited.emit(replace(self._line, none_found=self._none.isChecked()), "")

    def _on_removed(self) -> None:
        self._signals.remove_wanted.emit(self._line.id)


def _evenly(*fields: Field) -> QHBoxLayout:
    pair = row(*fields, spacing=theme.Space.INNER)
    for index in range(len(fields)):
        pair.setStretch(index, 1)
    return pair
