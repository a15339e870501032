"""What a rehearsal made up, and what was written for it, is nowhere in the real recap."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, RecapDraft
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.saved_recap import saved_as
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.wording.i18n import _
from tests.fakes.network import NETWORK
from tests.ui.keyboard import replace_text, type_text
from tests.ui.pages.hands import says
from tests.ui.pages.stage import CHAT, POSTS, ROWS, Stage, post, settled, shown_recap

REAL = (post(50, "seynabou_ex", "R1 Une vraie réponse.", "q1", starred=True),)


def practise(qtbot: QtBot, stage: Stage) -> tuple[RecapPage, ChatEditor]:
    """Write and choose all there is on the page while its people are invented."""
    stage.hold(occasion=Occasion.REHEARSAL)
    page, editor = shown_recap(qtbot, stage)
    replace_text(page.opening.title, "Essai de titre")
    type_text(page.opening.introduction, "Essai d’introduction")
    type_text(page.closing.conclusion, "Essai de fin")
    type_text(page.board.sections[0].comment, "Essai de phrase")
    page.board.card("1002").hide_name.click()
    page.board.card("1001").down.click()
    page.mask_card.hide_words("Kolda")
    return page, editor


def test_the_page_shows_what_is_tried_and_says_that_it_does_not_stay(
    qtbot: QtBot, stage: Stage
) -> None:
    page, editor = practise(qtbot, stage)
    assert says(page, _(page.after_rehearsal))
    tried = editor.chat.rehearsed_recap
    assert tried is not None
    assert (tried.title, tried.conclusion) == ("Essai de titre", "Essai de fin")
    assert tried.hidden_authors == ("moussa_ex",)
    assert page.board.sections[0].cards[0].post_id == "1002"
    settled(qtbot, page)
    view = page.board.card("1002").view
    assert view is not None
    assert view.highlight.author is None
    # The real one is as it was.
    assert editor.chat.recap == RecapDraft()
    editor.undo()
    assert editor.chat.rehearsed_recap == replace(tried, masked_words=())


def test_the_real_recap_begins_empty(qtbot: QtBot, stage: Stage) -> None:
    page, editor = practise(qtbot, stage)
    stage.hold(REAL)
    page.watch.refresh()
    qtbot.waitUntil(lambda: not page.rehearsing)
    settled(qtbot, page)
    qtbot.waitUntil(lambda: page.opening.title.text() == "")
    assert [card.post_id for card in page.board.cards] == ["1050"]
    assert page.closing.conclusion.toPlainText() == ""
    assert not says(page, _(page.after_rehearsal))
    replace_text(page.opening.title, "Le vrai titre")
    assert editor.chat.recap == RecapDraft(title="Le vrai titre")
    tried = editor.chat.rehearsed_recap
    assert tried is not None
    assert tried.title == "Essai de titre"


def test_who_is_invented_hides_nobody_who_is_real(qtbot: QtBot, stage: Stage) -> None:
    _page, editor = practise(qtbot, stage)
    named = replace(REAL[0], post=replace(REAL[0].post, text="Merci @moussa_ex, de Kolda"))
    recap = build_recap(editor.chat, (named,), ROWS, NETWORK)
    assert recap.highlights[0].text == "Merci @moussa_ex, de Kolda"
    assert not recap.masked


def test_a_recap_that_was_saved_is_not_out_of_date_for_a_rehearsal(
    qtbot: QtBot, stage: Stage
) -> None:
    before = saved_as(CHAT.recap, CHAT.topic, "")
    _page, editor = practise(qtbot, stage)
    assert saved_as(editor.chat.recap, editor.chat.topic, "") == before


def test_the_posts_of_a_rehearsal_are_in_no_figure_of_the_real_hour(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold(POSTS, (), Occasion.REHEARSAL)
    stage.hold(REAL)
    page, _editor = shown_recap(qtbot, stage)
    assert not page.rehearsing
    assert [words.split()[0] for words in page.publish.figures.words[:3]] == ["1", "1", "1"]
    assert [card.post_id for card in page.board.cards] == ["1050"]
