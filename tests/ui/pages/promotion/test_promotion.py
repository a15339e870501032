from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Announcement, Channel, Chat
from tchat_desktop.domain.promotion import DAY, HOUR, due_at
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.shared import child_guard
from tchat_desktop.ui.pages.shared.post_words import no_page_words, too_long_words
from tchat_desktop.ui.widgets.post_edit import Counter as PostCounter
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.when_words import when_of
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import check_names, named, press, put_on_screen, says, type_text
from tests.ui.pages.promotion.no_files import files

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
CHAT = Chat(
    "c",
    topic="Mariage des enfants",
    organisation="Voix des filles",
    hashtag="UnionsPrécoces",
    starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
)
EVE = Announcement("eve", Channel.X, DAY)
MAIL = Announcement("mail", Channel.EMAIL, 7 * DAY)

texts_of = cache(load_texts)
NO_FILES = files()

# Menus raise themselves and grab the keyboard, which the offscreen platform says it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def editor() -> ChatEditor:
    return ChatEditor(CHAT)


@pytest.fixture
def pages() -> list[str]:
    return []


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.fixture
def page(
    qtbot: QtBot, editor: ChatEditor, pages: list[str], clock: list[datetime], bridge: Bridge
) -> PromotionPage:
    page = PromotionPage(
        editor,
        texts_of,
        when_of,
        lambda: clock[0],
        lambda text: f"https://x.com/intent/tweet?text={text}",
        pages.append,
        bridge,
        MemoryPictures(),
        NO_FILES,
    )
    put_on_screen(qtbot, page, editor)
    return page


def with_announcements(
    page: PromotionPage, editor: ChatEditor, *announcements: Announcement
) -> None:
    """Have these announcements in the chat, with their cards unfolded."""
    editor.edit(replace(editor.chat, announcements=announcements))
    for card in page._cards.values():
        card.open()


def about(words: str, lead: str, what: str = "{post}") -> str:
    return _(what).format(post=f"{_(words)}, {_(lead)}")


def text_edit(page: PromotionPage, channel: str, lead: str) -> GrowingEdit:
    return named(page, about(channel, lead, "Text – {post}"), GrowingEdit)


def test_an_empty_page_teaches_and_proposes(page: PromotionPage, editor: ChatEditor) -> None:
    assert says(page, _("No announcement yet"))
    press(page, _("Propose my announcements"))
    assert len(editor.chat.announcements) == 9
    assert says(page, _("Two weeks before"))
    assert says(page, _("{day}, {hour}").format(day="samedi 21 novembre", hour="20\u00a0h"))
    assert not says(page, _("No announcement yet"))
    check_names(page)
    editor.undo()
    assert says(page, _("No announcement yet"))


def test_dates_already_past_are_left_out_and_told(
    page: PromotionPage, editor: ChatEditor, clock: list[datetime]
) -> None:
    clock[0] = datetime(2026, 12, 1, tzinfo=UTC)
    page.show_chat(editor.chat)
    words = ngettext(
        "The date of {count} of them has passed: it is left out.",
        "The dates of {count} of them have passed: they are left out.",
        5,
    )
    assert says(page, words.format(count=5))
    press(page, _("Propose my announcements"))
    assert {one.minutes_before for one in editor.chat.announcements} == {3 * DAY, DAY, HOUR}
    clock[0] = datetime(2026, 12, 6, tzinfo=UTC)
    with_announcements(page, editor)
    assert says(page, _("The usual dates have all passed. Add an announcement for now, below."))
    assert not named(page, _("Propose my announcements")).isEnabled()


def test_a_text_is_changed_and_goes_back_to_the_proposed_one(
    page: PromotionPage, editor: ChatEditor
) -> None:
    with_announcements(page, editor, EVE)
    edit = text_edit(page, "X (Twitter)", "The eve")
    proposed = edit.toPlainText()
    assert "#UnionsPrécoces" in proposed
    type_text(edit, "Déjà ")
    assert editor.chat.announcements[0].text == f"Déjà {proposed}"
    assert edit.textCursor().position() == 5
    for _letter in "Déjà ":
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert editor.chat.announcements[0].text == ""


