"""The sentences on what came from another computer, and on which one publishes."""

from __future__ import annotations

from tchat_desktop.domain.shared_hour import News
from tchat_desktop.wording.i18n import _, ngettext


def news_words(told: News) -> str:
    """Return what came and of whom, such as "12 posts and 3 highlights from Awa"."""
    counted = (
        (len(told.added), ngettext("{count} post", "{count} posts", len(told.added))),
        (told.stars, ngettext("{count} highlight", "{count} highlights", told.stars)),
        (
            told.other_marks,
            ngettext("{count} other change", "{count} other changes", told.other_marks),
        ),
    )
    parts = [words.format(count=count) for count, words in counted if count]
    if not parts:
        return _("Nothing new.")
    what = parts[0]
    if len(parts) > 1:
        what = _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
    names = ", ".join(filter(None, told.names))
    return _("{what} from {who}").format(what=what, who=names) if names else what


def publisher_words(name: str) -> str:
    """Return which computer publishes."""
    if not name:
        return _("It is the other computer that publishes.")
    return _("It is the computer of {who} that publishes.").format(who=name)


def both_publish_words(name: str) -> str:
    """Return the warning that two computers publish."""
    who = name or _("the co-host")
    return _(
        "The computer of {who} publishes too: each post would leave twice. Put the posts on hold "
        "here, or close the chat there."
    ).format(who=who)
