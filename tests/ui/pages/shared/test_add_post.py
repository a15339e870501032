"""A post entered by hand: who and when come from its link, and it can be put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.x.post_ids import FIRST_INSTANT
from tchat_desktop.ui.pages.shared.add_post import AddPostPanel
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _
from tests.ui.pages.hands import press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

AT = datetime(2026, 12, 5, 20, 12, tzinfo=UTC)
NOW = AT + timedelta(minutes=3)


def id_at(instant: datetime) -> str:
    return str((instant - FIRST_INSTANT) // timedelta(milliseconds=1) << 22)


ONE, OTHER = id_at(AT), id_at(AT + timedelta(minutes=1))


@dataclass
class Told:
    """The panel on its page, and what it asked for."""

    page: QScrollArea
    panel: AddPostPanel
    known: dict[str, Post]
    out: set[str]
    """The ids of what the chat itself has published."""
    added: list[Post] = field(default_factory=list)
    corrected: list[tuple[str, Post]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def paste(self, link: str) -> None:
        self.panel._link.setText(link)

    @property
    def author(self) -> str:
        return self.panel._author.text()


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    known: dict[str, Post] = {}
    out: set[str] = set()
    chat = Chat(id="chat", account="orga_ex", time_zone="Africa/Dakar")
    panel = AddPostPanel(lambda: chat, known.get, out.__contains__)
    page = QScrollArea()
    page.setWidget(panel)
    qtbot.addWidget(page)
    page.show()
    panel.show_now(NOW)
    panel.open_panel()
    made = Told(page, panel, known, out)
    panel.added.connect(made.added.append)
    panel.corrected.connect(lambda post_id, post: made.corrected.append((post_id, post)))
    panel.removed.connect(made.removed.append)
    return made


def entered(post_id: str = ONE, author: str = "awa_ex") -> Post:
    return Post(post_id, author, f"@{author}", "R1 oui", AT,
                url=f"https://x.com/{author}/status/{post_id}", by_hand=True)  # fmt: skip


def test_author_and_instant_come_from_the_link(told: Told) -> None:
    told.paste(f"https://x.com/awa_ex/status/{ONE}?s=20")
    assert told.author == "@awa_ex"
    assert told.panel._author.isReadOnly()
    assert "2026" in told.panel._link_field.verdict
    told.panel._text.setPlainText("R1 oui")
    press(told.panel, _("Add this post"))
    (post,) = told.added
    assert post == entered()


def test_a_link_pasted_over_another_takes_its_author_along(told: Told) -> None:
    told.paste(f"https://x.com/awa_ex/status/{ONE}")
    told.paste(f"https://x.com/binta_ex/status/{OTHER}")
    assert told.author == "@binta_ex"
    told.paste(f"https://x.com/i/status/{OTHER}")
    assert told.author == ""
    assert not told.panel._author.isReadOnly()


def test_a_name_that_is_not_the_links_is_told(told: Told) -> None:
    told.panel._author.setText("@moussa_ex")
    told.paste(f"https://x.com/awa_ex/status/{ONE}")
    assert told.author == "@awa_ex"
    assert "@awa_ex" in told.panel._author_field.verdict


def test_a_post_of_ones_own_account_that_was_never_seen_is_recorded(told: Told) -> None:
    told.paste(f"https://x.com/Orga_Ex/status/{ONE}")
    assert "déjà compté" not in told.panel._link_field.verdict
    assert "Ce qui est parti" in told.panel._link_field.verdict
    told.panel._text.setPlainText("R1 M. Ndiaye répond : oui")
    press(told.panel, _("Add this post"))
    assert [post.id for post in told.added] == [ONE]


@pytest.mark.parametrize(
    ("link", "author"),
    [
        (f"https://x.com/Orga_Ex/status/{OTHER}", ""),
        (f"https://x.com/i/status/{OTHER}", "@ORGA_EX"),
        (f"https://x.com/awa_ex/status/{id_at(NOW + timedelta(days=1))}", ""),
    ],
)
def test_what_cannot_be_a_post_of_the_public_is_not_added(
    told: Told, link: str, author: str
) -> None:
    told.out.add(OTHER)
    told.paste(link)
    if author:
        told.panel._author.setText(author)
    told.panel._text.setPlainText("R1 oui")
    press(told.panel, _("Add this post"))
    assert told.added == []
    assert told.panel._link_field.verdict or told.panel._author_field.verdict


def test_a_post_that_is_there_can_be_corrected(told: Told) -> None:
    told.known[ONE] = entered()
    told.paste(f"https://twitter.com/awa_ex/status/{ONE}")
    assert told.panel._text.toPlainText() == "R1 oui"
    told.panel._text.setPlainText("R1 oui, toujours")
    press(told.panel, _("Save the correction of this post"))
    ((post_id, post),) = told.corrected
    assert (post_id, post.id, post.text, post.created_at) == (ONE, ONE, "R1 oui, toujours", AT)
    assert told.added == []
    assert told.panel.isHidden()


def test_a_wrong_link_can_be_corrected(told: Told) -> None:
    told.known[ONE] = entered()
    told.panel.open_post(told.known[ONE])
    told.paste(f"https://x.com/binta_ex/status/{OTHER}")
    press(told.panel, _("Save the correction of this post"))
    ((post_id, post),) = told.corrected
    assert (post_id, post.id, post.author) == (ONE, OTHER, "binta_ex")
    assert post.created_at == AT + timedelta(minutes=1)


def test_a_correction_takes_no_others_place(told: Told) -> None:
    told.known.update({ONE: entered(), OTHER: entered(OTHER, "binta_ex")})
    told.panel.open_post(told.known[ONE])
    told.paste(f"https://x.com/binta_ex/status/{OTHER}")
    press(told.panel, _("Save the correction of this post"))
    assert told.corrected == []
    assert told.panel._link_field.verdict == _("This post is in the list already.")


def test_a_post_taken_out_can_be_put_back_at_once(told: Told) -> None:
    told.panel.open_post(entered())
    press(told.panel, _("Take this post out of the list"))
    assert told.removed == [ONE]
    press(told.panel, _("Add this post"))
    assert told.added == [entered()]


def test_nothing_takes_the_place_of_the_button_that_takes_out(told: Told) -> None:
    told.panel.resize(700, 500)
    told.panel.open_post(entered())
    QApplication.processEvents()
    button = next(one for one in told.panel.findChildren(Button) if one.text() == _("Close"))
    before = button.x()
    press(told.panel, _("Take this post out of the list"))
    QApplication.processEvents()
    assert button.x() <= before
    assert not button.geometry().intersects(told.panel._remove.geometry())


def test_a_post_that_x_told_of_is_not_rewritten(told: Told) -> None:
    told.known[ONE] = Post(ONE, "awa_ex", "Awa", "R1 oui", AT)
    told.paste(f"https://x.com/awa_ex/status/{ONE}")
    told.panel._text.setPlainText("autre chose")
    assert told.panel._entered is None


def test_the_text_is_asked_for_as_soon_as_the_link_is_pasted(told: Told, qtbot: QtBot) -> None:
    told.page.activateWindow()
    qtbot.waitUntil(told.panel._link.hasFocus)
    QApplication.clipboard().setText(f"https://x.com/awa_ex/status/{ONE}?s=20")
    told.panel._link.paste()
    qtbot.waitUntil(told.panel._text.hasFocus)
    assert told.panel._text_field.verdict
    told.panel._text.insertPlainText("R1 oui")
    assert not told.panel._text_field.verdict, "it is there now"


def test_link_and_text_pasted_together_go_where_they_belong(told: Told, qtbot: QtBot) -> None:
    told.page.activateWindow()
    qtbot.waitUntil(told.panel._link.hasFocus)
    QApplication.clipboard().setText(f"R1 oui\nhttps://x.com/awa_ex/status/{ONE}?s=20")
    told.panel._link.paste()
    qtbot.waitUntil(lambda: told.panel._text.toPlainText() == "R1 oui")
    press(told.panel, _("Add this post"))
    assert told.added == [entered()]


def test_adding_while_one_is_corrected_puts_nothing_in_its_place(told: Told) -> None:
    told.known[ONE] = entered()
    told.panel.open_post(entered())
    told.panel.open_panel()
    told.paste(f"https://x.com/moussa_ex/status/{OTHER}")
    told.panel._text.setPlainText("Texte de B")
    press(told.panel, _("Add this post"))
    assert told.corrected == []
    assert [(one.id, one.text) for one in told.added] == [(OTHER, "Texte de B")]


def test_a_correction_stays_one_on_a_page_built_anew(told: Told) -> None:
    post = told.known[ONE] = entered()
    told.panel.open_post(post)
    told.panel._text.setPlainText("Texte corrigé")
    typed = told.panel.unfinished()
    assert typed is not None
    told.panel.clear()
    # The list is not told yet.
    known = dict(told.known)
    told.known.clear()
    told.panel.take_up(typed)
    told.known.update(known)
    told.paste(post.url + "?s=20")
    assert told.panel._text.toPlainText() == "Texte corrigé"
    press(told.panel, _("Save the correction of this post"))
    assert [(before, one.text) for before, one in told.corrected] == [(ONE, "Texte corrigé")]
