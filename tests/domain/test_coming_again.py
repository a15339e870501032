"""Whom to invite again: who took part before, without those who must not be found here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Naming,
    Occasion,
    Person,
    Question,
    RecapDraft,
    Role,
    Route,
)
from tchat_desktop.domain.coming_again import (
    FormerParticipant,
    HeldChat,
    InvitedBy,
    former_participants,
    invitation_again,
    letter_again,
    to_invite,
    with_invited,
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.texts import When
from tchat_desktop.domain.x.rules import X_RULES
from tests.domain.chats import START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

FR = load_texts("fr")
LANGUAGES = ("fr", "en", "es", "pt", "ar")
WHEN = When("samedi 2 janvier", "20\u00a0h", "20\u00a0h à Dakar, 21\u00a0h à Paris")
NUMBERS = iter(range(1, 10_000))

SPRING = replace(
    a_chat(),
    id="spring",
    people=(
        Person("sow", name="Mme Sow", email="sow@exemple.org", no_account=True,
               invitation=Invitation.ACCEPTED),
        Person("awa", name="Awa", handle="awa_ex", email="awa@exemple.org",
               invitation=Invitation.ACCEPTED),
        Person("mod", Role.MODERATOR, name="Fatou", handle="fatou_ex"),
    ),
)  # fmt: skip
AUTUMN = replace(SPRING, id="autumn", starts_at=START + timedelta(days=180))
NEXT = replace(new_edition(AUTUMN, START + timedelta(days=360)), people=())


def said(
    handle: str, text: str = "R1 Oui, souvent.", question: str = "id1", **marks: object
) -> FeedPost:
    number = next(NUMBERS)
    made = Post(str(number), handle, handle.title(), text, START + timedelta(seconds=number))
    return FeedPost(made, question_id=question, **marks)


def held(chat: Chat, *posts: FeedPost, rows: tuple[OutboxPost, ...] = ()) -> HeldChat:
    return HeldChat(chat, posts, rows)


def found(*chats: HeldChat, chat: Chat = NEXT) -> list[str]:
    return [one.key for one in to_invite(chat, former_participants(chats, NETWORK), NETWORK)]


def test_who_answered_most_comes_first_then_who_came_most_often() -> None:
    people = former_participants(
        (
            held(SPRING, said("once"), said("twice"), said("asks", "Et après ?", question="")),
            held(AUTUMN, said("many"), said("many", "R2 La loi."), said("TWICE", question="")),
        ),
        NETWORK,
    )
    told = [(one.key, one.answered, one.asked, one.posts, one.editions) for one in people]
    assert told == [
        ("many", 2, 0, 2, 1),
        ("twice", 1, 0, 2, 2),
        ("once", 1, 0, 1, 1),
        ("awa_ex", 0, 0, 0, 2),
        ("sow", 0, 0, 0, 2),
        ("asks", 0, 1, 1, 1),
    ]
    assert people[0].answer == "R2 La loi."
    assert people[1].answer == "R1 Oui, souvent.", "of the edition in which they answered"
    assert people[1].said is not None
    assert people[1].said.author == "TWICE", "the last one, which a reply answers"


def test_a_guest_without_an_account_is_one_person_over_the_editions() -> None:
    row = OutboxPost(
        "r", "autumn", Occasion.LIVE, "guest", PostKind.GUEST_ANSWER, "R1 Mme Sow répond : oui",
        START, START, Route.ASSISTED, PostState.SENT, question_id="id1", guest_id="new",
    )  # fmt: skip
    again = replace(AUTUMN.people[0], id="new", email="")
    autumn = replace(AUTUMN, people=(again, *AUTUMN.people[1:]))
    people = former_participants((held(SPRING), held(autumn, rows=(row,))), NETWORK)
    [sow] = [one for one in people if one.name == "Mme Sow"]
    assert (sow.key, sow.handle, sow.editions, sow.answered) == ("new", "", 2, 1)
    assert sow.was_guest
    assert sow.email == "sow@exemple.org"
    assert sow.answer == "R1 Mme Sow répond : oui"
    # Who bears that name among the guests of now is there already.
    renamed = Person("x", name="  mme SOW", no_account=True)
    assert "new" not in [
        one.key for one in to_invite(replace(NEXT, people=(renamed,)), people, NETWORK)
    ]


@pytest.mark.parametrize(
    "spring",
    [
        replace(SPRING, recap=RecapDraft(hidden_authors=("@Sira_Ex",))),
        replace(SPRING, muted_authors=("SIRA_EX",)),
        replace(SPRING, people=(Person("c", Role.CO_HOST, name="Sira", handle="sira_ex"),)),
        replace(SPRING, account="sira_ex"),
    ],
)
def test_hidden_muted_team_and_own_account_are_left_out_of_every_edition(spring: Chat) -> None:
    was_there = held(spring, said("sira_ex"), said("moussa_ex"))
    assert "sira_ex" not in found(was_there, held(AUTUMN, said("sira_ex")))
    assert "moussa_ex" in found(was_there)
    # In the other order of time as well.
    assert "sira_ex" not in found(held(AUTUMN, said("sira_ex")), was_there)


def test_who_confided_something_is_not_called_back() -> None:
    told = said("ado_ex", "J’ai 15 ans et on veut me marier.")
    spring = HeldChat(SPRING, (told, said("ado_ex")), (), frozenset({"ado_ex"}))
    assert "ado_ex" not in found(spring, held(AUTUMN, said("ado_ex")))


def test_a_post_that_is_hidden_brings_nobody_here() -> None:
    assert "troll_ex" not in found(held(SPRING, said("troll_ex", hidden=True)))


def test_who_is_shown_by_initials_is_invited_in_private() -> None:
    spring = replace(SPRING, recap=RecapDraft(initialled_authors=("sira_ex",)))
    people = former_participants((held(spring, said("sira_ex"), said("moussa_ex")),), NETWORK)
    named = {one.key: one.may_be_named for one in people}
    assert (named["sira_ex"], named["moussa_ex"]) == (False, True)
    everybody = replace(SPRING, recap=RecapDraft(everybody=Naming.HIDDEN))
    assert found(held(everybody, said("moussa_ex"))) == ["awa_ex", "sow"]


@pytest.mark.parametrize(
    "change",
    [
        {"people": (Person("p", name="Moussa", handle="Moussa_Ex"),)},
        {"people": (Person("p", handle="moussa_ex", invitation=Invitation.DECLINED),)},
        {"people": (Person("p", Role.MODERATOR, handle="moussa_ex"),)},
        {"muted_authors": ("moussa_ex",)},
        {"recap": RecapDraft(hidden_authors=("moussa_ex",))},
        {"account": "moussa_ex"},
    ],
)
def test_who_is_in_the_chat_already_or_put_aside_in_it_is_not_listed(
    change: dict[str, object],
) -> None:
    before = held(SPRING, said("moussa_ex"), said("binta_ex"))
    assert found(before) == ["binta_ex", "moussa_ex", "awa_ex", "sow"]
    left = found(before, chat=replace(NEXT, **change))
    assert "moussa_ex" not in left
    assert "binta_ex" in left


def test_the_guests_carried_over_are_not_invited_a_second_time() -> None:
    carried = new_edition(AUTUMN, None)
    assert found(held(AUTUMN, said("binta_ex")), chat=carried) == ["binta_ex"]


def test_a_tick_says_how_and_is_taken_away_again() -> None:
    people = former_participants((held(SPRING, said("binta_ex")),), NETWORK)
    chat = with_invited(NEXT, "Binta_Ex", InvitedBy.REPLY)
    chat = with_invited(chat, "binta_ex", InvitedBy.IN_PERSON)
    assert chat.invited_again == (("binta_ex", "in_person"),)
    [binta, *others] = to_invite(chat, people, NETWORK)
    assert (binta.invited, binta.invited_by) == (True, InvitedBy.IN_PERSON)
    assert not any(one.invited for one in others)
    # What another version of the app may have written is a tick all the same.
    newer = replace(NEXT, invited_again=(("binta_ex", "by_pigeon"),))
    assert to_invite(newer, people, NETWORK)[0].invited
    assert to_invite(newer, people, NETWORK)[0].invited_by is InvitedBy.UNSAID
    assert with_invited(chat, "binta_ex", None).invited_again == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invitation_fits_a_post_and_mentions_nobody(language: str) -> None:
    texts = load_texts(language)
    chat = replace(NEXT, language=language, questions=(Question("a", "Que manque-t-il ?"),))
    moussa = FormerParticipant("moussa_ex", "moussa_ex", "Moussa @diop #1")
    text = invitation_again(chat, moussa, texts, WHEN)
    assert list(X_RULES.mentions(text)) == []
    assert list(X_RULES.hashtags(text)) == [chat.hashtag]
    assert "Moussa diop 1" in text
    assert chat.questions[0].text in text
    assert X_RULES.remaining(text) >= 0
    unnamed = replace(moussa, name="")
    unnamed_text = invitation_again(chat, unnamed, texts, WHEN)
    assert list(X_RULES.mentions(unnamed_text)) == ["moussa_ex"]


def test_a_long_invitation_gives_up_the_question_and_the_hours_by_town_not_the_topic() -> None:
    moussa = FormerParticipant("moussa_ex", "moussa_ex", "Moussa")
    topic = "Mariage des enfants et école, dans nos quartiers"
    long = replace(NEXT, topic=topic, questions=(Question("a", "Que faire " * 12),))
    text = invitation_again(long, moussa, FR, WHEN)
    assert X_RULES.remaining(text) >= 0
    assert topic in text
    assert "Que faire" not in text
    assert WHEN.hours in text
    longer = replace(long, topic=" ".join((topic, topic, topic))[:140])
    several = replace(WHEN, hours="20\u00a0h à Dakar, 21\u00a0h à Paris, 22\u00a0h à Kinshasa")
    text = invitation_again(longer, moussa, FR, several)
    assert X_RULES.remaining(text) >= 0
    assert "Paris" not in text


def test_a_guest_without_an_account_gets_a_letter_without_an_at_name() -> None:
    sow = FormerParticipant("sow", "", "Mme Sow", was_guest=True)
    text = invitation_again(NEXT, sow, FR, WHEN)
    letter = letter_again(NEXT, sow, FR, WHEN)
    assert text == letter.body
    assert text.startswith("Bonjour Mme Sow,")
    assert list(X_RULES.mentions(text)) == []
    assert NEXT.organisation in text
    assert WHEN.day in letter.subject
