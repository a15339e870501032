"""A chat as it could have been, for the tests of what is handed over."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Question,
    RecapDraft,
    Role,
    Route,
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.wording import i18n
from tests.fakes.network import NETWORK

RESOURCES = Path(__file__).parents[3] / "resources"
STATIONERY = ExportTemplates(RESOURCES, i18n, NETWORK)
START = datetime(2026, 12, 5, 20, 0, tzinfo=UTC)

QUESTIONS = (
    "À quel âge les filles se marient-elles autour de vous, et qu’en dit-on\u00a0?",
    "Qui décide, dans la famille, et qui pourrait faire changer d’avis\u00a0?",
    "Que manque-t-il à la loi pour protéger les filles\u00a0?",
    "Que devient l’école après un mariage précoce\u00a0?",
    "Quel rôle pour les pères et les frères\u00a0?",
    "Quelle action, près de chez vous, a déjà marché\u00a0?",
    "Que feriez-vous dès demain\u00a0?",
)

PEOPLE = (
    ("Dr Ndèye Sarr", "ndeye_exemple"),
    ("Enseignante, Thiès", "prof_exemple"),
    ("Sage-femme, Dakar", "sagefemme_ex"),
    ("Moussa B.", "moussa_ex"),
    ("Collectif Nos Filles 🌸", "nosfilles_ex"),
    ("Papa de trois filles", "papa3_ex"),
)

WORDS = (
    "La loi existe, mais personne ne la connaît au village. Chez nous, c’est le conseil des femmes "
    "qui l’a lue à voix haute. #UnionsPrécoces",
    "À l’hôpital je vois les conséquences chaque semaine. Formons aussi les soignants à signaler. "
    "#UnionsPrécoces",
    "Merci @prof_exemple, nous avons fait pareil à Kolda\u00a0: https://example.org/kolda "
    "#UnionsPrécoces",
    "Quand la mère de la fille parle, on l’écoute. Quand deux mères parlent, on les suit.\n\n"
    "#UnionsPrécoces",
    "Mon père a dit non à l’oncle. J’ai fini mon lycée. Voilà ce que peut un père. 💪🏾 "
    "#UnionsPrécoces",
)


def chat(**changes: object) -> Chat:
    """The chat, with the changes made to it."""
    made = Chat(
        id="c1",
        organisation="Filles d’abord",
        account="fillesdabord_ex",
        topic="Mariage des enfants : agir à Dakar",
        summary="Comprendre et agir, avec celles et ceux qui le font déjà.",
        starts_at=START,
        time_zone="Africa/Dakar",
        hashtag="UnionsPrécoces",
        questions=tuple(
            Question(f"q{number}", text, essential=number != 6)
            for number, text in enumerate(QUESTIONS, start=1)
        ),
        people=(
            Person("g1", Role.GUEST, "Dr Ndèye Sarr", "ndeye_exemple",
                   bio="Pédiatre à Saint-Louis", email="ndeye@example.org",
                   time_zone="Europe/Paris", invitation=Invitation.ACCEPTED),
            Person("g2", Role.GUEST, "Sage-femme, Dakar", "sagefemme_ex", bio="Maternité de Pikine",
                   invitation=Invitation.ACCEPTED),
            Person("g3", Role.GUEST, "Me Invité", "pas_venu_ex", invitation=Invitation.INVITED),
            Person("t1", Role.CO_HOST, "Fatou", "fatou_ex"),
        ),
        recap=RecapDraft(
            title="Mariage des enfants : agir à Dakar, ce que nous avons appris",
            introduction="Pendant une heure, des parents, des enseignantes et une sage-femme ont "
            "partagé ce qui change autour d’eux. Voici les moments forts, question par question.",
            conclusion="Rendez-vous au printemps, avec les pères cette fois.\n\nMerci à toutes et "
            "à tous.",
            comments=(
                ("q3", "Plusieurs réponses vont dans le même sens : la loi n’est utile que si "
                 "elle circule. Une idée revient, la lire ensemble."),
            ),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def post(
    number: int, author: int = 1, text: str = "", minute: float = 19, **marks: object
) -> FeedPost:
    """A starred post of one of PEOPLE."""
    name, handle = PEOPLE[author]
    return FeedPost(
        Post(
            str(1_000_000_000_000_000 + number),
            handle,
            name,
            text or WORDS[number % len(WORDS)],
            START + timedelta(minutes=minute),
            url=f"https://x.com/{handle}/status/{1_000_000_000_000_000 + number}",
        ),
        **{"starred": True, **marks},
    )


def row(question: int, minute: float, **changes: object) -> OutboxPost:
    """The question of that number, sent."""
    at = START + timedelta(minutes=minute)
    sent = OutboxPost(
        id=f"r{question}",
        chat_id="c1",
        occasion=Occasion.LIVE,
        slot=f"q:q{question}",
        kind=PostKind.QUESTION,
        text=f"Q{question} {QUESTIONS[question - 1]} #UnionsPrécoces",
        due_at=at,
        expires_at=at + timedelta(minutes=5),
        route=Route.KEYS,
        state=PostState.SENT,
        question_id=f"q{question}",
        number=question,
        remote_id=str(2_000_000_000_000_000 + question),
        changed_at=at,
    )
    return replace(sent, **changes)


def rows() -> list[OutboxPost]:
    """Seven questions asked, seven minutes and a half apart."""
    return [row(number, 4 + 7.5 * (number - 1)) for number in range(1, 8)]


def crowd(highlights: int = 14, posts: int = 328, people: int = 48) -> list[FeedPost]:
    """A lively hour: many posts, the first ones of each question starred."""
    dice = random.Random(5)
    made = []
    for number in range(posts):
        question = number % 7 + 1
        minute = min(63.0, 4 + 7.5 * (question - 1) + dice.expovariate(1 / 3.5))
        item = post(number, number % len(PEOPLE), minute=minute, question_id=f"q{question}",
                    starred=number < highlights)  # fmt: skip
        if number >= highlights and number % people >= len(PEOPLE):
            author = f"voix{number % people}_ex"
            item = replace(item, post=replace(item.post, author=author, author_name=author))
        made.append(item)
    return made
