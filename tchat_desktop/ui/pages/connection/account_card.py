"""The card of the connected account: its name, whether its keys are stored, how to erase them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from tchat_desktop.domain.account_keys import is_other_account
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.accounts import Connection
from tchat_desktop.services.ports import PublishError, PublishRefused
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.key_words import may_be_kept, not_kept_words, sign_in_trouble
from tchat_desktop.wording.reasons import connecting_words
from tchat_desktop.wording.tone import Tone


class AccountCard(Card):
    """The card of the connected account; hidden while none is connected."""

    account_wanted = Signal(str)
    """Emitted with the bare name on X of the account that is to be the chat's."""
    not_forgotten = Signal(object)
    """Emitted with a VaultError when parts of the keys may still be in the keyring."""

    def __init__(self, connections: AccountsPort) -> None:
        super().__init__(edge="well", spacing=theme.Space.UNDER_HEADING)
        self._connections = connections
        self._handle = ""
        self._sound = False
        self._refused = False
        self._trouble = Reason.NONE
        self._avatar = Avatar("")
        self._name = Text("", "heading")
        self._account = Text("", "small")
        self._chip = Chip(_("Connected"), "well")
        who = row(
            self._avatar,
            column(self._name, self._account, spacing=0),
            spacing=theme.Space.UNDER_HEADING,
        )
        who.setStretch(1, 1)
        who.addWidget(self._chip)
        self._kept = VerdictLine()
        self._keep = Button(_("Keep them"), icon_name="key", clicked=self._on_keep)
        self._other = HintNotice()
        self._use = Button(_("Make it the account of this chat"), clicked=self._on_use)
        self._rights = HintNotice()
        self._check = Button(_("Check again"), "link", "redo", self._on_check)
        self._forget = Button(_("Erase the keys"), "link", "trash", self._on_forget)
        self._said = VerdictLine()
        self._asks = _Asks(self._on_forget_sure, self._on_forget_not)
        self.add(
            who,
            self._kept,
            FlowLayout(self._keep),
            self._other,
            FlowLayout(self._use),
            self._rights,
            FlowLayout(self._check, self._forget),
            self._said,
            self._asks,
        )
        for part in (self._other, self._rights, self._asks):
            part.hide()

    @property
    def said(self) -> str:
        """The message about the last button pressed."""
        return self._said.text

    def show_connection(self, connection: Connection, wanted: str) -> None:
        """Show the account; `wanted` is the bare name of the chat's account, "" when not known."""
        account = connection.account
        if account.handle != self._handle:
            self._say("")
            self._asks.hide()
            self._refused = False
        self._handle = account.handle
        self._avatar.show_name(account.name)
        self._avatar.show_picture(self._connections.picture, account.name)
        _show(self._name, account.name)
        _show(self._account, f"@{account.handle}")
        if connection.not_kept is None:
            self._kept.say(_("The keys are saved in the keyring of this computer."), "well")
        else:
            self._kept.say(not_kept_words(connection.not_kept), "look")
        self._keep.setHidden(connection.not_kept is None or not may_be_kept(connection.not_kept))
        other = is_other_account(account, wanted)
        words = _("This chat is announced from @{wanted}, but the keys post as @{handle}.")
        self._other.say(words.format(wanted=wanted, handle=account.handle) if other else "", "look")
        self._use.setHidden(not other)
        self._show_rights(account.may_write)
        self._sound = connection.kept and not other and not self._rights.text
        self._show_state()

    def show_trouble(self, trouble: Reason) -> None:
        """Show why posts no longer leave by these keys, as the chat has noticed, or NONE."""
        if trouble is self._trouble:
            return
        self._trouble = trouble
        if trouble is not Reason.NONE:
            self._on_failed(PublishRefused(trouble))
        else:
            self._refused = False
            self._say("")
            self._show_state()

    def _show_state(self) -> None:
        if self._refused:
            self._chip.say(_("Refused by X"), "stop")
        elif self._connections.must_reconnect:
            self._chip.say(_("Signed out"), "stop")
        else:
            self._chip.say(_("Connected"), "well")
        in_trouble = self._refused or self._trouble is not Reason.NONE
        edge: Tone = "well" if self._sound and not in_trouble else "look"
        if self.property("edge") != edge:
            self.set_edge(edge)

    def _show_rights(self, may_write: bool) -> None:
        words = ""
        if self._connections.must_reconnect:
            words = _(
                "The account is no longer signed in to X: erase these keys, then sign in again."
            )
        elif not may_write:
            to_do = _("Erase these, and paste the new ones.")
            words = f"{connecting_words(Reason.READ_ONLY)} {to_do}"
        self._rights.say(words, "stop")

    def _on_use(self) -> None:
        self.account_wanted.emit(self._handle)

    def _on_keep(self) -> None:
        self._say(_("The keyring is asked; your computer may want a password…"))
        self._connections.keep(self, self._on_done, self._on_failed)

    def _on_check(self) -> None:
        self._say(_("X is asked whose keys these are…"))
        self._connections.check(self, self._on_checked, self._on_failed)

    def _on_checked(self, _connection: Connection | None) -> None:
        self._say(_("The keys work."), "well")
        self._refused = False
        self._show_state()

    def _on_done(self, _connection: Connection | None) -> None:
        self._say("")

    def _on_failed(self, error: Exception) -> None:
        self._refused = isinstance(error, PublishError) and error.reason is Reason.KEYS_REFUSED
        words = sign_in_trouble(error)
        if self._refused:
            words = _(
                "X no longer accepts these keys. Erase them, then paste the four "
                "that X’s page gives now; or go on in the browser."
            )
        self._say(words, "stop")
        self._show_state()

    # --- forgetting ------------------------------------------------------------------------

    def _on_forget(self) -> None:
        self._say("")
        self._asks.ask(self._handle)

    def _on_forget_not(self) -> None:
        self._asks.hide()
        self._forget.setFocus()

    def _on_forget_sure(self) -> None:
        self._asks.hide()
        self._refused = False
        self._say(_("The keyring is asked; your computer may want a password…"))
        self._connections.forget(self, self._on_done, self.not_forgotten.emit)

    def _say(self, words: str, tone: Tone = "plum") -> None:
        self._said.say(words, tone)
        announce(self, words)


class _Asks(Card):
    """A question to confirm that the keys are to be erased."""

    def __init__(self, sure: Callable[[], object], not_now: Callable[[], object]) -> None:
        super().__init__(edge="look", padding=theme.Space.GAP, spacing=theme.Space.BESIDE)
        self._words = Text("", "strong")
        self._sure = Button(_("Yes, erase them"), "danger", clicked=sure)
        self._not = Button(_("Change nothing"), clicked=not_now)
        self.add(
            self._words,
            Text(
                _(
                    "They are deleted from this computer, for every chat. On X nothing changes: "
                    "you can paste them again if you have them elsewhere."
                ),
                "small",
            ),
            FlowLayout(self._sure, self._not),
        )

    def ask(self, handle: str) -> None:
        self._words.setText(_("Erase the keys of @{handle}?").format(handle=handle))
        self.show()
        self._not.setFocus()


def _show(label: Text, words: str) -> None:
    if label.text() != words:
        label.setText(words)
