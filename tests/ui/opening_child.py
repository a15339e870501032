"""The app in a process of its own, whose system asks it to open files, as macOS does.

Run with the data directory, when the system asks (`WHEN`), how many files it asks for, these, and
the flags of the command line. Prints the topics of all chats, and the one on screen, when it says
so twice alike.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from tchat_desktop.__main__ import parse
from tchat_desktop.start import opening, window
from tchat_desktop.ui.shell.main_window import MainWindow

WHEN = ("before the window", "at the first paint", "while it runs")
LOOK_MS = 300


def main() -> None:
    folder, when, count, *rest = sys.argv[1:]
    files, flags = rest[: int(count)], rest[int(count) :]
    expected = len({*files, *(flag for flag in flags if flag.endswith(".tchat"))})
    apps: list[window.App] = []

    def ask() -> None:
        application = QCoreApplication.instance()
        QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl("https://x.com/home")))
        for file in files:
            QCoreApplication.sendEvent(application, QFileOpenEvent(file))

    class Watched(window.App):
        def __init__(self, *told: Any, **more: Any) -> None:
            if when == WHEN[0]:
                ask()
            super().__init__(*told, **more)
            apps.append(self)

    window.App = Watched  # type: ignore[misc]
    seen: list[dict[str, Any]] = []

    def look() -> None:
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        if shown.workspace is None or shown.session is None:
            QTimer.singleShot(LOOK_MS, look)
            return
        listed = apps[0].library().listed().chats
        now = {
            "topics": sorted(one.chat.topic for one in listed),
            "shown": shown.session.editor.chat.topic,
        }
        seen.append(now)
        if len(now["topics"]) >= expected and seen[-2:] == [now, now]:
            print(json.dumps(now), flush=True)
            shown.close()
        else:
            QTimer.singleShot(LOOK_MS, look)

    def painted() -> None:
        if when == WHEN[1]:
            ask()
        look()
        if when == WHEN[2]:
            QTimer.singleShot(500, ask)

    options = parse(["--data-dir", folder, "--lang", "fr", *flags])
    sys.exit(opening.run(options, first_paint=painted))


if __name__ == "__main__":
    main()
