"""The page of the step "connection": by which way the posts leave, and what it costs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.chat_fields import Use, part_of
from tchat_desktop.domain.keys_rule import keys_trouble
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, Reason
from tchat_desktop.domain.people import normalise_handle
from tchat_desktop.domain.routes import Usual, chat_price
from tchat_desktop.domain.spending import Statement
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.x.post_text import without_links
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import OutboxChanged, ReadsCounted
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.connection.keys_panel import KeysPanel
from tchat_desktop.ui.pages.connection.spending_card import SpendingCard, linked_posts, price_words
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.proposed_line import ProposedLineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.handle_words import handle_words
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.step_titles import step_title

log = logging.getLogger(__name__)

USUAL = Usual()
"""What a usual chat adds to the posts of the run sheet, for the estimate of the price."""

_WAYS = {
    Route.ASSISTED: (
        N_("In the browser (recommended)"),
        N_("Each post opens ready in your browser; you press “Post”. Free, nothing to install."),
    ),
    Route.KEYS: (
        N_("With the organisation’s keys"),
        N_("The posts leave by themselves at their time. X charges for each one."),
    ),
    Route.REHEARSAL: (
        N_("Rehearsal only"),
        N_("Nothing leaves this computer. To learn, or to show the tool to your team."),
    ),
}

_HAPPENS = {
    Route.ASSISTED: (
        N_("At its time, each post opens in your browser, already written."),
        N_("You press “Post” there, then “Yes, it is published” here."),
        N_("You read the tag on X, and paste its page here: its posts are taken all at once."),
    ),
    Route.KEYS: (
        N_("Each post is counted down, then leaves by itself; you can hold everything at once."),
        N_("What is said under the tag arrives here by itself."),
        N_("What the keys may not do opens in your browser, ready to be posted."),
    ),
    Route.REHEARSAL: (
        N_("The chat runs as for real, with a made-up public."),
        N_("Nothing is published: the real chat needs one of the two other ways."),
        N_("You can change your mind at any time before the chat."),
    ),
}


class ConnectionPage(Page):
    """The page on which the organiser chooses how the posts leave."""

    step = StepId.CONNECTION

    def __init__(
        self,
        editor: ChatEditor,
        rules: NetworkRules,
        texts_of: Callable[[str], Texts],
        connections: AccountsPort,
        open_page: Callable[[str], None],
        bridge: Bridge,
        spending_of: Callable[[str], Statement],
    ) -> None:
        super().__init__(
            step_title(StepId.CONNECTION),
            _("How will your posts reach X (Twitter)? You can change your mind until the chat."),
        )
        self._editor = editor
        self._rules = rules
        self._texts_of = texts_of
        self._priced: object = None
        self._bridge = bridge
        self._spending_of = spending_of
        self._with_links: dict[str, tuple[str, str]] = {}
        """For a post by its key: its text before its link was removed, and after."""
        self._connections = connections
        self.keys_panel = KeysPanel(connections, open_page)
        self.keys_panel.account_wanted.connect(self._on_account_wanted)
        self.spending = SpendingCard(rules)
        self.spending.limit_changed.connect(self._on_limit_changed)
        self.spending.step_wanted.connect(self.step_wanted)
        self.spending.rows.leave_out_wanted.connect(self._on_leave_out_wanted)
        self.spending.rows.put_back_wanted.connect(self._on_put_back_wanted)
        self.spending.rows.way_wanted.connect(self._on_way_wanted)
        self._keys_told: OutboxPost | None = None
        self.keys_panel.form.answered.connect(self._on_keys_answered)
        bridge.reads_counted.connect(self._on_money_changed)
        bridge.outbox_changed.connect(self._on_money_changed)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        connections.changed.connect(self._on_connection_changed)
        self._happens = Card(spacing=theme.Space.BESIDE)
        self._lines = [Text(""), Text(""), Text("")]
        self._happens.add(Text(_("During the chat"), "heading"), *self._lines)
        self.add(self._ways_card(), self.keys_panel, self.spending, self._happens)
        self._without = AdviceCard(
            _("Why in the browser?"),
            _(
                "Your account on X is enough: no keys to ask for, no bank card. You see each post "
                "in its place before it is public, which reassures on a first chat."
            ),
        )
        self._never = AdviceCard(
            _("Your keys are yours alone"),
            _(
                "Give them to nobody, not even to someone who wants to help you. In doubt, make "
                "them anew on X’s page: the old ones stop working at once."
            ),
        )
        self.add_advice(self._without, self._never)

    def _ways_card(self) -> Card:
        self._choices: dict[Route, WideChoice] = {}
        self._group = QButtonGroup(self)
        ways = Card(spacing=theme.Space.BESIDE)
        roles.give(ways, "group", _("How do the posts leave?"))
        ways.add(Text(_("How do the posts leave?"), "label"))
        for route, (title, text) in _WAYS.items():
            # To choose keys asks the keyring of the system: not by passing over it.
            choice = WideChoice(_(title), _(text), arrows_choose=False)
            choice.clicked.connect(self._on_way_chosen)
            self._group.addButton(choice)
            self._choices[route] = choice
            ways.add(choice)
        self._price = Text("", "small")
        self._account = ProposedLineEdit(Cap.LINE)
        self._account.setPlaceholderText(_("Example: @voixdesfilles"))
        self._account.textEdited.connect(self._on_account_edited)
        self._account_field = Field(_("The account your chat posts from, on X"), self._account)
        ways.add(self._price, self._account_field)
        return ways

    def show_chat(self, chat: Chat) -> None:
        """Show the chosen way; a field that is being typed in has the same text already."""
        for route, choice in self._choices.items():
            choice.setChecked(chat.route is route)
        if chat.route is None:
            self._uncheck()
        by_keys = chat.route is Route.KEYS
        self.keys_panel.setVisible(by_keys)
        self.spending.setVisible(by_keys)
        self._price.setVisible(not by_keys)
        self._without.setVisible(not by_keys)
        self._never.setVisible(by_keys)
        if by_keys:
            self.keys_panel.show_account_wanted(chat.account)
        self.spending.show_limit(chat.spending_limit_cents)
        if normalise_handle(self._account.text(), NETWORK) != chat.account:
            self._account.setText(chat.account)
            self._account_field.say(handle_words(chat.account, NETWORK), "stop")
        self._happens.setVisible(chat.route is not None)
        if chat.route is not None:
            for line, words in zip(self._lines, _HAPPENS[chat.route], strict=True):
                line.setText("• " + _(words))
        self._show_price(chat, self._texts_of(chat.language))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_spending()
        if self._show_trouble():
            self._on_keys_answered()

    def _ask_spending(self) -> None:
        chat_id = self._editor.chat.id
        self._bridge.run(
            self,
            lambda: self._spending_of(chat_id),
            self.spending.spent.show_statement,
            _not_known,
        )

    def _on_money_changed(self, event: ReadsCounted | OutboxChanged) -> None:
        if event.chat_id == self._editor.chat.id and self.isVisible():
            self._ask_spending()

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.chat_id == self._editor.chat.id and event.occasion is Occasion.LIVE:
            self._keys_told = event.keys_told
            self._show_trouble()

    def _show_trouble(self) -> bool:
        """Show on the account card what was noticed about its keys; return whether they fail."""
        connection = self._connections.current()
        connected_at = connection.connected_at if connection is not None else None
        trouble = keys_trouble(self._keys_told, connected_at)
        self.keys_panel.account.show_trouble(trouble.reason if trouble is not None else Reason.NONE)
        return trouble is not None

    def _on_keys_answered(self) -> None:
        # After the layout, when the widget has its position.
        QTimer.singleShot(0, self, self._show_answer)

    def _show_answer(self) -> None:
        self.ensureWidgetVisible(self.keys_panel.answer)

    def _uncheck(self) -> None:
        """Select no way: undoing may restore a chat for which none was chosen."""
        self._group.setExclusive(False)
        for choice in self._choices.values():
            choice.setChecked(False)
        self._group.setExclusive(True)

    def _show_price(self, chat: Chat, texts: Texts) -> None:
        # Typing that changes no post must not build the run sheet again.
        priced = part_of(chat, Use.IN_POSTS)
        if priced == self._priced:
            return
        self._priced = priced
        items = run_sheet.build_run_sheet(chat, texts).items
        posts = [item.text for item in items if not item.by_page]
        price = chat_price(posts, self._rules, USUAL)
        by_page = len(items) - len(posts)
        words = price_words(price, self._rules, USUAL, by_page)
        self._price.setText(words)
        left_out = {key: after for key, (_before, after) in self._with_links.items()}
        linked = linked_posts(items, left_out, self._rules)
        self.spending.show_price(words, price.total_cents, linked)

    def _on_way_chosen(self) -> None:
        chosen = next(route for route, one in self._choices.items() if one.isChecked())
        self._editor.edit(replace(self._editor.chat, route=chosen))

    def _on_limit_changed(self, cents: int) -> None:
        self._editor.edit(
            replace(self._editor.chat, spending_limit_cents=cents), field="spending_limit"
        )

    def _on_leave_out_wanted(self, key: str) -> None:
        chat = self._editor.chat
        texts = self._texts_of(chat.language)
        before = run_sheet.build_run_sheet(chat, texts).item(key).text
        after = without_links(before)
        self._with_links[key] = (before, after)
        self._editor.edit(run_sheet.with_item_text(chat, key, after, texts))

    def _on_put_back_wanted(self, key: str) -> None:
        chat = self._editor.chat
        before, _after = self._with_links[key]
        texts = self._texts_of(chat.language)
        self._editor.edit(run_sheet.with_item_text(chat, key, before, texts))

    def _on_way_wanted(self, key: str, by_page: bool) -> None:
        self._editor.edit(run_sheet.with_way(self._editor.chat, key, by_page))

    def _on_account_edited(self, typed: str) -> None:
        handle = normalise_handle(typed, NETWORK)
        self._account_field.say(handle_words(handle, NETWORK), "stop")
        if handle != self._editor.chat.account:
            self._editor.edit(replace(self._editor.chat, account=handle), field="account")

    def _on_account_wanted(self, handle: str) -> None:
        self._editor.edit(replace(self._editor.chat, account=handle))

    def _on_connection_changed(self) -> None:
        """Make the connected account that of the chat, when the chat has none yet."""
        connection = self._connections.current()
        if connection is not None and not self._editor.chat.account:
            self._on_account_wanted(connection.account.handle)
        self._show_trouble()


def _not_known(error: Exception) -> None:
    """Log that the spending is not known; it is not shown, and price and ceiling remain valid."""
    log.warning("what was spent is not known: %r", error)
