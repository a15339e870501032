"""What the keys may still do: by the money, and by what X said of the account.

One rule. The hour asks it when a post is to leave, and the screens say beforehand what it answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tchat_desktop.domain import spending
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.keys_rule import barred, keys_trouble
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import ACCOUNT_FAILS, OutboxPost, Reason
from tchat_desktop.domain.routes import RouteChoice, SendingConditions, route_for, summons
from tchat_desktop.domain.spending import Reads


@dataclass(frozen=True, slots=True)
class Means:
    """All that decides it, as known at one instant."""

    rules: NetworkRules
    limit_cents: float
    """What the whole chat may cost at most, in US cents."""
    rows: Sequence[OutboxPost] = ()
    """All rows of the hour."""
    reads: Reads = field(default_factory=Reads)
    """What was read so far for the chat."""
    told: OutboxPost | None = None
    """The row that told of the keys last, as it was then."""
    connected_at: datetime | None = None
    """When the account was connected (UTC); None when that is not known."""

    @property
    def trouble(self) -> OutboxPost | None:
        """The failure that stands against the keys, see `keys_rule.keys_trouble`."""
        return keys_trouble(self.told, self.connected_at)

    def passes_ceiling(self, row: OutboxPost) -> bool:
        """Whether the row would cost more than may still be spent if it left now."""
        return spending.passes_ceiling(row, self.rows, self.limit_cents, self.rules, self.reads)

    def barred(self, row: OutboxPost) -> Reason:
        """Why keys will not take a row that is to come, as far as that is known beforehand."""
        return barred(row, self.trouble, too_dear=self.passes_ceiling(row))

    def account(self, route: Route) -> SendingConditions:
        """What `routes.route_for` has to know, for an hour that goes that way."""
        trouble = self.trouble
        refused = trouble.reason if trouble is not None else Reason.NONE
        return SendingConditions(
            route,
            keys_work=refused not in (Reason.KEYS_REFUSED, Reason.NOT_ENROLLED),
            account_may=refused not in ACCOUNT_FAILS,
            may_write=refused is not Reason.READ_ONLY,
            has_credit=refused not in (Reason.NO_CREDIT, Reason.CAPPED),
            spent_cents=spending.spent(self.rows, self.rules, self.reads).at_most,
            limit_cents=self.limit_cents,
        )

    def choose(self, action: Action, route: Route, text: str = "") -> RouteChoice:
        """Which way an action leaves in an hour that goes by `route`."""
        return route_for(action, self.account(route), self.rules, text)

    def choose_reply(self, to: Post, handle: str, route: Route, text: str) -> RouteChoice:
        """Which way a reply to a participant leaves; `handle` is the account's bare name."""
        summoned = summons(to.text, handle, self.rules)
        return route_for(Action.REPLY, self.account(route), self.rules, text, summoned)
