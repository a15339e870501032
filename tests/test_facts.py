"""What our texts state as a fact is in resources/platform.toml, with a source and a date."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tchat_desktop.adapters.days_file import load_days
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.network_rules import Action, RateLimits
from tchat_desktop.domain.x import pictures
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.platform.paths import resource
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.network import network_rules

PLATFORM: dict[str, Any] = tomllib.loads(resource("platform.toml").read_text("utf-8"))
FACTS: dict[str, dict[str, Any]] = PLATFORM["facts"]

CATALOGUE = resource("..", "translations", "tchat.pot")

FIGURES = re.compile(
    r"\b280\b|\b15 (?:characters|at most|MB)|\b1[, ]?000 characters|\b5 MB|\b1[, ]?280\b|\b350\b"
    r"|[0-9][.,][0-9]+ ?\$|\$ ?[0-9]"
)
"""Figures of X as a text would write them: they come in by a placeholder instead."""


@pytest.mark.parametrize("name", FACTS)
def test_each_fact_has_a_source_and_a_date(name: str) -> None:
    fact = FACTS[name]
    assert fact["source"].startswith("https://")
    assert date(2026, 1, 1) <= fact["checked"]
    assert "value" in fact or fact["says"]


def test_prices_and_limits_have_a_source_and_a_date() -> None:
    assert set(PLATFORM["sources"]) == {"cents", "limits"}
    assert all(source.startswith("https://") for source in PLATFORM["sources"].values())


def test_prices_and_limits_are_those_that_were_looked_up() -> None:
    """The one test to change with the file: everywhere else prices are made up."""
    platform = network_rules().platform
    assert platform.as_of == date(2026, 11, 1)
    assert platform.cents == {
        Action.POST: 1.5,
        Action.POST_WITH_LINK: 20.0,
        Action.REPLY: 1.0,
        Action.OWN_REPLY: 1.5,
        Action.REPOST: 1.5,
        Action.READ_POST: 0.5,
        Action.READ_USER: 1.0,
        Action.READ_OWN: 0.1,
    }
    assert platform.limits == RateLimits(
        posts_per_15_minutes=100,
        reposts_per_15_minutes=50,
        posts_per_day=50,
        replies_per_day=200,
    )


def test_the_rules_of_the_app_are_those_of_the_file() -> None:
    values = {name: fact.get("value") for name, fact in FACTS.items()}
    assert values["post_characters"] == X_RULES.longest_post
    assert values["name_characters"] == X_RULES.longest_handle
    assert values["description_characters"] == pictures.LONGEST_ALT_TEXT
    assert values["picture_megabytes"] * 1_000_000 == pictures.LARGEST_PICTURE
    assert values["moving_picture_megabytes"] * 1_000_000 >= pictures.LARGEST_PICTURE
    assert list(pictures.MOVING_SIZE) == values["moving_picture_points"]
    assert values["moving_picture_frames"] == pictures.MOST_FRAMES


def test_the_day_of_the_girl_is_called_by_its_name() -> None:
    month, day = FACTS["girls_day"]["value"]
    [found] = [one for one in load_days() if (one.month, one.day) == (month, day)]
    assert found.name("fr") == "Journée internationale de la fille"
    assert found.name("en") == "International Day of the Girl Child"


def test_no_text_of_the_screens_writes_a_figure_of_x_itself() -> None:
    with CATALOGUE.open("rb") as stream:
        messages = [message.id for message in read_po(stream) if message.id]
    written = [text for one in messages for text in ((one,) if isinstance(one, str) else one)]
    assert [text for text in written if FIGURES.search(text)] == []


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_the_guest_pack_counts_as_x_does(language: str) -> None:
    [said] = re.findall(r"[0-9]{2,}", texts_of(language).messages["pack.how.4"])
    assert int(said) == FACTS["post_characters"]["value"]


UNTRUE = {
    "twice": r"refuses? (?:it|the same post) twice|refuse deux fois",
    "mentions": r"X forbids uninvited|X interdit les mentions non",
    "account": r"[Nn]o account to open|[Pp]as de compte à ouvrir|without an account",
    "reach": r"[Nn]obody knows how many|[Pp]ersonne ne sait combien",
    "mentioned": r"only (?:people|those) who mentioned you",
}


@pytest.mark.parametrize("name", UNTRUE)
def test_no_untrue_statement_comes_back(name: str) -> None:
    root = resource("..")
    files = [
        *(root / "translations").glob("*/LC_MESSAGES/*.po"),
        *(root / "resources" / "languages").glob("*/posts.toml"),
        *(root / "docs").glob("guide-*.md"),
        root / "README.md",
    ]
    assert len(files) >= 7
    for path in files:
        text = re.sub(r'"\n"', "", path.read_text("utf-8"))
        assert not re.search(UNTRUE[name], re.sub(r"\s+", " ", text)), path.name
