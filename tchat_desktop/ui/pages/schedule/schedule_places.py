"""The places where participants are, and the hour there when the chat starts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.places import Gazetteer
from tchat_desktop.domain.schedule import LocalTime, common_zones, local_times
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.zone_edit import ZoneEdit, zone_name
from tchat_desktop.wording.i18n import _, city, format_hour
from tchat_desktop.wording.when_words import city_of

_OFFERED = 4


class Places(Card):
    """The places of the audience side by side, with ways to add and remove one.

    `removed` is emitted with the time zone of a place.
    """

    added = Signal(str, str)
    """Emitted with the IANA time zone to add, and the town it was chosen by or ""."""
    removed = Signal(str)
    rearranged = Signal()

    def __init__(self, towns: Gazetteer) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._zones: tuple[str, ...] = ()
        self._home = ""
        self._named: list[tuple[str, str]] = []
        self._places: dict[str, _Place] = {}
        self._equal = Text("", "strong")
        self._flow = FlowBox()
        self._flow.setAccessibleName(_("What the clocks will show"))
        self._items = ItemList(self._flow)
        self.add_box = ZoneEdit(common_zones(), towns)
        self.add_box.line.setPlaceholderText(_("City or country"))
        self.add_box.chosen.connect(self._on_added)
        self.add_box.refused.connect(self._on_refused)
        self._add_field = Field(_("Add a place where your audience lives"), self.add_box)
        self._offers = FlowBox()
        self._offers.setAccessibleName(_("Places to add"))
        self._offered = ItemList(self._offers)
        self.add(
            Text(_("What the clocks will show"), "heading"),
            self._equal,
            self._flow,
            self._add_field,
            self._offers,
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the places and their hours; without a date, the places alone."""
        self.add_box.offer_common()
        zones = tuple(dict.fromkeys((chat.time_zone, *chat.audience_zones)))
        places = {zone: city_of(chat, zone) for zone in zones}
        self._zones = chat.audience_zones
        if list(places.items()) != self._named or chat.time_zone != self._home:
            self._home, self._named = chat.time_zone, list(places.items())
            self._rebuild(places)
        times = local_times(chat)
        by_zone = {time.zone: time for time in times}
        for zone, place in self._places.items():
            place.show_time(by_zone.get(zone))
        self._equal.setText(_equality(times, places))

    def remove_button(self, zone: str) -> Button | None:
        """Return the button that removes a place; None for the organiser's own."""
        return self._places[zone].remove_button

    def _rebuild(self, places: dict[str, str]) -> None:
        self._places = {
            zone: _Place(zone, name, zone == self._home, self._remove)
            for zone, name in places.items()
        }
        self._flow.show_widgets(list(self._places.values()))
        offered = [zone for zone in common_zones() if zone not in places]
        offers = [_Offer(zone, self._on_added) for zone in offered[:_OFFERED]]
        self._offers.show_widgets(offers)
        self.rearranged.emit()
        self._items.show_items(list(self._places.values()))
        self._offered.show_items(offers)

    def _on_added(self, zone: str, town: str = "") -> None:
        self._add_field.say("")
        self.add_box.show_zone("")
        if zone and zone not in self._zones and zone != self._home:
            self.added.emit(zone, town)

    def _on_refused(self, text: str, several: bool) -> None:
        self._add_field.say(unknown_place(text, several), "stop")

    def _remove(self, zone: str) -> None:
        place = list(self._places).index(zone)
        self.removed.emit(zone)
        # The button that had the keyboard is gone with its card: it comes to the one after.
        left = self._items.items
        self._items.stand_on(left[min(place, len(left) - 1)])


class _Place(Card):
    """The card of one place: its name, the hour there, and whether that is another day."""

    def __init__(self, zone: str, name: str, home: bool, remove: Callable[[str], None]) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.HAIR)
        self._zone = zone
        self._name = name
        self._remove = remove
        self.remove_button: Button | None = None
        self.setMinimumWidth(theme.px(theme.Width.PLACE))
        title = Text(name, "strong", wrap=False)
        if home:
            title.setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))
            self.add(title)
        else:
            self.remove_button = Button(
                _("Remove {place}").format(place=name),
                "icon",
                "close",
                self._on_remove,
            )
            self.add(row(title, None, self.remove_button))
        self._hour = Text("", "clock", wrap=False)
        self._day = Text(_("Your place") if home else "", "small", wrap=False)
        self.add(self._hour, self._day)
        self._home = home

    def show_time(self, time: LocalTime | None) -> None:
        """Show the hour of the place, or a dash while no day is chosen."""
        self._hour.setText(format_hour(time.local) if time else "–")
        if not self._home:
            self._day.setText(_day_in_words(time.day_shift) if time else _("No day yet"))
        said = (self._name, self._hour.text() if time else "", self._day.text())
        self.setAccessibleName(", ".join(part for part in said if part))

    def _on_remove(self) -> None:
        self._remove(self._zone)


class _Offer(Button):
    """A button that adds a place that is often wanted."""

    def __init__(self, zone: str, add: Callable[[str], None]) -> None:
        super().__init__(
            city(zone),
            "link",
            "plus",
            self._on_pressed,
            _("Add {place}").format(place=zone_name(zone)),
        )
        self._zone, self._add = zone, add

    def _on_pressed(self) -> None:
        self._add(self._zone)


def unknown_place(text: str, several: bool) -> str:
    """Return what to say about an unknown place, or one of `several` with the same name."""
    if several:
        return _(
            "Several places are called “{text}”. Type the name again, and choose in the list."
        ).format(text=text)
    return _("We do not know “{text}”. Try a larger town nearby.").format(text=text)


def _equality(times: tuple[LocalTime, ...], places: dict[str, str]) -> str:
    if not times:
        return _("Choose a day: the hour in each place shows here.")
    return " = ".join(
        _("{hour} in {city}").format(hour=format_hour(time.local), city=places[time.zone])
        for time in times
    )


def _day_in_words(shift: int) -> str:
    if shift == 0:
        return _("the same day")
    return _("the day after") if shift > 0 else _("the day before")
