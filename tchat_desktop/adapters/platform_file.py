"""Reads X's prices and limits from resources/platform.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tchat_desktop.domain.routes import PRICED, Action, Limits, Platform
from tchat_desktop.platform.paths import resource


def load_platform(path: Path | None = None) -> Platform:
    """The prices and limits. Raises OSError, or ValueError when one is missing or unknown."""
    with (path or resource("platform.toml")).open("rb") as stream:
        data = tomllib.load(stream)
    cents = {Action(name): float(amount) for name, amount in data["cents"].items()}
    if missing := sorted(PRICED - cents.keys()):
        raise ValueError(f"no price for {missing}")
    try:
        limits = Limits(**data["limits"])
    except TypeError as error:
        raise ValueError(f"limits: {error}") from error
    return Platform(data["as_of"], cents, limits)
