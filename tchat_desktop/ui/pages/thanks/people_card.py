"""The card with everybody who took part: their groups, a search, a row each, forty at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.finding import bears
from tchat_desktop.domain.thanks import Participant, thanked_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.thanks.groups import GroupFilter
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row, rule
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, ngettext

PEOPLE_AT_ONCE = 40
"""How many people are listed at first, and how many more at each press of the button."""

SEARCHED_FROM = 8
"""People from which a search is offered: fewer are seen at a glance."""


class Rows(Protocol):
    """What makes the row of a person, and shows in it what there is to do."""

    def new_row(self, person: Participant) -> PersonThanks: ...

    def fill_row(self, line: PersonThanks) -> None: ...

    def keep_typed(self, line: PersonThanks) -> None: ...


class PeopleCard(Card):
    """Lists people and tells how many are thanked; it changes nothing itself."""

    everyone_wanted = Signal()
    """Emitted when all those chosen are to be ticked."""
    follow_wanted = Signal()
    """Emitted when the profile of the next person is to be opened."""

    def __init__(self, rows: Rows, inner: Callable[[], QWidget]) -> None:
        """`inner` is the widget of the page whose Tab order is kept."""
        super().__init__(spacing=theme.Space.BESIDE)
        self._made_by = rows
        self._inner = inner
        self._rows: dict[str, PersonThanks] = {}
        self._people: tuple[Participant, ...] = ()
        self._limit = PEOPLE_AT_ONCE
        people = QWidget()
        self._column = Column()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.content.spacing())
        people.setLayout(self._column)
        people.setAccessibleName(_("Who took part"))
        self._list = people
        self._items = ItemList(people)
        self._count = Chip("", "plain")
        self._counting = Text("", "small")
        self._spared = Text("", "small")
        self._all_done = VerdictLine()
        self._tick_all = Button(_("Tick everyone"), "link", "check", self.everyone_wanted.emit)
        self._more = Button("", "quiet", "down", self._on_more)
        self.profiles = Button(
            _("Open the next profile"), "quiet", "person", self.follow_wanted.emit
        )
        self.groups = GroupFilter()
        self.groups.changed.connect(self._on_chosen)
        self.search = LineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Find somebody: name or @name"))
        self.search.setAccessibleName(_("Find somebody in the list"))
        self.search.textChanged.connect(self._on_chosen)
        self._nobody = Text(_("Nobody of that name in this list."), "small")
        title = Text(_("Who took part"), "heading", wrap=False)
        self.add(
            FoldingRow((title, self._count), (self._tick_all,)),
            self._counting,
            self._spared,
            self._all_done,
            self.groups,
            self.search,
            self._nobody,
            people,
            row(self._more, None),
            rule(),
            Text(_("Follow your new contacts"), "strong"),
            Text(
                _(
                    "Who has spoken with you comes back more easily if you follow them. Their "
                    "profile on X opens: press “Follow” there."
                ),
                "small",
            ),
            row(self.profiles, None),
        )

    @property
    def rows(self) -> tuple[PersonThanks, ...]:
        """The rows of the people on screen, from top to bottom."""
        return tuple(self._rows[one.key] for one in self._shown)

    @property
    def made(self) -> tuple[PersonThanks, ...]:
        """All rows that there are."""
        return tuple(self._rows.values())

    def row(self, key: str) -> PersonThanks:
        """The row of the person of that key, who is on screen."""
        return self._rows[key]

    @property
    def chosen(self) -> tuple[Participant, ...]:
        """The people of the group that is chosen who bear what is searched."""
        group, typed = self.groups.chosen, self.search.text()
        return tuple(
            one
            for one in self._people
            if (group is None or group in one.groups) and bears(typed, one.name, one.handle)
        )

    @property
    def _shown(self) -> tuple[Participant, ...]:
        return self.chosen[: self._limit]

    @property
    def progress(self) -> str:
        """The sentence on how many people are thanked."""
        return self._all_done.text or self._count.text()

    def show_people(self, people: tuple[Participant, ...], gone: int) -> None:
        """Show these people; `gone` were thanked and are in the list no more."""
        self._people = people
        self.groups.show_people(people)
        self.search.setVisible(len(people) >= SEARCHED_FROM or bool(self.search.text()))
        self._show_rows()
        self._show_progress(gone)

    def show_spared(self, words: str) -> None:
        """Say who is left out of the list; "" when nobody is."""
        self._spared.setText(words)
        self._spared.setVisible(bool(words))

    def reveal(self, key: str) -> None:
        """List as many people as it takes for that of the key to be on screen."""
        place = next(at for at, one in enumerate(self.chosen) if one.key == key)
        if place >= self._limit:
            self._limit = place + PEOPLE_AT_ONCE
            self._show_rows()

    def stand_on(self, key: str) -> None:
        """Bring the keyboard to the row of a person."""
        self._items.stand_on(self._rows[key])

    def _show_rows(self) -> None:
        chosen = self.chosen
        shown = chosen[: self._limit]
        fresh = False
        wanted = {person.key for person in shown}
        for key, gone in self._rows.items():
            if key not in wanted:
                self._made_by.keep_typed(gone)
        keep_only(self._column, self._rows, wanted)
        for index, person in enumerate(shown):
            line = self._rows.get(person.key)
            if line is None:
                line = self._rows[person.key] = self._made_by.new_row(person)
                fresh = True
            put_in_order(self._column, [line], index)
            line.show_person(person)
            self._made_by.fill_row(line)
        left = len(chosen) - len(shown)
        self._more.setVisible(left > 0)
        self._more.show_text(
            ngettext("Show {count} more", "Show {count} more", left).format(count=left)
        )
        self._nobody.setHidden(bool(chosen) or not self.search.text())
        if fresh:
            put_in_reading_order(self._inner())
        self._items.show_items(self.rows)

    def _show_progress(self, gone: int) -> None:
        done, count = thanked_of(self._people)
        words = ngettext("{done} of {count} thanked", "{done} of {count} thanked", count)
        self._count.say(words.format(done=done, count=count), "plain")
        everyone = bool(count) and done == count
        self._all_done.say(_("Everyone is thanked. Well done!") if everyone else "", "well")
        self._count.setVisible(not everyone)
        self._tick_all.setEnabled(done < count)
        words = _counting_words(sum(not one.may_be_named for one in self._people), gone)
        self._counting.setText(words)
        self._counting.setVisible(bool(words))

    def _on_chosen(self) -> None:
        self._limit = PEOPLE_AT_ONCE
        # A page that becomes shorter would scroll the search out of sight while one types.
        self._list.setMinimumHeight(self._list.height() if self.search.text() else 0)
        self._show_rows()
        if self.search.text():
            found = len(self.chosen)
            announce(self, ngettext("{count} person", "{count} people", found).format(count=found))

    def _on_more(self) -> None:
        first_new = self._limit
        self._limit += PEOPLE_AT_ONCE
        self._show_rows()
        self._items.stand_on(self.rows[first_new])


def _counting_words(hidden: int, gone: int) -> str:
    """Return whom the count is of, where that may be doubted; "" elsewhere."""
    words = []
    if hidden:
        words.append(
            ngettext(
                "The count is of everybody in this list, with the {count} person you hide.",
                "The count is of everybody in this list, with the {count} people you hide.",
                hidden,
            ).format(count=hidden)
        )
    if gone:
        words.append(
            ngettext(
                "{count} person you thanked is no longer in it: their posts are gone.",
                "{count} people you thanked are no longer in it: their posts are gone.",
                gone,
            ).format(count=gone)
        )
    return " ".join(words)
