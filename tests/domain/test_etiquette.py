"""Good manners: promotion, uninvited mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.chat import Invitation, Person, Role
from tchat_desktop.domain.etiquette import (
    ShareVerdict,
    Stranger,
    mentioned_in_bulk,
    mistyped_tag,
    promotional_share,
    same_already,
    strangers,
    uninvited_mentions,
    with_tag_mended,
)
from tchat_desktop.domain.outgoing import PostKind, PostState
from tests.domain.chats import a_chat
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

OTHER = "Que manque-t-il à la loi ? #UnionsPrécoces"


@pytest.mark.parametrize(
    ("about", "total", "verdict"),
    [
        (0, 0, ShareVerdict.FINE),
        (3, 3, ShareVerdict.FINE),
        (2, 14, ShareVerdict.FINE),
        (4, 4, ShareVerdict.TOO_MUCH),
        (1, 6, ShareVerdict.FINE),
        (2, 10, ShareVerdict.ENOUGH),
        (3, 10, ShareVerdict.ENOUGH),
        (3, 12, ShareVerdict.ENOUGH),
        (4, 12, ShareVerdict.TOO_MUCH),
        (12, 12, ShareVerdict.TOO_MUCH),
    ],
)
def test_how_much_is_too_much(about: int, total: int, verdict: ShareVerdict) -> None:
    posts = ["Chez Filles Debout, on agit"] * about + [OTHER] * (total - about)
    share = promotional_share(posts, "Filles Debout", "FillesDebout", NETWORK)
    assert (share.promotional, share.total, share.verdict) == (about, total, verdict)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("filles debout agit", True),
        ("Suivez @fillesdebout", True),
        ("Lisez https://filles-ex.org/rapport", True),
        ("Lisez https://autre-ex.org/rapport", False),
        ("Des filles debouts", False),
        (OTHER, False),
    ],
)
def test_what_speaks_of_the_organisation(text: str, counts: bool) -> None:
    share = promotional_share(
        [text], "Filles Debout", "FillesDebout", NETWORK, ["https://filles-ex.org/"]
    )
    assert share.promotional == counts


def test_without_a_name_nothing_is_promotion() -> None:
    assert promotional_share(["", "texte"], "", "", NETWORK, ["", " "]).promotional == 0


def test_only_those_who_agreed_may_be_mentioned() -> None:
    chat = a_chat(people=(*a_chat().people, Person("x", handle="pas_encore")))
    text = "@sagefemme_ex @FATOU_ex @fillesdebout @pas_encore @inconnue @inconnue"
    assert uninvited_mentions(text, chat, NETWORK) == ("pas_encore",)
    declined = Person("x", handle="non_merci", invitation=Invitation.DECLINED)
    assert uninvited_mentions("@non_merci", a_chat(people=(declined,)), NETWORK) == ("non_merci",)


DIOUF = Person("d", name="Sokhna F. Diouf", handle="sf_diouf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@inconnue et @Inconnue", (Stranger("inconnue"),)),
        ("Avec @sf diouf ce soir", (Stranger("sf", "sf_diouf"),)),
        ("Avec @sfdiouf ce soir", (Stranger("sfdiouf", "sf_diouf"),)),
        ("@sokhnafdiouf", (Stranger("sokhnafdiouf", "sf_diouf"),)),
        ("@sf_dioûf", (Stranger("sf_dioûf", "sf_diouf"),)),
        ("@fillesdebou", (Stranger("fillesdebou", "FillesDebout"),)),
        ("@SF_DIOUF, @sagefemme_ex et @fillesdebout", ()),
        ("Écrivez à awa@exemple.org ou https://x.com/@zorro", ()),
        ("@", ()),
    ],
)
def test_a_name_of_nobody_in_the_chat_is_found(text: str, expected: tuple[Stranger, ...]) -> None:
    assert strangers(text, a_chat(people=(*a_chat().people, DIOUF)), NETWORK) == expected


def test_people_of_the_conversation_are_no_strangers() -> None:
    assert strangers("Merci @Aissatou", a_chat(), NETWORK, ["aissatou"]) == ()


def test_the_first_five_strangers_are_told_each_once() -> None:
    names = [f"inconnue{letter}" for letter in "abcdef"]
    text = " ".join(f"@{name} @{name.upper()}" for name in names)
    found = strangers(text, a_chat(people=(), account=""), NETWORK)
    assert [one.name for one in found] == names[:5]


def test_who_has_agreed_in_one_role_may_be_mentioned() -> None:
    twice = (Person("g", handle="awa_ex"), Person("m", Role.MODERATOR, handle="Awa_ex"))
    assert uninvited_mentions("@awa_ex", a_chat(people=twice), NETWORK) == ()
    assert uninvited_mentions("@awa_ex", a_chat(people=twice[:1]), NETWORK) == ("awa_ex",)


def test_nobody_is_meant_who_lacks_a_name_or_an_account() -> None:
    people = (Person("z", name="Zoé", no_account=True), Person("b", handle="sf_diouf"))
    chat = a_chat(people=people, account="")
    assert strangers("@zoé et @_", chat, NETWORK) == (Stranger("_"),)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (PostState.SENT, True),
        (PostState.UNKNOWN, True),
        (PostState.PLANNED, True),
        (PostState.SKIPPED, False),
        (PostState.FAILED, False),
    ],
)
def test_the_same_words_again_are_found(state: PostState, found: bool) -> None:
    out = planned("a", text=OTHER, state=state)
    assert (same_already(f" {OTHER.upper()}\n", [out]) is out) is found
    assert same_already(f"{OTHER} Et ensuite ?", [out]) is None


def test_the_words_of_a_repost_are_not_ours() -> None:
    row = planned("a", text=OTHER, kind=PostKind.REPOST, state=PostState.SENT)
    assert same_already(OTHER, [row]) is None
    assert same_already(" ", [planned("b", text="", state=PostState.SENT)]) is None


def test_many_mentions_are_told_where_nobody_asked_for_them() -> None:
    chat = a_chat()
    assert mentioned_in_bulk("@a @b @FillesDebout", chat, NETWORK) == ()
    assert mentioned_in_bulk("@a @A @b", chat, NETWORK) == ()
    assert mentioned_in_bulk("@a @b @c", chat, NETWORK) == ("a", "b", "c")
    assert mentioned_in_bulk("@a @b @c", chat, NETWORK, known=["C"]) == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Merci ! #UnionsPrcoces", "UnionsPrcoces"),
        ("Merci ! #UnoinsPrecoces.", "UnoinsPrecoces"),
        ("#UnionPrecoce", "UnionPrecoce"),
        ("Merci ! #UnionsPrécoces", ""),
        ("Merci ! #unionsprecoces", ""),
        ("#UnionsPrcoces et #UnionsPrécoces", ""),
        ("#UnionsTardives", ""),
        ("UnionsPrcoces", ""),
        ("Merci !", ""),
    ],
)
def test_a_tag_that_is_nearly_that_of_the_chat_is_found_and_mended(text: str, wrong: str) -> None:
    chat = replace(a_chat(), hashtag="UnionsPrécoces")
    assert mistyped_tag(text, chat, NETWORK) == wrong
    mended = text.replace(wrong, "UnionsPrécoces") if wrong else text
    assert with_tag_mended(text, chat, NETWORK) == mended
    assert mistyped_tag(text, replace(chat, hashtag=""), NETWORK) == ""


def test_short_tags_are_mistyped_in_one_letter_at_most() -> None:
    chat = replace(a_chat(), hashtag="Dakar")
    assert mistyped_tag("#Dakr", chat, NETWORK) == "Dakr"
    assert mistyped_tag("#Fakir", chat, NETWORK) == ""
