"""What a chat has cost so far: the total, and the lines of the bill."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.spending import BillLine, Statement
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.placing import take_all_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_dollars, format_number, format_price, ngettext


def line_words(line: BillLine) -> str:
    """Return what a line of the bill counts, with its number."""
    count = line.count
    words = {
        Action.POST: ngettext("{count} post", "{count} posts", count),
        Action.POST_WITH_LINK: ngettext(
            "{count} post with a link", "{count} posts with a link", count
        ),
        Action.REPLY: ngettext("{count} reply", "{count} replies", count),
        Action.OWN_REPLY: ngettext(
            "{count} reply to your own post", "{count} replies to your own posts", count
        ),
        Action.REPOST: ngettext("{count} repost", "{count} reposts", count),
        Action.READ_POST: ngettext(
            "{count} post read under the tag", "{count} posts read under the tag", count
        ),
        Action.READ_USER: ngettext("{count} account read", "{count} accounts read", count),
        Action.READ_OWN: ngettext(
            "{count} post of yours looked up", "{count} posts of yours looked up", count
        ),
    }[line.action]
    return words.format(count=format_number(count))


class SpentPart(QWidget):
    """The part of the card with the amount spent; hidden while nothing was spent."""

    def __init__(self, rules: NetworkRules) -> None:
        super().__init__()
        self._rules = rules
        self._shown: Statement | None = None
        self._sum = Text("", "strong")
        self._perhaps = Text("", "small")
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(theme.Space.UNDER_HEADING))
        self._grid.setVerticalSpacing(theme.px(theme.Space.LINE))
        self._grid.setColumnStretch(0, 1)
        self.fold = Fold(_("What this is made of"), self._lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        layout.addWidget(self._sum)
        layout.addWidget(self._perhaps)
        layout.addWidget(
            Text(
                _("This is our own count. What X really charges is in its console, and counts."),
                "small",
            )
        )
        layout.addWidget(self.fold)
        self.hide()

    def show_statement(self, statement: Statement) -> None:
        """Show the amount spent; the details stay folded or unfolded."""
        if statement == self._shown:
            return
        self._shown = statement
        spent = statement.spent
        amount = format_dollars(spent.at_most)
        self._sum.setText(_("Already spent on this chat: {amount}").format(amount=amount))
        words = _("of which {amount} not certain: X may charge what it refused or lost.")
        self._perhaps.setText(words.format(amount=format_dollars(spent.perhaps)))
        self._perhaps.setVisible(spent.perhaps > 0)
        take_all_away(self._grid)
        for number, line in enumerate(statement.lines):
            each = format_price(self._rules.platform.cents[line.action])
            self._grid.addWidget(Text(line_words(line)), number, 0)
            price = Text(f"× {each}", "small", wrap=False)
            self._grid.addWidget(price, number, 1, Qt.AlignmentFlag.AlignRight)
            total = Text(f"= {format_price(line.cents)}", "strong", wrap=False)
            self._grid.addWidget(total, number, 2, Qt.AlignmentFlag.AlignRight)
        self.fold.setVisible(bool(statement.lines))
        self.setVisible(spent.at_most > 0)
