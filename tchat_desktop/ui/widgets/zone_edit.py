"""A town that stands for its time zone: typed by its name or country, or taken from a list."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.places import LONGEST_PLACE, Gazetteer
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.proposed_line import ProposedLine
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.wording import i18n

_SEARCHED = int(Qt.ItemDataRole.UserRole)
_AT_A_TIME = 25
"""Naming a zone takes up to 0.4 ms: this many keep a frame under 10."""


_OFFERED = 8
"""Towns that come up while a name is typed."""


class _Place(NamedTuple):
    """A zone, and the town in it that is meant; "" for the city the zone is known by."""

    zone: str
    town: str = ""


class ZoneEdit(QuietComboBox):
    """Offers the common zones, and every town of the world once a name is begun.

    A place nobody knows, or a name that several places have, stays as it was typed: `refused`
    carries it.
    """

    chosen = Signal(str, str)
    """An IANA name, or "" when the field was emptied; and the town, "" for the zone's own city."""
    refused = Signal(str, bool)
    """What was typed, and whether several places have that name."""

    def __init__(self, common: tuple[str, ...], towns: Gazetteer) -> None:
        super().__init__()
        self._place = _Place("")
        self._towns = towns
        self._refused = False
        self._names = QStandardItemModel(self)
        self._known: dict[str, _Place] = {}
        self._to_name: list[str] | None = None
        self.line = ProposedLine(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self._common = common
        self._completer = _ZoneCompleter(self._names, self)
        # Not through the combo box, which would look up the row of a place in its own, shorter
        # list. Queued: the line writes the place it was given after all who hear of it.
        self.line.setCompleter(self._completer)
        self._completer.activated.connect(self._on_completed, Qt.ConnectionType.QueuedConnection)
        self.activated.connect(self._on_activated)
        self.line.editingFinished.connect(self._on_finished)
        self.line.textEdited.connect(self._on_edited)
        self.line.setMaxLength(LONGEST_PLACE)
        self._naming = QTimer(self)
        self._naming.setInterval(0)
        self._naming.timeout.connect(self._name_some)

    @property
    def zone(self) -> str:
        """The zone shown last, "" for none."""
        return self._place.zone

    def show_zone(self, zone: str, town: str = "") -> None:
        """Show a zone, by a town in it; what is being typed stays as long as both are the same."""
        if (zone, town) != self._place:
            self.offer_common()
            self._show(_Place(zone, town))

    def _show(self, place: _Place) -> None:
        self._place, self._refused = place, False
        with self.line.showing():
            self.setCurrentIndex(-1 if place.town else self.findData(place.zone))
            self.setEditText(self._in_words(place))

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

    def places_of(self, text: str) -> set[_Place]:
        """What a city, a country that has only one zone, a town or an IANA name stands for."""
        self._name_all()
        plain = fold(text)
        if plain in self._known:
            return {self._known[plain]}
        listed = [
            (name.split(", "), place) for name, place in self._known.items() if not place.town
        ]
        cities = {place for names, place in listed if names[0] == plain}
        country = {place for names, place in listed if names[-1] == plain}
        if cities or len(country) == 1:
            return cities or country
        if "/" in text and is_zone(text.strip()):
            return {_Place(text.strip())}
        return self._towns_of(text) or country

    def _towns_of(self, text: str) -> set[_Place]:
        """The towns of that name; of several, the one in the zone shown, or in a usual one."""
        towns = {_Place(one.zone, one.name) for one in self._towns.named(text)}
        near = {place for place in towns if place.zone == self._place.zone}
        common = {place for place in towns if place.zone in self._common}
        return near or (common if len(common) == 1 else towns)

    def _in_words(self, place: _Place) -> str:
        """What a place is called: "Thiès, Sénégal"; "" for none."""
        if not place.town:
            return zone_name(place.zone) if place.zone else ""
        found = {one.country for one in self._towns.named(place.town) if one.zone == place.zone}
        country = i18n.country_name(found.pop()) if len(found) == 1 else ""
        return f"{place.town}, {country}" if country else place.town

    def _name(self, zone: str) -> None:
        if is_zone(zone):
            self._offer(zone_name(zone), _Place(zone), f"{fold(zone_name(zone))} {zone.lower()}")

    def _offer(self, name: str, place: _Place, searched: str) -> None:
        if fold(name) in self._known:
            return
        self._known[fold(name)] = place
        item = QStandardItem(name)
        item.setSizeHint(QSize(theme.px(240), max(32, theme.px(32))))
        item.setData(f"{name} {searched}", _SEARCHED)
        self._names.appendRow(item)

    def _on_edited(self, text: str) -> None:
        """Offer the largest towns that begin so, those of the usual places first."""
        if len(text.strip()) < 2:
            return
        towns = self._towns.beginning(text, 10 * _OFFERED)
        for town in sorted(towns, key=lambda one: one.zone not in self._common)[:_OFFERED]:
            country = i18n.country_name(town.country)
            name = f"{town.name}, {country}" if country else town.name
            self._offer(name, _Place(town.zone, town.name), fold(town.name))

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
        self._choose(_Place(self.itemData(index)))

    def _on_completed(self, name: str) -> None:
        self._choose(self._known[fold(name)])

    def _on_finished(self) -> None:
        popup = self._completer.list
        if popup.isVisible() and popup.currentIndex().isValid():
            # Enter was meant for the place marked in the list, which comes by itself.
            return
        text = self.currentText().strip()
        same = text == self._in_words(self._place)
        if same and not self._refused:
            return
        places = {self._place} if same else self.places_of(text) or self._first_offered()
        if not text or len(places) == 1:
            self._choose(places.pop() if text else _Place(""))
        else:
            self._refused = True
            self.refused.emit(text, bool(places))

    def _first_offered(self) -> set[_Place]:
        """The first place in the list below the field whose town or country begins as typed, or
        the one that is there alone.
        """
        completer, typed = self._completer, fold(self.currentText())
        completer.setCompletionPrefix(self.currentText())
        model = completer.completionModel()
        names = [fold(str(model.index(row, 0).data())) for row in range(model.rowCount())]
        begun = [name for name in names if f", {name}".find(f", {typed}") >= 0]
        return {self._known[name] for name in begun[:1] or (names if len(names) == 1 else ())}

    def _choose(self, place: _Place) -> None:
        self._show(place)
        self.chosen.emit(*place)


class _ZoneCompleter(QCompleter):
    """Finds a place by any part of its city or country, with or without accents."""

    def __init__(self, names: QStandardItemModel, owner: ZoneEdit) -> None:
        super().__init__(names, owner)
        self.setCompletionRole(_SEARCHED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(8)
        popup = self.popup()
        assert popup is not None
        self.list = popup
        """What is offered, below the field."""
        popup.setProperty("popup", True)
        popup.setMinimumWidth(theme.px(280))

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def zone_name(zone: str) -> str:
    """The place a zone is known by: "Dakar, Sénégal"."""
    return _zone_name(zone, i18n.language())


@cache
def _zone_name(zone: str, code: str) -> str:
    city, country = i18n.city(zone, code), i18n.country(zone, code)
    return f"{city}, {country}" if country and country != city else city
