"""A recap that was saved is an old one as soon as anything its readers see has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from tchat_desktop.domain.chat import RecapDraft
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.recap import Author, Highlight, Recap, Section, build_recap
from tchat_desktop.domain.saved_recap import (
    content_of,
    digest_now,
    is_as_saved,
    saved_as,
    with_saved,
)
from tests.domain.test_chat_fields import CHAT, POSTS, ROWS
from tests.domain.test_recap import chat, item
from tests.fakes.network import NETWORK

ASIDE = replace(POSTS[0], post=replace(POSTS[0].post, id="9"), question_id="")
RECAP = build_recap(CHAT, (*POSTS, ASIDE), ROWS, NETWORK)

APART: dict[type, set[str]] = {
    # The draft says titles and comments, and is digested beside the rest (`saved_as`).
    Recap: {"title", "introduction", "conclusion", "masked", "page_link", "simulated", "chat_id"},
    Section: {"id", "comment", "is_chapter"},
    Highlight: {"created_at", "url", "doubts", "comment"},
    Author: {"is_guest"},
    Figures: {
        "guest_keys",
        "spoken_for",
        "team",
        "newcomers",
        "own_posts",
        "reposts",
        "begins_at",
        "minutes",
        "before",
        "after",
        "hidden",
        "confidences",
        "spent_cents",
    },
}
"""What readers do not see by itself, or what cannot change without something else they see."""


def other(value: Any) -> Any:
    """Another value of that type, as well as can be told."""
    if isinstance(value, Author):
        # Who speaks is known by the handle; what X displays beside it may differ every day.
        return replace(value, handle="autre_ex")
    if is_dataclass(value) and not isinstance(value, type):
        first = fields(value)[0].name
        return replace(value, **{first: other(getattr(value, first))})
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 7
        case str():
            return f"{value}x"
        case tuple():
            return value[1:] if value else ("x",)
        case None:
            return Author("Autre", "autre_ex")
    return None


def changed(record: type, name: str, value: Any = RECAP) -> Iterator[Any]:
    """The recap with another value in one record of that kind, for each of them in turn."""
    if type(value) is record:
        yield replace(value, **{name: other(getattr(value, name))})
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            for made in changed(record, name, one):
                yield (*value[:index], made, *value[index + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            for made in changed(record, name, getattr(value, one.name)):
                yield replace(value, **{one.name: made})


PLACES = [(record, one.name) for record in APART for one in fields(record)]


@pytest.mark.parametrize(
    ("record", "name"), PLACES, ids=[f"{record.__name__}.{name}" for record, name in PLACES]
)
def test_every_field_of_a_recap_is_in_its_digest_or_apart(record: type, name: str) -> None:
    recaps = list(changed(record, name))
    assert recaps, f"{record.__name__} is nowhere in RECAP"
    digested = any(content_of(recap) != content_of(RECAP) for recap in recaps)
    assert digested is (name not in APART[record]), (
        f"{record.__name__}.{name}: say it in content_of of domain/saved_recap.py, or in APART"
    )


def test_a_recap_saved_with_an_earlier_version_is_still_the_one_of_now() -> None:
    """The digests are in the files of users: another way to write them makes all recaps old."""
    draft = RecapDraft(title="Titre", comments=(("a", "Bravo"),))
    assert saved_as(draft, "Sujet", "0f") == "0ae27947e6878d65"
    built = build_recap(chat(), [item(1)], [], NETWORK)
    assert content_of(built) == "98b8c4408ba06775"
    undated = build_recap(chat(starts_at=None), [item(1)], [], NETWORK)
    assert content_of(undated) == "8ada28ea672d7585"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"topic": "Un autre sujet"}, False),
        ({"recap_content": "1"}, False),
        ({"recap": RecapDraft(conclusion="Merci")}, False),
        ({"recap": RecapDraft(read_again=(("1", "x"),))}, True),
        ({"recap_saved": ""}, False),
    ],
)
def test_a_recap_is_as_it_was_saved_while_nothing_readers_see_has_changed(
    change: dict[str, Any], same: bool
) -> None:
    saved = chat(recap_content="0", recap_saved=saved_as(RecapDraft(), "Le sujet", "0"))
    assert is_as_saved(replace(saved, **change)) is same


def test_a_recap_is_as_saved_only_when_every_form_of_it_is() -> None:
    saved = chat(recap_content="0")
    now = digest_now(saved)
    forms = with_saved((), ("recap.html", "recap.pdf"), now)
    saved = replace(saved, recap_saved=now, recap_forms=forms)
    assert is_as_saved(saved)
    # Somebody is hidden, and the PDF alone is saved again.
    hidden = replace(saved, recap=RecapDraft(hidden_authors=("awa_ex",)), recap_content="1")
    forms = with_saved(forms, ("recap.pdf",), digest_now(hidden))
    hidden = replace(hidden, recap_saved=digest_now(hidden), recap_forms=forms)
    assert not is_as_saved(hidden)
    forms = with_saved(forms, ("recap.html",), digest_now(hidden))
    assert is_as_saved(replace(hidden, recap_forms=forms))
