"""A guest without an account on X answers, and the organiser publishes it for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from tchat_desktop.domain.chat import Chat, Invitation, Occasion, Person
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.pages.hour.guest_answer import GuestAnswerCard
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat
from tests.ui.pages.hands import check_names
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
DIOP = Person("diop", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED)


def with_diop(**changes: object) -> Chat:
    chat = full_chat()
    diop = replace(DIOP, **changes)  # type: ignore[arg-type]
    return replace(chat, people=(*chat.people, diop))


def opened(make_cockpit: Make, chat: Chat) -> tuple[GuestAnswerCard, FakeHour]:
    cockpit = make_cockpit(chat)
    hour = cockpit.start()
    hour.at_minute(17)
    settle()
    card = cockpit.board.guests
    card._open.click()
    settle()
    return card, hour


def test_an_answer_is_published_under_the_question_that_runs(make_cockpit: Make) -> None:
    card, hour = opened(make_cockpit, with_diop())
    running = card._question.currentData()
    number = running.removeprefix("q")
    assert card._edit.hasFocus()
    assert not card._send.isEnabled(), "there is nothing to publish yet"
    card._edit.setPlainText("Il faut des bourses.")
    card._on_send()
    post = f"R{number} M. Diop répond\u00a0: Il faut des bourses. #UnionsPrécoces"
    assert hour.asked[-1] == ("answer_for", "diop", running, post)
    assert card._form.isHidden()


def test_what_is_told_of_an_answer_is_true_until_it_is_out(make_cockpit: Make) -> None:
    card, hour = opened(make_cockpit, with_diop())
    card._edit.setPlainText("Il faut des bourses.")
    card._on_send()
    settle()
    folded = card.height()
    answer = replace(
        hour.planned[0],
        id="answer",
        slot="guest_answer:1",
        kind=PostKind.GUEST_ANSWER,
        guest_name="M. Diop",
        due_at=hour.clock.at,
        planned=None,
    )
    hour.add_row(answer)
    told = {
        PostState.DUE: _("{name}: the answer waits for its turn."),
        PostState.HANDED_OVER: _("{name}: the page of the answer is open, press “{button}” there."),
        PostState.FAILED: _("{name}: the answer has not left, see “To check”."),
        PostState.SENT: "",
    }
    for state, words in told.items():
        hour.becomes(answer.slot, state)
        hour.say_rows()
        settle()
        assert card._told.text() == words.format(name="M. Diop", button=_("Post"))
        assert card._told.isVisible() is bool(words)
        assert card.height() == folded, "what is told moves nothing"


def test_another_question_or_none_can_be_chosen(make_cockpit: Make) -> None:
    card, _hour = opened(make_cockpit, with_diop())
    card._edit.setPlainText("Bonsoir à tous.")
    card._question.setCurrentIndex(card._question.findData("q1"))
    card._on_chosen()
    assert card._preview.text().startswith("R1 ")
    card._question.setCurrentIndex(card._question.findData(""))
    card._on_chosen()
    assert card._preview.text().startswith("M. Diop écrit")


def test_the_prepared_answer_is_offered_for_its_question(make_cockpit: Make) -> None:
    card, _hour = opened(make_cockpit, with_diop())
    card._question.setCurrentIndex(card._question.findData("q1"))
    card._on_chosen()
    card._prepared.click()
    assert "18 ans" in card._preview.text()
    card._question.setCurrentIndex(card._question.findData("q2"))
    card._on_chosen()
    assert card._prepared.isHidden()


def test_another_question_asked_meanwhile_takes_nothing_away(make_cockpit: Make) -> None:
    card, hour = opened(make_cockpit, with_diop())
    running = card._question.currentData()
    card._edit.setPlainText("Je réponds.")
    hour.at_minute(40)
    settle()
    assert card._question.currentData() == running
    assert card._question.itemData(0) != running, "the new one is there, above"
    card._edit.clear()
    hour.at_minute(50)
    settle()
    assert card._edit.toPlainText() == ""


def test_nothing_is_published_for_who_has_not_agreed(make_cockpit: Make) -> None:
    card, hour = opened(make_cockpit, with_diop(invitation=Invitation.INVITED))
    card._edit.setPlainText("Il faut des bourses.")
    assert not card._send.isEnabled()
    assert "M. Diop" in card._lacks.text()
    card._on_send()
    assert not any(one[0] == "answer_for" for one in hour.asked)


@pytest.mark.parametrize("text", ["x" * 290, "Voir [lien]"])
def test_what_cannot_stand_in_a_post_is_not_published(make_cockpit: Make, text: str) -> None:
    card, _hour = opened(make_cockpit, with_diop())
    card._edit.setPlainText(text)
    assert not card._send.isEnabled()


def test_where_every_guest_is_on_x_there_is_no_such_card(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start().at_minute(17)
    settle()
    assert cockpit.board.guests.isHidden()


def test_what_was_typed_goes_on_in_a_new_screen(make_cockpit: Make) -> None:
    card, _hour = opened(make_cockpit, with_diop())
    card._edit.setPlainText("À moitié")
    assert card.unfinished() == UnfinishedText("diop", "À moitié")
    card._on_send()
    card.take_up(UnfinishedText("diop", "À moitié"))
    assert not card._form.isHidden()
    assert card._edit.toPlainText() == "À moitié"


def test_everything_in_the_card_has_its_name(make_cockpit: Make) -> None:
    card, _hour = opened(make_cockpit, with_diop())
    check_names(card)


def test_a_late_answer_is_published_after_the_end(make_cockpit: Make) -> None:
    card, hour = opened(make_cockpit, with_diop())
    hour.say_ended()
    settle()
    assert not card.isHidden()
    card._edit.setPlainText("Il faut des bourses.")
    card._on_send()
    assert hour.asked[-1][:2] == ("answer_for", "diop")


def test_the_end_of_a_rehearsal_leaves_the_form_that_is_open(make_cockpit: Make) -> None:
    cockpit = make_cockpit(with_diop())
    hour, card = cockpit.start(Occasion.REHEARSAL), cockpit.board.guests
    card._open.click()
    card._edit.setPlainText("À moitié")
    assert card._send.isEnabled()
    hour.say_ended()
    settle()
    assert card.isVisible()
    assert not card._send.isEnabled(), "a rehearsal that is over publishes nothing more"
    assert _("The rehearsal is over: this answer is not published any more.") in card._lacks.text()
    card._open.click()
    cockpit.board.show_now()
    assert card.isHidden()


# --- answers prepared before the day ----------------------------------------------------------


def prepared(question_id: str = "q1", **changes: object) -> Chat:
    answers = ((question_id, "Il faut des bourses."),)
    return with_diop(answers=answers, **changes)


def test_a_prepared_answer_is_two_presses_from_being_published(make_cockpit: Make) -> None:
    cockpit = make_cockpit(prepared())
    hour = cockpit.start()
    hour.at_minute(17)
    settle()
    line, card = cockpit.board.prepared, cockpit.board.guests
    assert line.isVisible()
    assert "M. Diop" in line.text and "bourses" in line.text
    check_names(line)
    line._use.click()
    assert card._edit.toPlainText() == "Il faut des bourses."
    assert card._question.currentData() == "q1"
    card._on_send()
    asked = hour.asked[-1]
    assert asked[:3] == ("answer_for", "diop", "q1")
    assert "Il faut des bourses." in asked[3]


def test_a_guest_on_x_is_reminded_once_with_the_answer(make_cockpit: Make) -> None:
    chat = prepared(no_account=False, handle="diop_ex")
    cockpit = make_cockpit(chat)
    hour = cockpit.start()
    hour.at_minute(17)
    settle()
    line = cockpit.board.prepared
    height = line.height()
    line._use.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.endswith("R1 Il faut des bourses. #UnionsPrécoces")
    assert line.text == _("Copied: paste it to {name}, in a message.").format(name="M. Diop")
    assert line._use.isHidden()
    hour.at_minute(18)
    cockpit.board.show_now()
    settle()
    assert line.text == _(
        "The prepared answers of your guests come here, once their question is asked."
    )
    assert line.height() == height, "the line moves nothing"
    assert not any(one[0] == "answer_for" for one in hour.asked)


def test_without_prepared_answers_there_is_no_line(make_cockpit: Make) -> None:
    cockpit = make_cockpit(with_diop())
    cockpit.start().at_minute(17)
    settle()
    assert cockpit.board.prepared.isHidden()


def test_the_own_answer_of_a_guest_goes_before_the_one_for_anybody(make_cockpit: Make) -> None:
    card, _hour = opened(make_cockpit, prepared())
    card._question.setCurrentIndex(card._question.findData("q1"))
    card._on_chosen()
    card._prepared.click()
    assert card._edit.toPlainText() == "Il faut des bourses."
