"""Sentences on what X tells of the highlights now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.refreshing import Fate
from tchat_desktop.services.ports import NotReached, PublishError
from tchat_desktop.wording.i18n import _, format_day, format_dollars, format_hour, ngettext
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.reasons import fact_words

_MOST_NAMED = 4
"""How many people are named in one sentence; the others are counted."""


def who_wrote(post: Post) -> str:
    """The author of a post as they are called on screen."""
    return post.author_name or f"@{post.author}"


def outcome_words(fates: Iterable[Fate]) -> str:
    """What was found, in a few sentences."""
    counts = Counter(fates)
    said = []
    if count := counts[Fate.THERE]:
        said.append(
            ngettext(
                "{count} highlight is on X, with the same words.",
                "{count} highlights are on X, with the same words.",
                count,
            ).format(count=count)
        )
    if count := counts[Fate.EDITED]:
        said.append(
            ngettext(
                "{count} was changed on X: its new text is in the recap.",
                "{count} were changed on X: their new texts are in the recap.",
                count,
            ).format(count=count)
        )
    if count := counts[Fate.GONE]:
        said.append(
            ngettext(
                "{count} is not public on X any more.",
                "{count} are not public on X any more.",
                count,
            ).format(count=count)
        )
    return " ".join(said)


def unknown_words(posts: Sequence[Post], why: str) -> str:
    """Whose posts could not be looked at, and why; they stay as they are."""
    count = len(posts)
    names = list(dict.fromkeys(map(who_wrote, posts)))
    named = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        named += ", …"
    words = ngettext(
        "{count} post was not checked, and stays as it is: {who}.",
        "{count} posts were not checked, and stay as they are: {who}.",
        count,
    ).format(count=count, who=named)
    return f"{words} {why}".strip()


def why_stopped(error: Exception) -> str:
    """Why the looking ended before its time."""
    if isinstance(error, NotReached):
        return obstacle_words(error.obstacle)
    if isinstance(error, PublishError):
        if error.reason is Reason.NETWORK:
            return obstacle_words(error.obstacle)
        return fact_words(error.reason)
    return _("Something unforeseen happened. Nothing saved before is lost. Try again.")


def last_checked_words(chat: Chat) -> str:
    """When all highlights were looked at last, on the clock of the organiser."""
    if chat.checked_on_x is None:
        return _("Not checked yet.")
    local = chat.checked_on_x.astimezone(chat.zone)
    return _("Last checked on {day} at {hour}.").format(
        day=format_day(local), hour=format_hour(local)
    )


def price_of_looking(count: int, cents: float) -> str:
    """What it costs at most to look at so many posts with keys."""
    return ngettext(
        "With your access keys, looking at {count} post costs {amount} at most.",
        "With your access keys, looking at {count} posts costs {amount} at most.",
        count,
    ).format(count=count, amount=format_dollars(count * cents))
