"""The date, the tag and the questions are prepared through what is read on screen, in French."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tests.fakes.clock import FakeClock
from tests.ui.keyboard import press, replace_text
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUSE = "Association 🌸 pour les droits des filles rurales de Thiès 🌍"
"""Sixty characters with emoji, as some are called."""
FROM_WORD = (
    "Questions pour notre tchat\r\n\r\n"
    "1.\tPensez-vous que la loi suffit\u00a0?\r\n"
    "2.\t«\u00a0Comment impliquer les parties prenantes\u00a0?\u00a0»\r\n"
    "3.\tQui a changé d’avis, près de chez vous\u00a0?\r\n"
    "•\tQu’est-ce qui aide une élève à rester\u00a0?\r\n"
    "Q5. Que peut faire une enseignante\u00a0?\r\n"
    "f) Que ferez-vous dès demain\u00a0?\r\n"
)


class Preparing(Person):
    """Somebody who only knows what the screen says, and what a screen reader calls things."""

    def called(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """What is called so, once it is there."""

        def found() -> list[QWidget]:
            every = self.window.findChildren(kind)
            return [one for one in every if one.accessibleName() == name and one.isVisible()]

        self.wait(found)
        return found()[0]

    def write(self, name: str, text: str) -> None:
        """Type over what a field holds, and press Enter where it is one line."""
        field = self.called(name)
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        assert isinstance(line, QLineEdit | QPlainTextEdit)
        replace_text(line, text)
        if isinstance(line, QLineEdit):
            press(line, Qt.Key.Key_Return)

    def paste(self, name: str, text: str) -> None:
        """Put a text on the clipboard, and paste it into a field."""
        QApplication.clipboard().setText(text)
        field = self.called(name, QPlainTextEdit)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def reads(self, piece: str) -> None:
        """Wait until the screen says that."""
        self.wait(lambda: any(piece in text for text in self.words()))

    def reads_nowhere(self, piece: str) -> None:
        """Wait until the screen says that no more."""
        self.wait(lambda: not any(piece in text for text in self.words()))

    def press_what_begins(self, beginning: str) -> None:
        """Press the one button whose name begins so."""
        self.wait(lambda: [name for name in self.buttons() if name.startswith(beginning)])
        [name] = [name for name in self.buttons() if name.startswith(beginning)]
        self.press(name)

    def go_on(self, page: str) -> None:
        """Go on to the next page, which has that title."""
        self.press_what_begins(f"Continuer\u202f: {page}")
        self.reads(page)


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Preparing]:
    with running(qapp, tmp_path, vault=MemoryVault(), clock=FakeClock(NOW)) as app:
        person = Preparing(app, qtbot)
        person.press("Nouveau tchat")
        yield person


def test_three_pages_are_prepared_by_what_is_read(me: Preparing) -> None:
    me.write("Votre organisation", HOUSE)
    me.go_on("Sujet, jour et heure")
    date_and_hour(me)
    me.go_on("Le tag")
    tag(me)
    me.go_on("Les questions")
    questions(me)


def date_and_hour(me: Preparing) -> None:
    """A day that has passed, a public holiday that is meant, and what is left to do."""
    me.write("Sujet", "🌸🌸")
    me.write("Jour", "03/04/2020")
    me.reads("3 avril 2020 est passé")
    me.write("Jour", "25/12/2026")
    me.reads("Le compte à rebours")
    me.write("Heure", "20h")
    # The public holidays are looked up aside.
    me.reads("Jour férié\u202f: Dakar (Noël)")
    me.press_what_begins("C’est voulu – Jour férié")
    me.reads_nowhere("Jour férié")
    me.press("1 remarque mise de côté\u202f: la revoir – le jour et l’heure")
    me.reads("Jour férié\u202f: Dakar (Noël)")
    me.press_what_begins("Un jour plus tard")
    me.reads("Jour de week-end\u202f: Dakar.")
    me.reads("écrire les questions")


def tag(me: Preparing) -> None:
    """A topic without a word for a tag, then a good one; the idea keeps its accents."""
    me.reads("Nous n’avons trouvé dans «\u202f🌸🌸\u202f» aucun mot qui fasse un tag.")
    me.press_what_begins("Retour")
    me.write("Sujet", "L’accès des filles à l’école à Thiès")
    me.go_on("Le tag")
    me.press("Utiliser le tag #FillesÉcole")
    me.reads("On lit «\u202fFilles École\u202f»")
    me.reads("il prend 13 des 280 caractères")
    me.reads("Il a des accents (É)")
    me.press("Utiliser le tag #FillesEcole")
    me.reads("Il est écrit sans ses accents")
    me.press_what_begins("C’est voulu – Il est écrit sans ses accents")
    me.reads_nowhere("Il est écrit sans ses accents")


def questions(me: Preparing) -> None:
    """A list from Word, what it could do better, its order, its minutes, and the guests."""
    me.press("Ajouter une question")
    me.paste("Question 1", FROM_WORD)
    me.reads("Votre liste fait maintenant 6 questions, sans les numéros.")
    me.wait(lambda: len(texts(me)) == 6)
    [first, second, *_others] = texts(me)
    assert first == "Pensez-vous que la loi suffit\u00a0?"
    assert second == "Comment impliquer les parties prenantes\u00a0?", (
        "without its number, unquoted"
    )
    me.reads("Question fermée")
    me.reads("«\u202fparties prenantes\u202f» est un mot de métier")
    me.press_what_begins("C’est voulu – Question fermée")
    me.reads_nowhere("Question fermée")

    field = me.called("Question 2", QPlainTextEdit)
    # The offscreen platform lets the window go with the page that had the keyboard.
    me.window.activateWindow()
    me.wait(me.window.isActiveWindow)
    field.setFocus()
    me.wait(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    me.wait(lambda: texts(me)[0] == second)

    minutes_each(me, 12)
    me.reads("min de trop")
    minutes_each(me, 5)
    me.reads("le message «\u202fEncouragement\u202f» a pris place dans le déroulé")
    me.press("Ne pas le mettre")
    me.reads_nowhere("a pris place dans le déroulé")

    me.press("Copier les questions pour les invité·es")
    copied = QApplication.clipboard().text()
    assert f"Q1 {second}" in copied
    assert "#FillesEcole" in copied


def minutes_each(me: Preparing, minutes: int) -> None:
    """Give each of the six questions as many minutes."""
    for number in range(1, 7):
        box = me.called(f"Minutes pour la question {number}", QSpinBox)
        assert isinstance(box, QSpinBox)
        box.setValue(minutes)


def texts(me: Preparing) -> list[str]:
    """The questions on screen, from top to bottom."""
    fields = [
        one
        for one in me.window.findChildren(QPlainTextEdit)
        if one.isVisible() and one.accessibleName().startswith("Question ")
    ]
    return [one.toPlainText() for one in sorted(fields, key=lambda one: one.accessibleName())]
