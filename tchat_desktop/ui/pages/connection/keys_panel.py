"""The organisation's keys on the page: the connected account, or the ways to connect one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.ports import VaultError
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.connection.account_card import AccountCard
from tchat_desktop.ui.pages.connection.keys_form import KeysForm
from tchat_desktop.ui.pages.connection.keys_guide import KeysGuide
from tchat_desktop.ui.pages.connection.other_sign_in import OtherWays
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.key_words import keyring_words, not_forgotten_words, sign_in_trouble
from tchat_desktop.wording.tone import Tone


class KeysPanel(QWidget):
    """Shows the card of the account when one is connected, else the form for its keys."""

    account_wanted = Signal(str)
    """Emitted with the bare name on X of the account that is to be the chat's."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self._connections = connections
        self._asking = False
        self._wanted = ""
        self._keyring = _Notice(Button(_("Ask the keyring again"), clicked=self._ask_keyring))
        self._left = _Notice(
            Button(_("Try to erase the keys again"), clicked=self._on_forget_again)
        )
        self.account = AccountCard(connections)
        self.account.account_wanted.connect(self.account_wanted)
        self.account.not_forgotten.connect(self._on_not_forgotten)
        self.guide = Fold(
            _("How to get keys, step by step"),
            KeysGuide(open_page, connections.return_addresses[0]),
        )
        self.form = KeysForm(connections, open_page)
        self.others = OtherWays(connections, open_page)
        self.other_way = Fold(_("Another way to connect"), self.others)
        self._connect = Card(spacing=theme.Space.GAP)
        self._connect.add(
            Text(_("Your access keys"), "heading"),
            Text(
                _(
                    "X gives four to an organisation. They go straight from here to X and to the "
                    "keyring of this computer, where it keeps its passwords, and nowhere else; no "
                    ".tchat file holds them."
                )
            ),
            self.guide,
            self.form,
            self.other_way,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.GAP))
        for part in (self._keyring, self._left, self.account, self._connect):
            layout.addWidget(part)
        connections.changed.connect(self._on_changed)
        self._show()

    @property
    def answer(self) -> QWidget:
        """The widget that tells whether X accepts the keys."""
        return self.form.told if self.account.isHidden() else self.account

    @property
    def notices(self) -> tuple[str, ...]:
        """The visible messages about the keyring."""
        return tuple(one.text for one in (self._keyring, self._left) if not one.isHidden())

    def show_account_wanted(self, handle: str) -> None:
        """Show the panel for a chat of the account `handle`, "" when not known.

        The keyring is asked for keys the first time.
        """
        if handle != self._wanted:
            self._wanted = handle
            self._show()
        known = self._connections.asked or self._connections.current() is not None
        if not known and not self._asking:
            self._ask_keyring()

    def _show(self) -> None:
        connection = self._connections.current()
        self.account.setHidden(connection is None)
        self._connect.setHidden(connection is not None)
        if connection is not None:
            self.account.show_connection(connection, self._wanted)

    def _on_changed(self) -> None:
        if self._connections.current() is not None:
            self._left.hide()
            self._keyring.hide()
            self.form.clear()
        self._show()

    # --- the keyring -----------------------------------------------------------------------

    def _ask_keyring(self) -> None:
        # Asked once without a request, then only by the button: the keyring may want a password
        # each time.
        self._asking = True
        self._keyring.say(
            _("The keyring is asked; your computer may want a password…"), "plum", answer=False
        )
        self._connections.restore(self, self._on_restored, self._on_not_restored)

    def _on_restored(self, _connection: Connection | None) -> None:
        self._keyring.hide()
        self._show()

    def _on_not_restored(self, error: Exception) -> None:
        words = keyring_words(error) if isinstance(error, VaultError) else sign_in_trouble(error)
        after = _(
            "If keys are kept in it, ask it again. Keys you paste now work until you close the app."
        )
        self._keyring.say(f"{words} {after}", "look")

    def _on_not_forgotten(self, error: Exception) -> None:
        if isinstance(error, VaultError):
            words = not_forgotten_words(error)
        else:
            words = sign_in_trouble(error)
        self._left.say(words, "stop")

    def _on_forget_again(self) -> None:
        self._connections.forget(self, self._on_forgotten, self._on_not_forgotten)

    def _on_forgotten(self, _connection: Connection | None) -> None:
        self._left.hide()


class _Notice(QWidget):
    """A sentence, and the button that answers it below, because both may be long."""

    def __init__(self, button: Button) -> None:
        super().__init__()
        self._button = button
        self._notice = HintNotice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._notice)
        layout.addLayout(FlowLayout(button))
        self.hide()

    @property
    def text(self) -> str:
        return self._notice.text

    def say(self, words: str, tone: Tone, answer: bool = True) -> None:
        self._notice.say(words, tone)
        self._button.setVisible(answer)
        self.show()
        announce(self, words)
