"""Languages of the screens: gettext for texts, Babel for dates and lists, Qt's own for its dialogs.

Which ones there are is said in `domain/languages.py`; what one of them lacks is shown in French.
Babel takes long to import, so it is imported where it is used.
"""

from __future__ import annotations

import gettext as _gettext
import io
import logging
import os
import re
import struct
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.languages import FALLBACK, known_code, language_of
from tchat_desktop.platform.paths import resource_dir

if TYPE_CHECKING:
    # The first paint does not wait for it.
    from tchat_desktop.domain.chat import Chat

log = logging.getLogger(__name__)

DOMAIN = "tchat"
PSEUDO = "qps"
"""The pseudo-language of the tests: longer words with accents, to find what does not fit."""


class _Pseudo(_gettext.NullTranslations):
    """Every text longer and accented, its placeholders untouched."""

    _accents = str.maketrans("aeioucnyAEIOUCNY", "àéîôüçñýÀÉÎÔÜÇÑÝ")

    def _stretch(self, text: str) -> str:
        pieces = []
        for index, piece in enumerate(text.replace("{", "\0{").replace("}", "}\0").split("\0")):
            pieces.append(piece if index % 2 else piece.translate(self._accents))
        return f"[{''.join(pieces)}{' ~' * (len(text) // 6)}]"

    def gettext(self, message: str) -> str:
        return self._stretch(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._stretch(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return self._stretch(message)


class _Current:
    """The language in force. Changed on the GUI thread only; reading is atomic."""

    code = FALLBACK
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def _(message: str) -> str:
    """The text in the language of the screens."""
    return _Current.catalogue.gettext(message)


def N_(message: str) -> str:
    """Mark a text for translation where it is defined; translate it where it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for that many, in the language of the screens."""
    return _Current.catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The text in the language of the screens, told apart by context."""
    return _Current.catalogue.pgettext(context, message)


def language() -> str:
    """The code of the language in force."""
    return _Current.code


def choose(wished: str | None, system: tuple[str, ...] = ()) -> str:
    """The first language we have among the one wished for and the system's; French if none."""
    for tag in (wished, *system):
        if tag == PSEUDO:
            return PSEUDO
        found = known_code(tag or "")
        if found is not None and language_of(found).on_screen:
            return found
    return FALLBACK


def activate(code: str) -> None:
    """Put a language in force. What is on screen must be built anew by the caller."""
    catalogue: _gettext.NullTranslations
    if code == PSEUDO:
        catalogue = _Pseudo()
    else:
        catalogue = _load(code)
        if code != FALLBACK:
            catalogue.add_fallback(_load(FALLBACK))
    _Current.catalogue = catalogue
    _Current.code = code


def has_catalogue(code: str) -> bool:
    """Whether the texts of the screens are there in a language, and can be read."""
    return bool(_load(code).info())


def _load(code: str) -> _gettext.NullTranslations:
    folder = resource_dir("translations") / code / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if not source.exists() and not compiled.exists():
        log.error("no catalogue for %s", code)
        return _gettext.NullTranslations()
    if source.exists() and (
        not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
    ):
        return _compile(source, compiled)
    try:
        with compiled.open("rb") as stream:
            return _gettext.GNUTranslations(stream)
    except (OSError, struct.error, UnicodeDecodeError) as error:
        log.warning("catalogue %s not read: %r", compiled, error)
        return _compile(source, compiled) if source.exists() else _gettext.NullTranslations()


def _compile(source: Path, compiled: Path) -> _gettext.NullTranslations:
    """Read a .po directly, and keep the compiled form beside it when that can be written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    buffer = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(buffer, read_po(stream))
    # Whole or not at all: another start may be reading it just now.
    part = compiled.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_bytes(buffer.getvalue())
        os.replace(part, compiled)
    except OSError:
        log.info("catalogue not kept compiled: %s", compiled)
        part.unlink(missing_ok=True)
    buffer.seek(0)
    return _gettext.GNUTranslations(buffer)


def _locale(code: str | None) -> str:
    chosen = code or _Current.code
    return FALLBACK if chosen == PSEUDO else chosen


def format_day(
    day: date | datetime,
    code: str | None = None,
    with_year: bool = False,
    with_weekday: bool = True,
) -> str:
    """A day in words: "samedi 5 décembre". In the screens' language unless `code` is given."""
    from babel.dates import format_date, get_date_format

    # No CLDR skeleton holds the day of the week in full: the full date, less its year, does.
    form: Literal["full", "long"] = "full" if with_weekday else "long"
    pattern = get_date_format(form, locale=_locale(code)).pattern
    if not with_year:
        # The year goes with the word before it, as in "d 'de' MMMM 'de' y".
        pattern = re.sub(r"(?:[,\s]|'de')*y+", "", pattern)
    if _locale(code) == "fr" and day.day == 1:
        # CLDR has no ordinal; French says "mardi 1er décembre".
        pattern = pattern.replace("d MMMM", "d'er' MMMM")
    return format_date(day, pattern, locale=_locale(code))


def format_date(day: date | datetime, code: str | None = None) -> str:
    """A day with its year, as short as is clear everywhere: "5 déc. 2026"."""
    from babel.dates import format_date as written

    return written(day, "medium", locale=_locale(code))


def format_weekday(day: date, code: str | None = None) -> str:
    """The day of the week in words: "samedi"."""
    from babel.dates import format_date

    return format_date(day, "EEEE", locale=_locale(code))


def format_hour(instant: datetime, code: str | None = None) -> str:
    """The hour of a wall clock as people write it: "20 h", "20 h 30"; "8:30 PM" in English."""
    if _locale(code) == "fr":
        # CLDR writes 20:30; invitations and posts in French say "20 h 30", with no-break spaces.
        minute = f"\u00a0{instant:%M}" if instant.minute else ""
        return f"{instant.hour}\u00a0h{minute}"
    from babel.dates import format_time

    hour = format_time(instant, "short", locale=_locale(code))
    # An hour is not broken in two lines.
    return re.sub("[ \u202f]", "\u00a0", hour)


def format_delta(span: timedelta, code: str | None = None) -> str:
    """A span in words with its direction: "dans 12 jours", "il y a 3 minutes"."""
    from babel.dates import format_timedelta

    minute, day = timedelta(minutes=1), timedelta(days=1)
    threshold = 1.5
    if minute <= abs(span) < 60 * minute:
        # Whole minutes, as the clocks that count down beside it read.
        span = minute * int(span / minute)
        threshold = 0.99
    if day <= abs(span) < 35 * day:
        # Whole days, as a calendar counts them; "in 12 days" says more than "in 2 weeks".
        span = timedelta(days=int(span / day))
        threshold = 5 if abs(span) >= 5 * day else 0.99
    return format_timedelta(span, add_direction=True, locale=_locale(code), threshold=threshold)


def format_number(number: float, code: str | None = None) -> str:
    """A number with the language's separators."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(code))


def format_dollars(cents: float, code: str | None = None) -> str:
    """An amount of US dollars given in hundredths."""
    from babel.numbers import format_currency

    return format_currency(cents / 100, "USD", locale=_locale(code))


def format_price(cents: float, code: str | None = None) -> str:
    """The price of one thing in US dollars, given in hundredths: to the tenth of a cent."""
    from decimal import Decimal

    from babel.numbers import format_currency

    dollars = Decimal(str(cents)) / 100
    return format_currency(dollars, "USD", locale=_locale(code), decimal_quantization=False)


def plural_form(count: int, code: str | None = None) -> str:
    """The form of the plural for a count, such as "one", "few" or "other" (CLDR)."""
    from babel import Locale

    return Locale.parse(_locale(code)).plural_form(count)


def city(zone: str, code: str | None = None) -> str:
    """The city an IANA zone is known by, in the language: "Africa/Dakar" gives "Dakar"."""
    from babel.dates import get_timezone_location

    try:
        return get_timezone_location(zone, locale=_locale(code), return_city=True)
    except LookupError:
        return zone.rsplit("/", 1)[-1].replace("_", " ")


def country(zone: str, code: str | None = None) -> str:
    """The country of an IANA zone, in the language: "Africa/Dakar" gives "Sénégal"; "" if none."""
    return country_name(territory(zone), code)


def country_name(country_code: str, code: str | None = None) -> str:
    """The name of a country given by its two letters; "" if unknown."""
    from babel import Locale

    return Locale.parse(_locale(code)).territories.get(country_code, "") if country_code else ""


def countries_named(text: str, code: str | None = None) -> tuple[str, ...]:
    """The countries a text names in the language, longest names first.

    Who says "Guinée-Bissau" does not mean Guinea.
    """
    left = fold(text)
    found = []
    for name, folded in _folded_countries(_locale(code)):
        pattern = rf"(?<!\w){re.escape(folded)}(?!\w)"
        if folded in left and re.search(pattern, left):
            found.append(name)
            left = re.sub(pattern, " ", left)
    return tuple(found)


def countries_of(chat: Chat) -> tuple[str, ...]:
    """The countries of the public, in the language of the posts: where its places are, and those
    that the public is said to be of.
    """
    zones = (chat.time_zone, *chat.audience_zones)
    places = (country(zone, chat.language) for zone in zones)
    named = countries_named(chat.audience, chat.language)
    return tuple(dict.fromkeys(name for name in (*places, *named) if name))


@cache
def _folded_countries(locale: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale

    names = [
        name
        for key, name in Locale.parse(locale).territories.items()
        if len(key) == 2 != key.isdigit()
    ]
    return tuple((name, fold(name)) for name in sorted(names, key=len, reverse=True))


def inhabited_zones() -> tuple[str, ...]:
    """The IANA zones that belong to a country, by name."""
    from babel.core import get_global

    return tuple(sorted(zone for zone in get_global("zone_territories") if zone[:4] != "Etc/"))


def territory(zone: str) -> str:
    """The code of the country of an IANA zone: "Africa/Lagos" gives "NG"; "" if none."""
    from babel.core import get_global

    territories, other_names = get_global("zone_territories"), get_global("zone_aliases")
    found = territories.get(zone) or territories.get(other_names.get(zone, ""), "")
    # "ZZ" and "001" are CLDR's words for nowhere and everywhere.
    return "" if found in ("ZZ", "001") else found


def day_comes_first(zone: str, code: str | None = None) -> bool:
    """Whether 05/12 is in December where that zone is, for who writes in the language.

    English alone does not tell: it writes the day first nearly everywhere but in the United States.
    """
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_date_format

    def day_first(locale: Locale | str) -> bool:
        pattern = get_date_format("short", locale=locale).pattern.lower()
        return pattern.index("d") < pattern.index("m")

    if day_first(_locale(code)):
        return True
    try:
        return day_first(Locale.parse(f"{_locale(code)}_{territory(zone)}"))
    except (UnknownLocaleError, ValueError):
        return territory(zone) != "US"
