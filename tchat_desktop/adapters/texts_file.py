"""Reads the ready-made texts of a language from resources/templates/<language>.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tchat_desktop.domain.chat import Purpose
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.texts import Texts, TextsError, checked
from tchat_desktop.platform.paths import resource

FALLBACK = "fr"


def text_languages(folder: Path | None = None) -> tuple[str, ...]:
    """The languages posts can be written in, French first."""
    found = sorted(path.stem for path in (folder or resource("templates")).glob("*.toml"))
    return tuple(sorted(found, key=lambda code: (code != FALLBACK, code)))


def load_texts(language: str, rules: NetworkRules, folder: Path | None = None) -> Texts:
    """The texts of a language (BCP 47) for a network, in French when we have none for it.

    Raises TextsError when the file is not as it should be, OSError when it cannot be read.
    """
    folder = folder or resource("templates")
    short = language.replace("_", "-").split("-")[0].lower()
    code = short if short in text_languages(folder) else FALLBACK
    try:
        groups = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TextsError(f"{code}: {error}") from error
    questions = groups.pop("ideas", {})
    if strange := sorted(set(questions) - set(Purpose)):
        raise TextsError(f"{code}: example questions for unknown purposes {strange}")
    messages = {
        f"{group}.{key}": text for group, entries in groups.items() for key, text in entries.items()
    }
    ideas = {Purpose(purpose): tuple(texts) for purpose, texts in questions.items()}
    return checked(code, messages, ideas, rules)