def test_a_cleared_field_stays_clear_until_one_leaves_it(
    page: PromotionPage, editor: ChatEditor
) -> None:
    with_announcements(page, editor, EVE)
    edit = text_edit(page, "X (Twitter)", "The eve")
    proposed = edit.toPlainText()
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert edit.toPlainText() == ""
    type_text(edit, "À demain #UnionsPrécoces")
    assert editor.chat.announcements[0].text == "À demain #UnionsPrécoces"
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == proposed


def test_what_x_would_refuse_is_told_beside_it(page: PromotionPage, editor: ChatEditor) -> None:
    with_announcements(page, editor, replace(EVE, text="a" * 300 + " @inconnue"))
    over = ngettext(
        "{count} character too many for X: shorten it.",
        "{count} characters too many for X: shorten it.",
        30,
    )
    assert says(page, over.format(count=30))
    assert says(page, _("The tag is missing: without it, nobody finds the chat."))
    assert says(page, "@inconnue")
    # Elsewhere than on X there is no limit.
    with_announcements(page, editor, replace(MAIL, text="a" * 3000 + " #UnionsPrécoces"))
    assert not says(page, over.format(count=30)[3:])


def test_one_whose_time_has_passed_asks(
    page: PromotionPage, editor: ChatEditor, clock: list[datetime]
) -> None:
    clock[0] = datetime(2026, 12, 5, tzinfo=UTC)
    with_announcements(page, editor, EVE)
    asks = _("Its time has passed: publish it now if it still makes sense, or remove it.")
    assert says(page, asks)
    press(page, about("X (Twitter)", "The eve", "It is out – {post}"))
    assert editor.chat.announcements[0].done
    assert not says(page, asks)


