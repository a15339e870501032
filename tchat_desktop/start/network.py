"""The rules of the network that the app is for, with their prices and limits."""

from __future__ import annotations

from functools import cache

from tchat_desktop.adapters.platform_file import load_rules
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.x.rules import X_RULES


@cache
def network_rules() -> NetworkRules:
    """The rules, prices and limits of X, read once. Raises as `load_rules` does."""
    return load_rules(X_RULES)
