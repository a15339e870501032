"""The cost of publishing with keys: the price, the ceiling, and the posts that are expensive."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.routes import Price, Usual, action_of
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x.post_text import without_links
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.connection.link_rows import LinkedPost, LinkRows, LinkState
from tchat_desktop.ui.pages.connection.spent_part import SpentPart
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import (
    _,
    format_day,
    format_dollars,
    format_number,
    format_price,
    ngettext,
)

HIGHEST_CENTS = 1_000_000
"""The highest ceiling in US cents (10,000 dollars): more is a typing error."""


def cents_typed(text: str) -> int | None:
    """Return the US cents of an amount as people type it ("5", "5,50", "5 USD"), or None."""
    bare = re.sub(r"(?i)[\s$]|usd?", "", text)
    found = re.fullmatch(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?", bare)
    if found is None:
        return None
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return cents if cents <= HIGHEST_CENTS else None


def linked_posts(
    items: Sequence[RunItem], left_out: Mapping[str, str], rules: NetworkRules
) -> tuple[LinkedPost, ...]:
    """Return the posts that links make expensive, and those whose link was removed.

    `left_out` maps the key of an item to its text without the link.
    """
    posts = []
    for item in items:
        action = action_of(item.text, rules)
        if action is Action.POST_WITH_LINK:
            state = LinkState.BY_PAGE if item.by_page else LinkState.BY_KEYS
        elif left_out.get(item.key) == item.text:
            state = LinkState.LEFT_OUT
        else:
            continue
        posts.append(
            LinkedPost(
                item.key,
                item_title(item),
                item.offset,
                state,
                format_price(rules.platform.cents[action]),
                _says_something(without_links(item.text)),
            )
        )
    return tuple(posts)


def _says_something(text: str) -> bool:
    tags = {f"#{tag}" for tag in NETWORK.hashtags(text)}
    return any(word not in tags for word in text.split())


def price_words(price: Price, rules: NetworkRules, usual: Usual, by_page: int = 0) -> str:
    """Return the estimated price of the chat in sentences that say what was counted.

    `by_page` is the number of posts that leave by X's page; they are not in the price.
    """
    free = ngettext(
        "{count} more post goes in the browser, free.",
        "{count} more posts go in the browser, free.",
        by_page,
    ).format(count=by_page)
    posts = ngettext("{count} post", "{count} posts", price.posts).format(count=price.posts)
    if price.with_links:
        linked = ngettext("{count} with a link", "{count} with links", price.with_links)
        posts += f" ({linked.format(count=price.with_links)})"
    words = _(
        "With keys, this chat would cost about {amount}. Counted: {posts} of yours, "
        "{reposts} reposts, {replies} replies, and {reads} posts of {people} participants to read. "
        "Prices of X on {day}."
    ).format(
        amount=format_dollars(price.total_cents),
        posts=posts,
        reposts=usual.reposts,
        replies=usual.replies,
        reads=usual.posts_read,
        people=usual.people_read,
        day=format_day(rules.platform.as_of, with_year=True, with_weekday=False),
    )
    return f"{words} {free}" if by_page else words


class SpendingCard(Card):
    """The price, the ceiling, the amount spent, and the posts with links."""

    limit_changed = Signal(int)
    """Emitted with the ceiling for the chat, in US cents."""
    step_wanted = Signal(StepId)

    def __init__(self, rules: NetworkRules) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._rules = rules
        self._cents = 0
        self._total = 0.0
        self._price = Text("")
        self.limit = LineEdit(Cap.NAME)
        self.limit.setMaximumWidth(theme.px(theme.Width.AMOUNT))
        self.limit.textEdited.connect(self._on_edited)
        self.limit.editingFinished.connect(self._on_finished)
        self._field = Field(
            _("Do not spend more than, in dollars"),
            self.limit,
            _("For this chat alone. Counted before a post leaves, never after."),
        )
        self.spent = SpentPart(rules)
        self._links = QWidget()
        self.rows = LinkRows()
        links = QVBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(theme.px(theme.Space.NEAR))
        links.addWidget(Text(_("Posts with a link"), "label"))
        links.addWidget(Text(self._advice_words(), "small"))
        links.addWidget(self.rows)
        links.addLayout(
            FlowLayout(Button(_("Change them in the run sheet"), "link", "next", self._to_sheet))
        )
        self.add(
            Text(_("What it costs"), "heading"),
            self._price,
            self.spent,
            self._field,
            Text(
                _(
                    "At this amount, nothing more leaves with the keys: the posts that "
                    "are left are offered in the browser, which is free. Nothing is "
                    "lost."
                ),
                "small",
            ),
            self._links,
        )

    @property
    def verdict(self) -> str:
        """The message about the ceiling."""
        return self._field.verdict

    def show_price(self, words: str, total_cents: float, posts: Sequence[LinkedPost]) -> None:
        """Show the price in words and in US cents, and the posts with links."""
        if self._price.text() != words:
            self._price.setText(words)
        self._total = total_cents
        self._links.setHidden(not posts)
        self.rows.show_posts(posts)
        self._judge(self._cents)

    def show_limit(self, cents: int) -> None:
        """Show the ceiling (US cents); a field that is being typed in has the same amount."""
        self._cents = cents
        if cents_typed(self.limit.text()) != cents and not self._being_typed():
            self.limit.setText(_amount(cents))
        self._judge(cents)

    def _being_typed(self) -> bool:
        return self.limit.hasFocus() and cents_typed(self.limit.text()) is None

    def _advice_words(self) -> str:
        return _(
            "X charges {dear} for a post with a link, and {cheap} for one "
            "without. Put the address in your profile on X and write “link in "
            "our profile”, or publish these posts in the browser."
        ).format(
            dear=format_price(self._rules.platform.cents[Action.POST_WITH_LINK]),
            cheap=format_price(self._rules.platform.cents[Action.POST]),
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
        """Show the ceiling in its usual form, also when no amount was typed."""
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
            words = _("Less than the price above: the last posts would go in the browser.")
        if words != self._field.verdict:
            self._field.say(words, "look")

    def _to_sheet(self) -> None:
        self.step_wanted.emit(StepId.RUN_SHEET)


def _amount(cents: int) -> str:
    """Return an amount in US cents without its currency sign, as it is typed: "5,50"."""
    whole, rest = divmod(cents, 100)
    # The decimal sign of the language is the second character of "0,5".
    return f"{whole}{format_number(0.5)[1]}{rest:02}" if rest else str(whole)