def test_words_in_brackets_are_told_once_with_their_step(
    page: PromotionPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    editor.edit(replace(editor.chat, starts_at=None, announcements=(EVE, MAIL)))
    words = ngettext(
        "Still to fill in: {blanks}, in {count} text.",
        "Still to fill in: {blanks}, in {count} texts.",
        2,
    ).format(blanks="[heure], [jour]", count=2)
    assert says(page, words) or says(page, words.replace("[heure], [jour]", "[jour], [heure]"))
    [notice] = [text for text in page._blanks.texts if "[heure]" in text]
    button = page._blanks.findChild(type(named(page, _("Add"))))
    assert button is not None
    with qtbot.waitSignal(page.step_wanted) as wanted:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted.args == [StepId.SCHEDULE]
    assert notice


ON_THE_EVE = datetime(2026, 12, 4, 18, tzinfo=UTC)


def test_a_post_opens_on_x_and_others_are_copied(
    page: PromotionPage, editor: ChatEditor, pages: list[str], clock: list[datetime]
) -> None:
    clock[0] = ON_THE_EVE
    with_announcements(page, editor, EVE, MAIL)
    press(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    assert pages == [
        "https://x.com/intent/tweet?text=" + text_edit(page, "X (Twitter)", "The eve").toPlainText()
    ]
    assert not editor.chat.announcements[0].done
    mail = ("E-mail to your contacts", "A week before")
    press(page, about(*mail, "Copy the text – {post}"))
    assert QGuiApplication.clipboard().text() == text_edit(page, *mail).toPlainText()
    press(page, about(*mail, "Copy the subject – {post}"))
    assert QGuiApplication.clipboard().text().startswith("Venez en parler")
    assert says(page, _("The subject is copied."))


@pytest.mark.parametrize("on", [NOW, datetime(2026, 12, 5, 9, tzinfo=UTC)])
def test_an_announcement_of_another_day_opens_only_when_it_is_meant(
    page: PromotionPage,
    editor: ChatEditor,
    pages: list[str],
    clock: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
    on: datetime,
) -> None:
    clock[0] = on
    asked: list[str] = []
    meant: list[bool] = []

    def answer(box: QMessageBox) -> int:
        """Take the button that Enter presses, or the other one."""
        asked.append(box.informativeText())
        safe = box.defaultButton()
        [other] = [button for button in box.buttons() if button is not safe]
        (other if meant else safe).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    with_announcements(page, editor, EVE)
    opening = about("X (Twitter)", "The eve", _("Open on X") + " – {post}")
    press(page, opening)
    assert pages == []
    assert "vendredi 4 décembre" in asked[0]
    assert "C’est demain\u00a0!" in asked[0]
    misleads = _("Whoever reads it today must not take one day for another.")
    assert misleads in asked[0]
    edit = text_edit(page, "X (Twitter)", "The eve")
    edit.setPlainText(f"Rendez-vous samedi 5 décembre {edit.toPlainText()}")
    press(page, opening)
    assert misleads not in asked[1], "it gives the date"
    assert pages == []
    kept = _("Nothing was opened: it stays for {day}.").format(day="vendredi 4 décembre 2026")
    assert says(page, kept) or says(page, kept.replace(" 2026", ""))
    meant.append(True)
    press(page, opening)
    assert len(pages) == 1


def test_what_a_press_did_is_seen_without_scrolling(
    page: PromotionPage, editor: ChatEditor, clock: list[datetime], qtbot: QtBot
) -> None:
    clock[0] = ON_THE_EVE
    page.resize(1000, 420)
    with_announcements(page, editor, EVE)
    button = named(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    page.ensureWidgetVisible(button, 0, 0)
    before = button.y()
    press(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    words = _("It opens in your browser. Once you have posted it, tick “It is out”.")
    [line] = [one for one in page.findChildren(Text) if one.text() == words]
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())
    assert button.y() == before


def test_what_no_address_can_hold_is_copied_and_pasted(
    page: PromotionPage, editor: ChatEditor, pages: list[str], clock: list[datetime]
) -> None:
    clock[0] = ON_THE_EVE
    families = "👨\u200d👩\u200d👧\u200d👦" * 40
    with_announcements(page, editor, replace(EVE, text=families))
    counter = page.findChild(PostCounter)
    assert counter is not None
    assert counter.text() == _("Too long for the browser")
    press(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    assert pages == ["https://x.com/intent/tweet"]
    assert QGuiApplication.clipboard().text() == families
    assert says(page, _("The text is copied: paste it on X ({keys}).").format(keys="Ctrl+V"))
    assert says(page, no_page_words())


@pytest.mark.parametrize(
    "text", ["a" * 2200, "\ud83d\udc67 " * 1100, "https://exemple.org/é " * 100]
)
def test_what_x_itself_would_not_take_is_not_opened(
    page: PromotionPage, editor: ChatEditor, pages: list[str], clock: list[datetime], text: str
) -> None:
    clock[0] = ON_THE_EVE
    with_announcements(page, editor, replace(EVE, text=text))
    press(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    assert pages == []
    over = too_long_words(-X_RULES.remaining(text))
    assert says(page, _("Nothing was opened.") + " " + over)


def test_a_link_joins_the_texts_and_a_wrong_one_is_kept(
    page: PromotionPage, editor: ChatEditor
) -> None:
    with_announcements(page, editor, MAIL)
    link = named(page, _("Link to share (optional)"), QLineEdit)
    wrong = _(
        "A link begins with https:// and has no space. It is kept as typed: check it in "
        "your browser."
    )
    type_text(link, "http://exemple.org")
    assert says(page, wrong)
    assert editor.chat.registration_link == "http://exemple.org"
    link.selectAll()
    type_text(link, "https://exemple.org/tchat ")
    assert not says(page, wrong)
    assert link.text() == "https://exemple.org/tchat "
    link.selectAll()
    type_text(link, "www.exemple.org")
    assert not says(page, wrong), "what begins with www. is a link"
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert link.text() == editor.chat.registration_link == "https://www.exemple.org"
    mail = text_edit(page, "E-mail to your contacts", "A week before")
    assert "https://www.exemple.org" in mail.toPlainText()


def test_how_many_are_out_is_told_and_what_is_left_out_counts_no_more(
    page: PromotionPage, editor: ChatEditor, clock: list[datetime]
) -> None:
    with_announcements(page, editor, replace(EVE, done=True), MAIL)
    out = ngettext(
        "{count} announcement of {total} is out.", "{count} announcements of {total} are out.", 1
    ).format(count=1, total=2)
    rest = _(
        "The step is ready once all your announcements are out. Remove those you will not make."
    )
    assert says(page, f"{out} {rest}")
    editor.edit(replace(editor.chat, announcements=(EVE, MAIL)))
    assert page._progress.text == rest
    editor.undo()
    assert CHAT.starts_at is not None
    clock[0] = CHAT.starts_at
    page.show_chat(editor.chat)
    # Nothing more can be done for it.
    assert says(page, out)
    assert not says(page, rest)
    card = page._cards[MAIL.id]
    card.remove_wanted.emit(MAIL.id)
    assert says(page, _("All your announcements are out. Well done!"))


def test_another_is_added_and_removed_and_put_back(page: PromotionPage, editor: ChatEditor) -> None:
    with_announcements(page, editor, EVE)
    where = named(page, _("Where?"))
    where.setFocus()
    QTest.keyClick(where, Qt.Key.Key_End)
    press(page, _("Add"))
    added = editor.chat.announcements[1]
    assert (added.channel, added.minutes_before) == (Channel.PRESS, 14 * DAY)
    assert QApplication.focusWidget() is text_edit(page, "Text for the press", "Two weeks before")
    press(page, about("Text for the press", "Two weeks before", "More about {post}"))
    choose(page, _("Remove"))
    assert editor.chat.announcements == (EVE,)
    press(page, _("Put back"))
    assert editor.chat.announcements == (EVE, added)


def test_what_undo_brought_back_is_neither_said_to_be_gone_nor_put_back_over_what_was_typed(
    page: PromotionPage, editor: ChatEditor
) -> None:
    with_announcements(page, editor, EVE)
    press(page, about("X (Twitter)", "The eve", "More about {post}"))
    choose(page, _("Remove"))
    assert page._undo_notice.isVisible()
    editor.undo()
    assert not page._undo_notice.isVisible()
    mine = replace(EVE, text="Mon nouveau texte")
    with_announcements(page, editor, mine)
    page._on_undo()
    assert editor.chat.announcements == (mine,)


def test_another_day_is_chosen_in_the_menu(page: PromotionPage, editor: ChatEditor) -> None:
    with_announcements(page, editor, replace(EVE, text="Mon texte #UnionsPrécoces"))
    press(page, about("X (Twitter)", "The eve", "More about {post}"))
    choose(page, _("A week before"))
    assert editor.chat.announcements[0].minutes_before == 7 * DAY
    assert says(page, _("A week before"))
    press(page, about("X (Twitter)", "A week before", "More about {post}"))
    choose(page, _("Back to the proposed text"))
    assert editor.chat.announcements[0].text == ""


def test_a_card_is_folded_and_opens_in_its_place(
    page: PromotionPage, editor: ChatEditor, qtbot: QtBot
) -> None:
    page.window().resize(1100, 736)
    page.resize(1100, 736)
    editor.edit(replace(editor.chat, announcements=(EVE, MAIL)))
    card = page._cards["eve"]
    qtbot.waitUntil(lambda: card.height() == theme.px(72))
    assert not card.is_open
    assert says(card, "#UnionsPrécoces"), "its text begins on it"
    before = page._cards["mail"].y()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert text_edit(page, "X (Twitter)", "The eve").isVisible()
    assert page._cards["mail"].y() == before, "above it nothing moves"
    press(page, about("X (Twitter)", "The eve", "It is out – {post}"))
    assert not card.is_open, "what is out is read no more"


def test_enter_on_a_card_opens_its_text_and_escape_comes_back(
    page: PromotionPage, editor: ChatEditor
) -> None:
    editor.edit(replace(editor.chat, announcements=(EVE, MAIL)))
    QApplication.processEvents()
    mail, eve = page._cards["mail"], page._cards["eve"]
    mail.setFocus()
    QTest.keyClick(mail, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is eve
    QTest.keyClick(eve, Qt.Key.Key_Return)
    edit = text_edit(page, "X (Twitter)", "The eve")
    assert QApplication.focusWidget() is edit
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is eve


def test_two_alike_are_named_apart(page: PromotionPage, editor: ChatEditor) -> None:
    with_announcements(page, editor, EVE, replace(EVE, id="twin"))
    check_names(page)


def test_nothing_is_wider_than_the_page_at_twice_the_size(qtbot: QtBot, bridge: Bridge) -> None:
    theme.apply(theme.LIGHT, 2.0)
    editor = ChatEditor(replace(CHAT, starts_at=None, announcements=(EVE, MAIL)))
    page = PromotionPage(
        editor,
        texts_of,
        when_of,
        lambda: NOW,
        str,
        print,
        bridge,
        MemoryPictures(),
        NO_FILES,
    )
    put_on_screen(qtbot, page, editor)
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()


def choose(page: PromotionPage, words: str) -> None:
    """Choose an entry of the open menu, or of its submenu."""
    menus = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    entries = list(menus[0].actions())
    for entry in menus[0].actions():
        inner = entry.menu()
        entries += inner.actions() if isinstance(inner, QMenu) else []
    [entry] = [one for one in entries if one.text().split("\t")[0] == words]
    menus[0].close()
    entry.trigger()
    # The offscreen platform does not give the keyboard back to the window by itself.
    QApplication.processEvents()
    page.window().activateWindow()
    QApplication.processEvents()


def test_what_was_left_to_fill_in_by_hand_is_told_and_holds_the_announcement(
    page: PromotionPage, editor: ChatEditor, pages: list[str]
) -> None:
    with_announcements(
        page,
        editor,
        replace(EVE, text="C’est demain : [lien] #UnionsPrécoces"),
        replace(MAIL, text="Inscription : [votre adresse]"),
    )
    held = _("Still to fill in: {blanks}. Until then this text does not leave.")
    assert says(page, held.format(blanks="[lien]"))
    QGuiApplication.clipboard().setText("avant")
    press(page, about("X (Twitter)", "The eve", _("Open on X") + " – {post}"))
    press(page, about("X (Twitter)", "The eve", "Copy the text – {post}"))
    press(page, about("E-mail to your contacts", "A week before", "Copy the text – {post}"))
    editor.edit(replace(editor.chat, topic=""))
    press(page, about("E-mail to your contacts", "A week before", "Copy the subject – {post}"))
    assert pages == []
    assert QGuiApplication.clipboard().text() == "avant"
    assert says(page, held.format(blanks="[sujet]"))


@pytest.mark.parametrize("button", [N_("Open on X"), N_("Copy the text")])
def test_an_announcement_that_may_name_a_child_is_asked_about_once(
    page: PromotionPage,
    editor: ChatEditor,
    pages: list[str],
    clock: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
    button: str,
) -> None:
    answers = [False, True]
    monkeypatch.setattr(
        child_guard, "confirms_naming", lambda *asked: asked[3].deleteLater() or answers.pop(0)
    )
    text = "Bravo à Aïcha, 14 ans #UnionsPrécoces"
    clock[0] = datetime(2026, 12, 4, 12, tzinfo=UTC)
    editor.edit(replace(editor.chat, announcements=(replace(EVE, text=text),)))
    card = page._cards["eve"]
    assert card._notes.texts == (naming_words(["Aïcha, 14 ans"]),)
    QGuiApplication.clipboard().setText("")
    pressed = card._open if button == "Open on X" else card._copy
    pressed.click()
    assert (pages, QGuiApplication.clipboard().text()) == ([], "")
    pressed.click()
    assert card._notes.texts == ()
    pressed.click()
    assert answers == [], "it is not asked a third time"
    assert len(pages) == (2 if pressed is card._open else 0)
    assert QGuiApplication.clipboard().text() == ("" if pages else text)


def test_shortly_before_the_chat_one_can_still_announce_it_now(
    page: PromotionPage, editor: ChatEditor, clock: list[datetime]
) -> None:
    assert CHAT.starts_at is not None
    clock[0] = CHAT.starts_at - timedelta(minutes=18)
    page.show_chat(editor.chat)
    assert page.another.rung.currentText() == _("Now, before the chat begins")
    press(page, _("Add"))
    (announcement,) = editor.chat.announcements
    assert due_at(editor.chat, announcement) == CHAT.starts_at, "its time has not passed"
