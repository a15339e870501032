"""A whole hour in a real window under Xvfb, with all that goes wrong in one; the clock is wound."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Question, Route
from tchat_desktop.services.ports import ChatFile
from tests.e2e.test_journey import missing, travel


def chat(name: str, starts_at: datetime) -> Chat:
    """An hour of five questions, and one in reserve, without keys."""
    return Chat(
        id=name,
        topic="Mariage des enfants",
        organisation="Filles Debout",
        account="tchat_orga",
        hashtag="UnionsPrécoces",
        language="fr",
        route=Route.ASSISTED,
        starts_at=starts_at,
        minutes=60,
        questions=(
            *(Question(f"q{n}", f"Où agir, {n}\u00a0?") for n in range(1, 6)),
            Question("q6", "Et demain\u00a0?", essential=False),
        ),
    )


def test_an_hour_without_keys_counts_what_waits_and_opens_nothing_unasked() -> None:
    if reason := missing("xdotool"):
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder:
        for name, hour in (("hour", 20), ("late", 22)):
            starts_at = datetime(2026, 12, 5, hour, tzinfo=UTC)
            TchatFiles().write(Path(folder, f"{name}.tchat"), ChatFile(chat(name, starts_at)))
        travel("wound_session.sh", folder, "hour_journey.py")
