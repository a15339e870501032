"""A post that asks for care: it is said, something is proposed, and nothing happens by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.etiquette import Share, ShareVerdict
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.domain.protection import answer, name_out_request, private_answer, whom_to_tell
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.hour.share_question import ShareQuestion
from tchat_desktop.ui.pages.shared import care_steps
from tchat_desktop.ui.pages.shared.care_notice import CareNotice
from tchat_desktop.ui.pages.shared.hour_words import (
    needing_care_words,
    waits_for_private_words,
    why,
)
from tchat_desktop.ui.pages.shared.private_answer import PrivateAnswer, PrivateWays
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.wording.i18n import N_, _
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.pages.hour.conftest import LONG_ENOUGH, Cockpit, Seconds, settle, texts_of

Make = Callable[..., Cockpit]
AT = START + timedelta(minutes=17)
MINUTE = timedelta(minutes=1)
CONFIDED = participant(
    1, "J’ai 15 ans et mes parents parlent de mes fiançailles.", AT, "lectrice_ex", "Lectrice"
)
TROLL = participant(2, "Vous n’êtes qu’une bande de rêveurs.", AT, "grincheux_ex", "Le Grincheux")
CHILD = participant(3, "Aminata, 12 ans, a quitté l’école.", AT, "voisin_ex", "Un voisin")
ORDINARY = participant(4, "R1 Commencer petit.", AT, "prof_ex", "Enseignante")

CONFIDES_NOTHING = N_("I have checked: it confides nothing")
NAMES_NOBODY = N_("I have checked: no child is named")


def notice(cockpit: Cockpit, feed: FeedPost) -> CareNotice | None:
    return cockpit.board.feed._cards[feed.post.id].findChild(CareNotice)


def asked(cockpit: Cockpit, feed: FeedPost) -> ShareQuestion:
    question = cockpit.board.feed._cards[feed.post.id]._share
    assert question is not None
    return question


def press(widget: QWidget, words: str) -> None:
    buttons = widget.findChildren(Button)
    next(one for one in buttons if one.text() == words and not one.isHidden()).click()
    settle()


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit()
    hour = made.start()
    hour.say_posts(CONFIDED, TROLL, CHILD, ORDINARY)
    settle()
    return made


def test_what_asks_for_care_is_said_and_the_rest_is_left_alone(cockpit: Cockpit) -> None:
    assert notice(cockpit, ORDINARY) is None
    said = [notice(cockpit, one) for one in (CONFIDED, TROLL, CHILD)]
    assert len({one.text for one in said if one is not None}) == 3


def test_nobody_delicate_is_proposed_for_a_welcome(cockpit: Cockpit) -> None:
    names = cockpit.board._arrivals.names
    assert names == ["Enseignante"]


@pytest.mark.parametrize("feed", [TROLL, CHILD])
def test_a_repost_is_stopped_until_it_is_meant(cockpit: Cockpit, feed: FeedPost) -> None:
    hour = cockpit.hour
    card = cockpit.board.feed._cards[feed.post.id]
    card._repost.click()
    settle()
    assert ("repost", feed.post.id) not in hour.asked
    press(asked(cockpit, feed), _("Repost all the same"))
    assert ("repost", feed.post.id) in hour.asked


def test_an_ordinary_post_is_reposted_at_once(cockpit: Cockpit) -> None:
    cockpit.board.feed._cards[ORDINARY.post.id]._repost.click()
    assert ("repost", ORDINARY.post.id) in cockpit.hour.asked


def test_a_confidence_is_neither_reposted_nor_highlighted(cockpit: Cockpit) -> None:
    card, question = cockpit.board.feed._cards[CONFIDED.post.id], asked(cockpit, CONFIDED)
    for button in (card._repost, card._star):
        button.click()
        settle()
        assert question.isVisible()
        offered = [one.text() for one in question.findChildren(Button) if not one.isHidden()]
        assert offered == [_("Close")]
        press(question, _("Close"))
        assert not question.isVisible()
    assert not card.entry.feed.starred
    assert cockpit.hour.asked == []


def test_the_question_comes_where_the_press_was(cockpit: Cockpit) -> None:
    page, card = cockpit.page, cockpit.board.feed._cards[CONFIDED.post.id]
    care = notice(cockpit, CONFIDED)
    assert care is not None
    press(care, _("Answer in private"))
    page.bring_into_view(card._repost)
    settle()
    for button in (card._repost, card._star):
        button.click()
        settle()
        question = asked(cockpit, CONFIDED)
        above = button.mapTo(card, QPoint(0, button.height())).y()
        assert 0 <= question.mapTo(card, QPoint(0, 0)).y() - above < 20
        bottom = question.mapTo(page.viewport(), QPoint(0, question.height())).y()
        assert bottom <= page.viewport().height()
        assert page.covered <= question.mapTo(page.viewport(), QPoint(0, 0)).y()


def test_a_highlight_is_stopped_until_it_is_meant(cockpit: Cockpit) -> None:
    feed = CHILD
    card = cockpit.board.feed._cards[feed.post.id]
    card._star.click()
    settle()
    assert not card.entry.feed.starred
    press(asked(cockpit, feed), _("Highlight all the same"))
    assert card.entry.feed.starred
    # Taking it out again asks nothing.
    card._star.click()
    settle()
    assert not card.entry.feed.starred


def test_an_insult_and_an_ordinary_post_are_highlighted_at_once(cockpit: Cockpit) -> None:
    for feed in (TROLL, ORDINARY):
        card = cockpit.board.feed._cards[feed.post.id]
        card._star.click()
        settle()
        assert card.entry.feed.starred


def test_the_strip_asks_for_attention_until_it_is_seen_to(cockpit: Cockpit) -> None:
    board = cockpit.board
    board.show_now()
    assert board.view().needing_care == 2
    assert board.strip.sentence.startswith(needing_care_words(2, 1))
    assert board.strip._check.isHidden() or board.view().to_check
    for feed in (CONFIDED, CHILD):
        care = notice(cockpit, feed)
        assert care is not None
        press(care, _("Answer in private"))
        care.private.done.click()
        settle()
        assert not care.private.isVisible()
        assert board.feed._cards[feed.post.id].entry.is_answered
    board.show_now()
    assert board.view().needing_care == 0
    assert not board.strip._check.isHidden()


def test_the_answer_in_private_says_what_to_do(cockpit: Cockpit) -> None:
    care = notice(cockpit, CONFIDED)
    assert care is not None
    press(care, _("Answer in private"))
    chat = cockpit.hour.chat
    shown = "\n".join(one.text() for one in care.private.findChildren(QLabel))
    assert all(line in shown for line in care_steps.care_words(chat))
    assert cockpit.pages == []
    care.private.copy.click()
    answer = private_answer(chat, texts_of(chat.language))
    assert QApplication.clipboard().text() == answer
    press(care, _("Open the profile"))
    assert cockpit.pages == ["https://x.com/lectrice_ex"]
    troll = notice(cockpit, TROLL)
    assert troll is not None
    assert _("Answer in private") not in [one.text() for one in troll.findChildren(Button)]


@pytest.mark.parametrize("named_child", [False, True])
def test_the_countries_without_a_number_are_told_beside_the_ready_answer(
    qtbot: QtBot, named_child: bool
) -> None:
    abroad = replace(full_chat(), audience_zones=("Africa/Bamako", "Europe/Paris"))
    ways = PrivateWays(abroad, "…", *(lambda *_any: None,) * 5)
    panel = PrivateAnswer("@lectrice_ex", ways, named_child=named_child)
    qtbot.addWidget(panel)
    shown = [one.text() for one in panel.findChildren(QLabel)]
    words = _("Checked numbers: {given}. None for: {lacking}.")
    said = words.format(given="Sénégal", lacking="Mali, France")
    assert (said in shown) is not named_child, "only the answer to a confidence gives numbers"
    assert care_steps.numbers_words(full_chat()) == "", "none is lacking"


def test_it_can_be_hidden_from_there(cockpit: Cockpit) -> None:
    care = notice(cockpit, TROLL)
    assert care is not None
    press(care, _("Hide this post"))
    assert TROLL.post.id not in cockpit.board.feed._cards


def test_the_own_guests_and_the_organisers_are_no_newcomers(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    guest = next(one.typed_account for one in hour.chat.guests if one.typed_account)
    hour.say_posts(
        participant(5, "Bonsoir à tous", AT, guest, "L’invitée"),
        participant(6, "Nous commençons", AT, hour.chat.account, "Nous"),
        ORDINARY,
    )
    settle()
    names = cockpit.board._arrivals.names
    assert names == ["Enseignante"]


def test_a_post_is_said_harmless_only_by_a_second_button_pressed_in_time(
    cockpit: Cockpit, seconds: Seconds
) -> None:
    for feed, words in (
        (CONFIDED, _(CONFIDES_NOTHING)),
        (CHILD, _(NAMES_NOBODY)),
    ):
        card, care = cockpit.board.feed._cards[feed.post.id], notice(cockpit, feed)
        assert care is not None
        said = care.text
        press(care, words)
        assert not card.entry.feed.harmless
        assert care._sure.isVisible()
        [first] = [one for one in care.findChildren(Button) if one.text() == words]
        assert not first.geometry().intersects(care._sure.geometry())
        care._forget.timeout.emit()
        assert care._sure.isHidden()
        assert care.text == said
        seconds.runs = False
        assert isinstance(first, SteadyButton)
        first._begin_anew()
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        assert care._sure.isHidden(), "it had just moved"
        seconds.at += LONG_ENOUGH
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        assert care._sure.isVisible()
        press(care, _("Yes, I have read it"))
        assert card.entry.feed.harmless
        assert care._sure.isHidden()


def test_whom_to_tell_is_named_before_and_after_the_answer(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start().say_posts(CONFIDED, CHILD)
    settle()
    whom = whom_to_tell(cockpit.hour.chat)
    assert whom
    care = notice(cockpit, CONFIDED)
    assert care is not None
    assert care._tell.isVisible()
    assert whom in care._tell.text()
    cockpit.board.feed._cards[CONFIDED.post.id]._on_seen_to()
    settle()
    assert care._tell.isVisible()
    assert care._tell.text() == _("Tell {who} as well.").format(who=whom)
    named = notice(cockpit, CHILD)
    assert named is not None
    assert named._tell.isHidden()


def test_the_place_of_what_was_hidden_is_kept_until_another_list(
    cockpit: Cockpit,
) -> None:
    feed = cockpit.board.feed
    height = feed._cards[TROLL.post.id].height()
    for undone in (True, False):
        care = notice(cockpit, TROLL)
        assert care is not None
        place = feed._list.place_of(feed._cards[TROLL.post.id])
        press(care, _("Hide this post"))
        line = feed.places.lines[TROLL.post.id]
        assert feed._list.place_of(line) == place
        assert line.height() >= height
        if undone:
            line.undo.click()
        else:
            QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))
            feed.add_posts([participant(9, "R1 Plus tard.", AT + MINUTE)], wait=False)
            settle()
            assert feed.places.lines == {TROLL.post.id: line}
            assert feed._list.place_of(line) == place + 1
            feed.reveal()
        settle()
        assert not feed.places.lines
        assert (TROLL.post.id in feed._cards) is undone


def test_no_place_is_kept_for_a_private_panel_that_closed(cockpit: Cockpit) -> None:
    feed = cockpit.board.feed
    height = feed._cards[CHILD.post.id].height()
    care = notice(cockpit, CHILD)
    assert care is not None
    press(care, _("Answer in private"))
    assert feed._cards[CHILD.post.id].height() > height + 50
    press(care, _("Hide this post"))
    assert feed.places.lines[CHILD.post.id].height() <= height + 4


def test_for_a_repost_one_is_asked_about_the_button_of_a_repost(cockpit: Cockpit) -> None:
    row = replace(cockpit.hour.planned[0], state=PostState.HANDED_OVER)
    assert "Repost" not in why(row)
    assert "Repost" in why(replace(row, kind=PostKind.REPOST))


def test_that_no_post_is_about_the_organisation_is_said_as_none(cockpit: Cockpit) -> None:
    tone = cockpit.board._tone
    tone.show_share(Share(0, 1, ShareVerdict.FINE))
    assert tone._words.text().startswith(
        _("None of your posts of the last hour is about your organisation.")
    )


def test_a_post_put_right_no_longer_asks_for_attention(cockpit: Cockpit) -> None:
    model = cockpit.board.feed.model
    assert model.needing_care() == 2
    harmless = replace(CONFIDED.post, text="R1 Commencer petit.")
    cockpit.hour.say_posts(replace(CONFIDED, post=harmless))
    settle()
    assert model.needing_care() == 1
    who = {one.entry.feed.post.author for one in model.arrivals()}
    assert who == {"lectrice_ex", "prof_ex"}
    # Somebody who confided elsewhere too is not pointed at for that.
    again = participant(9, CONFIDED.post.text, AT, "lectrice_ex", "Lectrice")
    cockpit.hour.say_posts(again)
    settle()
    assert {one.entry.feed.post.author for one in model.arrivals()} == {"prof_ex"}
    assert model.remove(again.post.id)
    assert {one.entry.feed.post.author for one in model.arrivals()} == who


@pytest.mark.parametrize("answered", [False, True])
def test_what_the_organiser_finds_harmless_is_an_ordinary_post_again(
    cockpit: Cockpit, answered: bool
) -> None:
    board, card = cockpit.board, cockpit.board.feed._cards[CONFIDED.post.id]
    if answered:
        card._on_seen_to()
        settle()
    care = notice(cockpit, CONFIDED)
    assert care is not None
    cockpit.page.activateWindow()
    named = {one.text(): one for one in care.findChildren(Button)}
    named[_(CONFIDES_NOTHING)].setFocus()
    press(care, _(CONFIDES_NOTHING))
    named[_("Yes, I have read it")].setFocus()
    press(care, _("Yes, I have read it"))
    assert card.entry.feed.harmless
    assert care.isHidden()
    assert card._reply.hasFocus()
    assert board.view().needing_care == 1, "the child named stays"
    board.show_now()
    assert "Lectrice" in board._arrivals.names
    card._repost.click()
    assert ("repost", CONFIDED.post.id) in cockpit.hour.asked
    board.feed._open_reply(CONFIDED.post.id, "")
    assert board.feed.reply.care.isHidden()
    [back] = [one for one in card.menu().actions() if one.text() == _("It asks for care after all")]
    back.trigger()
    settle()
    assert not care.isHidden()


def test_a_confidence_that_names_a_child_is_denied_as_both_or_not_at_all(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit()
    both = participant(
        5, "Aminata, 12 ans, est ma sœur et on veut me marier aussi.", AT, "soeur_ex", "Une sœur"
    )
    cockpit.start().say_posts(both)
    settle()
    care = notice(cockpit, both)
    assert care is not None
    assert {Noticed.DISCLOSURE, Noticed.NAMED_CHILD} <= set(care.signals)
    offered = {one.text() for one in care.findChildren(Button)}
    assert _("I have checked: it confides nothing and names no child") in offered
    assert _(CONFIDES_NOTHING) not in offered, "it would let the child's name through as well"


def test_an_insult_that_is_none_is_said_so_in_its_own_words(cockpit: Cockpit) -> None:
    care = notice(cockpit, TROLL)
    assert care is not None
    press(care, _("I have checked: it hurts nobody"))
    press(care, _("Yes, I have read it"))
    assert cockpit.board.feed._cards[TROLL.post.id].entry.feed.harmless


@pytest.mark.parametrize("feed", [TROLL, CHILD])
def test_no_stray_key_reposts_what_can_hurt(cockpit: Cockpit, feed: FeedPost) -> None:
    hour = cockpit.hour
    cockpit.board.feed._cards[feed.post.id]._repost.click()
    settle()
    again = asked(cockpit, feed).repost
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Space)
    settle()
    assert hour.asked == []
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert hour.asked == [("repost", feed.post.id)]


def test_what_was_done_all_the_same_is_asked_about_no_more(cockpit: Cockpit) -> None:
    card, question = cockpit.board.feed._cards[CHILD.post.id], asked(cockpit, CHILD)
    for button, again in ((card._star, question.star), (card._repost, question.repost)):
        button.click()
        settle()
        assert question.isVisible()
        again.setFocus()
        again.click()
        settle()
        assert question.isHidden()
        assert card._reply is cockpit.page.focusWidget()
    assert card.entry.feed.starred


def test_highlighting_all_the_same_never_takes_a_highlight_away(cockpit: Cockpit) -> None:
    card, question = cockpit.board.feed._cards[CHILD.post.id], asked(cockpit, CHILD)
    card._star.click()
    question.star.click()
    settle()
    # Pressed once more before it went.
    question.star.click()
    settle()
    assert card.entry.feed.starred


def test_a_question_can_be_taken_back_and_does_not_stay(cockpit: Cockpit) -> None:
    card, question = cockpit.board.feed._cards[CHILD.post.id], asked(cockpit, CHILD)
    care = notice(cockpit, CHILD)
    assert care is not None
    height = care.height()
    places = [one.pos() for one in (card._reply, card._repost, card._star)]
    for asks in (card._star, card._repost):
        asks.click()
        settle()
        assert question.isVisible()
        # What was pressed stays where it is.
        assert [one.pos() for one in (card._reply, card._repost, card._star)] == places
        press(question, _("Cancel"))
        assert question.isHidden()
    assert care.height() == height
    # Nobody answers, or something else is done about the post.
    for goes_on in (question._forget.timeout.emit, card._reply.click, care._buttons[0].click):
        card._star.click()
        settle()
        assert not question.star.isHidden()
        goes_on()
        settle()
        assert question.isHidden()
    assert cockpit.hour.asked == []


def test_no_button_of_a_question_takes_the_place_of_another(cockpit: Cockpit) -> None:
    card, question = cockpit.board.feed._cards[CHILD.post.id], asked(cockpit, CHILD)
    card._star.click()
    settle()
    star = question.star.geometry()
    card._repost.click()
    settle()
    assert not question.repost.geometry().intersects(star)
    assert not question.repost.geometry().intersects(question.cancel.geometry())


def test_a_button_that_asks_first_looks_different(cockpit: Cockpit) -> None:
    def drawn(button: Button) -> object:
        return button.icon().pixmap(18).toImage()

    guarded, plain = (cockpit.board.feed._cards[one.post.id] for one in (CONFIDED, ORDINARY))
    assert drawn(guarded._repost) != drawn(plain._repost)
    assert drawn(guarded._star) != drawn(plain._star)
    guarded._on_harmless()
    settle()
    assert drawn(guarded._repost) == drawn(plain._repost)
    assert drawn(guarded._star) == drawn(plain._star)


def test_a_private_answer_is_under_way_from_its_copy_until_it_is_done(cockpit: Cockpit) -> None:
    hour = cockpit.hour
    for begin in ("copy", "profile"):
        care = notice(cockpit, CONFIDED)
        assert care is not None
        press(care, _("Answer in private"))
        assert not hour.in_private
        if begin == "copy":
            care.private.copy.click()
        else:
            press(care, _("Open the profile"))
        assert hour.in_private
        # Put away.
        press(care, _("Answer in private"))
        assert not hour.in_private
    press(care, _("Answer in private"))
    care.private.copy.click()
    care.private.done.click()
    assert not hour.in_private


def test_what_is_hidden_or_harmless_is_no_longer_answered_in_private(cockpit: Cockpit) -> None:
    hour = cockpit.hour
    for words in (_(CONFIDES_NOTHING), _("Hide this post")):
        care = notice(cockpit, CONFIDED if words == _(CONFIDES_NOTHING) else CHILD)
        assert care is not None
        press(care, _("Answer in private"))
        care.private.copy.click()
        assert hour.in_private
        press(care, words)
        if words == _(CONFIDES_NOTHING):
            press(care, _("Yes, I have read it"))
        assert not hour.in_private


def test_the_strip_says_what_waits_for_a_private_answer_and_can_open_it(cockpit: Cockpit) -> None:
    hour = cockpit.hour
    following = cockpit.board.view().pace.following
    assert following is not None
    hour.becomes(following.slot, PostState.DUE, route=Route.ASSISTED)
    hour.typing = True
    hour.do(Outbox.begin_in_private, "7")
    hour.say_rows()
    settle()
    strip = cockpit.board.strip
    row = hour.row(following.slot)
    assert waits_for_private_words(row) in strip.sentence
    assert strip._open.isVisible()
    strip._open.click()
    assert ("send_now", row.id) in hour.asked
    hour.do(Outbox.end_in_private, "7")
    cockpit.board.show_now()
    assert not strip._open.isVisible()


def in_menu(cockpit: Cockpit, feed: FeedPost, words: str) -> QAction | None:
    actions = cockpit.board.feed._cards[feed.post.id].menu().actions()
    return next((one for one in actions if one.text() == words), None)


def test_a_confidence_nobody_noticed_is_said_by_hand(cockpit: Cockpit) -> None:
    board, card = cockpit.board, cockpit.board.feed._cards[ORDINARY.post.id]
    confided = in_menu(cockpit, ORDINARY, _("It is a confidence"))
    assert confided is not None
    confided.trigger()
    settle()
    board.show_now()
    assert card.entry.feed.confided
    care = notice(cockpit, ORDINARY)
    assert care is not None
    assert care.isVisible()
    assert board.view().needing_care == 3
    assert board._arrivals.names == []
    assert in_menu(cockpit, ORDINARY, _("It is a confidence")) is None
    card._star.click()
    card._repost.click()
    settle()
    assert not card.entry.feed.starred
    assert ("repost", ORDINARY.post.id) not in cockpit.hour.asked
    board.feed._open_reply(ORDINARY.post.id, "")
    assert not board.feed.reply.care.isHidden()
    board.feed.reply.close_panel()
    press(care, _(CONFIDES_NOTHING))
    press(care, _("Yes, I have read it"))
    assert not card.entry.feed.confided
    assert care.isHidden()


def test_a_child_that_no_word_gave_away_is_said_by_hand_and_taken_back(cockpit: Cockpit) -> None:
    board, card = cockpit.board, cockpit.board.feed._cards[ORDINARY.post.id]
    named = in_menu(cockpit, ORDINARY, _("A child is named"))
    assert named is not None
    named.trigger()
    settle()
    assert card.entry.feed.names_child
    care = notice(cockpit, ORDINARY)
    assert care is not None
    assert care.signals == (Noticed.NAMED_CHILD,)
    assert care.isVisible()
    board.show_now()
    assert (board.view().needing_care, board.view().urgent) == (3, 1)
    card._star.click()
    card._repost.click()
    settle()
    assert not card.entry.feed.starred
    assert cockpit.hour.asked == []
    assert in_menu(cockpit, ORDINARY, _("A child is named")) is None
    back = in_menu(cockpit, ORDINARY, _("No child is named after all"))
    assert back is not None
    back.trigger()
    settle()
    assert not card.entry.feed.names_child
    assert care.isHidden()
    cockpit.hour.mark(Marking(ORDINARY.post.id, Mark.NAMES_CHILD, True))
    settle()
    care = notice(cockpit, ORDINARY)
    assert care is not None
    press(care, _(NAMES_NOBODY))
    press(care, _("Yes, I have read it"))
    assert not card.entry.feed.names_child
    assert in_menu(cockpit, CHILD, _("A child is named")) is None, "it is noticed already"


def test_the_answer_for_a_confidence_makes_it_one(cockpit: Cockpit) -> None:
    board = cockpit.board
    board.feed._open_reply(ORDINARY.post.id, "")
    ready = answer(board.hour.chat, texts_of(board.hour.chat.language))
    board.feed.reply._use(ready)
    settle()
    assert board.feed._cards[ORDINARY.post.id].entry.feed.confided
    care = notice(cockpit, ORDINARY)
    assert care is not None
    assert care.isVisible()


def test_what_was_answered_in_private_stays_a_confidence(cockpit: Cockpit) -> None:
    care = notice(cockpit, CONFIDED)
    assert care is not None
    press(care, _("Answer in private"))
    care.private.done.click()
    settle()
    assert cockpit.board.feed._cards[CONFIDED.post.id].entry.feed.confided
    # To ask that a name be taken out says nothing of a confidence.
    named = notice(cockpit, CHILD)
    assert named is not None
    press(named, _("Answer in private"))
    named.private.done.click()
    settle()
    entry = cockpit.board.feed._cards[CHILD.post.id].entry
    assert entry.is_answered
    assert not entry.feed.confided


def test_who_names_a_child_is_asked_to_take_the_name_out(cockpit: Cockpit) -> None:
    chat = cockpit.hour.chat
    care = notice(cockpit, CHILD)
    assert care is not None
    press(care, _("Answer in private"))
    shown = "\n".join(one.text() for one in care.private.findChildren(QLabel))
    assert all(line in shown for line in care_steps.named_child_words())
    asked = name_out_request(chat, texts_of(chat.language))
    assert asked in shown
    assert private_answer(chat, texts_of(chat.language)) not in shown
    care.private.copy.click()
    assert QApplication.clipboard().text() == asked
    press(care, _(NAMES_NOBODY))
    press(care, _("Yes, I have read it"))
    assert cockpit.board.feed._cards[CHILD.post.id].entry.feed.harmless


def test_the_private_answer_opens_in_sight(cockpit: Cockpit) -> None:
    page = cockpit.page
    care = notice(cockpit, CHILD)
    assert care is not None
    page.bring_into_view(care)
    settle()
    press(care, _("Answer in private"))
    bottom = care.private.mapTo(page.viewport(), QPoint(0, care.private.height())).y()
    assert page.covered <= care.mapTo(page.viewport(), QPoint(0, 0)).y()
    assert bottom <= page.viewport().height()


def test_what_is_hidden_is_not_offered_to_be_hidden(cockpit: Cockpit) -> None:
    care = notice(cockpit, TROLL)
    assert care is not None
    press(care, _("Hide this post"))
    cockpit.board.feed.filters.choose(FeedFilter.HIDDEN)
    cockpit.board.feed._on_other_wanted()
    settle()
    care = notice(cockpit, TROLL)
    assert care is not None
    offered = [one.text() for one in care.findChildren(Button) if not one.isHidden()]
    assert _("Hide this post") not in offered


@pytest.mark.parametrize("feed", [CHILD, TROLL])
def test_hidden_is_said_to_be_hidden_here_only(cockpit: Cockpit, feed: FeedPost) -> None:
    care = notice(cockpit, feed)
    assert care is not None
    press(care, _("Hide this post"))
    line = cockpit.board.feed.places.lines[feed.post.id]
    said = " ".join(one.text() for one in line.findChildren(QLabel))
    here = _("The post by {who} is hidden here only: it stays visible on X.")
    assert here.format(who=f"@{feed.post.author}") in said
    assert (_("Ask its author in private to delete it: it names a child.") in said) is (
        feed is CHILD
    )


def test_a_button_goes_to_what_asks_for_attention_also_after_the_end(cockpit: Cockpit) -> None:
    board = cockpit.board
    board.feed.filters.choose(FeedFilter.STARRED)
    board.feed._on_other_wanted()
    assert CONFIDED.post.id not in board.feed._cards
    board.show_now()
    assert board.strip._care.isVisible()
    # A child named earlier waits behind a confidence.
    assert board.feed.model.first_needing_care() == CONFIDED.post.id
    board.strip._care.click()
    settle()
    assert board.feed._cards[CONFIDED.post.id].isVisible()
    cockpit.hour.say_ended()
    settle()
    board.show_now()
    assert board.is_over
    assert board.strip._care.isVisible()
    assert needing_care_words(2, 1) in board.strip.sentence
    assert board.strip.tone == "stop"
    # Told once: neither the card nor the strip says again what the other one does.
    texts = [one.text() for one in board.end_card.findChildren(QLabel)]
    assert not [one for one in texts if needing_care_words(2, 1) in one]
    assert board.strip.sentence == needing_care_words(2, 1)
    for feed in (CONFIDED, CHILD):
        board.feed._cards[feed.post.id]._on_seen_to()
    settle()
    board.show_now()
    assert not board.strip._care.isVisible()


def test_the_chat_remembers_for_the_home_screen_what_confides_and_waits(cockpit: Cockpit) -> None:
    cockpit.page._on_second()
    assert cockpit.editor.chat.confidences_waiting == 1
    assert not cockpit.editor.can_undo
    cockpit.board.feed._cards[CONFIDED.post.id]._on_seen_to()
    settle()
    cockpit.page._on_second()
    assert cockpit.editor.chat.confidences_waiting == 0
