"""What somebody did in a chat, counted in words."""

from __future__ import annotations

from tchat_desktop.wording.i18n import ngettext


def counted_words(answered: int, asked: int, posts: int) -> list[str]:
    """Return the counts of what was done, such as "3 réponses" and "1 question"."""
    other = posts - asked - answered
    counts = (
        (answered, ngettext("{count} reply", "{count} replies", answered)),
        (asked, ngettext("{count} question", "{count} questions", asked)),
        (other, ngettext("{count} post", "{count} posts", other)),
    )
    return [text.format(count=count) for count, text in counts if count]
