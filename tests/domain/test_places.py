"""Towns by name, as people type them."""

from __future__ import annotations

import time

import pytest

from tchat_desktop.adapters.places_file import load_places
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.places import LONGEST_PLACE, Gazetteer, Town, TownNames
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.platform.paths import resource

THIES = Town("Thiès", "SN", "Africa/Dakar")


@pytest.mark.parametrize("typed", ["Thiès", "thies", "  THIÈS ", "Thie\u0300s"])
def test_a_town_is_found_whatever_its_accents(typed: str) -> None:
    assert load_places().named(typed) == (THIES,)


@pytest.mark.parametrize(
    "town", ["Mbour", "Ziguinchor", "Bobo-Dioulasso", "Sikasso", "Bouaké", "Kankan", "Sokodé",
             "Parakou", "Maradi", "Garoua", "Pointe-Noire", "Goma", "Lille", "Liège", "Kédougou"]
)  # fmt: skip
def test_towns_of_the_people_this_is_made_for_are_there(town: str) -> None:
    assert load_places().named(town)


def test_a_city_is_found_by_its_other_names_and_called_as_it_was_typed() -> None:
    assert load_places().named("genève") == (Town("Genève", "CH", "Europe/Zurich"),)
    assert load_places().named("Anvers")[0].zone == "Europe/Brussels"


def test_the_largest_towns_that_begin_so_come_up() -> None:
    found = load_places().beginning("ziguin", 3)
    assert found[0] == Town("Ziguinchor", "SN", "Africa/Dakar")
    assert load_places().beginning("", 3) == ()


@pytest.mark.parametrize("city", ["Paris", "Lyon", "Marseille", "Zürich"])
def test_the_quarters_of_a_city_do_not_come_up(city: str) -> None:
    found = [town.name for town in load_places().beginning(city, 20)]
    assert found[0] == city
    assert not [name for name in found if any(sign in name for sign in "0123456789(")]


def test_every_line_of_the_list_is_sound() -> None:
    lines = resource("places.tsv").read_text("utf-8").splitlines()
    zones = set()
    for line in lines[2:]:
        _country, zone, name, key, *_others = line.split("\t")
        zones.add(zone)
        assert (key or name.lower()) == fold(name), line
    assert all(map(is_zone, zones))
    assert "CC BY 4.0" in lines[0]


def test_a_long_name_takes_no_time() -> None:
    towns = load_places()
    start = time.thread_time()
    for text in ("a" * 10**6, "é" * LONGEST_PLACE, "s"):
        towns.named(text)
        towns.beginning(text, 8)
    assert time.thread_time() - start < 0.5


FEW = Gazetteer(
    (
        TownNames("Saint-Louis", "US", "America/Chicago", "saint-louis"),
        TownNames("Saint-Louis", "SN", "Africa/Dakar", "saint-louis", ("ndar",)),
        TownNames("Saint-Denis", "FR", "Europe/Paris", "saint-denis", ("ndar",)),
    )
)


def test_towns_of_one_name_come_the_largest_first() -> None:
    assert [town.country for town in FEW.named("Saint-Louis")] == ["US", "SN"]
    assert [town.country for town in FEW.beginning("saint", 3)] == ["US", "SN", "FR"]
    assert [town.country for town in FEW.beginning("saint", 2)] == ["US", "SN"]
    assert FEW.beginning("t", 3) == ()
    assert FEW.named("saint") == ()


def test_another_name_is_that_of_every_town_that_has_it() -> None:
    assert FEW.named(" ndar") == (
        Town("Ndar", "SN", "Africa/Dakar"),
        Town("Ndar", "FR", "Europe/Paris"),
    )
    assert FEW.named("") == ()


def test_a_name_is_looked_for_up_to_the_longest() -> None:
    assert FEW.named("Saint-Louis".ljust(LONGEST_PLACE))
    assert not FEW.named("Saint-Louis".ljust(LONGEST_PLACE + 1))
