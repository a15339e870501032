"""Reads the international days from resources/days.toml."""

from __future__ import annotations

import tomllib

from tchat_desktop.domain.schedule import InternationalDay
from tchat_desktop.platform.paths import resource


def load_days() -> tuple[InternationalDay, ...]:
    """The days, in order of the year. Raises OSError, or KeyError for a day without its name."""
    with resource("days.toml").open("rb") as stream:
        entries = tomllib.load(stream)["days"]
    return tuple(
        InternationalDay(
            entry["month"],
            entry["day"],
            {"fr": entry["fr"], "en": entry["en"]},
            tuple(entry["keywords"]),
        )
        for entry in sorted(entries, key=lambda entry: (entry["month"], entry["day"]))
    )
