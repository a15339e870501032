"""Where somebody may be named in a chat is decided field by field, and masked where it is text."""

from __future__ import annotations

import typing
from dataclasses import fields

import pytest

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.chat_fields import USES
from tchat_desktop.domain.forgetting import TEXTS, KnownPerson, PersonMask

NO_TEXT = {
    *("id", "rhythm", "language", "account", "time_zone", "audience_zones", "towns", "hashtag"),
    *("announced", "announced_tags", "handed_out", "registration_link", "run_order", "meant"),
    *("named_on_purpose", "muted_authors", "recap_saved", "recap_content", "gone_from_x", "key"),
    "recap_forms",
    *("thanked", "carried_over", "focal_phone", "kind", "colour", "country", "number", "serves"),
    *(
        "hours",
        "tag",
        "order",
        "hidden_authors",
        "masked_words",
        "names_of_others",
        "guest_answers",
        "read_again",
        "quotes",
    ),
    *(
        "after",
        "placed",
        "initialled_authors",
        "named_authors",
        "page_link",
        "thanked_by",
        "thread_out",
        "invited_again",
        "of",
        "post_id",
    ),
}
"""Ids, marks, names of places and telephone numbers; lists of people, which lose their entries."""
OF_A_PERSON = {"name", "handle", "email"}
"""They go with the person."""

AWA = KnownPerson("Awa_7", frozenset({"Awa Ndiaye"}))


def test_every_field_that_holds_text_is_decided() -> None:
    undecided = set()
    for record in USES:
        hints = typing.get_type_hints(record)
        for one in fields(record):
            holds = hints[one.name] in (str, tuple[str, ...], tuple[tuple[str, str], ...])
            if holds and one.name not in TEXTS | NO_TEXT | OF_A_PERSON:
                undecided.add(f"{record.__name__}.{one.name}")
    assert undecided == set()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Merci @Awa_7 !", f"Merci {MASK} !"),
        ("awa_7 l’a dit", f"{MASK} l’a dit"),
        ("x.com/awa_7/status/12 et la suite", f"{MASK} et la suite"),
        ("AWA\u00a0NDIAYE, Awa-Ndiaye, #AwaNdiaye", f"{MASK}, {MASK}, #{MASK}"),
        ("Ａｗａ Ｎｄｉａｙｅ", MASK),
        ("Awa, puis Ndiaye et @awa_70", "Awa, puis Ndiaye et @awa_70"),
        ("Fatawa ndiaye", "Fatawa ndiaye"),
    ],
)
def test_the_account_and_the_whole_name_are_masked_and_no_more(text: str, left: str) -> None:
    assert PersonMask(AWA)(text) == left


def test_nobody_is_masked_who_has_no_name() -> None:
    assert PersonMask(KnownPerson("", frozenset({"Awa"})))("Awa Ndiaye") == "Awa Ndiaye"
    assert not KnownPerson("", frozenset()).is_it("", "")
    assert KnownPerson("", frozenset({"Awa"})).is_it("", "AWA")
    assert not AWA.is_it("", "Awa Ndiaye")
