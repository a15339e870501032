"""The notice that keys stopped working during the chat: what happened, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    BARRED_EVERYWHERE,
    MONEY_FAILS,
    OutboxPost,
    Reason,
)
from tchat_desktop.domain.x import links
from tchat_desktop.services.accounts import Connection
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import said_by_x
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.focus_ring import stand_for_keyboard
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.reasons import fact_words


class KeysNotice(QFrame):
    """One notice for the whole hour, instead of one failure after another.

    `account` returns the connected account or None.
    """

    connection_wanted = Signal()

    def __init__(
        self,
        hour: HourPort,
        open_page: Callable[[str], None],
        account: Callable[[], Connection | None],
    ) -> None:
        super().__init__()
        self._hour = hour
        self._open_page = open_page
        self._account = account
        self.setProperty("notice", "look")
        stand_for_keyboard(self)
        self._happened = Text("", "strong")
        self._safe = Text("")
        self._look = Button(_("Open x.com"), clicked=self._on_look)
        # It opens at once the pages of the posts that the keys did not publish.
        self._without = PublishButton(_("Go on in the browser"), clicked=hour.go_on_without_keys)
        self._again = Button(_("Go on with the keys"), clicked=self._on_again)
        self._reconnect = Button(_("Reconnect"), clicked=self.connection_wanted.emit)
        self._credit = Button(_("Add credit on X"), clicked=self._on_credit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.Space.UNDER_HEADING),) * 4)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._happened)
        layout.addWidget(self._safe)
        layout.addLayout(
            FlowLayout(
                self._look,
                self._without,
                self._again,
                self._reconnect,
                self._credit,
                spacing=theme.Space.NEAR,
            )
        )
        self.hide()

    def show_view(self, view: HourView) -> None:
        """Show what is wrong with the keys of the hour, if anything is."""
        failed, trouble = view.keys_failure, view.keys_trouble
        if trouble is not None:
            self._say(*_trouble_words(trouble, view))
        elif failed is not None:
            self._say(*_connected_words())
        elif view.without_keys:
            self._say(
                _("The chat goes on in the browser."),
                _("Each post opens ready in your browser at its time: you press “Post” there."),
            )
        reason = trouble.reason if trouble is not None else Reason.NONE
        of_money, of_account = reason in MONEY_FAILS, reason in ACCOUNT_FAILS
        self.setVisible(failed is not None or view.without_keys)
        self._offer(
            {
                self._look: of_account,
                self._without: trouble is not None and reason not in BARRED_EVERYWHERE,
                self._again: failed is None or of_account,
                self._reconnect: trouble is not None and not of_money and not of_account,
                self._credit: of_money,
            }
        )

    def _offer(self, wanted: Mapping[Button, bool]) -> None:
        """Show the wanted buttons, then hide the others and move the focus from them."""
        offered = [button for button, there in wanted.items() if there]
        for button in offered:
            button.show()
        for button in wanted.keys() - set(offered):
            if button.hasFocus() and offered:
                offered[0].setFocus()
            button.hide()

    def _say(self, happened: str, safe: str) -> None:
        if (happened, safe) != (self._happened.text(), self._safe.text()):
            self._happened.setText(happened)
            self._safe.setText(safe)
            self.setAccessibleName(f"{happened} {safe}")

    def _on_again(self) -> None:
        if self._account() is not None:
            self._hour.go_on_with_keys()
        else:
            self.connection_wanted.emit()

    def _on_look(self) -> None:
        self._open_page(links.HOME)

    def _on_credit(self) -> None:
        self._open_page(links.CONSOLE)


def _trouble_words(failed: OutboxPost, view: HourView) -> tuple[str, str]:
    if failed.reason in ACCOUNT_FAILS:
        return fact_words(failed.reason), _account_words(failed)
    count = view.to_come_by_keys
    words = ngettext(
        "Nothing is lost: the post to come can open in your browser at its time.",
        "Nothing is lost: the {count} posts to come can open in your browser at their time.",
        count,
    )
    return fact_words(failed.reason), words.format(count=count)


def _account_words(failed: OutboxPost) -> str:
    """Return what happens to the posts to come once X has refused the account itself."""
    if failed.reason in BARRED_EVERYWHERE:
        rest = _("The posts to come are no longer tried with keys. None is lost: they stay here.")
    else:
        rest = _("Nothing is lost: the posts to come open in your browser at their time.")
    return f"{rest} {said_by_x(failed)}".strip()


def _connected_words() -> tuple[str, str]:
    return (
        _("The account is connected again."),
        _("The posts to come leave by themselves. What did not leave can be tried again."),
    )
