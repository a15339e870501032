"""Which highlights of a recap may be quoted on a page for others, and which are proposed for it."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.recap import Author, Highlight, Recap


def quotable(recap: Recap) -> tuple[Highlight, ...]:
    """The highlights that may be quoted, in reading order.

    Nobody who is hidden is quoted, and nothing that leaves a doubt.
    """
    return tuple(
        one
        for one in recap.highlights
        if (one.author or one.initials) and one.text.strip() and not one.doubts
    )


def quoted(recap: Recap, chosen: Sequence[str], most: int) -> tuple[Highlight, ...]:
    """The highlights to quote: those chosen by the ids of their posts, else those proposed.

    What was chosen and may no longer be quoted is left out.
    """
    usable = {one.post_id: one for one in quotable(recap)}
    found = tuple(usable[post_id] for post_id in chosen if post_id in usable)
    return (found or _proposed(recap, tuple(usable.values())))[:most]


def _proposed(recap: Recap, usable: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """The first highlight of each question, then the others, each person once before any twice."""
    heads = {section.highlights[0].post_id for section in recap.sections if section.highlights}
    people: set[Author | str] = set()
    ranked = []
    for place, one in enumerate(usable):
        who = one.author or one.initials
        # Three voices say more than one that is heard three times.
        ranked.append((who in people, one.post_id not in heads, place, one))
        people.add(who)
    return tuple(one for *_rank, one in sorted(ranked, key=lambda rank: rank[:3]))
