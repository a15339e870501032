"""What a participant's post is about, and links to posts."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Invitation, Occasion, Person, Question, Role, Route
from tchat_desktop.domain.conversation import (
    ANSWERING_TIME,
    NO,
    YES,
    Asked,
    FeedPost,
    Mark,
    Marking,
    Post,
    asked_questions,
    asked_wordings,
    asks,
    closed_at,
    is_by_hand,
    is_from_guest,
    is_from_organiser,
    is_question,
    newest_id,
    number_named,
    question_of,
)
from tchat_desktop.domain.network_rules import NotAPostLink
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.run_items import question_in
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.post_ids import is_later, made_up_id, posted_at
from tests.fakes.network import NETWORK

AT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
CHAT = Chat(
    id="chat",
    account="VoixFilles_ex",
    questions=(
        Question("loi", "La loi ?"),
        Question("ecole", "L’école ?"),
        Question("sante", "La santé ?"),
    ),
    people=(
        Person("1", handle="SageFemme_ex"),
        Person("2", handle="absente_ex", invitation=Invitation.DECLINED),
        Person("3", role=Role.MODERATOR, handle="modo_ex"),
        Person("4", name="Sans compte"),
    ),
)
ASKED = (Asked("loi", "50", AT), Asked("ecole", "60", AT + timedelta(minutes=6)))


def post(text: str, minutes: float = 1, in_reply_to: str = "", author: str = "ami_ex") -> Post:
    at = AT + timedelta(minutes=minutes)
    return Post("1", author, author, text, at, in_reply_to=in_reply_to)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R3 La loi existe", 3),
        ("r3: la loi", 3),
        ("R 3 La loi", 3),
        ("R3. La loi", 3),
        ("A2 The law", 2),
        ("Rép. 3 La loi", 3),
        ("Réponse 3 : la loi", 3),
        ("Q3 : je dirais la loi", 3),
        ("#UnionsPrécoces R3 La loi", 3),
        ("@voixfilles_ex @ami_ex R10 La loi", 10),
        ("👉🏾 R3 La loi", 3),
        ("Pour R3, la loi", 3),
        ("La loi #UnionsPrécoces R3", 3),
        ("A 3 heures du matin", None),
        ("à 3 ans", None),
        ("Article 3", None),
        ("R3D2 et C3PO", None),
        ("Pour a4 ou r3", None),
        ("R123 La loi", None),
        ("La loi", None),
        ("", None),
    ],
)
def test_the_number_a_post_names(text: str, number: int | None) -> None:
    assert number_named(text) == number


@pytest.mark.parametrize(
    ("made", "question_id"),
    [
        (post("R3 En avance, j’avais les questions"), "sante"),
        (post("R2 Avant tout le monde", minutes=-5), "ecole"),
        (post("R9 Il n’y en a pas tant"), "loi"),
        (post("R0 Encore moins"), "loi"),
        (post("D’accord", minutes=50, in_reply_to="50"), "loi"),
        (post("R2 En réponse à la première", in_reply_to="50"), "ecole"),
        (post("D’accord avec toi", minutes=7, in_reply_to="999"), "ecole"),
        (post("Chez nous aussi", minutes=5.9), "loi"),
        (post("Chez nous aussi", minutes=6), "ecole"),
        (post("Chez nous aussi", minutes=16), "ecole"),
        (post("Chez nous aussi", minutes=16.1), ""),
        (post("Bonsoir à toutes", minutes=-0.1), ""),
        (post("Et comment faire ?"), ""),
        (post("R1 Qui oserait ?"), "loi"),
    ],
)
def test_the_question_a_post_belongs_to(made: Post, question_id: str) -> None:
    assert question_of(made, CHAT, ASKED) == question_id


def test_before_any_question_a_post_belongs_to_none() -> None:
    assert question_of(post("Bonsoir"), CHAT, ()) == ""
    assert timedelta(minutes=1) < ANSWERING_TIME


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Comment faire ?", True),
        ("How?", True),
        ("كيف؟", True),
        ("Comment faire ? https://exemple.org/a", True),
        ("Voyez https://exemple.org/?page=2", False),
        ("R2 Qui oserait ?", False),
        ("R2 Et au poste de santé, combien coûte le test rapide ?", True),
        ("R4 Où trouver le formulaire ?", True),
        ("A2 How much is the test?", True),
        ("R2 Je sais combien ça coûte. Et vous ?", False),
        ("Je me demande comment.", False),
        ("R2 Chez nous on dit 15 ans sur l’affiche, est-ce une erreur ?", True),
        ("R2 Au centre, c’est gratuit ?", True),
        ("R2 À qui s’adresser le dimanche ?", True),
        ("R3 Y a-t-il un numéro pour le Bénin ?", True),
        ("R3 Pouvez-vous redonner le lien ?", True),
        ("R3 Merci. Vous avez une affiche en langue locale ?", True),
        ("R1 Dois-je venir avec un parent ?", True),
        ("R1 Quand faut-il appeler ?", True),
        ("A2 The poster says 15, is it a mistake?", True),
        ("A2 Is there a number for Benin?", True),
        ("A1 Could you share the link again?", True),
        ("A3 Does the clinic open on Sundays?", True),
        ("R2 C’est la loi, n’est-ce pas ?", False),
        ("R2 Comment est-ce possible ?", False),
        ("R2 Quel parent accepterait cela ?", False),
        ("R2 Combien de filles encore ?", False),
        ("R1 Pas de doute, non ?", False),
        ("A2 How many more girls?", False),
        ("A2 How can we accept this?", False),
        ("A1 It is the law, isn’t it?", False),
        ("A1 And you?", False),
        ("@tchat_org bonsoir, comment faire pour convaincre mon père #Tag", True),
        ("Je voudrais savoir à partir de quel âge la loi permet", True),
        ("Quelqu’un connaît un centre à Thiès #Tag", True),
        ("Svp où trouver le formulaire", True),
        ("Bonsoir. Que faire quand le chef s’y oppose", True),
        ("How can we help her", True),
        ("Ma question : les garçons aussi", True),
        ("Comment j’ai dit non à mon oncle", False),
        ("Que de courage ce soir !", False),
        ("Voilà pourquoi je suis là", False),
        ("On ne sait jamais où aller ni que faire", False),
        ("Quel courage", False),
        ("R1 Que faire sinon parler", False),
        ("This is how we do it", False),
    ],
)
def test_what_is_a_question_of_the_audience(text: str, asks: bool) -> None:
    assert is_question(text) is asks


def test_what_the_organiser_says_is_a_question_goes_before_its_words() -> None:
    missed, asked = post("R2 Et nos mères, qui leur explique"), post("Et les garçons ?")
    assert [asks(FeedPost(missed, asks=said)) for said in ("", YES, NO)] == [False, True, False]
    assert [asks(FeedPost(asked, asks=said)) for said in ("", YES, NO)] == [True, True, False]


@pytest.mark.parametrize(
    ("author", "guest", "organiser"),
    [
        ("sagefemme_EX", True, False),
        ("absente_ex", False, False),
        ("modo_ex", False, False),
        ("", False, False),
        ("voixfilles_EX", False, True),
    ],
)
def test_who_wrote_it(author: str, guest: bool, organiser: bool) -> None:
    made = post("Bonsoir", author=author)
    assert is_from_guest(made, CHAT) is guest
    assert is_from_organiser(made, CHAT) is organiser


def test_nobody_is_the_organiser_of_a_chat_without_account() -> None:
    assert is_from_organiser(post("Bonsoir", author=""), replace(CHAT, account="")) is False


def row(
    slot: str, state: PostState, minutes: int, kind: PostKind = PostKind.QUESTION
) -> OutboxPost:
    due_at = AT + timedelta(minutes=minutes)
    return OutboxPost(
        id=slot,
        chat_id="chat",
        occasion=Occasion.LIVE,
        slot=slot,
        kind=kind,
        text="",
        due_at=due_at,
        expires_at=due_at,
        route=Route.KEYS,
        state=state,
        question_id=question_in(slot),
        remote_id=f"remote-{slot}",
        changed_at=due_at + timedelta(seconds=1),
    )


def test_the_questions_that_were_asked_in_the_order_they_left() -> None:
    rows = [
        row("q:ecole", PostState.SENT, 9),
        row("q:loi", PostState.HANDED_OVER, 3),
        row("q:sante", PostState.PLANNED, 5),
        row("q:gone", PostState.SENT, 1),
        row("welcome", PostState.SENT, 0, PostKind.WELCOME),
    ]
    assert asked_questions(CHAT, rows, NETWORK) == (
        Asked("loi", "remote-q:loi", AT + timedelta(minutes=3, seconds=1)),
        Asked("ecole", "remote-q:ecole", AT + timedelta(minutes=9, seconds=1)),
    )


def test_what_is_said_after_the_closing_words_answers_no_question() -> None:
    rows = [
        row("closing", PostState.SENT, 8, PostKind.CLOSING),
        row("thanks", PostState.SENT, 9, PostKind.THANKS),
    ]
    closed = closed_at(rows, NETWORK)
    assert closed == AT + timedelta(minutes=8, seconds=1)
    assert question_of(post("Merci !", minutes=8.5), CHAT, ASKED, closed) == ""
    assert question_of(post("R2 Encore un mot", minutes=8.5), CHAT, ASKED, closed) == "ecole"
    assert question_of(post("Chez nous", minutes=8), CHAT, ASKED, closed) == "ecole"
    assert closed_at([row("closing", PostState.PLANNED, 8, PostKind.CLOSING)], NETWORK) is None


def test_a_link_without_author_is_a_link() -> None:
    for text in ("https://x.com/i/status/12", "https://twitter.com/i/web/status/12?s=20"):
        link = links.read(text)
        assert (link.author, link.id, link.url) == ("", "12", "https://x.com/i/status/12")


def test_odd_texts_take_no_time() -> None:
    began = time.thread_time()
    for piece in ("#a", "@", "#", "a.", "R", "https://", "# ", "é"):
        number_named(piece * 5000)
        is_question(piece * 5000)
    assert time.thread_time() - began < 1


@pytest.mark.parametrize(
    ("post_id", "instant"),
    [
        ("1541815603606036480", datetime(2022, 6, 28, 16, 7, 40, 105000, tzinfo=UTC)),
        ("20", None),
        ("29700859247", None),
        ("", None),
        ("12a", None),
        ("٣٣٣٣٣٣٣٣٣٣٣٣٣٣٣٣", None),
        ("9" * 20, None),
    ],
)
def test_the_instant_is_in_the_id(post_id: str, instant: datetime | None) -> None:

    assert posted_at(post_id) == instant


def test_ids_grow_with_the_instants_they_are_made_of() -> None:
    first, then = made_up_id(AT, 9), made_up_id(AT + timedelta(milliseconds=1), 10)
    assert posted_at(first) == AT
    assert is_later(then, first)
    assert is_later(made_up_id(AT, 10), first)
    assert not is_later(first, first)
    assert is_later("100", "99")


def test_a_version_edited_on_x_has_an_id_of_its_own() -> None:
    first = Post("100000", "a", "@a", "R1", AT, url="https://x.com/a/status/100005")
    assert newest_id(first, NETWORK) == "100005"
    assert newest_id(replace(first, url=""), NETWORK) == "100000"
    assert is_by_hand(first)
    assert not is_by_hand(replace(first, author_name="Awa"))


@pytest.mark.parametrize(
    "pasted",
    [
        "https://x.com/awa_ex/status/12",
        "<https://x.com/awa_ex/status/12>",
        "https://x.com/awa_ex/status/12.",
        "Regardez : https://x.com/awa_ex/status/12, merci",
        "https://x.com/awa_ex/status/12?s=20&t=abc",
        "https://mobile.twitter.com/awa_ex/status/12/photo/1",
        "https://x.com/awa_ex/status/12/analytics",
        "x.com/awa_ex/status/12",
        "https://x.com/awa_ex/status/12 https://x.com/awa_ex/status/12",
    ],
)
def test_the_one_link_in_what_was_pasted_is_found(pasted: str) -> None:
    link = links.pasted(pasted)
    assert (link.author, link.id) == ("awa_ex", "12")


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "bonjour",
        "https://x.com/awa_ex",
        "https://x.com/a/status/1 https://x.com/b/status/2",
        "https://evil.example/?u=https://x.com/a/status/1",
        "https://evil.example/?u=x.com/a/status/1",
        "https://evil.example/x.com/a/status/1",
        "https://nox.com/a/status/1",
        "https://x.com@evil.example/a/status/1",
    ],
)
def test_what_is_not_one_link_to_a_post_is_refused(pasted: str) -> None:
    with pytest.raises(NotAPostLink):
        links.pasted(pasted)


@pytest.mark.parametrize(
    ("minutes", "closed", "question_id"),
    [(7.9, 8, "ecole"), (8, 8, ""), (8.1, 8, ""), (8.1, None, "ecole")],
)
def test_from_the_closing_words_on_time_alone_says_nothing(
    minutes: float, closed: int | None, question_id: str
) -> None:
    end = None if closed is None else AT + timedelta(minutes=closed)
    assert question_of(post("Chez nous", minutes), CHAT, ASKED, end) == question_id
    answer = post("Chez nous", minutes, in_reply_to="50")
    assert question_of(answer, CHAT, ASKED, end) == "loi"


def test_the_number_a_question_was_asked_by_goes_before_the_planned_one() -> None:
    """Q1 was left out: what was planned second was asked as Q1."""
    asked = (Asked("ecole", "60", AT, number=1), Asked("loi", "", AT, number=None))
    assert question_of(post("R1 oui"), CHAT, asked) == "ecole"
    assert question_of(post("R3 oui"), CHAT, asked) == "sante"
    # No question to come has that number, but one is being answered now.
    assert question_of(post("R2 oui"), CHAT, asked) == "loi"


def test_a_reply_to_a_question_whose_id_is_not_known_goes_by_time() -> None:
    asked = (Asked("loi", "", AT), Asked("ecole", "60", AT + timedelta(minutes=6)))
    assert question_of(post("Oui", minutes=7), CHAT, asked) == "ecole"
    assert question_of(post("Oui", minutes=7, in_reply_to="60"), CHAT, asked) == "ecole"


@pytest.mark.parametrize(
    ("left", "closed"),
    [
        ({}, None),
        ({PostKind.CLOSING: PostState.SENT}, 8),
        ({PostKind.THANKS: PostState.UNKNOWN}, 9),
        ({PostKind.CLOSING: PostState.HANDED_OVER, PostKind.THANKS: PostState.SENT}, 8),
        ({PostKind.CLOSING: PostState.PLANNED, PostKind.THANKS: PostState.SENT}, 9),
        ({PostKind.QUESTION: PostState.SENT}, None),
    ],
)
def test_the_chat_is_closed_by_the_first_of_its_last_words(
    left: dict[PostKind, PostState], closed: int | None
) -> None:
    minute = {PostKind.CLOSING: 8, PostKind.THANKS: 9, PostKind.QUESTION: 7}
    rows = [row(str(kind), state, minute[kind], kind) for kind, state in left.items()]
    expected = None if closed is None else AT + timedelta(minutes=closed, seconds=1)
    assert closed_at(rows[::-1], NETWORK) == expected


@pytest.mark.parametrize("state", PostState)
def test_a_question_was_asked_once_it_is_out_or_may_be(state: PostState) -> None:
    out = state in (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
    rows = [replace(row("q:loi", state, 3), text="Q1 La loi ? #Tag")]
    assert bool(asked_questions(CHAT, rows, NETWORK)) is out
    assert asked_wordings(replace(CHAT, hashtag="tag"), rows) == (
        {"loi": "La loi ?"} if out else {}
    )
    nudge = [replace(one, kind=PostKind.NUDGE) for one in rows]
    assert (asked_questions(CHAT, nudge, NETWORK), asked_wordings(CHAT, nudge)) == ((), {})


@pytest.mark.parametrize(
    ("posted", "worded"),
    [
        ("Q1 La loi, #Tag, suffit ? #TAG", "La loi, #Tag, suffit ?"),
        ("Q12 – La loi ?", "La loi ?"),
        ("Q123 La loi ?", "Q123 La loi ?"),
        ("Q1 Q2 La loi ?", "Q2 La loi ?"),
        ("Q1 La loi  en  deux ? #Tag", "La loi  en  deux ?"),
        ("#Tag", ""),
        ("Q1", ""),
        ("", ""),
    ],
)
def test_number_and_tag_are_taken_off_the_wording_once(posted: str, worded: str) -> None:
    rows = [replace(row("q:loi", PostState.SENT, 3), text=posted)]
    assert asked_wordings(replace(CHAT, hashtag="Tag"), rows) == {"loi": worded}


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_changes_itself_and_what_it_excludes(mark: Mark) -> None:
    text_marks = (Mark.QUESTION, Mark.ASSIGNED, Mark.ASKS)
    value = "x" if mark in text_marks else True
    bare = FeedPost(post("Bonsoir"))
    assert Marking("1", mark, value).on(bare) == replace(bare, **{mark.value: value})
    care = replace(bare, harmless=True, confided=True)
    after = Marking("1", mark, value).on(care)
    assert after.harmless is (mark not in (Mark.CONFIDED, Mark.NAMES_CHILD))
    assert after.confided is (mark is not Mark.HARMLESS)
    if mark not in text_marks:
        # Taken away, a mark leaves the others as they are.
        assert Marking("1", mark, False).on(care) == replace(care, **{mark.value: False})


def test_a_corrected_post_keeps_what_was_said_of_the_same_words_only() -> None:
    feed = FeedPost(post("Bonsoir"), starred=True, harmless=True, question_id="loi")
    same = feed.corrected(post("Bonsoir", minutes=9), "ecole")
    assert (same.harmless, same.starred, same.question_id) == (True, True, "ecole")
    assert not feed.corrected(post("Bonjour"), "loi").harmless
    assert not replace(feed, harmless=False).corrected(feed.post, "loi").harmless
