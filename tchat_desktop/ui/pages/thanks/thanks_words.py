"""The sentences of the page of thanks on who is left out, and on what has left already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, confirmed_at, told_at
from tchat_desktop.domain.signals import Signal, noticed, people_to_spare
from tchat_desktop.services.material import Material
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.wording.i18n import _, ngettext

_SPARED: dict[Signal, Callable[[int], str]] = {
    Signal.DISCLOSURE: lambda n: ngettext(
        "{count} person who confides something", "{count} people who confide something", n
    ),
    Signal.MINOR: lambda n: ngettext(
        "{count} person who may be a minor", "{count} people who may be minors", n
    ),
    Signal.NAMED_CHILD: lambda n: ngettext(
        "{count} person who names a child", "{count} people who name a child", n
    ),
    Signal.INSULT: lambda n: ngettext("{count} person who insults", "{count} people who insult", n),
}
"""The sentences on why people are not proposed to be thanked."""


class HidingWords:
    """What is said of a text that names somebody hidden; it knows nobody until it is told."""

    mask: NameMask | None = None
    first_names: FirstNames | None = None

    def forbidden(self, text: str) -> str:
        """Return why a text may not be published: it names somebody hidden; "" if it does not."""
        if self.mask is None or self.mask.text(text) == text:
            return ""
        return _("This names somebody you hide, or a word you hide. Take it out of the text.")

    def caution(self, text: str) -> str:
        """Return a warning about the first name of a hidden person, or ""."""
        left = self.first_names.left_in([text]) if self.first_names else ()
        if not left:
            return ""
        return _(
            "“{name}” may be the first name of somebody you hide. Everybody will read it."
        ).format(name=left[0].name)


def spared(chat: Chat, material: Material) -> tuple[tuple[Signal, int], ...]:
    """Return the number of people not proposed to be thanked, by their most serious signal."""
    left_out = people_to_spare(chat, material.delicate)
    found: dict[str, set[Signal]] = {}
    for item in material.posts:
        author = comparable_handle(item.post.author)
        if author in left_out and not item.hidden:
            found.setdefault(author, set()).update(noticed(item))
    gravest = Counter(next(one for one in Signal if one in held) for held in found.values() if held)
    return tuple((signal, gravest[signal]) for signal in Signal if gravest[signal])


def already_words(sent: OutboxPost, chat: Chat, online: bool) -> str:
    """Return what became of the thank-you of the hour; `online` once the recap is."""
    if online and sent.state is PostState.SENT:
        words = _("Your thank-you of the hour left at {hour}. Here is another one, with the recap.")
    elif sent.state is PostState.HANDED_OVER:
        words = _(
            "The page of your thank-you of the hour was opened at {hour}: say in the chat whether "
            "you published it. Here is another one, for the recap."
        )
    elif confirmed_at(sent, NETWORK):
        words = _(
            "You confirmed your thank-you of the hour at {hour}. Here is another one, for the "
            "recap."
        )
    else:
        words = _("Your thank-you of the hour left at {hour}. Here is another one, for the recap.")
    return words.format(hour=hour_of(told_at(sent, NETWORK), chat))


def thanks_sent(material: Material) -> OutboxPost | None:
    """Return the thank-you to everyone that is published or may be, or None."""
    out = (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
    return next(
        (one for one in material.rows if one.kind is PostKind.THANKS and one.state in out), None
    )


def spared_words(found: tuple[tuple[Signal, int], ...]) -> str:
    """Return who is left out of the list, and what to do where that is not so; "" for nobody."""
    if not found:
        return ""
    kinds = [_SPARED[signal](count).format(count=count) for signal, count in found]
    words = _("Left out of this list, as a caution: {kinds}.").format(kinds=", ".join(kinds))
    else_say = _("If that is not so, say so under their message, in the step of the chat.")
    if {Signal.NAMED_CHILD, Signal.INSULT} & {signal for signal, _count in found}:
        # Otherwise the number of participants there would contradict the one on this page.
        words += " " + _("The figures of the results count people who insult or name a child.")
    return f"{words} {else_say}"
