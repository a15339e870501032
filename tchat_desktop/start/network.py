"""The network the app is for: the one place where its rules get their prices and limits."""

from __future__ import annotations

from functools import cache

from tchat_desktop.adapters.platform_file import load_rules
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.x.rules import X_RULES


@cache
def network_rules() -> NetworkRules:
    """What X imposes, charges and allows; read once. Raises as `load_rules` does."""
    return load_rules(X_RULES)
