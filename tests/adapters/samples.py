"""Chats and posts to store: one full of everything, and any that Hypothesis can think of."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tchat_desktop.domain.chat import (
    Announcement,
    Channel,
    Chapter,
    Chat,
    FunderDraft,
    HelpLine,
    Invitation,
    Naming,
    Occasion,
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
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.debrief import Answered, RehearsalReport
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState
from tchat_desktop.domain.run_items import question_in

NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The content of the picture of FULL."""
PNG_ID = hashlib.sha256(PNG).hexdigest()

FULL = Chat(
    id="full",
    purpose=Purpose.MEETING,
    rhythm=Rhythm.MONTHLY,
    audience="Parents d’élèves",
    success="Trois écoles",
    organisation="Voix des filles",
    account="voixfilles_ex",
    topic="Mariage des enfants\u00a0: agir",
    summary="Une ligne\nune autre 👩🏾‍🏫",
    event="Journée de la fille",
    starts_at=NOON,
    begun_at=NOON,
    audience_zones=("Europe/Paris",),
    hashtag="UnionsPrécoces",
    questions=(
        Question("a", "Quels signes\u00a0?", sources=("https://example.org",)),
        Question("b", "Comment\u00a0?", essential=False, minutes=5, prepared_answer="Ainsi."),
    ),
    people=(
        Person(
            "g",
            Role.GUEST,
            "Awa",
            "awa_ex",
            invitation=Invitation.ACCEPTED,
            language="en",
            answers=(("a", "Le silence."),),
            reached_by=ReachedBy.PHONE,
        ),
    ),
    announcements=(Announcement("x", Channel.X, 60, "Ce soir", done=True),),
    announced=("x",),
    handed_out=(("g", "0f"),),
    link_words="Notre guide",
    run_order=("welcome", "a"),
    run_edits=(
        RunEdit("a", text="Autrement", minutes=4, included=False),
        RunEdit("b", picture=Picture(PNG_ID, "image/png", "Une salle de classe"), by_page=True),
    ),
    route=Route.ASSISTED,
    help_lines=(HelpLine("h", "Sénégal", "116", "enfants", "jour et nuit", verified=True),),
    focal_point="Awa",
    focal_phone="77 000 00 00",
    rehearsed_at=NOON,
    rehearsal=RehearsalReport(planned=12, posted=11, missing=("Q3",), troll=Answered.NOT_AT_ALL),
    rules_accepted=True,
    funder=FunderDraft("Fondation", "Une école a appelé.", "Awa", "en", ("1001", "1002")),
    recap=RecapDraft(
        "Titre",
        comments=(("a", "Beau"),),
        chapters=(Chapter("k", "À suivre", "a"),),
        placed=(("1", "k"),),
        between=(("1", "Et encore"),),
        order=("1",),
        hidden_authors=("x",),
        initialled_authors=("y",),
        named_authors=("z",),
        everybody=Naming.INITIALS,
    ),
    rehearsed_recap=RecapDraft("Essai"),
    recap_saved="0f",
    recap_forms=(("résumé.html", "0f"), ("résumé.pdf", "0e")),
    recap_content="1e",
    thread=(
        ThreadPost("post-1", "Merci à toutes !", (Told(TellsOf.QUOTE, "Merci", "12"),)),
        ThreadPost("post-2"),
    ),
    thread_out=(("post-1", "1234"), ("post-2", "")),
    checked_on_x=NOON,
    put_away=True,
    gone_from_x=("7",),
    thanked=("awa_ex",),
    invited_again=(("moussa_ex", "in_person"),),
    lessons="Commencer à l’heure",
    closed_at=NOON,
)


