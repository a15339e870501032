"""After the chat: what confides something is told on every page, and read with one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.protection import private_answer
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import PostsArrived
from tchat_desktop.ui.pages.report.page import ReportPage
from tchat_desktop.ui.pages.shared.after_page import AfterPage
from tchat_desktop.ui.pages.shared.care_steps import care_words
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.wording.i18n import _
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import check_names, named, put_on_screen, says
from tests.ui.pages.stage import CHAT, POSTS, START, Stage, made_recap, post, settled
from tests.ui.pages.thanks.test_thanks import made as made_thanks

URGENT = post(9, "ado_ex", "J’ai 15 ans, mon oncle me frappe.", "q2", 25)
LATER = post(10, "autre_ex", "Mon mari me bat, je n’en peux plus.", "q2", 90)
CHILD = post(11, "tante_ex", "R2 Aminata, 12 ans, a quitté l’école.", "q2", 5)


def shown(qtbot: QtBot, stage: Stage, step: StepId, chat: Chat = CHAT) -> AfterPage:
    page: AfterPage
    if step is StepId.RECAP:
        page, editor = made_recap(stage, chat)
    else:
        editor = ChatEditor(chat)
        if step is StepId.THANKS:
            page = made_thanks(stage, editor)
        else:
            page = ReportPage(
                editor, stage.bridge, stage.gather, stage.files(), stage.care(), stage.pictures,
                lambda: stage.now,
            )  # fmt: skip
    page.edited = editor  # type: ignore[attr-defined]
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    if not page.rehearsing:
        qtbot.waitUntil(lambda: page.care._is_counted)
    return page


@pytest.mark.parametrize("step", [StepId.THANKS, StepId.RECAP, StepId.REPORT])
def test_one_press_opens_the_gravest_message_with_what_to_do(
    qtbot: QtBot, stage: Stage, step: StepId
) -> None:
    stage.hold((*POSTS, CHILD, LATER, URGENT))
    page = shown(qtbot, stage, step)
    assert page.care.text == needing_care_words(3, 2)
    assert page.edited.chat.confidences_waiting == 2  # type: ignore[attr-defined]
    page.care.read.click()
    assert says(page.care, URGENT.post.text)
    assert all(says(page.care, one) for one in care_words(CHAT))
    answer = private_answer(CHAT, load_texts("fr"))
    named(page, _("Copy the private answer to {who}").format(who="@ado_ex")).click()
    assert QApplication.clipboard().text() == answer
    named(page, _("Open the profile of {who}").format(who="@ado_ex")).click()
    assert stage.opened == ["https://x.com/ado_ex"]
    check_names(page)
    named(page, _("It is done for {who}").format(who="@ado_ex")).click()
    qtbot.waitUntil(lambda: page.care.text == needing_care_words(2, 1))
    assert not says(page.care, URGENT.post.text)
    qtbot.waitUntil(lambda: stage.marks(9).answered and stage.marks(9).confided)
    page.care.read.click()
    assert says(page.care, LATER.post.text)


def test_what_comes_after_the_end_is_told_and_while_it_goes_on_the_hour_is_led_to(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page = shown(qtbot, stage, StepId.THANKS)
    assert page.care.isHidden()
    stage.posts.add(CHAT.id, Occasion.LIVE, [LATER])
    stage.bridge.report(PostsArrived(CHAT.id, Occasion.LIVE, (LATER,)))
    qtbot.waitUntil(lambda: not page.care.isHidden())
    stage.now = START + timedelta(minutes=30)
    page.show_chat(CHAT)
    with qtbot.waitSignal(page.step_wanted) as wanted:
        page.care.read.click()
    assert wanted.args == [StepId.HOUR]
    assert page.care.notice is None


def test_who_comes_from_home_finds_the_message_open(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, URGENT))
    editor = ChatEditor(CHAT)
    page = made_thanks(stage, editor)
    put_on_screen(qtbot, page, editor)
    # Nothing is gathered yet.
    page.show_to_check()
    qtbot.waitUntil(lambda: page.care.notice is not None)
    assert says(page.care, URGENT.post.text)


def test_nothing_of_a_rehearsal_is_urgent(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, URGENT), occasion=Occasion.REHEARSAL)
    page = shown(qtbot, stage, StepId.THANKS)
    assert page.care.isHidden()
    assert page.edited.chat.confidences_waiting == 0  # type: ignore[attr-defined]


def test_what_is_read_and_harmless_is_told_no_more(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, URGENT))
    page = shown(qtbot, stage, StepId.REPORT, replace(CHAT, confidences_waiting=1))
    page.care.read.click()
    assert page.care.notice is not None
    page.care.notice._on_sure()
    qtbot.waitUntil(page.care.isHidden)
    qtbot.waitUntil(lambda: stage.marks(9).harmless)
    assert page.edited.chat.confidences_waiting == 0  # type: ignore[attr-defined]
