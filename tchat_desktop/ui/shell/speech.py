"""The language of the screens, as Qt is told of it: direction, own dialogs, numbers and days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.platform.paths import resource_dir
from tchat_desktop.wording import i18n

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator


class ScreenLanguage:
    """Puts a language in force for the whole app."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt
        self._translators: list[QTranslator] = []

    def speak(self, wanted: str | None) -> None:
        """Speak that language, or the first of the system's that we know; all the app's texts."""
        i18n.activate(i18n.choose(wanted or _system_language()))
        spoken = i18n.language()
        right_to_left = any(one.right_to_left for one in SCREEN_LANGUAGES if one.code == spoken)
        directions = Qt.LayoutDirection
        self._qt.setLayoutDirection(
            directions.RightToLeft if right_to_left else directions.LeftToRight
        )

    def let_qt_speak(self) -> None:
        """Qt's own dialogs and calendars too; what the first paint does not wait for."""
        from PySide6.QtCore import QLibraryInfo, QLocale

        self.be_silent()
        spoken = i18n.language()
        self._install(spoken, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
        # What Qt's own catalogue leaves in English: the labels of the dialog for files.
        self._install(spoken, resource_dir("translations") / spoken)
        QLocale.setDefault(QLocale(spoken))

    def _install(self, spoken: str, folder: Path) -> None:
        from PySide6.QtCore import QTranslator

        translator = QTranslator(self._qt)
        if translator.load(f"qtbase_{spoken}.qm", str(folder)):
            self._qt.installTranslator(translator)
            self._translators.append(translator)

    def be_silent(self) -> None:
        """Take Qt's own texts out again."""
        for translator in self._translators:
            self._qt.removeTranslator(translator)
        self._translators.clear()


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    return i18n.choose(None, tuple(QLocale.system().uiLanguages()))


def uses_decimal_comma() -> bool:
    """Whether this computer writes 1,5: its spreadsheets then part cells by semicolons."""
    from PySide6.QtCore import QLocale

    return QLocale.system().decimalPoint() == ","


def texts_left_in_english(code: str) -> list[str]:
    """Texts of Qt's dialog for files that did not come along in that language."""
    from PySide6.QtCore import QCoreApplication

    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    speech = ScreenLanguage(qt)
    speech.speak(code)
    speech.let_qt_speak()
    # The first is in Qt's own catalogue, the second in ours.
    sources = ("File &name:", "&Look in:")
    left = [one for one in sources if QCoreApplication.translate("QFileDialog", one) == one]
    speech.be_silent()
    return left
