"""Reads the ready-made texts of a language from resources/languages/<code>/posts.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tchat_desktop.domain.chat import Purpose
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.texts import Texts, TextsError, Theme, checked
from tchat_desktop.platform.paths import resource


def load_texts(language: str, rules: NetworkRules, folder: Path | None = None) -> Texts:
    """The texts of a language (BCP 47) for a network, or the French ones if it has none.

    Raises TextsError when the file is incomplete or malformed, OSError when it cannot be read.
    """
    code = known_code(language) or FALLBACK
    path = (folder or resource("languages")) / code / "posts.toml"
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TextsError(f"{code}: {error}") from error
    questions = groups.pop("ideas", {})
    if strange := sorted(set(questions) - set(Purpose)):
        raise TextsError(f"{code}: example questions for unknown purposes {strange}")
    themes = tuple(
        Theme(tuple(one.get("keywords", ())), tuple(one.get("ideas", ())))
        for one in groups.pop("themes", {}).values()
    )
    messages = {
        f"{group}.{key}": text for group, entries in groups.items() for key, text in entries.items()
    }
    ideas = {Purpose(purpose): tuple(texts) for purpose, texts in questions.items()}
    return checked(code, messages, ideas, rules, themes)
