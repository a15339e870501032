"""X's rules with prices and limits that are nobody's.

Tests of amounts do not move with resources/platform.toml. Each price is another
one, so that one charged in place of another shows; all are sums of halves: totals are exact.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tchat_desktop.domain.network_rules import Action, Platform, RateLimits
from tchat_desktop.domain.x.rules import X_RULES

PLATFORM = Platform(
    as_of=date(2020, 2, 29),
    cents={
        Action.POST: 2.0,
        Action.POST_WITH_LINK: 30.0,
        Action.REPLY: 1.0,
        Action.OWN_REPLY: 2.5,
        Action.REPOST: 3.0,
        Action.READ_POST: 0.5,
        Action.READ_USER: 1.5,
        Action.READ_OWN: 0.25,
    },
    limits=RateLimits(
        posts_per_15_minutes=80,
        reposts_per_15_minutes=40,
        posts_per_day=60,
        replies_per_day=90,
    ),
)

NETWORK = replace(X_RULES, platform=PLATFORM)
