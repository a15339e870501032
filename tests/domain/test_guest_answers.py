"""What a guest without an account on X answered, as the organiser publishes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.chat import Invitation, Person
from tchat_desktop.domain.conversation import FeedPost, Post, number_named
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.guest_answers import (
    answer_post,
    guests_off_x,
    is_for_guest,
    with_guest_answers,
)
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.thanks import grouped_thanks, participants, personal_thanks
from tchat_desktop.domain.x.rules import X_RULES
from tests.domain.chats import START, a_chat
from tests.domain.test_thanks import FRENCH, repost
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

DIOP = Person(
    "diop",
    name="M. Diop",
    bio="ONG Écoles pour toutes",
    no_account=True,
    invitation=Invitation.ACCEPTED,
    has_questions=True,
)
CHAT = a_chat(people=(*a_chat().people, DIOP))


def answer(question_id: str, state: PostState = PostState.SENT) -> OutboxPost:
    slot = f"guest:{question_id}-{state}"
    made = replace(repost("x", state), kind=PostKind.GUEST_ANSWER, slot=slot, target_id="", id=slot)
    return replace(made, guest_id="diop", guest_name="M. Diop", question_id=question_id)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_post_carries_number_name_and_tag(language: str) -> None:
    post = answer_post(CHAT, DIOP, 2, " Il faut des bourses. ", load_texts(language))
    assert number_named(post) == 2
    assert "M. Diop (ONG Écoles pour toutes)" in post
    assert "Il faut des bourses." in post
    assert list(X_RULES.hashtags(post)) == ["UnionsPrécoces"]


def test_without_a_question_there_is_no_number_and_a_long_line_leaves_room() -> None:
    brief = replace(DIOP, bio="é" * 60)
    assert f"M. Diop ({brief.bio})" in answer_post(CHAT, brief, None, "Bonsoir !", FRENCH)
    assert "(" not in answer_post(CHAT, replace(DIOP, bio=" "), None, "Bonsoir !", FRENCH)
    talkative = replace(DIOP, bio="é" * 61)
    post = answer_post(CHAT, talkative, None, "Bonsoir !", FRENCH)
    assert post == "M. Diop écrit\u00a0: Bonsoir ! #UnionsPrécoces"


def test_whoever_has_no_account_and_a_name_is_spoken_for() -> None:
    typed = Person("x", name="Mme Ba", handle="sf diouf")
    people = (*CHAT.people, typed, Person("y", no_account=True))
    assert [one.id for one in guests_off_x(replace(CHAT, people=people), NETWORK)] == ["diop", "x"]


def test_it_counts_as_a_reply_to_its_question_once_it_is_out() -> None:
    rows = [answer("id2"), answer("id2", PostState.FAILED), answer("")]
    figures = count(CHAT, [], rows, NETWORK)
    assert [(one.question_id, one.replies) for one in figures.questions] == [("id2", 1)]


def test_such_a_guest_is_thanked_with_the_others_and_never_mentioned() -> None:
    rows = [answer("id2"), answer("id3"), answer(""), answer("id4", PostState.FAILED)]
    people = participants(replace(CHAT, thanked=("diop",)), [], rows, NETWORK)
    diop = people[2]
    assert (diop.name, diop.key, diop.is_guest, diop.thanked) == ("M. Diop", "diop", True, True)
    assert (diop.posts, diop.answered) == (3, 2)
    assert [one.handle for one in grouped_thanks(CHAT, people, FRENCH).addressed] == [
        "sagefemme_ex",
        "prof_exemple",
    ]
    thanks = personal_thanks(CHAT, diop, FRENCH)
    assert "Diop" in thanks
    # Neither means anything to whoever is not on X.
    assert "@" not in thanks
    assert "#" not in thanks


def test_who_has_not_agreed_is_not_thanked() -> None:
    invited = replace(DIOP, invitation=Invitation.INVITED)
    people = participants(replace(CHAT, people=(invited,), starts_at=START), [], [], NETWORK)
    assert people == ()


@pytest.mark.parametrize(
    ("author", "guest", "for_guest"),
    [("", "diop", True), ("", "", False), ("diop_ex", "diop", False), ("awa_ex", "", False)],
)
def test_a_post_is_for_a_guest_when_it_has_a_guest_and_no_author(
    author: str, guest: str, for_guest: bool
) -> None:
    item = FeedPost(Post("1", author, "", "Oui", START), assigned_to=guest)
    assert is_for_guest(item) is for_guest


def test_what_was_published_for_a_guest_is_there_once_and_in_their_name() -> None:
    row = replace(answer("id2"), remote_id="77")
    posts = [FeedPost(Post(one, "a_ex", "A", "Oui", START)) for one in ("76", "77")]
    found = with_guest_answers(CHAT, posts, [row], NETWORK)
    assert {item.post.id for item in found} == {"76", row.id}
    assert [item.post.author_name for item in found if is_for_guest(item)] == ["M. Diop"]
    gone = with_guest_answers(replace(CHAT, people=()), posts, [row], NETWORK)
    assert [item.post.author_name for item in gone if is_for_guest(item)] == [row.guest_name]
    failed = replace(row, state=PostState.FAILED)
    assert with_guest_answers(CHAT, posts, [failed, replace(row, guest_id="")], NETWORK) == tuple(
        posts
    )
