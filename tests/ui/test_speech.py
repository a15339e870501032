"""Qt's own dialogs speak the language of the screens, and follow it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from tchat_desktop.platform.paths import resource_dir
from tchat_desktop.ui.shell.speech import ScreenLanguage
from tchat_desktop.wording import i18n

OWN = [
    (context.findtext("name", ""), *(one.findtext(part, "") for part in ("source", "translation")))
    for context in ElementTree.parse(resource_dir("translations") / "fr" / "qtbase_fr.ts").iter(
        "context"
    )
    for one in context.iter("message")
]


@pytest.fixture
def speech(qapp: QApplication) -> Iterator[ScreenLanguage]:
    before = i18n.language()
    speech = ScreenLanguage(qapp)
    yield speech
    speech.be_silent()
    i18n.activate(before)


def says(context: str, source: str) -> str:
    comment = "All other platforms" if source == "Folder" else None
    return QCoreApplication.translate(context, source, comment)


def test_the_dialog_for_files_is_wholly_french_and_follows_the_language(
    speech: ScreenLanguage,
) -> None:
    speech.speak("fr")
    speech.let_qt_speak()
    assert says("QFileDialog", "File &name:") == "&Nom de fichier\u00a0:"
    assert [says(context, source) for context, source, _french in OWN] == [one[2] for one in OWN]
    speech.speak("en")
    speech.let_qt_speak()
    assert says("QFileDialog", "File &name:") == "File &name:"
    assert says("QFileDialog", "&Look in:") == "&Look in:"
