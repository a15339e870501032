"""What people wrote is data: no widget takes it for markup, nor any tool tip or message box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    Invitation,
    Occasion,
    Person,
    Question,
    RecapDraft,
    Role,
    new_id,
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import dialogs
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.ui.widgets.tool_tip import as_tip, set_tip, tip_of
from tests.ui.running import Person as Me
from tests.ui.running import running
from tests.ui.survey import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MARK = '<img src="//host/a.png"><b>gras</b>'
WORDS = f"Awa {MARK} & <i>x</i>"
SOURCES = Path(__file__).parents[2] / "tchat_desktop"


def a_hostile_chat(now: datetime) -> Chat:
    """A chat in which everything people may write is markup."""
    people = (
        Person("p1", name=WORDS, handle="awa", bio=MARK, invitation=Invitation.ACCEPTED),
        Person("p2", name=f"B {MARK}", handle=MARK, email=f"{MARK}@a.fr"),
        Person("p3", Role.MODERATOR, name=f"C {MARK}", bio=MARK),
    )
    questions = tuple(
        Question(f"q{n}", f"{WORDS} {n} ?", prepared_answer=MARK, sources=(MARK,)) for n in range(7)
    )
    return Chat(
        new_id(),
        organisation=WORDS,
        account="voix",
        topic=WORDS,
        summary=MARK,
        audience=MARK,
        success=MARK,
        hashtag=f"Filles{MARK}",
        starts_at=now,
        questions=questions,
        people=people,
        announcements=(Announcement("a", text=WORDS),),
        registration_link=MARK,
        recap=RecapDraft(MARK, MARK, MARK, (("q1", MARK),)),
        lessons=MARK,
    )


def hostile_posts(now: datetime) -> list[FeedPost]:
    return [
        FeedPost(
            Post(str(10**18 + n), f"inconnue{n}", f"{WORDS} {n}", f"R1 {WORDS} {n}", now),
            starred=n % 2 == 0,
            question_id=f"q{n % 3}",
        )
        for n in range(8)
    ]


@contextmanager
def opened(
    qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch, starts: datetime
) -> Iterator[Me]:
    monkeypatch.setattr(SystemBrowser, "open", lambda _self, _page: True)
    with running(qapp, folder) as app:
        chat = a_hostile_chat(starts)
        settle(app)
        place = app.data()
        place.chats.save(chat, datetime.now(UTC))
        place.posts.add(chat.id, Occasion.LIVE, hostile_posts(starts))
        app.window.open_chat(chat)
        yield Me(app, None)  # type: ignore[arg-type]


def marked_up(top: QWidget) -> list[str]:
    """Every place under a widget where Qt would read markup in what people wrote."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        name = f"{type(widget).__name__} {widget.accessibleName()[:30]!r}"
        if is_markup(tip_of(widget)):
            found.append(f"{name}: tool tip")
        if is_markup(widget.whatsThis()) or is_markup(widget.statusTip()):
            found.append(f"{name}: help")
        if isinstance(widget, QLabel) and is_shown_as_markup(widget):
            found.append(f"{name}: label")
        if isinstance(widget, QTextEdit) and MARK in widget.toHtml():
            found.append(f"{name}: text")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += [f"{name}: item" for tip in item_tips(widget.model()) if is_markup(tip)]
    actions = top.findChildren(QAction)
    found += [f"action {one.text()!r}" for one in actions if is_markup(one.toolTip())]
    return found


def is_markup(text: str) -> bool:
    return bool(GuiQt.mightBeRichText(text)) and ("<img" in text or "<b>" in text or "<i>" in text)


def is_shown_as_markup(label: QLabel) -> bool:
    if label.textFormat() == Qt.TextFormat.PlainText:
        return False
    return "<img" in label.text() or "gras" in label.text()


def item_tips(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), 50)):
        for column in range(model.columnCount(QModelIndex())):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            yield str(tip or "")


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_no_page_takes_what_people_wrote_for_markup(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    away = {"before": timedelta(days=9), "during": timedelta(minutes=-10), "after": timedelta(-1)}
    starts = datetime.now(UTC) + away[when]
    with opened(qapp, tmp_path, monkeypatch, starts) as me:
        if when == "during":
            me.session.start_live()
        shown = []
        for step in StepId:
            me.workspace.open_step(step)
            settle(me.app)
            for card in me.workspace.page(step).findChildren(PersonCard):
                card.open_details()
            settle(me.app)
            shown += [one.text() for one in me.window.findChildren(QLabel) if MARK in one.text()]
            assert marked_up(me.window) == [], step
        assert len(shown) > 40, "what people wrote was on screen"
        if when != "during":
            me.window.go_home()
            settle(me.app)
            assert marked_up(me.window) == []


def test_a_tool_tip_shows_the_signs_of_a_name(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, WORDS)
    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()
    set_tip(widget, "Awa & Fatou <3")
    assert widget.toolTip() == "Awa & Fatou <3"
    assert as_tip("") == ""


def test_a_question_shows_the_title_of_a_chat_as_it_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look(box: QMessageBox) -> int:
        seen.extend(marked_up(box))
        seen.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs._confirms(parent, WORDS, WORDS, yes="Oui", no="Non")
    assert seen == [WORDS]


def test_words_reach_qt_only_where_they_stay_words() -> None:
    """Tool tips go through `set_tip`; boxes are made in one place; nothing is rich."""
    allowed = {
        # Of the tray, whose tip has no words of the public.
        r"\.setToolTip\(": {"tool_tip.py", "tray.py"},
        r"QToolTip\.": {"bubble.py", "tool_tip.py"},
        r"QMessageBox\(|QMessageBox\.(?:about|question|warning|critical)": {
            "dialogs.py",
            "second_start.py",
        },
        # A page whose template escapes all it is given, and what a browser puts on the clipboard.
        r"\.set(?:WhatsThis|StatusTip|Html|Markdown)\(|RichText|MarkdownText": {
            "paper.py",
            "tag_page.py",
        },
        r"(?<!class )\b(?<!\()Q(?:Label|TextEdit|TextBrowser|ErrorMessage)\((?!QWidget)": set(),
    }
    found = [
        f"{path.name}: {line.strip()}"
        for path in SOURCES.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        for form, files in allowed.items()
        if path.name not in files and re.search(form, line) and not line.startswith("class ")
    ]
    assert [one for one in found if "mightBeRichText" not in one] == []
