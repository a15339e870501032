"""What the hour costs with keys, the amount not to go over, and the posts that make it dear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.routes import Action, Platform, Price, action_of
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.i18n import _, format_day, format_dollars, format_number, ngettext
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.before.post_words import item_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text

HIGHEST_CENTS = 1_000_000
"""Ten thousand dollars: more is a slip of the finger."""


def cents_typed(text: str) -> int | None:
    """The US cents of an amount as people type it: "5", "5,50", "$ 5.5"; None when it is none."""
    bare = re.sub(r"(?i)[\s$]|us|usd", "", text)
    found = re.fullmatch(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?", bare)
    if found is None:
        return None
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return cents if cents <= HIGHEST_CENTS else None


def linked_items(items: Sequence[RunItem]) -> tuple[RunItem, ...]:
    """The posts whose links make them dear."""
    return tuple(item for item in items if action_of(item.text) is Action.POST_WITH_LINK)


def price_words(price: Price, platform: Platform, reposts: int, replies: int, reads: int) -> str:
    """What the whole chat would cost, in one sentence that says what was counted."""
    linked = ngettext("{count} with a link", "{count} with links", price.with_links).format(
        count=price.with_links
    )
    return _(
        "With keys, this chat would cost about {amount}: {posts} posts ({linked}), "
        "{reposts} reposts, {replies} replies and {reads} posts read. "
        "Prices of X on {day}."
    ).format(
        amount=format_dollars(price.total_cents),
        posts=price.posts,
        linked=linked,
        reposts=reposts,
        replies=replies,
        reads=reads,
        day=format_day(platform.as_of, with_year=True),
    )


class SpendingCard(Card):
    """The price, the ceiling, and the posts with links."""

    limit_changed = Signal(int)
    """The ceiling of the hour as it should be, in US cents."""
    step_wanted = Signal(StepId)

    def __init__(self, platform: Platform) -> None:
        super().__init__(spacing=12)
        self._platform = platform
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._cents = 0
        self._total = 0.0
        self._price = Text("")
        self.limit = QLineEdit()
        self.limit.setMaximumWidth(theme.px(150))
        self.limit.textEdited.connect(self._on_edited)
        self.limit.editingFinished.connect(self._on_finished)
        self._field = Field(
            _("Do not spend more than, in dollars"),
            self.limit,
            _("For this chat alone. Counted before a post leaves, never after."),
        )
        self._links = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        links = QVBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(theme.px(6))
        links.addWidget(Text(_("Posts with a link"), "label"))
        links.addLayout(self._rows)
        self._advice = Text("", "small")
        links.addWidget(self._advice)
        links.addLayout(
            FlowLayout(Button(_("Change them in the run sheet"), "link", "next", self._to_sheet))
        )
        self.add(
            Text(_("What it costs"), "heading"),
            self._price,
            self._field,
            Text(
                _(
                    "At this amount, nothing more leaves with the keys: for each post that is left "
                    "you are offered X’s web page, which is free. Nothing is lost."
                ),
                "small",
            ),
            self._links,
        )

    @property
    def verdict(self) -> str:
        """What is said about the ceiling."""
        return self._field.verdict

    def show_price(self, words: str, total_cents: float, items: Sequence[RunItem]) -> None:
        """Show the price, and the posts with links among those of the hour."""
        if self._price.text() != words:
            self._price.setText(words)
        self._total = total_cents
        dear = format_dollars(self._platform.cents[Action.POST_WITH_LINK])
        linked = tuple((item_title(item), dear) for item in linked_items(items))
        self._links.setHidden(not linked)
        if linked != self._shown:
            self._shown = linked
            self._show_links(linked)
        self._judge(self._cents)

    def show_limit(self, cents: int) -> None:
        """Show the ceiling; the field being typed in means the same already."""
        self._cents = cents
        if cents_typed(self.limit.text()) != cents and not self._being_typed():
            self.limit.setText(_amount(cents))
        self._judge(cents)

    def _being_typed(self) -> bool:
        return self.limit.hasFocus() and cents_typed(self.limit.text()) is None

    def _show_links(self, linked: Sequence[tuple[str, str]]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for title, price in linked:
            line, both = QWidget(), row(Text(title), Text(price, "strong", wrap=False))
            both.setStretch(0, 1)
            line.setLayout(both)
            self._rows.addWidget(line)
        self._advice.setText(
            _(
                "X charges {dear} for a post with a link, and {cheap} cents for one without. "
                "Put the address in your profile on X and write “link in our profile”, or publish "
                "these posts by the web page."
            ).format(
                dear=format_dollars(self._platform.cents[Action.POST_WITH_LINK]),
                cheap=format_number(self._platform.cents[Action.POST]),
            )
        )

    def _on_edited(self, text: str) -> None:
        cents = cents_typed(text)
        if cents is None:
            words = _("Write an amount such as {example}. Until then it stays {amount}.")
            words = words.format(example=_amount(550), amount=format_dollars(self._cents))
            self._field.say(words, "stop")
        else:
            self._judge(cents)
            self.limit_changed.emit(cents)

    def _on_finished(self) -> None:
        """Put right what was typed, also when it was no amount."""
        if self.limit.text() != _amount(self._cents):
            self.limit.setText(_amount(self._cents))
        self._judge(self._cents)

    def _judge(self, cents: int) -> None:
        if self._being_typed():
            return
        words = ""
        if cents == 0:
            words = _("With nothing to spend, no post leaves with the keys.")
        elif cents < self._total:
            words = _("Less than the price above: the last posts would be left to the web page.")
        if words != self._field.verdict:
            self._field.say(words, "look")

    def _to_sheet(self) -> None:
        self.step_wanted.emit(StepId.RUN_SHEET)


def _amount(cents: int) -> str:
    """An amount without its sign, as it is typed: "5,50"."""
    whole, rest = divmod(cents, 100)
    # The language's own sign between dollars and cents stands second in "0,5".
    return f"{whole}{format_number(0.5)[1]}{rest:02}" if rest else str(whole)
