"""A chat with everything filled in, for tests to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    HelpLine,
    Invitation,
    Person,
    Purpose,
    Question,
    Role,
    Route,
)

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
START = datetime(2026, 12, 5, 20, tzinfo=UTC)

QUESTIONS = (
    "Quels signes montrent qu’une fille risque un mariage précoce ?",
    "À quoi ressemble une école accueillante ?",
    "Que manque-t-il à la loi ?",
    "Qui, dans votre quartier, a changé d’avis ?",
    "Comment parler aux grands-parents ?",
    "Quel métier fait rêver vos élèves ?",
    "De quels moyens avez-vous besoin ?",
)


def a_chat(**changes: Any) -> Chat:
    """A chat ready for its hour, 25 days before."""
    chat = Chat(
        id="chat",
        purpose=Purpose.SHARE_INFORMATION,
        organisation="Filles Debout",
        account="FillesDebout",
        audience="toutes celles et tous ceux qui agissent",
        success="dix personnes posent une question",
        topic="Mariage des enfants : agir à Dakar",
        starts_at=START,
        audience_zones=("Europe/Paris",),
        hashtag="UnionsPrécoces",
        questions=tuple(
            Question(f"id{n}", text, essential=n != 4) for n, text in enumerate(QUESTIONS, start=1)
        ),
        people=(
            Person(
                "awa",
                name="Awa",
                handle="sagefemme_ex",
                bio="sage-femme à Dakar",
                invitation=Invitation.ACCEPTED,
                has_questions=True,
            ),
            Person(
                "idy",
                name="Idy",
                handle="prof_exemple",
                bio="enseignant à Thiès",
                invitation=Invitation.ACCEPTED,
                has_questions=True,
            ),
            Person("mod", Role.MODERATOR, name="Fatou", handle="fatou_ex"),
        ),
        announcements=(
            Announcement("x-20160", minutes_before=20160, done=True),
            Announcement("x-10080", minutes_before=10080, done=True),
        ),
        run_sheet_seen=True,
        route=Route.ASSISTED,
        rehearsed_at=NOW,
        rules_accepted=True,
        help_lines=(HelpLine("sn", "Sénégal", "116", "enfants", verified=True),),
        focal_point="Fatou",
    )
    return replace(chat, **changes)
