"""The network the screens are for: the one place where they choose its rules.

Prices and limits are not known here; what asks for them is handed the rules that have them.
"""

from __future__ import annotations

from tchat_desktop.domain.x.rules import X_RULES

NETWORK = X_RULES
