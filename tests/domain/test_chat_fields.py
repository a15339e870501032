"""Every field of a chat is decided once, and what was decided is so."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import (
    Announcement,
    Chapter,
    Chat,
    Design,
    FunderDraft,
    HelpLine,
    Invitation,
    Occasion,
    OwnText,
    Person,
    Picture,
    Purpose,
    Question,
    ReachedBy,
    RecapDraft,
    Rhythm,
    Role,
    Route,
    RunEdit,
    TellsOf,
    ThreadPost,
    Told,
    VisualDraft,
)
from tchat_desktop.domain.chat_fields import USES, Undecided, Use, kept, names_used, part_of
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.saved_recap import content_of, saved_as
from tchat_desktop.domain.texts import GROUPS
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.session import _fixed
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

START = datetime(2026, 12, 17, 10, tzinfo=UTC)
PICTURE = Picture("0" * 64, "image/png", "Une école")

CHAT = Chat(
    id="c",
    purpose=Purpose.MEETING,
    rhythm=Rhythm.MONTHLY,
    audience="Parents",
    success="Trois écoles",
    hoped_participants=30,
    hoped_replies=50,
    organisation="Voix des filles",
    account="voixfilles_ex",
    topic="Le mariage des enfants",
    summary="Agir",
    event="Journée de la fille",
    starts_at=START,
    audience_zones=("Europe/Paris",),
    towns=(("Africa/Dakar", "Thiès"),),
    begun_at=START,
    moved_from=START,
    hashtag="UnionsPrécoces",
    questions=(
        Question("a", "Quels signes ?", prepared_answer="Ainsi.", sources=("https://x.org",)),
        Question("b", "Comment ?"),
    ),
    people=(
        Person("g", Role.GUEST, "Awa", "awa_ex", bio="juge", invitation=Invitation.ACCEPTED),
        Person(
            "h",
            Role.GUEST,
            "Binta",
            no_account=True,
            invitation=Invitation.ACCEPTED,
            has_questions=True,
            answers=(("a", "Le silence."),),
            reached_by=ReachedBy.PHONE,
            language="en",
        ),
    ),
    own_texts=(OwnText("fr", "post.rules", "Nos règles : {tag}"),),
    announcements=(Announcement("x", text="Ce soir", done=True, tag="Filles", by_keys=True),),
    announced=("x",),
    announced_tags=(("x", "Filles"),),
    handed_out=(("h", "0"),),
    registration_link="https://example.org",
    link_words="Notre rapport",
    visuals=VisualDraft(Design.PAPER, "#0b7a75", PICTURE, "Une annonce", "Nos questions"),
    run_order=("rules", "welcome"),
    run_edits=(RunEdit("closing", text="Au revoir", minutes=3, picture=PICTURE),),
    run_sheet_seen=True,
    help_lines=(HelpLine("l", "Sénégal", "116", verified=True),),
    focal_point="Awa",
    focal_phone="77",
    rules_accepted=True,
    named_on_purpose=("0",),
    muted_authors=("grincheux",),
    meant=("1",),
    live_elsewhere=START,
    route=Route.KEYS,
    rehearsed_at=START,
    rehearsal=RehearsalReport(planned=3),
    recap=RecapDraft(
        title="Merci",
        comments=(("a", "Beau"),),
        chapters=(Chapter("k", "À suivre", after="a"),),
        placed=(("3", "k"),),
        between=(("2", "Et encore :"),),
        initialled_authors=("sira_ex",),
        named_authors=("awa_ex",),
    ),
    rehearsed_recap=RecapDraft(title="Essai"),
    recap_saved="1",
    recap_forms=(("résumé.html", "1"),),
    recap_content="2",
    thread=(ThreadPost("p", "Merci !", (Told(TellsOf.QUOTE, "Merci", "3"),)),),
    thread_out=(("p", "7"),),
    checked_on_x=START,
    put_away=True,
    gone_from_x=("3",),
    funder=FunderDraft("Fondation", "Une école change.", "Awa", "en", ("1001",)),
    invited_again=(("binta_ex", "reply"),),
    thanked=("awa_ex",),
    thanked_by=(("awa_ex", "email"),),
    everyone_thanked=True,
    to_thank=3,
    thanked_apart=1,
    confidences_waiting=2,
    lessons="Commencer à l’heure",
    to_change="Moins de questions à la fois",
    former_lessons="Moins de questions",
    carried_over=("topic",),
    closed_at=START,
)
"""A chat in which every field says something."""

POSTS = tuple(
    FeedPost(
        Post(post_id, author, author.title(), text, START + timedelta(minutes=5 + int(post_id))),
        starred=True,
        question_id=question_id,
    )
    for post_id, author, text, question_id in (
        ("1", "fatou_ex", "Elle se tait", "a"),
        ("2", "awa_ex", "La loi", "a"),
        ("3", "sira_ex", "Avec elles", "b"),
    )
)
ROWS = tuple(
    OutboxPost(
        id=f"row-{slot}",
        chat_id="c",
        occasion=Occasion.LIVE,
        slot=slot,
        kind=kind,
        text=text,
        due_at=START + timedelta(minutes=3),
        expires_at=START + timedelta(minutes=30),
        route=Route.ASSISTED,
        state=PostState.SENT,
        question_id="a",
        number=number,
        guest_id=guest_id,
        guest_name=guest_id and "Binta",
    )
    for slot, kind, number, guest_id, text in (
        ("q:a", PostKind.QUESTION, 1, "", "Q1 Quels signes ?"),
        ("guest:1", PostKind.GUEST_ANSWER, None, "h", "Binta : le silence"),
    )
)

OTHERS: dict[tuple[type, str], Any] = {
    (Chat, "language"): "en",
    (Chat, "time_zone"): "Asia/Tokyo",
    (Chat, "run_order"): ("welcome", "rules"),
    (Chat, "towns"): (("Africa/Dakar", "Mbour"),),
    (Chat, "questions"): (Question("z", "Qui ?"),),
    (Chat, "people"): (Person("z", Role.GUEST, "Zoé", invitation=Invitation.ACCEPTED),),
    (Chat, "route"): Route.ASSISTED,
    (Chat, "visuals"): VisualDraft(),
    (VisualDraft, "logo"): None,
    (RunEdit, "key"): "rules",
    (RecapDraft, "comments"): (("a", "Bon"),),
    (RecapDraft, "order"): ("2", "1"),
    (RecapDraft, "hidden_authors"): ("fatou_ex",),
    (RecapDraft, "named_authors"): ("sira_ex",),
    (RecapDraft, "masked_words"): ("silence", "tait"),
    (RecapDraft, "names_of_others"): ("Awa",),
    (RecapDraft, "guest_answers"): ("row-guest:h:a:1",),
    (RecapDraft, "read_again"): (("1", "deadbeef"),),
}
"""Another value, where any other of the type would say nothing."""


def other(record: type, name: str, value: Any) -> Any:
    """Another value of a field."""
    if (record, name) in OTHERS:
        return OTHERS[record, name]
    if is_dataclass(value) and not isinstance(value, type):
        first = fields(value)[0].name
        return replace(value, **{first: other(type(value), first, getattr(value, first))})
    match value:
        case bool():
            return not value
        case Enum():
            return next(one for one in type(value) if one is not value)
        case int():
            return value + 7
        case str():
            return f"{value}x"
        case datetime():
            return value + timedelta(hours=10)
        case tuple():
            return ()
        case None:
            return "Autre" if record is RunEdit else START
    raise AssertionError((record, name, value))


Place = tuple[type, str]


def places() -> list[Place]:
    """Every field that is decided."""
    return [(record, name) for record, uses in USES.items() for name in uses]


def changed(place: Place, value: Any = CHAT) -> Iterator[Any]:
    """The chat with another value in one record of that kind, for each of them in turn."""
    record, name = place
    if type(value) is record:
        yield replace(value, **{name: other(record, name, getattr(value, name))})
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            for made in changed(place, one):
                yield (*value[:index], made, *value[index + 1 :])
    elif type(value) in USES:
        for one in fields(value):
            for made in changed(place, getattr(value, one.name)):
                yield replace(value, **{one.name: made})


def differs(place: Place, shown: Callable[[Chat], object]) -> bool:
    """Whether another value in that field ever shows there."""
    chats = [chat for chat in changed(place) if chat != CHAT]
    assert chats, f"{named(place)} has a value in no record of CHAT"
    return any(shown(chat) != shown(CHAT) for chat in chats)


def posts_of(chat: Chat) -> object:
    """The posts, where the last says all that the text of a post may say of the chat."""
    texts = load_texts(chat.language)
    every = " ".join(
        f"{{{name}}}"
        for name in sorted(GROUPS["post"] - {"number", "text", "name", "via", "recap"})
    )
    texts = replace(texts, messages={**texts.messages, "post.thanks": every})
    return run_sheet.build_run_sheet(chat, texts).items


def recap_of(chat: Chat) -> tuple[str, ...]:
    """The recap of the chat, and the one of before anybody wrote."""
    recaps = (build_recap(chat, POSTS, ROWS, NETWORK), build_recap(chat, (), (), NETWORK))
    return tuple(saved_as(chat.recap, chat.topic, content_of(one)) for one in recaps)


def named(place: Place) -> str:
    return f"{place[0].__name__}.{place[1]}"


# --- every field is decided -------------------------------------------------------------------


def records_in(hint: Any) -> Iterator[type[Any]]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
        for one in typing.get_type_hints(hint).values():
            yield from records_in(one)
    for part in typing.get_args(hint):
        yield from records_in(part)


@pytest.mark.parametrize("record", sorted(set(records_in(Chat)), key=str))
def test_every_field_of_a_chat_and_its_records_is_decided(record: type) -> None:
    if record is RehearsalReport:
        # It is used as a whole: it begins anew with the edition, and nothing else reads it.
        assert USES[Chat]["rehearsal"] is Use.NOTHING
        return
    assert record in USES, f"{record.__name__} has no lines in USES of domain/chat_fields.py"
    names_used(record, Use.NOTHING)
    gone = USES[record].keys() - {one.name for one in fields(record)}
    assert not gone, f"{record.__name__} has no {gone} any more: take it out of USES"


@dataclass(frozen=True, slots=True)
class ChatOfTomorrow(Chat):
    """A chat with a field nobody thought of."""

    colour: str = ""


def test_a_field_nobody_decided_on_is_named_with_the_place_to_decide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(USES, ChatOfTomorrow, USES[Chat])
    chat = ChatOfTomorrow("c", colour="ocre")
    told = r"ChatOfTomorrow\.colour is not decided: say in USES of .*chat_fields\.py"
    for forgets in (
        lambda: test_every_field_of_a_chat_and_its_records_is_decided(ChatOfTomorrow),
        lambda: new_edition(chat, None),
        lambda: _fixed(chat),
        lambda: part_of(chat, Use.IN_POSTS),
    ):
        with pytest.raises(Undecided, match=told):
            forgets()


def test_a_field_once_decided_does_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    uses = {**USES[Chat], "colour": Use.KEPT | Use.FIXES_HOUR}
    monkeypatch.setitem(USES, ChatOfTomorrow, uses)
    ocre, blue = ChatOfTomorrow("c", colour="ocre"), ChatOfTomorrow("c", colour="bleu")
    assert new_edition(ocre, None).colour == "ocre"  # type: ignore[attr-defined]
    assert _fixed(ocre) != _fixed(blue)
    assert part_of(ocre, Use.IN_POSTS) == part_of(blue, Use.IN_POSTS)


def test_the_sample_says_something_in_every_field() -> None:
    """Else what is said below of a field would be said of nothing."""
    plain = Chat("")
    silent = {
        one.name for one in fields(Chat) if getattr(CHAT, one.name) == getattr(plain, one.name)
    }
    assert silent == {"language", "time_zone", "minutes", "spending_limit_cents"}


# --- and what was decided is so ---------------------------------------------------------------


@pytest.mark.parametrize("place", places(), ids=named)
def test_the_price_is_made_of_what_the_posts_are_made_of(place: Place) -> None:
    said = Use.IN_POSTS in USES[place[0]][place[1]]
    assert differs(place, posts_of) is said
    assert differs(place, lambda chat: part_of(chat, Use.IN_POSTS)) is said


@pytest.mark.parametrize("place", places(), ids=named)
def test_a_saved_recap_is_an_old_one_when_what_it_shows_has_changed(place: Place) -> None:
    assert differs(place, recap_of) is (Use.IN_RECAP in USES[place[0]][place[1]])


@pytest.mark.parametrize("place", places(), ids=named)
def test_the_next_edition_has_what_is_kept_and_nothing_else(place: Place) -> None:
    said = Use.KEPT in USES[place[0]][place[1]]
    assert differs(place, lambda chat: kept(chat, id="n")) is said


def test_an_hour_is_built_anew_on_what_it_is_built_on() -> None:
    fixed = {
        "starts_at",
        "minutes",
        "time_zone",
        "route",
        "account",
        "hashtag",
        "language",
    }
    assert set(names_used(Chat, Use.FIXES_HOUR)) == fixed
    for name in USES[Chat]:
        assert differs((Chat, name), _fixed) is (name in fixed)


def test_what_is_edited_is_not_noted_behind_the_back_of_undo() -> None:
    editor = ChatEditor(CHAT)
    editor.note(to_thank=9)
    assert editor.chat.to_thank == 9
    with pytest.raises(ValueError, match="topic"):
        editor.note(topic="Autre")
