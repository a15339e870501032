"""Other ways to connect: a PIN that X shows, or X's own sign-in page in the browser."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.account_keys import KeyField, SignInProblem
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.x.pasted_keys import BLOCKING, check_pasted, clean_pin
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.ports import SignInError
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.connection.keys_form import SecretEdit
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.key_words import CLIENT_ID_ON_X, NAMES_ON_X, key_problem, sign_in_trouble
from tchat_desktop.wording.tone import Tone


class _Way(QWidget):
    """The base class of a way to sign in, with a message about its result."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self._connections = connections
        self._open_page = open_page
        self._page = ""
        self._verdict = HintNotice()
        self._verdict.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.PART))

    @property
    def verdict(self) -> str:
        """The message about the last attempt."""
        return self._verdict.text

    def say(self, words: str, tone: Tone = "stop") -> None:
        """Show a message about the attempt."""
        self._verdict.say(words, tone)
        announce(self, words)

    def open_it(self) -> None:
        """Open X's page, or open it again."""
        self._open_page(self._page)


class PinWay(_Way):
    """Signing in with a PIN: the keys of the app, X's page, and the PIN that it shows."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__(connections, open_page)
        named = _("On X’s page: “{name}”")
        self.key, self.secret = SecretEdit(), SecretEdit()
        self._key = Field(
            _("Key of the app, for the code"),
            self.key,
            named.format(name=NAMES_ON_X[KeyField.CONSUMER_KEY]),
        )
        self._secret = Field(
            _("Secret of the app, for the code"),
            self.secret,
            named.format(name=NAMES_ON_X[KeyField.CONSUMER_SECRET]),
        )
        for edit in (self.key, self.secret):
            edit.pasted.connect(self._on_pasted)
            edit.returnPressed.connect(self._on_start)
        self.start = Button(
            _("Open the page with the code"), icon_name="outside", clicked=self._on_start
        )
        self.pin = LineEdit(Cap.NAME)
        self.pin.setMaxLength(40)
        self.pin.returnPressed.connect(self._on_finish)
        self._pin = Field(_("The code X shows"), self.pin)
        self._finish = Button(
            _("Sign in with this code"), icon_name="check", clicked=self._on_finish
        )
        self._again = Button(_("Open X’s page again"), "link", "outside", self.open_it)
        self._second = QWidget()
        second = QVBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self._pin)
        second.addLayout(FlowLayout(self._finish, self._again))
        self._second.hide()
        self._layout.addWidget(Text(_("With a code"), "label"))
        self._layout.addWidget(
            Text(
                _(
                    "For another account of your organisation: sign in to X with that account, "
                    "allow the app, and type the code here."
                ),
                "small",
            )
        )
        for part in (self._key, self._secret):
            self._layout.addWidget(part)
        self._layout.addLayout(FlowLayout(self.start))
        self._layout.addWidget(self._second)
        self._layout.addWidget(self._verdict)

    def _on_pasted(self) -> None:
        self._keys()

    def _keys(self) -> tuple[str, str] | None:
        """Return the two keys, each moved to its field; None when one is missing or wrong."""
        pasted = check_pasted(
            {KeyField.CONSUMER_KEY: self.key.text(), KeyField.CONSUMER_SECRET: self.secret.text()}
        )
        fields = {KeyField.CONSUMER_KEY: self._key, KeyField.CONSUMER_SECRET: self._secret}
        blocked = False
        for where, edit in zip(fields, (self.key, self.secret), strict=True):
            edit.show_text(pasted.values[where])
            fields[where].say("")
        for where, problem in pasted.problems:
            if where in fields:
                fields[where].say(*key_problem(problem))
                blocked = blocked or problem in BLOCKING
        return None if blocked else (self.key.text(), self.secret.text())

    def _on_start(self) -> None:
        keys = self._keys()
        if keys is None:
            return
        self.say(_("X is asked for a page…"), "plum")
        self._connections.start_pin(self, *keys, self._on_opened, self._on_failed)

    def _on_opened(self, page: str) -> None:
        self._page = page
        self.say("")
        self._second.show()
        self.pin.clear()
        self.pin.setFocus()
        self.open_it()

    def _on_finish(self) -> None:
        if not clean_pin(self.pin.text()):
            self._pin.say(_("The code has seven digits: copy it from X’s page."), "stop")
            self.pin.setFocus()
            return
        self._pin.say("")
        self.say(_("X is asked whose keys these are…"), "plum")
        self._connections.finish_pin(self, self.pin.text(), self._on_done, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        problem = error.problem if isinstance(error, SignInError) else None
        if problem is SignInProblem.WRONG_PIN:
            self.say("")
            self._pin.say(sign_in_trouble(error), "stop")
            self.pin.setFocus()
            return
        if problem is SignInProblem.LATE_PIN:
            self._second.hide()
            self.start.setFocus()
        self.say(sign_in_trouble(error))

    def _on_done(self, _connection: Connection | None) -> None:
        for edit in (self.key, self.secret):
            edit.show_text("")
        self.pin.clear()
        self._second.hide()
        self.say("")


class BrowserWay(_Way):
    """Signing in on X's own page, which passes the result on to this computer."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__(connections, open_page)
        self.client = LineEdit(Cap.LINE)
        self._client = Field(
            _("Name of the app for the browser"),
            self.client,
            _("On X’s page: “{name}”").format(name=CLIENT_ID_ON_X),
        )
        self.client.returnPressed.connect(self._on_start)
        self.start = Button(
            _("Sign in with the browser"), icon_name="outside", clicked=self._on_start
        )
        self._stop = Button(_("Give up"), clicked=connections.stop_browser)
        self._again = Button(_("Open the sign-in page again"), "link", "outside", self.open_it)
        self._layout.addWidget(Text(_("With the browser"), "label"))
        self._layout.addWidget(
            Text(
                _(
                    "For those who look after the app on X: choose “{kind}” there, and write these "
                    "addresses of return: {addresses}."
                ).format(kind="Native App", addresses=", ".join(connections.return_addresses)),
                "small",
            )
        )
        self._layout.addWidget(self._client)
        self._layout.addLayout(FlowLayout(self.start, self._stop, self._again))
        self._layout.addWidget(self._verdict)
        self._wait(False)

    def _on_start(self) -> None:
        client = self.client.text().strip()
        if not client:
            self._client.say(_("Copy it from X’s page first."), "stop")
            self.client.setFocus()
            return
        self._client.say("")
        self.say(_("X is asked for a page…"), "plum")
        self._connections.browser_sign_in(
            self, client, self._on_opened, self._on_done, self._on_failed
        )

    def _on_opened(self, page: str) -> None:
        self._page = page
        self._wait(True)
        self.say(_("Answer on X’s page; this one waits, five minutes at most."), "plum")
        self.open_it()

    def _on_done(self, _connection: Connection | None) -> None:
        self._wait(False)
        self.client.clear()
        self.say("")

    def _on_failed(self, error: Exception) -> None:
        self._wait(False)
        self.say(sign_in_trouble(error))

    def _wait(self, waiting: bool) -> None:
        self.start.setHidden(waiting)
        self._stop.setHidden(not waiting)
        self._again.setHidden(not waiting)


class OtherWays(QWidget):
    """The two ways to sign in besides pasting four keys."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self.pin = PinWay(connections, open_page)
        self.browser = BrowserWay(connections, open_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.CARD))
        layout.addWidget(self.pin)
        layout.addWidget(self.browser)
