"""A made-up public of 300 people for an hour: who says what, when, and what must be counted.

The expected numbers follow from what each of them is made to say, and not from the app's rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import count

from tchat_desktop.domain.chat import Chat, Person, Question, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.x.post_ids import made_up_id, posted_at
from tests.fakes import x_pages

HOST = "tchat_orga"
GUEST = "prof_ex"
TROLL = "troll_0"
CONFIDES = "discrete_1"
ASKS_US = "curieuse_0"
"""Who asks the organiser by name, so that keys may answer."""
TAG = "#UnionsPrécoces"
QUESTIONS = 5
MINUTE = timedelta(minutes=1)

PASTED = tuple(range(3, 57, 3))
"""The minutes of the chat at which its page is copied and pasted."""
ON_PAGE = 45
"""How many posts a page shows, the newest."""
EDITED_AFTER = timedelta(seconds=40)


class Said(Enum):
    """What somebody's post is."""

    ANSWER = auto()
    QUESTION = auto()
    OTHER = auto()
    TROLLING = auto()
    """By the one whom the organiser hides."""
    REPOST = auto()


@dataclass(frozen=True)
class Spoken:
    """What somebody says, `at` after the start of the chat."""

    at: timedelta
    author: str
    text: str
    said: Said
    question: int = 0
    """The number of the question that it answers, 0 for none."""
    edited: str = ""
    """What the text becomes `EDITED_AFTER` it was posted; "" for no edit."""
    replies: bool = False
    """Whether it is a reply to the post of that question."""


def chat(route: Route, starts_at: datetime) -> Chat:
    """An hour of five questions with a guest."""
    return Chat(
        id="crowd",
        topic="Mariage des enfants",
        organisation="Filles Debout",
        account=HOST,
        hashtag=TAG[1:],
        language="fr",
        route=route,
        starts_at=starts_at,
        minutes=60,
        questions=tuple(
            Question(f"q{n}", f"Où agir, {n}\u00a0?", minutes=9) for n in range(1, QUESTIONS + 1)
        ),
        people=(Person("g1", name="Awa Ndiaye", handle=GUEST),),
        spending_limit_cents=2000,
    )


def script() -> Sequence[Spoken]:
    """All that 300 people say from two minutes before the chat to its 57th minute, in order."""
    return sorted(_spoken(), key=lambda one: one.at)


def _asked_at(question: int) -> timedelta:
    """When a question has certainly been asked: its time in the run sheet, and a minute."""
    return (5 + 9 * (question - 1) + (2 if question > 2 else 0)) * MINUTE


def _spoken() -> Iterator[Spoken]:
    yield from _answers()
    yield from _marks()
    for n in range(38):
        at = 150 * timedelta(seconds=1) + n * timedelta(seconds=82)
        text = f"Comment faire dans une école de {n} classes ? {TAG}"
        yield Spoken(at, f"demande_{n}", text, Said.QUESTION)
    for n in range(2):
        text = f"@{HOST} Où trouver votre guide numéro {n} ? {TAG}"
        yield Spoken(17 * MINUTE + n * MINUTE, f"curieuse_{n}", text, Said.QUESTION)
    for n in range(5):
        text = f"Vous êtes des idiots, numéro {n + 1}. {TAG}"
        yield Spoken(timedelta(seconds=20 * n - 120), f"troll_{n + 1}", text, Said.OTHER)
    for n in range(6):
        text = f"Quelle bande de nuls, je le dis {n + 2} fois. {TAG}"
        yield Spoken((12.5 + 6 * n) * MINUTE, TROLL, text, Said.TROLLING)
    text = f"J’ai 14 ans, mes parents veulent me marier de force le mois prochain. {TAG}"
    yield Spoken(26 * MINUTE, CONFIDES, text, Said.OTHER)
    for n in range(10):
        yield Spoken((20 + 3 * n) * MINUTE, f"relais_{n}", "", Said.REPOST)


def _answers() -> Iterator[Spoken]:
    number = count()
    for question in range(1, QUESTIONS + 1):
        for n in range(36):
            at = _asked_at(question) + n * timedelta(seconds=13)
            text = f"R{question} Chez nous, l’école du quartier {next(number)} aide. {TAG}"
            yield Spoken(at, f"voix_{question}_{n}", text, Said.ANSWER, question)
        for n in range(4):
            # Without its number: the time tells what it answers.
            at = _asked_at(question) + (40 + 50 * n) * timedelta(seconds=1)
            text = f"Les réunions de parents, {next(number)} fois déjà. {TAG}"
            yield Spoken(at, f"avis_{question}_{n}", text, Said.ANSWER, question)
        at = _asked_at(question) + timedelta(seconds=95)
        text = f"Nous avons lu la loi ensemble, {next(number)} voisines. {TAG}"
        yield Spoken(at, f"reponse_{question}", text, Said.ANSWER, question, replies=True)
    for question in (1, 2, 3):
        at = _asked_at(question) + timedelta(seconds=70)
        text = f"R{question} La loi protège, page {next(number)}. {TAG}"
        yield Spoken(at, GUEST, text, Said.ANSWER, question)


