"""Reads the international days from days.toml in the resources, and their names by language."""

from __future__ import annotations

import tomllib

from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.schedule import InternationalDay
from tchat_desktop.platform.paths import resource


def load_days() -> tuple[InternationalDay, ...]:
    """The days, in order of the year. Raises OSError, and KeyError for a day without a name."""
    entries = tomllib.loads(resource("days.toml").read_text("utf-8"))["days"]
    names = {
        one.code: tomllib.loads(resource("languages", one.code, "days.toml").read_text("utf-8"))
        for one in LANGUAGES
    }
    return tuple(
        InternationalDay(
            entry["month"],
            entry["day"],
            {code: named[entry["key"]] for code, named in names.items()},
            tuple(entry["keywords"]),
        )
        for entry in sorted(entries, key=lambda entry: (entry["month"], entry["day"]))
    )
