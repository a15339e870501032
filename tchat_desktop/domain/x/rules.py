"""The rules of X as one value, which the rest of the domain and the services are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.x import links, post_ids, post_text, refusals

X_RULES = NetworkRules(
    longest_post=post_text.MAX_WEIGHT,
    weigh=post_text.weighted_length,
    takes=post_text.is_valid_post,
    entities=post_text.entities,
    is_account=post_text.is_valid_username,
    # X's help pages: a name has 15 characters at most.
    longest_handle=15,
    not_people=links.NOT_PEOPLE,
    links=links,
    made_up_id=post_ids.made_up_id,
    is_later=post_ids.is_later,
    posted_at=post_ids.posted_at,
    refusals=refusals.MARKS,
    # X withdrew these in 2026 from keys that are paid by use ("self-serve"), as ours are.
    never_by_keys=frozenset({Action.LIKE, Action.FOLLOW, Action.QUOTE}),
    only_summoned_by_keys=True,
)


if TYPE_CHECKING:
    from tchat_desktop.domain.network_rules import Links

    def _is_a_links() -> Links:
        return links
