"""Those who took part before, in words."""

from __future__ import annotations

from tchat_desktop.domain.coming_again import FormerParticipant, InvitedBy
from tchat_desktop.ui.pages.shared.took_part_words import counted_words
from tchat_desktop.wording.i18n import N_, _, ngettext

WAYS = {
    InvitedBy.REPLY: N_("by a reply"),
    InvitedBy.MESSAGE: N_("by a private message"),
    InvitedBy.EMAIL: N_("by e-mail"),
    InvitedBy.IN_PERSON: N_("in person"),
}
"""How somebody was invited, where that is known."""


def who_words(person: FormerParticipant) -> str:
    """Return what tells a person from all others: their name, and their @name if they have one."""
    if person.name and person.handle:
        return f"{person.name} (@{person.handle})"
    return person.name or f"@{person.handle}"


def took_part_before(person: FormerParticipant) -> str:
    """Return how somebody took part, such as "@awa_ex · 3 réponses, 1 question · dans 2 tchats"."""
    did = ", ".join(counted_words(person.answered, person.asked, person.posts))
    chats = ngettext("in {count} chat", "in {count} chats", person.editions)
    parts = (
        f"@{person.handle}" if person.handle and person.name else "",
        did,
        chats.format(count=person.editions),
        _("was a guest") if person.was_guest else "",
        "" if person.handle else _("no account on X"),
    )
    return " · ".join(part for part in parts if part)


def invited_count(people: tuple[FormerParticipant, ...]) -> str:
    """Return how many of them are invited, "2 of 41 invited"."""
    done = sum(person.invited for person in people)
    words = ngettext("{done} of {count} invited", "{done} of {count} invited", done)
    return words.format(done=done, count=len(people))
