"""The texts of the app, for the network of the tests."""

from __future__ import annotations

from tchat_desktop.adapters import texts_file
from tchat_desktop.domain.texts import Texts
from tests.fakes.network import NETWORK


def load_texts(language: str) -> Texts:
    """The texts of a language."""
    return texts_file.load_texts(language, NETWORK)
