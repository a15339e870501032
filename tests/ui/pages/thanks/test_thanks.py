"""Remercier: who took part, ticks, one thank-you to all, a word to each guest."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import step_rules
from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    RecapDraft,
    Role,
    Route,
)
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.domain.report import edition_of
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.thanks import ThanksGroup, ThanksWay, grouped_thanks
from tchat_desktop.domain.x.links import post_page, reply_page
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import PostsArrived
from tchat_desktop.services.ports import StoreError
from tchat_desktop.ui.pages.page import PlaceOnPage
from tchat_desktop.ui.pages.shared import child_guard
from tchat_desktop.ui.pages.thanks.page import ThanksPage
from tchat_desktop.ui.pages.thanks.people_card import PEOPLE_AT_ONCE
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks
from tchat_desktop.ui.pages.thanks.ways import ThanksWays
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import _, ngettext
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.keyboard import press, replace_text
from tests.ui.pages.hands import check_names, named, put_on_screen, says
from tests.ui.pages.stage import CHAT, POSTS, ROWS, START, Stage, crowd, post, row, settled

texts_of = cache(load_texts)

NDEYE = "Dr Ndèye Sarr (@ndeye_ex)"


def made(stage: Stage, editor: ChatEditor) -> ThanksPage:
    ways = ThanksWays(
        post_page, reply_page, lambda _person, _letter: True, stage.open_mail, stage.save_mail,
        lambda _chat: stage.former, lambda: stage.hour,
    )  # fmt: skip
    return ThanksPage(editor, stage.bridge, stage.gather, stage.care(), ways, lambda: stage.now)


def shown(qtbot: QtBot, stage: Stage, chat: Chat = CHAT) -> tuple[ThanksPage, ChatEditor]:
    editor = ChatEditor(chat)
    page = made(stage, editor)
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    return page, editor


def handles(page: ThanksPage) -> list[str]:
    return [line.person.handle for line in page.rows]


def line_of(page: ThanksPage, handle: str) -> PersonThanks:
    return next(line for line in page.rows if line.person.handle == handle)


def test_everybody_is_listed_guests_first_with_how_they_took_part(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    assert handles(page) == ["ndeye_ex", "awa_ex", "binta_ex", "moussa_ex", "papa_ex"]
    one = ngettext("{count} reply", "{count} replies", 1).format(count=1)
    asked = ngettext("{count} question", "{count} questions", 1).format(count=1)
    other = ngettext("{count} post", "{count} posts", 1).format(count=1)
    assert line_of(page, "papa_ex").how == f"@papa_ex · {one} (Q2), {asked}"
    assert line_of(page, "binta_ex").how == f"@binta_ex · {one} (Q2), {other}, {_('reposted')}"
    assert _("nothing pasted here") in line_of(page, "awa_ex").how
    assert stage.threads == {"background"}


def test_words_changed_by_hand_outlive_a_page_built_anew(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    assert page.unfinished() is None
    page.general.take_up("Merci à vous toutes !")
    line = line_of(page, "moussa_ex")
    line.write.click()
    line.draft._edit.setPlainText("Merci, Moussa.")
    again = made(stage, editor)
    again.take_up(page.unfinished())
    # Before anything is gathered another one may follow.
    third = made(stage, editor)
    third.take_up(again.unfinished())
    put_on_screen(qtbot, third, editor)
    settled(qtbot, third)
    assert third.general.text == "Merci à vous toutes !"
    line = line_of(third, "moussa_ex")
    assert line.writing
    assert line.draft.text == "Merci, Moussa."
    line.draft._on_restore()
    assert line.draft.text != "Merci, Moussa."


def test_a_tick_is_kept_in_the_chat_and_undone_with_it(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    tick = line_of(page, "moussa_ex").tick
    press(tick, Qt.Key.Key_Space)
    assert editor.chat.thanked == ("moussa_ex",)
    assert tick.isChecked()
    assert page.progress.startswith("1 ")
    editor.undo()
    assert not tick.isChecked()


def test_ticking_everyone_is_one_edit_and_says_that_all_is_done(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    named(page, _("Tick everyone")).click()
    assert len(editor.chat.thanked) == 5
    assert page.progress == _("Everyone is thanked. Well done!")
    assert not named(page, _("Tick everyone")).isEnabled()
    editor.undo()
    assert editor.chat.thanked == ()
    assert page.progress != _("Everyone is thanked. Well done!")


def test_the_thanks_to_all_name_nobody_but_guests_who_accepted(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(rows=ROWS[:2])
    page, _editor = shown(qtbot, stage)
    assert set(X_RULES.mentions(page.general.text)) == {"ndeye_ex", "awa_ex"}
    named(page, _("Open on X – {who}").format(who=_("to everyone"))).click()
    assert stage.opened == [post_page(page.general.text)]
    assert says(page, _("Your browser is opening it: press “Post” there, then come back."))


@pytest.mark.parametrize("state", [PostState.SENT, PostState.HANDED_OVER])
def test_after_the_thanks_of_the_hour_another_text_is_proposed(
    qtbot: QtBot, stage: Stage, state: PostState
) -> None:
    first = grouped_thanks(CHAT, (), texts_of("fr")).general
    sent = replace(ROWS[2], state=state, text=first)
    stage.hold(rows=(*ROWS[:2], sent))
    page, _editor = shown(qtbot, stage)
    assert page.general.text
    assert fold(page.general.text) != fold(first)
    left = _("Your thank-you of the hour left at {hour}. Here is another one, for the recap.")
    if state is PostState.HANDED_OVER:
        left = _(
            "The page of your thank-you of the hour was opened at {hour}: say in the chat whether "
            "you published it. Here is another one, for the recap."
        )
    assert says(page, left.format(hour="20\u00a0h\u00a058"))


def test_who_named_a_child_is_not_said_to_confide_or_insult(qtbot: QtBot, stage: Stage) -> None:
    named_child = post(9, "tante_ex", "R2 Aminata, 12 ans, a quitté l’école.", "q2", 24)
    stage.hold((*POSTS, named_child))
    page, _editor = shown(qtbot, stage)
    kinds = ngettext("{count} person who names a child", "{count} people who name a child", 1)
    words = _("Left out of this list, as a caution: {kinds}.").format(kinds=kinds.format(count=1))
    assert says(page, words)
    assert says(page, _("The figures of the results count people who insult or name a child."))


def test_who_confides_or_insults_is_not_thanked_in_public(qtbot: QtBot, stage: Stage) -> None:
    told = post(9, "ado_ex", "J’ai 15 ans et on veut me marier.", "q2", 24)
    rude = post(10, "rude_ex", "R1 Bande de connasses, taisez-vous", "q1", 25)
    stage.hold((*POSTS, told, rude))
    page, editor = shown(qtbot, stage)
    assert not {"ado_ex", "rude_ex"} & set(handles(page))
    kinds = [
        ngettext(
            "{count} person who confides something", "{count} people who confide something", 1
        ),
        ngettext("{count} person who insults", "{count} people who insult", 1),
    ]
    shown_kinds = ", ".join(one.format(count=1) for one in kinds)
    assert says(page, _("Left out of this list, as a caution: {kinds}.").format(kinds=shown_kinds))
    named(page, _("Tick everyone")).click()
    assert set(editor.chat.thanked) == {"ndeye_ex", "awa_ex", "binta_ex", "moussa_ex", "papa_ex"}
    assert page.progress == _("Everyone is thanked. Well done!")
    check_names(page)


def test_a_changed_text_stays_and_may_not_be_too_long(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(rows=ROWS[:2])
    page, editor = shown(qtbot, stage)
    field = named(page, _("Thank-you to everyone"), QPlainTextEdit)
    open_button = named(page, _("Open on X – {who}").format(who=_("to everyone")))
    replace_text(field, "Merci à vous, c’était beau…")
    editor.edit(replace(editor.chat, organisation="Autre nom"))
    assert page.general.text == "Merci à vous, c’était beau…"
    field.setPlainText("é" * 281)
    assert not open_button.isEnabled()
    named(page, _("Back to the proposed text – {who}").format(who=_("to everyone"))).click()
    assert "ndeye_ex" in page.general.text
    assert open_button.isEnabled()


def test_a_guest_is_addressed_and_anybody_else_is_not(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    guest, other = line_of(page, "ndeye_ex"), line_of(page, "moussa_ex")
    guest.write.click()
    other.write.click()
    assert guest.draft is not None
    assert X_RULES.mentions(guest.draft.text) == ["ndeye_ex"]
    assert other.draft is not None
    assert not X_RULES.mentions(other.draft.text)
    names = [one.accessibleName() for one in page.findChildren(type(other.write))
             if one.isVisibleTo(page)]  # fmt: skip
    assert _("Open on X – {who}").format(who=NDEYE) in names
    assert _("Open on X – {who}").format(who="Moussa (@moussa_ex)") not in names
    named(page, _("See the profile on X – {who}").format(who="Moussa (@moussa_ex)")).click()
    assert stage.opened == ["https://x.com/moussa_ex"]
    named(page, _("Copy – {who}").format(who="Moussa (@moussa_ex)")).click()
    assert QGuiApplication.clipboard().text() == other.draft.text
    check_names(page)
    other.write.click()
    assert not other.writing


def test_the_email_to_a_guest_is_copied_whole(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    line_of(page, "ndeye_ex").write.click()
    named(page, _("{what} – {who}").format(what=_("Copy as an e-mail"), who=NDEYE)).click()
    copied = QGuiApplication.clipboard().text()
    assert "Dr Ndèye Sarr" in copied
    assert "#UnionsPrécoces" in copied
    assert says(line_of(page, "ndeye_ex"), "ndeye@example.org")
    assert line_of(page, "ndeye_ex").asking


def test_a_person_to_protect_is_named_nowhere(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(rows=ROWS[:2])
    hidden = replace(CHAT.recap, hidden_authors=("ndeye_ex",))
    page, editor = shown(qtbot, stage)
    line = line_of(page, "ndeye_ex")
    line.write.click()
    assert line.writing
    editor.edit(replace(CHAT, recap=hidden))
    assert X_RULES.mentions(page.general.text) == ["awa_ex"]
    assert line.write.isHidden()
    assert not line.writing
    assert says(line, _("You hide this person: thanks that others read would show who it is."))


def test_an_address_too_long_for_the_browser_is_said(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    named(page, _("Thank-you to everyone"), QPlainTextEdit).setPlainText("👩🏾‍🏫" * 100)
    named(page, _("Open on X – {who}").format(who=_("to everyone"))).click()
    assert stage.opened == []
    assert page.general.told == _(
        "This text is too long for the browser. Copy it, and paste it on X."
    )


def test_before_the_hour_the_page_teaches_and_offers_the_rehearsal(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.now = START.replace(day=1)
    page, _editor = shown(qtbot, stage)
    assert page.body.isHidden()
    assert says(page, _("Who will you thank?"))
    with qtbot.waitSignal(page.step_wanted) as wanted:
        named(page, _("Make a rehearsal")).click()
    assert wanted.args == [StepId.REHEARSAL]


def test_after_an_hour_of_which_nothing_was_collected_posts_can_be_added(
    qtbot: QtBot, stage: Stage
) -> None:
    page, _editor = shown(qtbot, stage)
    with qtbot.waitSignal(page.step_wanted) as wanted:
        named(page, _("Add posts by their links")).click()
    assert wanted.args == [StepId.RECAP]


def test_a_rehearsal_says_so_opens_nothing_and_keeps_no_tick(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    page, editor = shown(qtbot, stage)
    assert says(page, _("Rehearsal: these people and their posts are invented. This is how the "
                        "page will look after the real hour."))  # fmt: skip
    line = line_of(page, "ndeye_ex")
    line.tick.click()
    assert line.tick.isChecked()
    assert editor.chat == CHAT
    line_of(page, "moussa_ex").write.click()
    line.write.click()
    buttons = [one for one in page.findChildren(type(line.write)) if one.isVisibleTo(page)]
    names = [one.accessibleName() for one in buttons]
    assert not [name for name in names if "X – " in name]


def test_many_people_come_forty_at_a_time(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(crowd(120))
    page, _editor = shown(qtbot, stage)
    assert len(page.rows) == PEOPLE_AT_ONCE
    more = ngettext("Show {count} more", "Show {count} more", 22).format(count=22)
    named(page, more).click()
    assert len(page.rows) == 62
    assert QApplication.focusWidget() is page.rows[PEOPLE_AT_ONCE]


def test_who_writes_meanwhile_appears(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    new = post(50, "tard_ex", "R2 Je viens d’arriver", "q2", 40)
    stage.posts.add(CHAT.id, Occasion.LIVE, [new])
    stage.bridge.report(PostsArrived("another", Occasion.LIVE, (new,)))
    stage.bridge.report(PostsArrived(CHAT.id, Occasion.LIVE, (new,)))
    qtbot.waitUntil(lambda: "tard_ex" in handles(page))
    assert len(page.rows) == 6


def test_a_disk_that_does_not_answer_is_told_and_asked_again(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.fail = StoreError("the disk refuses")
    editor = ChatEditor(CHAT)
    page = made(stage, editor)
    put_on_screen(qtbot, page, editor)
    sentence = _("The disk did not answer. Nothing saved before is lost. Try again.")
    qtbot.waitUntil(lambda: says(page, sentence))
    stage.fail = None
    named(page, _("Try again")).click()
    settled(qtbot, page)
    assert not says(page, sentence)
    assert len(page.rows) == 5


def test_the_team_gets_an_email(qtbot: QtBot, stage: Stage) -> None:
    page, editor = shown(qtbot, stage)
    named(page, _("Copy an e-mail")).click()
    assert "Fatou" in QGuiApplication.clipboard().text()
    editor.edit(replace(CHAT, people=CHAT.people[:2]))
    assert not says(page, _("And your team?"))


@pytest.mark.parametrize("count", [0, len(POSTS)])
def test_everything_that_takes_the_keyboard_has_its_own_name(
    qtbot: QtBot, stage: Stage, count: int
) -> None:
    if count:
        stage.hold()
    page, _editor = shown(qtbot, stage)
    check_names(page)


def test_thanks_with_something_to_fill_in_do_not_leave(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    QGuiApplication.clipboard().setText("avant")
    page.general._edit.setPlainText("Merci ! Le résumé : [lien]")
    who = _("to everyone")
    for what in (_("Open on X – {who}"), _("Copy – {who}")):
        named(page, what.format(who=who)).click()
    line_of(page, "ndeye_ex").write.click()
    editor.edit(replace(editor.chat, topic=""))
    named(page, _("{what} – {who}").format(what=_("Copy as an e-mail"), who=NDEYE)).click()
    assert stage.opened == []
    assert QGuiApplication.clipboard().text() == "avant"
    assert "[lien]" in page.general.told


def test_the_first_name_of_somebody_hidden_is_told_before_everybody_reads_it(
    qtbot: QtBot, stage: Stage
) -> None:
    named_twice = post(20, "moussa_ex", "R1 Oui.", "q1", 13)
    her = replace(named_twice, post=replace(named_twice.post, author="sy_ex", author_name="Sy Awa"))
    stage.hold((*POSTS, replace(her, post=replace(her.post, author_name="SY Awa"))))
    page, _editor = shown(qtbot, stage, replace(CHAT, recap=RecapDraft(hidden_authors=("sy_ex",))))
    edit = page.general._edit
    replace_text(edit, "Merci à toutes et à tous !")
    assert page.general._blank.text == ""
    replace_text(edit, "Merci awa, et à tous !")
    assert "Awa" in page.general._blank.text


def test_the_step_learns_how_many_there_are_to_thank(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    assert editor.chat.to_thank == len(page.rows) == 5
    assert not editor.can_undo


@pytest.mark.parametrize(
    ("thanked", "hidden"),
    [
        (("moussa_ex", "ndeye_ex"), ()),
        (("moussa_ex",), ("moussa_ex",)),
        (("gone_ex", "moussa_ex", "t1"), ("papa_ex",)),
    ],
)
def test_the_page_and_the_list_of_steps_count_alike(
    qtbot: QtBot, stage: Stage, thanked: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    stage.hold()
    chat = replace(CHAT, thanked=thanked, recap=RecapDraft(hidden_authors=hidden))
    page, editor = shown(qtbot, stage, chat)
    _state, _detail, *numbers = step_rules.thanks(
        editor.chat, build_run_sheet(editor.chat, load_texts("fr")), stage.now
    )
    done, count = numbers
    said = ngettext("{done} of {count} thanked", "{done} of {count} thanked", count)
    assert page.progress == said.format(done=done, count=count)
    assert count == len(page.rows)
    assert done == len(set(thanked) & set(handles(page)))


@pytest.mark.parametrize("minutes", [-10, 10, 19])
def test_no_rehearsal_is_offered_when_there_is_no_time_for_it(
    qtbot: QtBot, stage: Stage, minutes: int
) -> None:
    assert CHAT.starts_at is not None
    stage.now = CHAT.starts_at - timedelta(minutes=minutes)
    page, _editor = shown(qtbot, stage)
    assert says(page, _("This page fills during the chat, which is about to begin or under way."))
    with qtbot.waitSignal(page.step_wanted) as wanted:
        named(page, _("Go to the chat")).click()
    assert wanted.args == [StepId.HOUR]


def test_the_message_of_a_person_is_read_and_opened_to_thank_under_it(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    line_of(page, "papa_ex").write.click()
    assert says(
        page, _("Their last message: “{text}”").format(text="Où trouver de l’aide à Kolda ?")
    )
    name = _("See the message on X – {who}").format(who="Papa (@papa_ex)")
    named(page, name, QPushButton).click()
    assert stage.opened == ["https://x.com/papa_ex/status/1005"]


def test_a_guest_without_an_account_is_thanked_in_person(qtbot: QtBot, stage: Stage) -> None:
    diop = Person("diop", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED)
    answer = row("guest:a", 12, PostKind.GUEST_ANSWER, guest_id="diop", question_id="q1")
    stage.hold(POSTS, (*ROWS, answer))
    page, editor = shown(qtbot, stage, replace(CHAT, people=(*CHAT.people, diop)))
    line = line_of(page, "")
    one = ngettext("{count} reply", "{count} replies", 1).format(count=1)
    assert line.how.startswith(one)
    assert _("no account on X: thank them in person, by phone or by e-mail") in line.how
    line.write.click()
    assert line.draft is not None
    assert "@" not in line.draft.text
    assert "M. Diop" in line.draft.text
    check_names(page)
    press(line.tick, Qt.Key.Key_Space)
    assert editor.chat.thanked == ("diop",)
    assert line.tick.isChecked()


def test_a_thank_you_that_may_name_a_child_is_asked_about_once(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.hold()
    answers = [False, True]
    monkeypatch.setattr(
        child_guard, "confirms_naming", lambda *asked: asked[3].deleteLater() or answers.pop(0)
    )
    page, editor = shown(qtbot, stage)
    draft = page.general
    draft.take_up("Bravo à Aïcha, 14 ans #UnionsPrécoces")
    assert draft._blank.text == naming_words(["Aïcha, 14 ans"])
    draft._open.click()
    assert stage.opened == []
    draft._open.click()
    assert draft._blank.text == ""
    draft._copy.click()
    assert len(stage.opened) == 1
    assert answers == []
    assert len(editor.chat.named_on_purpose) == 1


def test_twelve_people_are_thanked_in_two_presses_each(qtbot: QtBot, stage: Stage) -> None:
    """One in the app and one on X for each, after the first; the last has no next one."""
    stage.hold(tuple(post(100 + n, f"voix{n}_ex", "R1 Oui", "q1", 9 + n) for n in range(12)))
    page, editor = shown(qtbot, stage, replace(CHAT, people=()))
    presses = 1
    page.rows[0].reply.click()
    while any(line.asking for line in page.rows):
        line = next(one for one in page.rows if one.asking)
        on_x = 1
        (line.done_and_next if line.done_and_next.isVisibleTo(page) else line.done).click()
        presses += 1 + on_x
    assert len(editor.chat.thanked) == 12
    assert {way for _key, way in editor.chat.thanked_by} == {ThanksWay.REPLY}
    assert presses == 25
    assert len(set(stage.opened)) == 12
    assert all("in_reply_to=" in one for one in stage.opened)


def test_who_is_thanked_in_person_is_ticked_with_that_word(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    line = line_of(page, "moussa_ex")
    line.in_person.click()
    assert editor.chat.thanked_by == (("moussa_ex", "in_person"),)
    assert says(line, _("thanked in person"))
    assert line.in_person.isHidden()
    line.tick.click()
    assert editor.chat.thanked == editor.chat.thanked_by == ()
    assert not says(line, _("thanked in person"))
    editor.undo()
    assert says(line, _("thanked in person"))


def test_the_email_to_a_guest_is_opened_as_a_draft(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    line = line_of(page, "ndeye_ex")
    line.write.click()
    who = "Dr Ndèye Sarr (@ndeye_ex)"
    open_mail = _("{what} – {who}").format(what=_("Open in my mail program"), who=who)
    named(page, open_mail).click()
    qtbot.waitUntil(lambda: line.asking)
    guest, letter = stage.mails[0]
    assert guest.email == "ndeye@example.org"
    assert "Dr Ndèye Sarr" in letter.body
    assert "Q1" in letter.body
    assert editor.chat.thanked == ()
    line.done.click()
    assert editor.chat.thanked_by == (("ndeye_ex", "email"),)
    check_names(page)


def test_the_groups_show_whom_they_name(qtbot: QtBot, stage: Stage) -> None:
    fatou = Person("t1", Role.CO_HOST, "Fatou", "moussa_ex")
    stage.hold()
    stage.former = (edition_of(CHAT, POSTS[:4], (), NETWORK),)
    page, editor = shown(qtbot, stage, replace(CHAT, people=(*CHAT.people[:2], fatou)))
    qtbot.waitUntil(lambda: line_of(page, "binta_ex").person.first_time)
    for group, expected in (
        (ThanksGroup.GUESTS, ["ndeye_ex", "awa_ex"]),
        (ThanksGroup.TEAM, ["moussa_ex"]),
        (ThanksGroup.NEWCOMERS, ["binta_ex"]),
    ):
        page.list.groups.button(group).click()
        assert handles(page) == expected
    named(page, _("Tick everyone")).click()
    assert editor.chat.thanked == ("binta_ex",)
    page.list.groups.button(None).click()
    assert len(page.rows) == 5
    assert page.list.groups.button(ThanksGroup.ACTIVE).isHidden()
    line = line_of(page, "moussa_ex")
    line.write.click()
    assert line.draft is not None
    assert texts_of("fr").messages["word.did_team"] in line.draft.text
    check_names(page)


def test_a_published_recap_is_linked_and_no_longer_promised(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(rows=ROWS[:2])
    page, editor = shown(qtbot, stage)
    with qtbot.waitSignal(page.place_wanted) as wanted:
        named(page, _("Give the address of your recap")).click()
    assert wanted.args == [StepId.RECAP, PlaceOnPage.ADDRESS]
    assert "bientôt" in page.general.text
    link = "https://exemple.org/recap"
    editor.edit(replace(CHAT, recap=replace(CHAT.recap, page_link=link)))
    assert link in page.general.text
    assert "bientôt" not in page.general.text
    line = line_of(page, "moussa_ex")
    line.write.click()
    assert line.draft is not None
    assert link in line.draft.text
    assert not says(page, _("Give the address of your recap"))


def test_who_is_hidden_is_thanked_in_private_if_the_organiser_wants(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown(
        qtbot, stage, replace(CHAT, recap=RecapDraft(hidden_authors=("moussa_ex",)))
    )
    line = line_of(page, "moussa_ex")
    assert line.reply.isHidden()
    assert line.write.isHidden()
    assert not line.writing
    line.private.click()
    assert line.writing_in_private
    names = [one.text() for one in line.findChildren(QPushButton) if one.isVisibleTo(page)]
    assert not {_("Open on X"), _("See their profile on X"), _("See their message on X")} & set(
        names
    )
    named(page, _("Copy – {who}").format(who="Moussa (@moussa_ex)")).click()
    assert "Moussa" in QGuiApplication.clipboard().text()
    editor.edit(replace(editor.chat, topic="Autre"))
    assert line.writing_in_private


@pytest.mark.parametrize("written", ["MOUSSA", "@Moussa_ex", "mou\u200bssa"])
def test_no_public_thanks_leaves_that_names_who_is_hidden(
    qtbot: QtBot, stage: Stage, written: str
) -> None:
    stage.hold()
    page, _editor = shown(
        qtbot, stage, replace(CHAT, recap=RecapDraft(hidden_authors=("moussa_ex",)))
    )
    page.general.take_up(f"Merci {written} et à toutes !")
    page.general._open.click()
    page.general._copy.click()
    assert stage.opened == []
    assert page.general.told == _(
        "This names somebody you hide, or a word you hide. Take it out of the text."
    )


def test_profiles_are_opened_one_after_the_other_to_follow_them(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    button = named(page, _("Open the next profile"))
    while button.isEnabled():
        button.click()
    assert len(stage.opened) == len(set(stage.opened)) == 4


def test_with_the_keys_of_the_open_hour_the_reply_goes_by_its_outbox(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage, replace(CHAT, route=Route.KEYS))
    asked: list[tuple[str, str]] = []

    class Open:
        def reply(self, to: FeedPost, text: str) -> None:
            asked.append((to.post.id, text))

    stage.hour = Open()
    line = line_of(page, "papa_ex")
    line.reply.click()
    assert stage.opened == []
    assert [one for one, _text in asked] == ["1005"]
    assert "Q2" in asked[0][1]
    assert line.asking


def test_everybody_can_be_thanked_in_private_with_words_for_them_alone(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    line = line_of(page, "moussa_ex")
    line.private.click()
    assert line.private_draft is not None
    text = line.private_draft.text
    assert "#" not in text
    assert "@" not in text
    assert "Moussa" in text
    who = "Moussa (@moussa_ex)"
    named(
        page, _("{what} – {who}").format(what=_("Copy it and open their profile"), who=who)
    ).click()
    assert stage.opened == ["https://x.com/moussa_ex"]
    assert QGuiApplication.clipboard().text() == text
    assert line.asking
    assert editor.chat.thanked == ()
    named(page, _("{what} – {who}").format(what=_("Yes, it is sent"), who=who)).click()
    assert editor.chat.thanked_by == (("moussa_ex", "private"),)
    assert says(line, _("thanked in private"))
    editor.undo()
    assert editor.chat.thanked == ()
    check_names(page)


def test_one_of_the_two_words_is_open_and_both_outlive_a_page_built_anew(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    line = line_of(page, "moussa_ex")
    line.write.click()
    line.draft._edit.setPlainText("À tous.")
    line.private.click()
    assert line.writing_in_private
    assert not line.writing
    line.private_draft._edit.setPlainText("À toi seul.")
    again = made(stage, editor)
    again.take_up(page.unfinished())
    put_on_screen(qtbot, again, editor)
    settled(qtbot, again)
    line = line_of(again, "moussa_ex")
    assert line.draft.text == "À tous."
    assert line.private_draft.text == "À toi seul."
    assert line.writing_in_private
    assert not line.writing


@pytest.mark.parametrize("handle", ["ndeye_ex", "moussa_ex"])
def test_nothing_public_is_offered_for_who_is_hidden(
    qtbot: QtBot, stage: Stage, handle: str
) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage, replace(CHAT, recap=RecapDraft(hidden_authors=(handle,))))
    line = line_of(page, handle)
    line.private.click()
    offered = {one.text() for one in line.findChildren(QPushButton) if one.isVisibleTo(page)}
    public = {
        _("Thank by a reply"), _("Write a word"), _("Open on X"),
        _("See their profile on X"), _("See their message on X"),
    }  # fmt: skip
    assert not public & offered
    assert {_("In person"), _("Copy it and open their profile")} <= offered
    assert (_("Open in my mail program") in offered) is (handle == "ndeye_ex")
    assert says(line, _("You hide this person: thanks that others read would show who it is."))


def test_a_private_word_by_mail_says_there_what_became_of_it(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(
        qtbot, stage, replace(CHAT, recap=RecapDraft(hidden_authors=("ndeye_ex",)))
    )
    line = line_of(page, "ndeye_ex")
    line.private.click()
    what = _("Open in my mail program")
    named(page, _("{what} – {who}").format(what=what, who=NDEYE)).click()
    qtbot.waitUntil(lambda: line.asking)
    line.done.click()
    assert editor.chat.thanked_by == (("ndeye_ex", "email"),)


def test_a_word_that_was_confirmed_as_sent_is_not_lost_with_the_page(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    assert page.typed == ()
    line = line_of(page, "moussa_ex")
    line.write.click()
    with qtbot.waitSignal(page.typed_changed):
        line.draft._edit.setPlainText("Merci, Moussa.")
    assert len(page.typed) == 1
    line.in_person.click()
    assert editor.chat.thanked == ("moussa_ex",)
    assert page.typed == ()
    line.draft._edit.setPlainText("Merci encore, Moussa.")
    assert len(page.typed) == 1, "this one was not sent"
    line.draft._on_restore()
    assert page.typed == ()

    page.general.take_up("Merci à vous toutes !")
    assert len(page.typed) == 1
    page.general._open.click()
    page.everyone.question.yes.click()
    assert page.typed == ()
    assert page.general.text == "Merci à vous toutes !"
    again = made(stage, editor)
    again.take_up(page.unfinished())
    put_on_screen(qtbot, again, editor)
    settled(qtbot, again)
    assert again.general.text == "Merci à vous toutes !"
    assert again.typed == ()


def test_a_mistyped_tag_is_told_and_corrected_in_place(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    tag = editor.chat.hashtag
    mend = _("Correct the tag – {who}").format(who=_("to everyone"))
    wrong = f"{tag[:4]}{tag[5:]}"
    page.general.take_up(f"Merci ! #{wrong}")
    told = _("#{typed} is not your tag: it is written #{tag}.").format(typed=wrong, tag=tag)
    assert says(page, told)
    named(page, mend).click()
    assert page.general.text == f"Merci ! #{tag}"
    assert not says(page, told)


def test_a_word_outlives_a_search_that_takes_its_row_away(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown(qtbot, stage)
    line = line_of(page, "moussa_ex")
    line.write.click()
    line.draft._edit.setPlainText("Merci, Moussa.")
    page.list.search.setText("awa")
    assert handles(page) == ["awa_ex"]
    assert len(page.typed) == 1
    page.list.search.clear()
    assert line_of(page, "moussa_ex").draft.text == "Merci, Moussa."


def test_the_search_stays_where_it_is_while_one_types(qtbot: QtBot, stage: Stage) -> None:
    stage.hold((*POSTS, *crowd(120)))
    page, _editor = shown(qtbot, stage)
    search = page.list.search
    search.setFocus()
    bar = page.verticalScrollBar()

    def laid_out() -> int:
        for _round in range(10):
            QApplication.processEvents()
        return search.mapTo(page, search.rect().topLeft()).y()

    laid_out()
    bar.setValue(search.mapTo(page.inner, search.rect().topLeft()).y() - 30)
    at = laid_out()
    assert bar.value() > 0
    assert 0 < at < page.viewport().height()
    search.setText("ndeye")
    assert handles(page) == ["ndeye_ex"]
    assert laid_out() == at
    tall = page.inner.height()
    search.clear()
    page.list.groups.button(ThanksGroup.GUESTS).click()
    laid_out()
    assert page.inner.height() < tall


def test_after_the_page_of_the_thanks_opened_it_is_asked_whether_they_are_published(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold(rows=ROWS[:2])
    page, editor = shown(qtbot, stage)
    question = page.everyone.question
    assert question.isHidden()
    named(page, _("Open on X – {who}").format(who=_("to everyone"))).click()
    assert says(page, _("Have you published your thank-you?"))
    question.not_yet.click()
    assert question.isHidden()
    assert not editor.chat.everyone_thanked
    page.general._open.click()
    question.yes.click()
    assert editor.chat.everyone_thanked
    assert question.isHidden()
    assert page.general.told == _("Published"), "it is said where one looks"
    assert page.everyone.tick.isChecked()
    page.everyone.tick.click()
    assert page.general.told == ""
    assert not editor.chat.everyone_thanked
    editor.undo()
    assert page.everyone.tick.isChecked()


def test_after_the_page_to_a_guest_opened_the_row_asks_too(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    line = line_of(page, "awa_ex")
    line.write.click()
    named(page, _("Open on X – {who}").format(who="Awa (@awa_ex)")).click()
    assert line.asking
    assert says(line, _("Have you sent your word?"))
    line.done.click()
    assert editor.chat.thanked_by == (("awa_ex", "post"),)
    assert says(line, _("thanked in a post"))


def test_the_team_is_ticked_like_everybody_and_counts_apart(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown(qtbot, stage)
    tick = named(page, _("{who} is thanked").format(who=_("your team")), QPushButton)
    before = page.progress
    named(page, _("Copy an e-mail")).click()
    named(page, _("{what} – {who}").format(what=_("Yes, it is sent"), who=_("your team"))).click()
    assert tick.isChecked()
    assert editor.chat.thanked_by == (("t1", "email"),)
    assert page.progress == before
    assert editor.chat.thanked_apart == 1
    assert not says(page, _("Have you sent your word?"))
    tick.click()
    assert editor.chat.thanked == ()


def test_a_search_finds_people_by_a_part_of_their_names_and_keeps_the_group(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold((*POSTS, *crowd(120)))
    page, _editor = shown(qtbot, stage)
    replace_text(page.list.search, "NDEYE sarr")
    assert handles(page) == ["ndeye_ex"]
    replace_text(page.list.search, "@voix5")
    assert len(page.rows) == 11
    page.list.groups.button(ThanksGroup.GUESTS).click()
    assert handles(page) == []
    assert says(page, _("Nobody of that name in this list."))
    page.list.search.clear()
    assert handles(page) == ["ndeye_ex", "awa_ex"]
    check_names(page)


def test_a_name_is_searched_among_three_thousand_people_as_one_types(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold(tuple(post(n, f"voix{n}_ex", "R1 Oui", "q1", 9 + n % 40) for n in range(1, 3001)))
    page, _editor = shown(qtbot, stage)
    page.list.search.setText("v")
    began = time.perf_counter()
    page.list.search.setText("voix2999")
    assert time.perf_counter() - began < 0.5
    assert handles(page) == ["voix2999_ex"]


def test_hidden_or_gone_all_counts_of_the_thanks_agree(qtbot: QtBot, stage: Stage) -> None:
    """Five people, of whom one is thanked and then hidden; one more was thanked and is gone."""
    stage.hold()
    hidden = replace(CHAT.recap, hidden_authors=("moussa_ex", "papa_ex"))
    chat = replace(CHAT, thanked=("moussa_ex", "gone_ex"), recap=hidden)
    page, editor = shown(qtbot, stage, chat)
    said = ngettext("{done} of {count} thanked", "{done} of {count} thanked", 5)
    assert page.progress == said.format(done=1, count=5)
    everybody = page.list.groups.button(None)
    assert "(5)" in everybody.text()
    sheet = build_run_sheet(editor.chat, load_texts("fr"))
    assert step_rules.thanks(editor.chat, sheet, stage.now)[2:] == (1, 5)
    assert says(page, ngettext("The count is of everybody in this list, with the {count} person you hide.", "The count is of everybody in this list, with the {count} people you hide.", 2).format(count=2))  # noqa: E501  # fmt: skip
    gone = ngettext(
        "{count} person you thanked is no longer in it: their posts are gone.",
        "{count} people you thanked are no longer in it: their posts are gone.",
        1,
    )
    assert says(page, gone.format(count=1))
    named(page, _("Tick everyone")).click()
    assert page.progress == _("Everyone is thanked. Well done!")
    assert step_rules.thanks(editor.chat, sheet, stage.now)[2:] == (5, 5)
