"""Reads the prices and limits of the network from resources/platform.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from tchat_desktop.domain.network_rules import Action, NetworkRules, Platform, RateLimits
from tchat_desktop.platform.paths import resource


def load_rules(rules: NetworkRules, path: Path | None = None) -> NetworkRules:
    """The rules with the prices and limits of the file (by default that of the resources).

    Raises OSError, ValueError for an unknown name or a missing price or limit, and KeyError for a
    missing section.
    """
    with (path or resource("platform.toml")).open("rb") as stream:
        data = tomllib.load(stream)
    cents = {Action(name): float(amount) for name, amount in data["cents"].items()}
    if missing := sorted(rules.priced - cents.keys()):
        raise ValueError(f"no price for {missing}")
    try:
        limits = RateLimits(**data["limits"])
    except TypeError as error:
        raise ValueError(f"limits: {error}") from error
    return replace(rules, platform=Platform(data["as_of"], cents, limits))
