"""What posting with keys may still do: by the money left, and by what X said of the account.

The hour asks these functions when a post is to leave, and the screens ask them beforehand, so that
both give the same answer.
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
    """Everything known at one instant that decides whether and how keys may be used."""

    rules: NetworkRules
    limit_cents: float
    """The most that the whole chat may cost, in US cents."""
    rows: Sequence[OutboxPost] = ()
    """All rows of the hour."""
    reads: Reads = field(default_factory=Reads)
    """What was read from X so far for the chat; X charges it."""
    told: OutboxPost | None = None
    """The last row whose outcome showed whether keys work, as it was then; None without one."""
    connected_at: datetime | None = None
    """When the account was connected (UTC); None if that is not known."""
    announced: Sequence[OutboxPost] = ()
    """The rows of the announcements that leave with keys, which the chat pays for as well."""

    @property
    def charged(self) -> Sequence[OutboxPost]:
        """All that the chat pays for: the hour and the announcements."""
        return (*self.rows, *self.announced)

    @property
    def trouble(self) -> OutboxPost | None:
        """The row whose failure shows that keys do not work; None if they may (see keys_rule)."""
        return keys_trouble(self.told, self.connected_at)

    def passes_ceiling(self, row: OutboxPost) -> bool:
        """Return whether sending the row now would cost more than may still be spent."""
        return spending.passes_ceiling(row, self.charged, self.limit_cents, self.rules, self.reads)

    def barred(self, row: OutboxPost) -> Reason:
        """Return why keys will refuse a row that is to come, as far as it is known; else NONE."""
        return barred(row, self.trouble, too_dear=self.passes_ceiling(row))

    def account(self, route: Route) -> SendingConditions:
        """Return what `routes.route_for` has to know, for an hour whose posts go by `route`."""
        trouble = self.trouble
        refused = trouble.reason if trouble is not None else Reason.NONE
        return SendingConditions(
            route,
            keys_work=refused not in (Reason.KEYS_REFUSED, Reason.NOT_ENROLLED),
            account_may=refused not in ACCOUNT_FAILS,
            may_write=refused is not Reason.READ_ONLY,
            has_credit=refused not in (Reason.NO_CREDIT, Reason.CAPPED),
            spent_cents=spending.spent(self.charged, self.rules, self.reads).at_most,
            limit_cents=self.limit_cents,
        )

    def choose(self, action: Action, route: Route, text: str = "") -> RouteChoice:
        """Return the route that `action` takes in an hour whose posts go by `route`."""
        return route_for(action, self.account(route), self.rules, text)

    def choose_reply(self, to: Post, handle: str, route: Route, text: str) -> RouteChoice:
        """Return the route of a reply to a participant's post; `handle` is our bare name on X."""
        summoned = summons(to.text, handle, self.rules)
        return route_for(Action.REPLY, self.account(route), self.rules, text, summoned)
