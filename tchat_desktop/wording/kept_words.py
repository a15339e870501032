"""Sentences on what is kept on this computer, and on what was forgotten."""

from __future__ import annotations

from tchat_desktop.domain.forgetting import KnownPerson
from tchat_desktop.services.keeping import Forgotten
from tchat_desktop.services.ports import KeptFiles, KeptKind
from tchat_desktop.wording.i18n import N_, _, format_number, ngettext

_WHAT = {
    KeptKind.CHATS: N_(
        "Your chats: what you prepared, the posts collected, the names of people, the pictures"
    ),
    KeptKind.BACKUPS: N_("Backups of all chats: one a day, the last five days, in case of damage"),
    KeptKind.SET_ASIDE: N_("Damaged or replaced files, set aside so that nothing is lost"),
    KeptKind.TEXTS: N_("The texts that you keep as templates"),
    KeptKind.LOGS: N_("A log of what the app did and what failed, without your posts or keys"),
    KeptKind.CRASHES: N_("Reports of breakdowns, to be sent by you if you ask for help"),
    KeptKind.SETTINGS: N_("Your settings: the language, the last folders, the place of the window"),
}

_HOW = {
    KeptKind.CHATS: N_("To remove one: “Delete…” in the menu of its card."),
    KeptKind.BACKUPS: N_("What you delete or forget in the app leaves them too."),
    KeptKind.SET_ASIDE: N_("No chat needs them once yours are all there."),
    KeptKind.CRASHES: N_("No chat needs them."),
}

_KILO = 1000


def kept_words(files: KeptFiles) -> str:
    """What files of a kind are."""
    return _(_WHAT[files.kind])


def how_removed(files: KeptFiles) -> str:
    """How they go; "" where they are needed, and tell nothing of people."""
    return _(_HOW[files.kind]) if files.kind in _HOW else ""


def size_words(size: int) -> str:
    """So many bytes, in the unit people know."""
    if size < _KILO:
        return _("less than 1 kB")
    if size < _KILO * _KILO:
        return _("{number} kB").format(number=format_number(round(size / _KILO)))
    return _("{number} MB").format(number=format_number(round(size / _KILO / _KILO, 1)))


def known_words(person: KnownPerson) -> str:
    """What is kept of a person."""
    posts = ngettext("{count} post", "{count} posts", person.posts).format(count=person.posts)
    chats = ngettext("in {count} chat", "in {count} chats", person.chats).format(count=person.chats)
    return f"{posts}, {chats}"


def person_words(person: KnownPerson) -> str:
    """A person by name and account."""
    handle = f"@{person.handle}" if person.handle else ""
    return person.called if person.called == handle else f"{person.called} {handle}".strip()


def forgotten_words(forgotten: Forgotten) -> str:
    """What was erased, and what was done to the backups."""
    erased, copies = forgotten.erased, forgotten.copies
    said = [
        ngettext(
            "Erased: {who}. {count} post of theirs is gone.",
            "Erased: {who}. {count} posts of theirs are gone.",
            erased.posts,
        ).format(who=person_words(forgotten.person), count=erased.posts)
    ]
    if erased.mentions:
        said.append(
            ngettext(
                "Their name is masked in {count} post of others.",
                "Their name is masked in {count} posts of others.",
                erased.mentions,
            ).format(count=erased.mentions)
        )
    if count := copies.rewritten:
        said.append(
            ngettext(
                "{count} backup was cleaned too.", "{count} backups were cleaned too.", count
            ).format(count=count)
        )
    if count := copies.removed:
        said.append(
            ngettext(
                "{count} backup could not be read, and was deleted.",
                "{count} backups could not be read, and were deleted.",
                count,
            ).format(count=count)
        )
    if count := len(copies.left):
        said.append(
            ngettext(
                "{count} damaged file set aside could not be read, and may still name them: "
                "delete it above.",
                "{count} damaged files set aside could not be read, and may still name them: "
                "delete them above.",
                count,
            ).format(count=count)
        )
    return " ".join(said)
