"""The app in a process of its own: opens the hour of the example, types, and waits to be killed.

Run with the data directory. It says on standard output when the texts are on disk, and which chat
it is.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tchat_desktop.ui.pages.hour.page import CockpitPage

QUESTION = Post(
    "1001", "pere_ex", "Un père", "Comment faire avec l’imam ?", datetime.now(UTC),
    url="https://x.com/pere_ex/status/1001",
)  # fmt: skip
REPLY = "Parlez d’abord à la mère #MonTag"
ADDED = "R1 À l’école du quartier"


def until(done: object) -> None:
    """Let the app run until something is so."""
    while not done():  # type: ignore[operator]
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def main() -> None:
    qt = QApplication([])
    app = App(qt, Path(sys.argv[1]), "fr")
    app.window.show()
    app.start()
    app.window.open_chat(app.library().open_example("fr"))
    until(lambda: app.window.session is not None and app.window.workspace is not None)
    session, workspace = app.window.session, app.window.workspace
    assert session is not None
    assert workspace is not None
    soon = datetime.now(UTC) + timedelta(minutes=30)
    session.editor.edit(replace(session.editor.chat, route=Route.ASSISTED, starts_at=soon))
    session.start_live()
    workspace.open_step(StepId.HOUR)
    page = workspace.page(StepId.HOUR)
    assert isinstance(page, CockpitPage)
    until(lambda: page.board is not None and page.board.next._post is not None)
    board = page.board
    assert board is not None
    board.hour.add_by_hand(QUESTION)
    until(lambda: QUESTION.id in board.feed._cards)
    board.feed._cards[QUESTION.id]._reply.click()
    board.feed.reply._edit.setPlainText(REPLY)
    board.feed.add.open_panel()
    board.feed.add._text.setPlainText(ADDED)
    board.next._change.click()
    board.next.changing.edit.setPlainText("Bonsoir à toutes !")
    chat_id = session.editor.chat.id
    session.flush()
    until(lambda: len(app.data().unsent.texts(chat_id)) == 6)
    print(chat_id, flush=True)
    qt.exec()


if __name__ == "__main__":
    main()
