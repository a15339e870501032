"""A place that stands for its time zone: typed by city or country, or taken from a list."""

from __future__ import annotations

from functools import cache
from unicodedata import combining, normalize

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from tchat_desktop import i18n
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox

_SEARCHED = int(Qt.ItemDataRole.UserRole)
_AT_A_TIME = 25
"""Naming a zone takes up to 0.4 ms: this many keep a frame under 10."""


class ZoneEdit(QuietComboBox):
    """Offers the common zones; the other four hundred are named once it has the keyboard.

    A place nobody knows stays as it was typed, and `refused` carries it.
    """

    chosen = Signal(str)
    """An IANA name, or "" when the field was emptied."""
    refused = Signal(str)

    def __init__(self, common: tuple[str, ...]) -> None:
        super().__init__()
        self._zone = ""
        self._refused = False
        self._names = QStandardItemModel(self)
        self._known: dict[str, str] = {}
        self._to_name: list[str] | None = None
        self.setEditable(True)
        self.lineEdit().setMaxLength(Cap.NAME)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self._common = common
        completer = _ZoneCompleter(self._names, self)
        # Not through the combo box, which would look up the row of a place in its own, shorter
        # list. Queued: the line writes the place it was given after all who hear of it.
        self.lineEdit().setCompleter(completer)
        completer.activated[str].connect(self._on_completed, Qt.ConnectionType.QueuedConnection)
        self.activated.connect(self._on_activated)
        self.lineEdit().editingFinished.connect(self._on_finished)
        self._naming = QTimer(self)
        self._naming.setInterval(0)
        self._naming.timeout.connect(self._name_some)

    @property
    def zone(self) -> str:
        """The zone shown last, "" for none."""
        return self._zone

    def show_zone(self, zone: str) -> None:
        """Show a zone; what is being typed stays as long as the zone is the same."""
        if zone != self._zone:
            self._zone, self._refused = zone, False
            self.offer_common()
            self.setCurrentIndex(self.findData(zone))
            self.setEditText(zone_name(zone) if zone else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._to_name is None:
            self._to_name = list(i18n.inhabited_zones())
            self._naming.start()

    def offer_common(self) -> None:
        """Fill the list with the common zones; not when made, as naming them loads a library."""
        if not self.count():
            for zone in self._common:
                self._name(zone)
                self.addItem(zone_name(zone), zone)
            self.setCurrentIndex(-1)

    def zone_of(self, text: str) -> str:
        """The zone of a city, a country that has only one, or an IANA name; "" if unknown."""
        self._name_all()
        plain = _plain(text.strip())
        if plain in self._known:
            return self._known[plain]
        cities = {zone for name, zone in self._known.items() if name.split(", ")[0] == plain}
        places = cities or {
            zone for name, zone in self._known.items() if name.split(", ")[-1] == plain
        }
        if len(places) == 1:
            return places.pop()
        return text.strip() if "/" in text and is_zone(text.strip()) else ""

    def _name(self, zone: str) -> None:
        name = zone_name(zone)
        if _plain(name) in self._known or not is_zone(zone):
            return
        self._known[_plain(name)] = zone
        item = QStandardItem(name)
        item.setSizeHint(QSize(theme.px(240), max(32, theme.px(32))))
        item.setData(f"{name} {_plain(name)} {zone.lower()}", _SEARCHED)
        self._names.appendRow(item)

    def _name_some(self) -> None:
        for _turn in range(_AT_A_TIME):
            if not self._to_name:
                self._naming.stop()
                return
            self._name(self._to_name.pop())

    def _name_all(self) -> None:
        if self._to_name is None:
            self._to_name = list(i18n.inhabited_zones())
        while self._to_name:
            self._name(self._to_name.pop())

    def _on_activated(self, index: int) -> None:
        self._choose(self.itemData(index))

    def _on_completed(self, name: str) -> None:
        self._choose(self._known[_plain(name)])

    def _on_finished(self) -> None:
        popup = self.lineEdit().completer().popup()
        if popup.isVisible() and popup.currentIndex().isValid():
            # Enter was meant for the place marked in the list, which comes by itself.
            return
        text = self.currentText().strip()
        same = text == (zone_name(self._zone) if self._zone else "")
        if same and not self._refused:
            return
        zone = self._zone if same else self.zone_of(text)
        if zone or not text:
            self._choose(zone)
        else:
            self._refused = True
            self.refused.emit(text)

    def _choose(self, zone: str) -> None:
        self._zone, self._refused = zone, False
        self.setCurrentIndex(self.findData(zone))
        self.setEditText(zone_name(zone) if zone else "")
        self.chosen.emit(zone)


class _ZoneCompleter(QCompleter):
    """Finds a place by any part of its city or country, with or without accents."""

    def __init__(self, names: QStandardItemModel, owner: ZoneEdit) -> None:
        super().__init__(names, owner)
        self.setCompletionRole(_SEARCHED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(8)
        self.popup().setMinimumWidth(theme.px(280))

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def zone_name(zone: str) -> str:
    """The place a zone is known by: "Dakar, Sénégal"."""
    return _zone_name(zone, i18n.language())


@cache
def _zone_name(zone: str, code: str) -> str:
    city, country = i18n.city(zone, code), i18n.country(zone, code)
    return f"{city}, {country}" if country and country != city else city


def _plain(text: str) -> str:
    """Without capitals and accents."""
    return "".join(c for c in normalize("NFD", text.lower()) if not combining(c))
