"""Templates, labels and dates in a language, with which exported files are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from tchat_desktop.adapters.exports.links import Piece, pieces
from tchat_desktop.domain.languages import FALLBACK, known_code, language_of
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.visuals import is_right_to_left

if TYPE_CHECKING:
    from markupsafe import Markup

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text file may hold: controls except tab and line feed, lone surrogates."""


_FORMS = ("zero", "one", "two", "few", "many", "other")
"""All the forms of the plural there are (CLDR), in the order of the texts of Arabic."""


class DateWords(Protocol):
    """Writes dates, hours, numbers and cities in a language; `tchat_desktop.wording.i18n` is one.

    `code` is the language; None is that of the screens. Datetimes are written as they are, without
    conversion to another time zone.
    """

    def format_day(
        self, day: date | datetime, code: str | None = None, with_year: bool = False
    ) -> str:
        """A date in words."""

    def format_hour(self, instant: datetime, code: str | None = None) -> str:
        """The hour and minute of a datetime."""

    def format_number(self, number: float, code: str | None = None) -> str:
        """A number with the separators of the language."""

    def city(self, zone: str, code: str | None = None) -> str:
        """The city that stands for an IANA zone."""

    def plural_form(self, count: int, code: str | None = None) -> str:
        """The form of the plural for a count, such as "one" or "other" (CLDR)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts of exported files in one language, from `languages/<code>/recap.toml`."""

    language: str
    texts: dict[str, str | list[str]]
    dates: DateWords

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its placeholders filled in. Raises KeyError for an unknown key."""
        text = self.texts[key]
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**values)

    def each(self, key: str, **values: object) -> list[str]:
        """The texts of a list with placeholders filled in. Raises KeyError for an unknown key."""
        texts = self.texts[key]
        if isinstance(texts, str):
            raise KeyError(key)
        return [text.format(**values) for text in texts]

    def many(self, key: str, count: int) -> str:
        """The text for a count, among one for each form of the plural; most languages have two."""
        texts = self.each(key, count=self.number(count))
        form = self.dates.plural_form(count, self.language)
        forms = _FORMS if len(texts) == len(_FORMS) else ("one", "other")
        return texts[forms.index(form) if form in forms else -1]

    @property
    def direction(self) -> str:
        """The direction of writing, for HTML: "ltr" or "rtl"."""
        return "rtl" if language_of(self.language).right_to_left else "ltr"

    def number(self, number: float) -> str:
        """A number with the separators of the language."""
        return self.dates.format_number(number, self.language)

    def typeset(self, text: str) -> str:
        """A text of the organiser with the no-break spaces of French; never use it for posts."""
        if self.language != "fr":
            return text
        return re.sub("(?<=«)[ \u00a0]|[ \u00a0](?=[?!;:»])", "\u202f", text)

    def day(self, instant: datetime, zone: str) -> str:
        """The date with the year of an instant (UTC) in a time zone."""
        return self.dates.format_day(
            instant.astimezone(ZoneInfo(zone)), self.language, with_year=True
        )

    def hour(self, instant: datetime, zone: str) -> str:
        """The hour of an instant (UTC) in a time zone."""
        return self.dates.format_hour(instant.astimezone(ZoneInfo(zone)), self.language)

    def city(self, zone: str) -> str:
        """The city that stands for an IANA zone."""
        return self.dates.city(zone, self.language)

    def when(self, starts_at: datetime, ends_at: datetime, zone: str, town: str = "") -> str:
        """The date, hours and place of a chat; `town` replaces the city of the zone.

        Datetimes are in UTC.
        """
        return self(
            "when",
            day=self.day(starts_at, zone),
            start=self.hour(starts_at, zone),
            end=self.hour(ends_at, zone),
            city=town or self.city(zone),
        )


@dataclass(frozen=True, slots=True)
class ExportTemplates:
    """Templates and labels from the folder `resources`, with dates in words by `dates`."""

    resources: Path
    dates: DateWords
    rules: NetworkRules
    decimal_comma: bool = True
    """Whether spreadsheets of this computer write 1,5 and separate cells by semicolons."""

    def labels(self, language: str) -> Labels:
        """The labels in a language (BCP 47), or the French ones if it has none. Raises OSError."""
        code = known_code(language) or FALLBACK
        path = self.resources / "languages" / code / "recap.toml"
        return Labels(code, tomllib.loads(path.read_text("utf-8")), self.dates)

    def page(self, template: str, labels: Labels, **values: Any) -> str:
        """A page made from a template; all values are escaped for HTML."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(self.resources / "recap"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_fit,
        )
        environment.filters["paragraphs"] = paragraphs
        return environment.get_template(template).render(t=labels, **values)


def clean(text: str) -> str:
    """The text with line feeds as its line ends, and characters no file may hold as U+FFFD."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text, cleaned and on one line; no-break spaces stay."""
    return re.sub(r"[^\S\u00a0\u2007\u202f]+", " ", clean(text)).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a typed text, which are separated by empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]


def rich(linked: bool, *, marked: bool = False) -> Callable[[str], Markup]:
    """A template filter that escapes a text and links its tags, mentions and https addresses.

    Without `linked` tags have their colour, and nothing is a link. With `marked` an invisible mark
    keeps each # and @ before its letters where no style sheet can.
    """
    from markupsafe import Markup

    anchor, tag = Markup('<a href="{}">{}</a>'), Markup('<span class="t">{}</span>')

    def shown(piece: Piece) -> str:
        return mark_before(piece.text) + piece.text if marked else piece.text

    def filled(text: str) -> Markup:
        return Markup("").join(
            anchor.format(piece.address, shown(piece))
            if piece.address
            else tag.format(shown(piece))
            if piece.is_tag
            else piece.text
            for piece in pieces(clean(text), linked)
        )

    return filled


def mark_before(text: str) -> str:
    """The mark with which a # or @ stands before its letters, in a text of either direction."""
    return "\u200f" if is_right_to_left(text) else "\u200e"


def portrait_initials(name: str, handle: str) -> str:
    """One or two letters shown in place of a person's picture."""
    words = re.findall(r"[^\W\d_]+", name) or re.findall(r"[^\W_]+", handle)
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[:2] for word in words]
    return "".join(letters).upper()


def _fit(value: object) -> object:
    return clean(value) if type(value) is str else value
