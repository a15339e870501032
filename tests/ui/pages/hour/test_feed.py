"""The conversation: filters, search, new posts that wait, marks, replies, posts added by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip, QWidget

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.domain.protection import answer
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.models.feed_entry import AnswersTo, FeedFilter
from tchat_desktop.ui.pages.hour.feed_view import CARDS_AT_ONCE, FeedView
from tchat_desktop.ui.pages.hour.suggestions import suggested_replies
from tchat_desktop.ui.pages.shared.care_steps import care_words
from tchat_desktop.ui.pages.shared.feed_filters import filter_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _
from tests.fakes.network import NETWORK
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle, texts_of

Make = Callable[..., Cockpit]
MINUTE = timedelta(minutes=1)


def talk(hour: FakeHour) -> None:
    """An answer, a question of the public, a guest, and a child named."""
    at = hour.clock.at
    hour.say_posts(
        participant(1, "R2 Ma voisine Aminata, 12 ans, va mieux", at - 4 * MINUTE, "voisine_ex"),
        participant(2, "R2 À l’hôpital, je le vois", at - 3 * MINUTE, "sagefemme_ex", "Sage-femme"),
        participant(3, "Comment faire avec l’imam ?", at - 2 * MINUTE, "pere_ex", "Un père"),
        participant(4, "R1 La loi existe", at - MINUTE, starred=True, question_id="q1"),
    )
    settle()


def start(make_cockpit: Make, route: Route = Route.KEYS) -> tuple[Cockpit, FakeHour, FeedView]:
    cockpit = make_cockpit(full_chat(route))
    hour = cockpit.start()
    talk(hour)
    return cockpit, hour, cockpit.board.feed


def shown(feed: FeedView) -> list[str]:
    """The ids of the cards on screen, from the top."""
    cards = sorted(feed._cards.values(), key=lambda card: card.y())
    return [card.entry.feed.post.id for card in cards]


def press(widget: QWidget, name: str) -> None:
    """Press the button on screen that is called so, or begins so."""
    found = [
        one
        for one in widget.findChildren(Button)
        if one.isVisible() and one.accessibleName().startswith(name)
    ]
    assert len(found) == 1, [one.accessibleName() for one in found]
    found[0].click()
    settle()


def pick(feed: FeedView, name: str) -> None:
    """Choose a filter of the menu."""
    actions = {one.text(): one for one in feed._tools.more.menu_of().actions()}
    actions[name].trigger()
    settle()


def search_for(feed: FeedView, text: str) -> None:
    feed.search.setText(text)
    feed._tools._settle.timeout.emit()
    settle()


# --- what is shown -------------------------------------------------------------------------


def test_the_newest_post_comes_first_and_filters_count(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    assert shown(feed) == ["1004", "1003", "1002", "1001"]
    expected = {
        FeedFilter.ALL: "1004 1003 1002 1001",
        FeedFilter.QUESTIONS: "1003",
        FeedFilter.GUESTS: "1002",
        FeedFilter.UNANSWERED: "1003",
        FeedFilter.STARRED: "1004",
    }
    for which, ids in expected.items():
        feed.filters.button(which).click()
        settle()
        assert shown(feed) == ids.split()
        assert feed.filters.button(which).text().endswith(f" {len(ids.split())}")


def test_the_answers_to_a_question_are_a_filter_of_the_menu(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(participant(5, "R1 Oui", hour.clock.at, question_id="q1"))
    settle()
    pick(feed, f"{_('Answers to Q{number}').format(number=1)} 2")
    assert shown(feed) == ["1005", "1004"]
    assert feed.filters.button(AnswersTo("q1")).text().endswith(" 2")
    feed.filters.button(FeedFilter.ALL).click()
    settle()
    assert not feed.filters.button(AnswersTo("q1")).isVisible()


def test_new_voices_are_the_first_posts_of_the_public(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(participant(5, "R2 Encore", hour.clock.at, "pere_ex", "Un père"))
    settle()
    pick(feed, f"{filter_name(FeedFilter.NEWCOMERS)} 2")
    # Not the guest, nor who names a child, nor what somebody writes next.
    assert shown(feed) == ["1004", "1003"]


def test_what_is_published_for_a_guest_is_the_guests(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    said = replace(
        hour.planned[0], id="said", slot="said", kind=PostKind.GUEST_ANSWER, guest_id="off",
        guest_name="Adja", text="R1 Adja : chez nous aussi.", state=PostState.SENT,
        question_id="q1", remote_id="9009", changed_at=hour.clock.at,
    )  # fmt: skip
    hour.add_row(said)
    hour.say_rows()
    settle()
    assert feed.model.counts()[FeedFilter.GUESTS] == 2
    feed.filters.button(FeedFilter.GUESTS).click()
    settle()
    assert shown(feed) == ["said", "1002"]
    assert not feed._cards["said"].acts.isVisible(), "nothing is left to do about it"
    assert feed.model.answers_to("q1") == 2
    hour.becomes("said", PostState.UNKNOWN)
    hour.say_rows()
    settle()
    assert shown(feed) == ["1002"]


def test_search_forgives_accents_and_capitals(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    for text, found in (("HOPITAL", ["1002"]), ("@pere_ex", ["1003"]), ("pit", ["1002"])):
        search_for(feed, text)
        assert shown(feed) == found
    feed.search.setText("rien de tel")
    feed._tools._settle.timeout.emit()
    settle()
    assert shown(feed) == []
    assert feed._empty.isVisible()


def test_while_a_search_runs_the_last_result_stays(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    search_for(feed, "hopital")
    asked: list[str] = []
    # This disk takes its time.
    monkeypatch.setattr(feed._search, "_ask", lambda text, _most: asked.append(text))
    search_for(feed, "imam")
    search_for(feed, "loi")
    assert asked == ["imam", "loi"]
    assert shown(feed) == ["1002"]
    # Meanwhile one more holds the words that are looked for now, and one does not.
    at = hour.clock.at
    hour.say_posts(participant(5, "La loi, oui", at), participant(6, "R2 Autre", at))
    settle()
    hour.say_found("imam", ["1003"])
    settle()
    assert "1003" not in shown(feed), "nobody asks for that any more"
    hour.say_found("loi", ["1004"])
    settle()
    feed.reveal()
    assert shown(feed) == ["1005", "1004"]
    search_for(feed, "")
    assert len(shown(feed)) == 6


def test_a_search_goes_deeper_where_a_filter_leaves_too_few(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    asked: list[int] = []
    monkeypatch.setattr(feed._search, "_ask", lambda _text, most: asked.append(most))
    search_for(feed, "i")
    hour.say_found("i", ["1003"], whole=False)
    settle()
    assert asked[1] > asked[0]
    hour.say_found("i", ["1003", "1001"])
    settle()
    assert shown(feed) == ["1003", "1001"]
    assert len(asked) == 2


def test_new_posts_wait_behind_the_bar(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    assert not feed.new.isVisible()
    places = {one: card.y() for one, card in feed._cards.items()}
    hour.say_posts(participant(5, "R2 oui", hour.clock.at), participant(6, "R2 non", hour.clock.at))
    settle()
    assert {one: card.y() for one, card in feed._cards.items()} == places
    assert "2" in feed.new.text()
    feed.new.click()
    settle()
    assert set(shown(feed)[:2]) == {"1005", "1006"}
    assert not feed.new.isVisible()


def test_only_the_newest_are_shown_until_more_are_asked_for(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(
        *(participant(10 + one, f"R2 voix {one}", START - one * MINUTE) for one in range(50))
    )
    settle()
    feed.new.click()
    settle()
    assert len(feed._cards) == CARDS_AT_ONCE
    for _press in range(2):
        feed._older.click()
        settle()
    assert len(feed._cards) == 54
    assert not feed._older.isVisible()


def test_thousands_of_posts_keep_few_widgets(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(
        *(participant(10 + one, f"R2 voix {one}", START + one * MINUTE) for one in range(3000))
    )
    settle()
    feed.reveal()
    while feed.model.is_busy:
        settle()
    assert len(feed._cards) == CARDS_AT_ONCE
    assert feed.model.counts()[FeedFilter.ALL] == 3004


def test_post_texts_are_never_markup(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(participant(9, "<b>gras</b> <img src=x>", hour.clock.at))
    settle()
    feed.reveal()
    card = feed._cards["1009"]
    texts = [one for one in card.findChildren(QWidget) if one.property("kind") == "body"]
    assert [one.text() for one in texts] == ["<b>gras</b> <img src=x>"]  # type: ignore[attr-defined]
    assert texts[0].textFormat() == Qt.TextFormat.PlainText  # type: ignore[attr-defined]


def test_a_post_with_no_name_no_words_or_emoji_only_is_shown(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(
        FeedPost(Post("7", "x", "", "", hour.clock.at)),
        FeedPost(Post("8", "y", "👩🏾‍🏫", "👏🏾" * 90 + " #Élan", hour.clock.at)),
        FeedPost(Post("9", "z", "مريم", "نعم #زواج", hour.clock.at)),
    )
    settle()
    feed.reveal()
    settle()
    assert {"7", "8", "9"} <= set(shown(feed))
    assert not feed.grab().isNull()


def test_choosing_a_filter_lets_in_what_waits(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.say_posts(participant(5, "Et à l’école ?", hour.clock.at, "eleve_ex"))
    settle()
    assert "1005" not in shown(feed)
    button = feed.filters.button(FeedFilter.UNANSWERED)
    assert button.text().endswith(" 2")
    button.click()
    settle()
    assert shown(feed) == ["1005", "1003"]


# --- marks ---------------------------------------------------------------------------------


def test_a_highlight_is_marked_and_unmarked(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    card = feed._cards["1003"]
    for starred in (True, False):
        card._star.click()
        settle()
        assert card.entry.feed.starred is starred
        assert feed.model.counts()[FeedFilter.STARRED] == 1 + starred


def test_a_screen_reader_hears_what_the_buttons_of_a_post_say_now(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    card = feed._cards["1003"]
    before = card._star.accessibleName()
    card._star.click()
    card._repost.click()
    settle()
    about = _("{name}: {words}").format(name="Un père", words="Comment faire avec l’imam ?")
    assert before == _("Highlight {post}").format(post=about)
    assert card._star.accessibleName() == _("Chosen as a highlight: {post}").format(post=about)
    name = _("{what}: {post}").format(what=_("Repost waiting"), post=about)
    assert card._repost.accessibleName() == name
    card._star.click()
    settle()
    assert card._star.accessibleName() == before


def test_a_repost_is_asked_for_once(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    card = feed._cards["1003"]
    card._repost.click()
    settle()
    card._repost.click()
    assert hour.asked == [("repost", "1003")]
    assert not card._repost.isEnabled()


def test_a_post_that_asks_for_care_is_not_reposted_by_pressing_twice(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    card = feed._cards["1001"]
    for _press in range(2):
        card._repost.click()
        settle()
    assert not [one for one in hour.asked if one[0] == "repost"]
    press(card, _("Repost {who} all the same").format(who="@voisine_ex"))
    assert [one for one in hour.asked if one[0] == "repost"] == [("repost", "1001")]


def test_the_menu_hides_answers_and_gives_to_a_guest(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)

    def choose(name: str) -> None:
        menu = feed._cards["1003"].menu()
        actions = {one.text(): one for one in menu.findChildren(QAction)}
        actions[name].trigger()
        settle()

    choose("Sage-femme, Dakar")
    entry = feed.model.get("1003")
    assert entry is not None
    assert entry.feed.assigned_to == "guest"
    # At once, in sight: nobody else tells the guest.
    press(feed._cards["1003"], _("Copy the message for {guest}").format(guest="Sage-femme, Dakar"))
    assert "@pere_ex" in QApplication.clipboard().text()
    assert "#" in QApplication.clipboard().text()
    assert entry.feed.post.text in QApplication.clipboard().text()
    assert QApplication.clipboard().text().startswith("Sage-femme, Dakar")
    assert feed.model.given_unanswered() == 1
    given = feed.filters.button(FeedFilter.GIVEN)
    assert not given.isVisible()
    pick(feed, f"{filter_name(FeedFilter.GIVEN)} 1")
    assert given.isVisible()
    assert given.isChecked()
    assert shown(feed) == ["1003"]
    feed.filters.button(FeedFilter.ALL).click()
    settle()
    choose(_("Mark as answered"))
    assert feed.model.given_unanswered() == 0
    assert not given.isVisible()
    assert not feed._cards["1003"]._given.isVisible()
    assert feed.model.counts()[FeedFilter.UNANSWERED] == 0
    choose(_("Hide this post"))
    assert "1003" not in feed._cards
    feed.filters.button(FeedFilter.HIDDEN).click()
    settle()
    assert shown(feed) == ["1003"]


def test_a_confidence_given_to_a_guest_is_not_copied_for_them(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    hour.mark(Marking("1003", Mark.ASSIGNED, "guest"))
    settle()
    assert feed._cards["1003"]._given.isVisible()
    hour.mark(Marking("1003", Mark.CONFIDED, True))
    settle()
    assert not feed._cards["1003"]._given.isVisible()


def test_a_question_its_words_hide_is_filed_by_hand(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)

    def choose(name: str) -> None:
        menu = feed._cards["1004"].menu()
        actions = {one.text(): one for one in menu.findChildren(QAction)}
        actions[name].trigger()
        settle()

    def asked() -> list[int]:
        counts = feed.model.counts()
        return [counts[FeedFilter.QUESTIONS], counts[FeedFilter.UNANSWERED]]

    before = asked()
    choose(_("It is a question"))
    assert asked() == [one + 1 for one in before]
    feed.filters.button(FeedFilter.QUESTIONS).click()
    settle()
    assert shown(feed) == ["1004", "1003"]
    choose(_("It is not a question"))
    assert asked() == before


# --- replies -------------------------------------------------------------------------------


def test_a_reply_has_the_tag_and_is_sent_by_the_keyboard(make_cockpit: Make) -> None:
    cockpit, hour, feed = start(make_cockpit)
    cockpit.page.activateWindow()
    feed._cards["1003"]._reply.click()
    settle()
    panel = feed.reply
    assert panel._edit.toPlainText() == " #UnionsPrécoces"
    assert not panel._send.isEnabled()
    panel._edit.insertPlainText("Par la mère d’abord.")
    QTest.keyClick(panel._edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert hour.asked == [("reply", "1003", "Par la mère d’abord. #UnionsPrécoces")]
    assert not panel.isVisible()
    # It is answered once the reply is out, and not before.
    assert feed.model.counts()[FeedFilter.UNANSWERED] == 1
    hour.becomes("reply:1003", PostState.SENT)
    hour.say_rows()
    settle()
    assert feed.model.counts()[FeedFilter.UNANSWERED] == 0
    assert cockpit.page.focusWidget() is feed._cards["1003"]._reply


def test_a_reply_too_long_is_not_sent(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    feed._cards["1003"]._reply.click()
    feed.reply._edit.setPlainText("é" * 281)
    assert not feed.reply._send.isEnabled()
    feed.reply._on_send()
    assert hour.asked == []


def test_drafts_are_kept_from_one_post_to_another(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    feed._cards["1003"]._reply.click()
    feed.reply._edit.setPlainText("Je cherche…")
    feed._cards["1001"]._reply.click()
    assert feed.reply._edit.toPlainText() == " #UnionsPrécoces"
    feed.filters.button(FeedFilter.ALL).click()
    settle()
    feed._cards["1003"]._reply.click()
    assert feed.reply._edit.toPlainText() == "Je cherche…"


def test_escape_closes_the_reply(make_cockpit: Make) -> None:
    cockpit, _hour, feed = start(make_cockpit)
    cockpit.page.activateWindow()
    feed._cards["1003"]._reply.click()
    settle()
    QTest.keyClick(feed.reply._edit, Qt.Key.Key_Escape)
    assert not feed.reply.isVisible()


def test_prepared_answers_come_first_for_their_question() -> None:
    chat, at = full_chat(), START
    texts = texts_of("fr")
    about = suggested_replies(chat, participant(1, "R1 ?", at, question_id="q1"), texts, {"q1": 1})
    assert about[0].text == "La loi fixe l’âge à 18 ans, peu la connaissent. #UnionsPrécoces"
    assert about[-1].text == answer(chat, texts)
    assert "#" not in about[-1].text


def test_a_prepared_answer_is_named_by_the_number_of_the_hour_not_of_the_plan() -> None:
    chat = full_chat()
    last = replace(chat.questions[-1], prepared_answer="Parlez-en.")
    chat = replace(chat, questions=(*chat.questions[:-1], last))
    about = participant(1, "R ?", START)

    def names(numbers: dict[str, int]) -> list[str]:
        return [one.name for one in suggested_replies(chat, about, texts_of("fr"), numbers)]

    # A question before it went to the reserve: it moved up.
    assert _("Q{number}: ready answer").format(number=2) in names({last.id: 2})
    # It went there itself: it has no number, and none is made up.
    [name] = [one for one in names({"q1": 1}) if last.text[:10] in one]
    assert name.startswith(_("Ready answer: {question}").split("{")[0])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_suggestion_can_be_taken_back(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    feed._cards["1003"]._reply.click()
    settle()
    edit = feed.reply._edit
    edit.insertPlainText("Oui")
    press(feed.reply, _("Use: {text}").format(text=_("Somebody confides something grave")))
    assert "116" in edit.toPlainText()
    assert "Ctrl+Z" in QToolTip.text()
    edit.undo()
    assert edit.toPlainText() == "Oui #UnionsPrécoces"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_one_ready_text_after_another_replaces_nothing_of_ones_own(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    feed._cards["1003"]._reply.click()
    settle()
    QToolTip.hideText()
    for name in (_("Word of welcome"), _("Somebody confides something grave")):
        press(feed.reply, _("Use: {text}").format(text=name))
        assert "Ctrl+Z" not in QToolTip.text()


def test_who_has_just_arrived_is_welcomed_once(make_cockpit: Make) -> None:
    cockpit, _hour, feed = start(make_cockpit)
    press(cockpit.board.side, _("Welcome {who}").format(who="@pere_ex"))
    assert feed.reply.feed is not None
    assert feed.reply.feed.post.author == "pere_ex"
    assert "@pere_ex" in feed.reply._edit.toPlainText()


def test_a_welcome_asks_for_no_story_near_the_end_nor_of_who_has_told(make_cockpit: Make) -> None:
    _cockpit, _hour, feed = start(make_cockpit)
    posts = [card.entry.feed for card in feed._cards.values()]
    told = next(one.post for one in posts if one.question_id)
    new = replace(told, author="nouvelle_ex")
    assert not feed._invites(told)
    assert feed._invites(new)
    ends = feed._chat.ends_at
    assert ends is not None
    feed.show_now(ends - timedelta(minutes=6))
    assert feed._invites(new)
    feed.show_now(ends - timedelta(minutes=2))
    assert not feed._invites(new)


# --- without keys --------------------------------------------------------------------------


def fill(feed: FeedView, link: str, author: str, text: str) -> None:
    feed.add._link.setText(link)
    feed.add._link.textEdited.emit(link)
    if author:
        feed.add._author.setText(author)
    feed.add._text.setPlainText(text)
    press(feed.add, _("Add this post"))


def test_a_post_is_added_by_its_link_and_shown_at_once(make_cockpit: Make) -> None:
    cockpit, hour, feed = start(make_cockpit, Route.ASSISTED)
    press(feed, _("Add a post by its link"))
    fill(feed, "https://twitter.com/mere_ex/status/77?s=20", "", "R2 J’ai dit non")
    post = hour.asked[-1][1]
    assert isinstance(post, Post)
    assert (post.id, post.author, post.url) == ("77", "mere_ex", "https://x.com/mere_ex/status/77")
    assert "77" in feed._cards
    assert feed.add._link.text() == ""
    press(feed, _("See the tag on X"))
    assert cockpit.pages[-1].startswith("https://x.com/search")


def test_a_post_added_by_hand_is_corrected_and_taken_out_where_it_stands(
    make_cockpit: Make,
) -> None:
    _cockpit, hour, feed = start(make_cockpit, Route.ASSISTED)
    press(feed, _("Add a post by its link"))
    fill(feed, "https://x.com/mere_ex/status/77", "", "R2 J’ai dit non")

    def choose_correction(post_id: str) -> None:
        actions = feed._cards[post_id].menu().actions()
        next(one for one in actions if one.text() == _("Correct or take out…")).trigger()
        settle()

    assert [label.text() for label in feed._cards["77"].findChildren(QLabel)].count("@mere_ex") == 1
    choose_correction("77")
    feed.add._text.setPlainText("R2 J’ai dit oui")
    press(feed.add, _("Save the correction of this post"))
    assert hour.asked[-1][0] == "correct_by_hand"
    card = feed._cards["77"]
    assert "R2 J’ai dit oui" in [label.text() for label in card.findChildren(QLabel)]
    # A wrong link: the entry moves, and nothing of the old one stays.
    choose_correction("77")
    feed.add._link.setText("https://x.com/tante_ex/status/78")
    press(feed.add, _("Save the correction of this post"))
    assert "77" not in feed._cards
    assert feed._cards["78"].entry.feed.post.author == "tante_ex"
    feed.reply.drafts["78"] = "Merci à vous"
    choose_correction("78")
    press(feed.add, _("Take this post out of the list"))
    assert hour.asked[-1] == ("remove_by_hand", "78")
    assert "78" not in feed._cards
    assert feed.unfinished().drafts == {}
    for card in feed._cards.values():
        assert _("Correct or take out…") not in [one.text() for one in card.menu().actions()]


def test_a_post_edited_on_x_shows_its_new_words(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    known = feed._cards["1001"].entry.feed
    edited = replace(known, post=replace(known.post, text="R2 Ma voisine va mieux"))
    hour.say_posts(edited)
    settle()
    labels = feed._cards["1001"].findChildren(QLabel)
    assert "R2 Ma voisine va mieux" in [label.text() for label in labels]


def test_what_is_wrong_in_a_pasted_post_is_said_and_kept(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit, Route.ASSISTED)
    press(feed, _("Add a post by its link"))
    cases = (
        ("https://example.org", "@a", "Texte", feed.add._link),
        ("https://x.com/i/status/5", "pas un nom !", "Texte", feed.add._author),
        ("https://x.com/a/status/5", "@a", "  ", feed.add._text),
        ("https://x.com/a/status/1004", "@a", "Déjà là", feed.add._link),
    )
    for link, author, text, field in cases:
        fill(feed, link, author, text)
        assert field.accessibleDescription()
        assert isinstance(feed.add._link, QLineEdit)
        assert feed.add._link.text() == link
        assert feed.add._text.toPlainText() == text
    assert hour.asked == []


def test_a_known_post_told_again_stays_where_it_is() -> None:
    model = FeedModel(full_chat(), NETWORK)
    one = participant(1, "R1 oui", START)
    model.add([one], wait=False)
    model.add([one], wait=True)
    assert model.waiting == 0
    assert model.counts()[FeedFilter.ALL] == 1


def test_answers_are_counted_as_in_the_results() -> None:
    chat = full_chat()
    first = replace(participant(1, "R1 oui", START), question_id="q1")
    ours = replace(first, post=replace(first.post, id="2", author=chat.account))
    confided = replace(first, post=replace(first.post, id="3"), confided=True)
    hidden = replace(first, post=replace(first.post, id="4"), hidden=True)
    posts = [first, ours, confided, hidden]
    model = FeedModel(chat, NETWORK)
    model.add(posts, wait=False)
    assert model.answers_to("q1") == 1


def test_a_post_that_waited_and_is_let_in_is_counted_once_as_it_is_now() -> None:
    model = FeedModel(full_chat(), NETWORK)
    one = participant(1, "R1 oui", START)
    model.add([one], wait=True)
    model.add([replace(one, starred=True)], wait=False)
    assert (model.waiting, model.counts()[FeedFilter.ALL]) == (0, 1)
    model.reveal()
    entry = model.get(one.post.id)
    assert entry is not None
    assert entry.feed.starred


def test_a_reply_with_something_to_fill_in_cannot_be_sent(make_cockpit: Make) -> None:
    _cockpit, hour, feed = start(make_cockpit)
    feed._cards["1003"]._reply.click()
    for text, may_leave in (("Appelez [numéros d’aide]", False), ("Appelez le 116", True)):
        feed.reply._edit.setPlainText(text)
        assert feed.reply._send.isEnabled() is may_leave
        feed.reply._on_send()
        assert any(one[0] == "reply" for one in hour.asked) is may_leave


def test_a_confidence_is_answered_with_care(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat())
    hour, feed = cockpit.start(), cockpit.board.feed
    told = "J’ai 15 ans, mes parents veulent me marier cet été. Aidez-moi. #UnionsPrécoces"
    hour.say_posts(
        participant(3, "Comment faire avec l’imam ?", hour.clock.at - MINUTE, "pere_ex", "Un père"),
        participant(9, told, hour.clock.at, author="elle_ex", name="Elle"),
    )
    settle()
    feed._cards["1009"]._reply.click()
    settle()
    panel = feed.reply
    assert panel.care.isVisible()
    shown_there = "\n".join(label.text() for label in panel.care.findChildren(QLabel))
    assert all(line in shown_there for line in care_words(full_chat()))
    # The tag would lead the public to her.
    assert "#" not in panel._edit.toPlainText()
    offered = suggested_replies(full_chat(), feed.reply.feed, texts_of("fr"), {})
    assert [one.text for one in offered] == [answer(full_chat(), texts_of("fr"))]
    press(panel, _("Open the profile, to write in private"))
    assert cockpit.pages[-1] == "https://x.com/elle_ex"
    feed._cards["1003"]._reply.click()
    settle()
    assert not panel.care.isVisible()
    press(panel, _("Use: {text}").format(text=_("Somebody confides something grave")))
    assert panel.care.isVisible()


def test_who_is_not_welcomed_yet_has_just_arrived_whenever_it_was_written(
    make_cockpit: Make,
) -> None:
    shown = {}
    for route in (Route.ASSISTED, Route.KEYS):
        cockpit = make_cockpit(full_chat(route))
        hour = cockpit.start(minute=40)
        hour.say_posts(participant(1, "R1 Oui.", START + timedelta(minutes=5), "awa", "Awa"))
        settle()
        shown[route] = cockpit.board._arrivals.names
    assert shown == {Route.ASSISTED: ["Awa"], Route.KEYS: ["Awa"]}