def outbox_post(slot: str, minutes: int = 0, **changes: object) -> OutboxPost:
    """A planned question of the chat "full", due so many minutes after noon."""
    due_at = NOON + timedelta(minutes=minutes)
    post = OutboxPost(
        id=f"id-{slot}",
        chat_id=FULL.id,
        occasion=Occasion.LIVE,
        slot=slot,
        kind=PostKind.QUESTION,
        text="Q1 Quels signes\u00a0? #UnionsPrécoces",
        due_at=due_at,
        expires_at=due_at + timedelta(minutes=10),
        route=Route.KEYS,
        question_id=question_in(slot),
        number=1,
    )
    return replace(post, **changes)


def hour_row(slot: str, minutes: int, state: PostState, **changes: object) -> OutboxPost:
    """A row of the run sheet, as it is read from a file: without ids."""
    row = outbox_post(slot, minutes)
    asked = Planned(row.text, row.due_at, row.route, PostState.PLANNED)
    plain = replace(row, id="", chat_id="", state=state, planned=asked)
    return replace(plain, **changes)  # type: ignore[arg-type]


def feed_post(post_id: str, text: str = "Bonsoir", author: str = "awa_ex") -> FeedPost:
    """A collected post of the hour."""
    at = NOON + timedelta(seconds=int(post_id))
    return FeedPost(Post(post_id, author, "Awa Exemple", text, at))


_text = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
_texts = st.lists(_text, max_size=3).map(tuple)
_instant = st.none() | st.datetimes(
    datetime(2000, 1, 2),  # noqa: DTZ001
    datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
_minutes = st.integers(0, 24 * 60)


def _parts(part: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(part, max_size=4, unique_by=lambda one: one.id).map(tuple)


_id = st.text("abcdef0123456789", min_size=1, max_size=8)
_questions = _parts(st.builds(Question, _id, _text, st.booleans(), _minutes, _text, _texts))
_people = _parts(
    st.builds(
        Person,
        _id,
        name=_text,
        bio=_text,
        time_zone=st.sampled_from(["", "Europe/Paris"]),
    )
)
_announcements = _parts(st.builds(Announcement, _id, minutes_before=_minutes, text=_text))
_run_edits = st.lists(
    st.builds(RunEdit, _id, st.none() | _text, st.none() | _minutes),
    max_size=3,
    unique_by=lambda one: one.key,
).map(tuple)

chats = st.builds(
    Chat,
    id=_id,
    audience=_text,
    topic=_text,
    lessons=_text,
    starts_at=_instant,
    rehearsed_at=_instant,
    closed_at=_instant,
    time_zone=st.sampled_from(["Africa/Dakar", "Europe/Paris", "UTC"]),
    minutes=st.integers(1, 24 * 60),
    questions=_questions,
    people=_people,
    announcements=_announcements,
    help_lines=st.lists(
        st.builds(HelpLine, _id, _text, _text, verified=st.booleans()), unique_by=lambda one: one.id
    ).map(tuple),
    run_order=_texts,
    run_edits=_run_edits,
    spending_limit_cents=st.integers(0, 10_000),
    recap=st.builds(RecapDraft, _text, comments=st.lists(st.tuples(_text, _text)).map(tuple)),
    thread=_parts(
        st.builds(
            ThreadPost,
            _id,
            _text,
            st.lists(st.builds(Told, st.sampled_from(TellsOf), _text, _id), max_size=3).map(tuple),
        )
    ),
    thanked=_texts,
)
"""Any chat as the app may hold it."""


PAGE = "https://x.com/intent/tweet?text=Q1%20Quels%20signes%C2%A0%3F%20%23UnionsPr%C3%A9coces"
"""The page of a post of HOUR."""

HOUR = (
    hour_row("welcome", 0, PostState.SENT, attempts=1, remote_id="12", changed_at=NOON),
    hour_row("q:a", 5, PostState.HANDED_OVER, attempts=1, changed_at=NOON, page=PAGE),
    hour_row("q:b", 12, PostState.PLANNED, picture=Picture(PNG_ID, "image/png", "Carte")),
    hour_row("q:c", 19, PostState.SKIPPED),
)
"""An hour in its middle, as a file gives it back."""
