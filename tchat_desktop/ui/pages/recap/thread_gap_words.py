"""The sentences on what of the recap the thread leaves out, and on what in it is no longer so."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.thread_source import Omission, OmittedPart, WhyOmitted
from tchat_desktop.domain.thread_writing import MOST, cut
from tchat_desktop.wording.i18n import N_, _, ngettext

_NAMED = 4
"""How many questions or sentences of a kind are named, before the others are counted."""
_LONGEST = 60

_WHYS = {
    WhyOmitted.ONE_VOICE: N_("one voice a question is enough, but you can add a message"),
    WhyOmitted.NOTHING_SAID: N_("nothing is chosen under it"),
    WhyOmitted.NOT_NAMED: N_("the recap does not name who wrote"),
    WhyOmitted.DOUBT: N_("a child or a confidence may show, so check it in the recap first"),
    WhyOmitted.MASKED: N_("something in it is hidden, or still to be filled in"),
    WhyOmitted.WORDLESS: N_("it has only links and the tag"),
}


def gaps_words(gaps: Sequence[Omission], count: int) -> str:
    """Return what a thread of `count` messages leaves out and why, a line each; "" for nothing."""
    groups: dict[tuple[OmittedPart, WhyOmitted], list[str]] = {}
    for gap in gaps:
        groups.setdefault((gap.kind, gap.why), []).append(gap.text)
    if not groups:
        return ""
    lines = [
        _("• {what}: {why}.").format(what=_what(kind, texts), why=_why(why, count))
        for (kind, why), texts in groups.items()
    ]
    return "\n".join([_("This thread leaves out:"), *lines])


def _why(why: WhyOmitted, count: int) -> str:
    if why is not WhyOmitted.ROOM:
        return _(_WHYS[why])
    if count < MOST:
        return _("no longer in your messages, or said otherwise")
    return _("no room, as a thread is proposed with {most} messages at most").format(most=MOST)


def _what(kind: OmittedPart, texts: Sequence[str]) -> str:
    count = len(texts)
    if kind is OmittedPart.HIGHLIGHT:
        return ngettext("{count} chosen post", "{count} chosen posts", count).format(count=count)
    named = [_("“{text}”").format(text=cut(text, _LONGEST)) for text in texts[:_NAMED]]
    if count > _NAMED:
        more = count - _NAMED
        named.append(ngettext("{count} other", "{count} others", more).format(count=more))
    return _(", ").join(named)


def former_words(count: int) -> str:
    """Return that messages which have not left say what the recap no longer says; "" for none."""
    if not count:
        return ""
    return ngettext(
        "The recap has changed. {count} message still says what is no longer in it, so the thread "
        "waits.",
        "The recap has changed. {count} messages still say what is no longer in it, so the thread "
        "waits.",
        count,
    ).format(count=count)


def out_of_hands_words(numbers: Sequence[int]) -> str:
    """Return that published messages say what the recap no longer says; "" for none."""
    if not numbers:
        return ""
    return ngettext(
        "Message {numbers} is published and says what is no longer in the recap. It cannot be "
        "changed from here: delete it on X if you wish.",
        "Messages {numbers} are published and say what is no longer in the recap. They cannot be "
        "changed from here: delete them on X if you wish.",
        len(numbers),
    ).format(numbers=_(", ").join(map(str, numbers)))