def _marks() -> Iterator[Spoken]:
    """In Arabic, in emoji alone, with marks that turn the direction, and corrected afterwards."""
    for n in range(15):
        text = f"R3 المدرسة تحمي البنات، الحي {n} {TAG}"
        yield Spoken(_asked_at(3) + n * timedelta(seconds=17), f"sawt_{n}", text, Said.ANSWER, 3)
    for n in range(10):
        text = f"R4 {'🎉' * (n + 1)} 👩🏽‍🏫 {TAG}"
        yield Spoken(_asked_at(4) + n * timedelta(seconds=23), f"emoji_{n}", text, Said.ANSWER, 4)
    for n in range(4):
        text = f"R2 \u202egauche à droite{n}\u202c {TAG}"
        yield Spoken(_asked_at(2) + n * timedelta(seconds=31), f"tourne_{n}", text, Said.ANSWER, 2)
    for n in range(8):
        text = f"R5 Une fote de frappe {n} {TAG}"
        better = f"R5 Une faute de frappe {n} {TAG}"
        at = _asked_at(5) + n * timedelta(seconds=45)
        yield Spoken(at, f"corrige_{n}", text, Said.ANSWER, 5, edited=better)


# --- what must be counted ------------------------------------------------------------------


def expected(posts: Sequence[Spoken]) -> dict[str, int]:
    """How many posts each filter must show at the end, by its English name, and "Hidden"."""
    said = Counter(one.said for one in posts)
    counts = {
        "All": sum(said.values()) - said[Said.REPOST] - said[Said.TROLLING],
        "Questions": said[Said.QUESTION],
        "Guests": sum(one.author == GUEST for one in posts),
        "Hidden": said[Said.TROLLING],
    }
    answered = Counter(one.question for one in posts if one.question)
    return counts | {f"Q{number}": answered[number] for number in range(1, QUESTIONS + 1)}


# --- as pages ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """The page of the tag at a minute, and what the app must say that it brought."""

    minute: int
    markup: str
    new: int
    known: int
    own: int
    ids: frozenset[str]
    """The ids of the posts of others on it."""


def pages(starts_at: datetime, own: Sequence[tuple[datetime, str]]) -> Iterator[Page]:
    """The page at each minute of `PASTED`; `own` are the posts of the organiser with their times.

    A corrected post has the id of its correction, as on X.
    """
    posts = sorted(
        [
            *(_on_page(one, starts_at, n) for n, one in enumerate(script())),
            *(_post(at, HOST, text, 900 + n) for n, (at, text) in enumerate(own)),
        ],
        key=lambda one: one.created_at,
    )
    before: set[str] = set()
    for minute in PASTED:
        until = starts_at + minute * MINUTE
        shown = [one for one in posts if one.created_at <= until][-ON_PAGE:]
        others = {one.id for one in shown if one.author != HOST and one.text}
        entries = [_seen(one, posts) for one in reversed(shown)]
        reposted = {one.post.id for one in entries if one.reposted_by}
        found = others | reposted
        yield Page(
            minute=minute,
            markup=x_pages.today(entries),
            new=len(found - before),
            known=len(found & before),
            own=sum(one.author == HOST for one in shown),
            ids=frozenset(found),
        )
        before |= found


def _on_page(one: Spoken, starts_at: datetime, number: int) -> Post:
    at = starts_at + one.at + (EDITED_AFTER if one.edited else timedelta())
    return _post(at, one.author, one.edited or one.text, number)


def _post(at: datetime, author: str, text: str, number: int) -> Post:
    post_id = made_up_id(at, number)
    instant = posted_at(post_id)
    assert instant is not None
    address = f"https://x.com/{author}/status/{post_id}"
    return Post(post_id, author, f"Nom de {author}", text, instant, address)


def _seen(post: Post, posts: Sequence[Post]) -> x_pages.Seen:
    """A post as the page shows it; a repost shows the first answer again."""
    if post.text:
        return x_pages.seen(post)
    first = next(one for one in posts if one.author == "voix_1_0")
    return replace(x_pages.seen(first), reposted_by=post.author)
