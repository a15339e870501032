"""The organisation's keys on the page: pasted, tested, shown, forgotten; other ways to sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.account_keys import FourKeys, KeyField, SignInProblem
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import ACCOUNT_FAILS, KEYS_OF_NO_USE, PostState, Reason
from tchat_desktop.domain.spending import Statement
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.pasted_keys import KeyProblem
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishLater,
    SignInError,
    VaultError,
    VaultFull,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.connection.keys_guide import GUIDE_STEPS
from tchat_desktop.ui.pages.connection.page import ConnectionPage
from tchat_desktop.ui.pages.connection.spending_card import cents_typed
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.picture import Drawing
from tchat_desktop.wording import key_words
from tchat_desktop.wording.i18n import _, format_dollars
from tchat_desktop.wording.network_words import obstacle_words
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.keyboard import press as press_key
from tests.ui.keyboard import replace_text, type_text
from tests.ui.pages.fake_connections import ACCOUNT, FakeConnections
from tests.ui.pages.fake_hours import FakeHour, full_chat
from tests.ui.pages.hands import (
    check_names,
    focusable_names,
    named,
    new_bridge,
    press,
    put_on_screen,
    says,
)

texts_of = cache(load_texts)

KEYS = FourKeys(
    consumer_key="Ab1" * 8 + "z",
    consumer_secret="Ab12z" * 10,
    access_token="1234567-" + "Ab1z" * 10,
    access_token_secret="Zb1zy" * 9,
)
BLOCK = "\n".join(
    f"{name}: {key}"
    for name, key in zip(
        ("API Key", "API Key Secret", "Access Token", "Access Token Secret"),
        KEYS.secrets(),
        strict=True,
    )
)
Make = Callable[..., ConnectionPage]


class Desk:
    """A page on screen, with what it reaches."""

    def __init__(self, qtbot: QtBot, connections: FakeConnections, **chat: object) -> None:
        self.connections = connections
        self.opened: list[str] = []
        self.editor = ChatEditor(replace(full_chat(Route.KEYS), **chat))  # type: ignore[arg-type]
        self.bridge = new_bridge()
        self.page = ConnectionPage(
            self.editor,
            NETWORK,
            texts_of,
            connections,
            self.opened.append,
            self.bridge,
            lambda _chat_id: Statement(),
        )
        put_on_screen(qtbot, self.page, self.editor)

    @property
    def form(self) -> object:
        return self.page.keys_panel.form

    def edit(self, key: KeyField) -> QLineEdit:
        return self.page.keys_panel.form.edits[key]

    def paste(self, key: KeyField, text: str) -> None:
        """As Ctrl+V does."""
        QApplication.clipboard().setText(text)
        self.edit(key).setFocus()
        QTest.keyClick(self.edit(key), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QApplication.clipboard().clear()

    def shown(self) -> tuple[str, ...]:
        """What stands in the four fields."""
        return tuple(self.edit(key).text() for key in KeyField)


def test_a_block_pasted_in_any_field_goes_to_its_places(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    desk.paste(KeyField.ACCESS_TOKEN, BLOCK)
    assert desk.shown() == KEYS.secrets()
    assert not any(field.verdict for field in desk.page.keys_panel.form.fields.values())


def test_keys_are_dots_until_they_are_wanted_seen(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    modes = QLineEdit.EchoMode
    assert {desk.edit(key).echoMode() for key in KeyField} == {modes.Password}
    press(desk.page, _("Show the keys"))
    assert {desk.edit(key).echoMode() for key in KeyField} == {modes.Normal}
    press(desk.page, _("Hide the keys"))
    assert {desk.edit(key).echoMode() for key in KeyField} == {modes.Password}


def test_a_key_in_the_wrong_field_is_moved_and_it_is_said(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    desk.paste(KeyField.CONSUMER_KEY, KEYS.access_token)
    assert desk.shown() == ("", "", KEYS.access_token, "")
    said = desk.page.keys_panel.form.fields[KeyField.ACCESS_TOKEN].verdict
    assert said == key_words.key_problem(KeyProblem.MOVED)[0]


def test_problems_stand_beside_their_fields_and_nothing_is_asked(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    type_text(desk.edit(KeyField.CONSUMER_KEY), "bonjour")
    press(desk.page, _("Test and keep"))
    fields = desk.page.keys_panel.form.fields
    assert fields[KeyField.CONSUMER_KEY].verdict == key_words.key_problem(KeyProblem.NOT_A_KEY)[0]
    assert fields[KeyField.ACCESS_TOKEN].verdict == key_words.key_problem(KeyProblem.MISSING)[0]
    assert desk.edit(KeyField.CONSUMER_KEY).hasFocus()
    assert desk.connections.asked_for == []
    type_text(desk.edit(KeyField.CONSUMER_KEY), "x")
    assert fields[KeyField.CONSUMER_KEY].verdict == ""
    assert fields[KeyField.ACCESS_TOKEN].verdict != ""


def test_keys_are_tested_once_then_leave_the_screen(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(), account="")
    desk.paste(KeyField.CONSUMER_KEY, BLOCK)
    press_key(desk.edit(KeyField.CONSUMER_KEY), Qt.Key.Key_Return)
    press_key(desk.edit(KeyField.CONSUMER_KEY), Qt.Key.Key_Return)
    assert desk.connections.asked_for == [("connect", KEYS)]
    desk.connections.answer(Connection(ACCOUNT))
    assert desk.shown() == ("", "", "", "")
    # What stood there cannot be brought back.
    press(desk.page, _("Erase the keys"))
    press(desk.page, _("Yes, erase them"))
    desk.connections.answer(None)
    press(desk.page, _("Show the keys"))
    for key in KeyField:
        desk.edit(key).undo()
    assert desk.shown() == ("", "", "", "")
    assert desk.editor.chat.account == ACCOUNT.handle
    assert KEYS.consumer_secret not in repr(desk.editor.chat)


@pytest.mark.parametrize("reason", [one for one in Reason if one not in ("", "by_hand")])
def test_every_refusal_has_a_sentence_and_leaves_the_keys(qtbot: QtBot, reason: Reason) -> None:
    desk = Desk(qtbot, FakeConnections())
    desk.paste(KeyField.CONSUMER_KEY, BLOCK)
    press(desk.page, _("Test and keep"))
    desk.connections.refuse(PublishByHand(reason))
    assert len(desk.page.keys_panel.form.verdict) > 20
    assert desk.shown() == KEYS.secrets()
    press(desk.page, _("Open X’s page"))
    of_the_account = reason in ACCOUNT_FAILS
    assert desk.opened == [links.X if of_the_account else links.CONSOLE]
    unknown = key_words.sign_in_trouble(PublishByHand(Reason.REFUSED))
    assert not of_the_account or desk.page.keys_panel.form.verdict != unknown


@pytest.mark.parametrize("obstacle", [one for one in Obstacle if one is not Obstacle.UNKNOWN])
def test_what_bars_the_way_to_x_is_told(qtbot: QtBot, obstacle: Obstacle) -> None:
    desk = Desk(qtbot, FakeConnections())
    desk.page.keys_panel.form.edits[KeyField.CONSUMER_KEY].setText(BLOCK.replace("\n", " "))
    press(desk.page, _("Test and keep"))
    error = PublishLater(Reason.NETWORK, datetime.now(UTC))
    error.obstacle = obstacle
    desk.connections.refuse(error)
    assert says(desk.page, obstacle_words(obstacle))
    at_sign_in = SignInError(SignInProblem.NETWORK)
    at_sign_in.obstacle = obstacle
    assert key_words.sign_in_trouble(at_sign_in) == obstacle_words(obstacle)


def test_x_says_until_when_to_wait() -> None:
    until = datetime(2026, 12, 5, 20, 15, tzinfo=UTC)
    words = key_words.sign_in_trouble(PublishLater(Reason.RATE_LIMIT, until))
    assert f"{until.astimezone().hour}" in words


@pytest.mark.parametrize("problem", list(SignInProblem))
def test_every_problem_of_signing_in_has_a_sentence(problem: SignInProblem) -> None:
    words = key_words.sign_in_trouble(SignInError(problem))
    assert bool(words) is (problem is not SignInProblem.STOPPED)


# --- the account connected -----------------------------------------------------------------


def test_the_account_is_shown_with_its_keys_kept(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT)))
    assert says(desk.page, ACCOUNT.name)
    assert says(desk.page, "@voixdesfilles")
    assert says(desk.page, _("The keys are saved in the keyring of this computer."))
    assert not desk.page.keys_panel.form.isVisible()
    check_names(desk.page)


def test_the_picture_of_the_account_comes_after_its_name(qtbot: QtBot) -> None:
    connections = FakeConnections(Connection(ACCOUNT))
    desk = Desk(qtbot, connections)
    words = _("Picture of {name}").format(name=ACCOUNT.name)
    assert words not in {one.accessibleName() for one in desk.page.findChildren(Avatar)}
    connections.picture = QImage(73, 73, QImage.Format.Format_RGB32)
    connections.changed.emit()
    named(desk.page.keys_panel, words, Avatar)


@pytest.mark.parametrize("error", [VaultMissing, VaultUnsafe])
def test_where_no_keyring_can_keep_keys_nothing_offers_to(
    qtbot: QtBot, error: type[VaultError]
) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT, error("x"))))
    assert says(desk.page, key_words.not_kept_words(error("x")))
    assert _("Keep them") not in focusable_names(desk.page)


@pytest.mark.parametrize("error", [VaultLocked, VaultFull, VaultError])
def test_keys_not_kept_are_told_and_can_be_kept(qtbot: QtBot, error: type[VaultError]) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT, error("x"))))
    assert says(desk.page, key_words.not_kept_words(error("x")))
    press(desk.page, _("Keep them"))
    assert desk.connections.asked_for == [("keep",)]
    desk.connections.answer(Connection(ACCOUNT))
    assert says(desk.page, _("The keys are saved in the keyring of this computer."))


def test_each_state_of_the_keyring_has_its_own_sentence() -> None:
    kinds = (VaultMissing, VaultLocked, VaultFull, VaultUnsafe, VaultError)
    assert len({key_words.not_kept_words(kind("x")) for kind in kinds}) == len(kinds)


def test_another_account_is_noticed_and_can_be_taken(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT)), account="autre")
    assert says(desk.page, "@autre")
    press(desk.page, _("Make it the account of this chat"))
    assert desk.editor.chat.account == ACCOUNT.handle
    assert not says(desk.page, "@autre")
    desk.editor.undo()
    assert says(desk.page, "@autre")


def test_keys_that_only_read_are_told_and_checked_again(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(replace(ACCOUNT, may_write=False))))
    assert says(desk.page, "Read and write")
    press(desk.page, _("Check again"))
    desk.connections.answer(Connection(ACCOUNT))
    assert not says(desk.page, "Read and write")
    assert desk.page.keys_panel.account.said == _("The keys work.")


def test_keys_that_x_no_longer_accepts_are_told_with_the_way_out(qtbot: QtBot) -> None:
    connections = FakeConnections(Connection(ACCOUNT))
    desk = Desk(qtbot, connections)
    card = desk.page.keys_panel.account
    assert (card._chip.text(), card.property("edge")) == (_("Connected"), "well")
    press(card, _("Check again"))
    connections.refuse(PublishByHand(Reason.KEYS_REFUSED))
    assert card.said != key_words.sign_in_trouble(PublishByHand(Reason.KEYS_REFUSED))
    assert (card._chip.text(), card.property("edge")) == (_("Refused by X"), "look")
    press(card, _("Check again"))
    connections.answer(Connection(ACCOUNT))
    assert (card._chip.text(), card.property("edge")) == (_("Connected"), "well")
    press(card, _("Check again"))
    connections.refuse(PublishByHand(Reason.KEYS_REFUSED))
    press(card, _("Erase the keys"))
    press(card, _("Yes, erase them"))
    connections.answer(None)
    connections.become(Connection(ACCOUNT))
    assert card._chip.text() == _("Connected")


def test_an_account_signed_out_is_not_called_connected(qtbot: QtBot) -> None:
    connections = FakeConnections(Connection(ACCOUNT))
    connections.must_reconnect = True
    card = Desk(qtbot, connections).page.keys_panel.account
    assert (card._chip.text(), card.property("edge")) == (_("Signed out"), "look")
    connections.must_reconnect = False
    connections.become(Connection(ACCOUNT))
    assert (card._chip.text(), card.property("edge")) == (_("Connected"), "well")


def test_forgetting_asks_once(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT)))
    press(desk.page, _("Erase the keys"))
    assert desk.connections.asked_for == []
    assert named(desk.page, _("Change nothing")).hasFocus()
    press(desk.page, _("Change nothing"))
    assert desk.connections.asked_for == []
    press(desk.page, _("Erase the keys"))
    press(desk.page, _("Yes, erase them"))
    assert desk.connections.asked_for == [("forget",)]
    desk.connections.answer(None)
    assert desk.page.keys_panel.form.isVisible()
    assert desk.page.keys_panel.notices == ()


def test_what_may_remain_in_the_keyring_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT)))
    press(desk.page, _("Erase the keys"))
    press(desk.page, _("Yes, erase them"))
    desk.connections.become(None)
    desk.connections.refuse(VaultLocked("x"))
    assert desk.page.keys_panel.notices == (key_words.not_forgotten_words(VaultLocked("x")),)
    assert desk.page.keys_panel.form.isVisible()
    press(desk.page, _("Try to erase the keys again"))
    assert desk.connections.asked_for[-1] == ("forget",)
    desk.connections.answer(None)
    assert desk.page.keys_panel.notices == ()


# --- the keyring at the start --------------------------------------------------------------


def test_the_keyring_is_asked_only_when_keys_are_the_way(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(asked=False), route=Route.ASSISTED)
    assert desk.connections.asked_for == []
    desk.editor.edit(replace(desk.editor.chat, route=Route.KEYS))
    assert desk.connections.asked_for == [("restore",)]
    desk.editor.edit(replace(desk.editor.chat, lessons="116"))
    assert desk.connections.asked_for == [("restore",)]
    assert desk.page.keys_panel.notices
    desk.connections.answer(Connection(ACCOUNT))
    assert desk.page.keys_panel.notices == ()
    assert desk.page.keys_panel.account.isVisible()


def test_a_locked_keyring_is_told_and_asked_again_on_wish(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(asked=False))
    desk.connections.refuse(VaultLocked("x"))
    assert says(desk.page, key_words.keyring_words(VaultLocked("x")))
    assert desk.page.keys_panel.form.isVisible()
    desk.editor.edit(replace(desk.editor.chat, lessons="116"))
    assert desk.connections.asked_for == [("restore",)]
    press(desk.page, _("Ask the keyring again"))
    assert len(desk.connections.asked_for) == 2
    desk.connections.answer(None)
    assert desk.page.keys_panel.notices == ()


# --- other ways ----------------------------------------------------------------------------


@pytest.fixture
def other(qtbot: QtBot) -> Desk:
    desk = Desk(qtbot, FakeConnections())
    press(desk.page, _("Another way to connect"))
    return desk


def open_number_page(desk: Desk) -> None:
    pin = desk.page.keys_panel.others.pin
    QApplication.clipboard().setText(f"{KEYS.consumer_secret}\n{KEYS.consumer_key}")
    pin.key.setFocus()
    pin.key.paste()
    press(desk.page, _("Open the page with the code"))
    assert desk.connections.asked_for[-1] == ("start_pin", *KEYS.secrets()[:2])
    desk.connections.open("https://api.x.com/oauth/authorize?oauth_token=1")


def test_the_number_of_x_signs_in(other: Desk) -> None:
    open_number_page(other)
    pin = other.page.keys_panel.others.pin
    assert other.opened == ["https://api.x.com/oauth/authorize?oauth_token=1"]
    assert pin.pin.hasFocus()
    type_text(pin.pin, "12 34")
    press(other.page, _("Sign in with this code"))
    assert other.connections.asked_for[-1] == ("finish_pin", "12 34")
    other.connections.answer(Connection(ACCOUNT))
    assert other.page.keys_panel.account.isVisible()
    assert (pin.key.text(), pin.secret.text(), pin.pin.text()) == ("", "", "")


def test_a_number_that_is_none_is_told_without_asking(other: Desk) -> None:
    open_number_page(other)
    asked = list(other.connections.asked_for)
    type_text(other.page.keys_panel.others.pin.pin, "abc")
    press(other.page, _("Sign in with this code"))
    assert other.connections.asked_for == asked
    assert other.page.keys_panel.others.pin._pin.verdict


def test_a_wrong_number_can_be_typed_again_a_late_one_needs_another_page(other: Desk) -> None:
    open_number_page(other)
    pin = other.page.keys_panel.others.pin
    type_text(pin.pin, "1234567")
    press(other.page, _("Sign in with this code"))
    other.connections.refuse(SignInError(SignInProblem.WRONG_PIN))
    assert pin._pin.verdict == _(key_words._SIGN_IN[SignInProblem.WRONG_PIN])
    assert pin.pin.isVisible()
    press(other.page, _("Sign in with this code"))
    other.connections.refuse(SignInError(SignInProblem.LATE_PIN))
    assert not pin.pin.isVisible()
    assert pin.verdict == _(key_words._SIGN_IN[SignInProblem.LATE_PIN])


def test_the_number_needs_both_keys_of_the_app(other: Desk) -> None:
    press(other.page, _("Open the page with the code"))
    assert other.connections.asked_for == []
    assert other.page.keys_panel.others.pin._key.verdict


def test_the_browser_signs_in_and_can_be_given_up(other: Desk) -> None:
    browser = other.page.keys_panel.others.browser
    press(other.page, _("Sign in with the browser"))
    assert browser._client.verdict
    type_text(browser.client, "client-id")
    press(other.page, _("Sign in with the browser"))
    assert other.connections.asked_for[-1] == ("browser", "client-id")
    other.connections.open("https://x.com/i/oauth2/authorize")
    press(other.page, _("Open the sign-in page again"))
    assert other.opened == ["https://x.com/i/oauth2/authorize"] * 2
    press(other.page, _("Give up"))
    assert other.connections.asked_for[-1] == ("stop_browser",)
    other.connections.refuse(SignInError(SignInProblem.STOPPED))
    assert browser.verdict == ""
    assert browser.start.isVisible()


# --- the guide, the price ------------------------------------------------------------------


def test_everything_unfolded_has_its_own_name(other: Desk) -> None:
    press(other.page, _("How to get keys, step by step"))
    open_number_page(other)
    check_names(other.page)


def test_each_step_of_the_guide_has_a_drawing_with_words(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    press(desk.page, _("How to get keys, step by step"))
    pictures = desk.page.findChildren(Drawing)
    assert len(pictures) == len(GUIDE_STEPS)
    assert all(len(picture.accessibleName()) > 20 for picture in pictures)
    assert all(picture.isVisible() and not picture.pixmap().isNull() for picture in pictures)
    press(desk.page, _("Copy the address of return"))
    assert QApplication.clipboard().text() == desk.connections.return_addresses[0]
    press(desk.page, _("Open {page}").format(page="console.x.com"))
    assert desk.opened == [links.CONSOLE]


def test_drawings_wear_the_colours_in_force(qapp: QApplication) -> None:
    light = Drawing("guide", "paste", "x", 100, 60).pixmap().toImage()
    assert Drawing("guide", "paste", "x", 100, 60).pixmap().toImage() == light
    theme.apply(theme.DARK)
    dark = Drawing("guide", "paste", "x", 100, 60).pixmap().toImage()
    assert light != dark


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("5", 500),
        ("5,5", 550),
        ("5.05 $", 505),
        ("$5 US", 500),
        ("5 USD", 500),
        ("1 000", 100_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, cents: int) -> None:
    assert cents_typed(typed) == cents


@pytest.mark.parametrize("typed", ["", "cinq", "-3", "5,555", "1e3", "999999"])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert cents_typed(typed) is None


def test_the_ceiling_is_typed_kept_and_undone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    limit = desk.page.spending.limit
    assert limit.text() == "5"
    limit.setFocus()
    replace_text(limit, "2,5")
    assert desk.editor.chat.spending_limit_cents == 250
    assert limit.text() == "2,5"
    replace_text(limit, "deux")
    assert desk.editor.chat.spending_limit_cents == 250
    assert format_dollars(250) in desk.page.spending.verdict
    limit.clearFocus()
    assert limit.text() == "2,50"
    desk.editor.undo()
    assert limit.text() == "5"


def test_a_ceiling_below_the_price_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections())
    assert desk.page.spending.verdict == ""
    replace_text(desk.page.spending.limit, "1")
    assert desk.page.spending.verdict
    replace_text(desk.page.spending.limit, "0")
    assert desk.page.spending.verdict == _("With nothing to spend, no post leaves with the keys.")


# --- after the hour has seen that keys no longer serve -----------------------------------------


@pytest.mark.parametrize("reason", sorted(KEYS_OF_NO_USE))
def test_keys_that_failed_in_the_hour_are_not_called_sound(qtbot: QtBot, reason: Reason) -> None:
    connection = Connection(ACCOUNT)
    desk = Desk(qtbot, FakeConnections(connection))
    desk.page.resize(900, 400)
    account = desk.page.keys_panel.account
    assert (account.property("edge"), account.said) == ("well", "")
    desk.page.hide()
    hour = FakeHour(desk.editor.chat, Occasion.LIVE, desk.bridge.report)
    hour.becomes("q:q2", PostState.FAILED, reason=reason)
    hour.say_rows()
    # A rehearsal says nothing of the keys.
    FakeHour(desk.editor.chat, Occasion.REHEARSAL, desk.bridge.report).say_rows()
    QApplication.processEvents()
    desk.page.show()
    qtbot.waitUntil(lambda: desk.page.verticalScrollBar().value() > 0)
    assert account.property("edge") == "look"
    assert account.said
    assert (account._chip.text() == _("Refused by X")) is (reason is Reason.KEYS_REFUSED)
    hour.becomes("q:q3", PostState.SENT)
    hour.say_rows()
    qtbot.waitUntil(lambda: (account.property("edge"), account.said) == ("well", ""))
    assert account._chip.text() == _("Connected")


def test_connected_anew_the_failure_of_the_hour_is_over(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeConnections(Connection(ACCOUNT)))
    hour = FakeHour(desk.editor.chat, Occasion.LIVE, desk.bridge.report)
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.KEYS_REFUSED)
    hour.say_rows()
    account = desk.page.keys_panel.account
    qtbot.waitUntil(lambda: bool(account.said))
    after = hour.row("q:q2").due_at + timedelta(minutes=1)
    desk.connections.become(Connection(ACCOUNT, connected_at=after))
    assert (account.property("edge"), account.said) == ("well", "")


@pytest.mark.parametrize("taken", [True, False])
def test_what_x_says_of_the_keys_comes_into_sight(qtbot: QtBot, taken: bool) -> None:
    desk = Desk(qtbot, FakeConnections())
    desk.page.resize(900, 500)
    desk.paste(KeyField.CONSUMER_KEY, BLOCK)
    desk.page.ensureWidgetVisible(desk.page.keys_panel.form.test, 0, 0)
    desk.page.keys_panel.form.test.click()
    if taken:
        desk.connections.answer(Connection(ACCOUNT))
    else:
        desk.connections.refuse(PublishByHand(Reason.KEYS_REFUSED))
    answer = desk.page.keys_panel.answer
    assert answer is (desk.page.keys_panel.account if taken else desk.page.keys_panel.form.told)
    qtbot.waitUntil(lambda: answer.visibleRegion().boundingRect().height() >= answer.height() > 0)
