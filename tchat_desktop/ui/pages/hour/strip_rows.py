"""The two rows of the strip, which leave out what counts least, and the texts in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.strip_words import NextWords
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.spread_row import SpreadRow
from tchat_desktop.ui.widgets.text import ElidedText, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone


class StripRow(SpreadRow):
    """A row that leaves out one widget after the other until the rest has room."""

    def __init__(
        self,
        elastic: QWidget,
        *widgets: QWidget,
        least: int,
        least_of_all: int = 0,
        least_wanted: Sequence[QWidget],
    ) -> None:
        """`least_wanted` are those that may be left out, the first one first.

        `elastic`, when its turn comes, is content with `least_of_all` pixels. It is never left out,
        so that the last widget stays at the far end, and knows by itself what to show.
        """
        super().__init__(elastic, *widgets, least=least)
        self._usual_least, self._least_of_all = least, least_of_all
        self._least_wanted = least_wanted
        # In this order they are laid out; `elastic` may be among them.
        self._in_row = tuple(dict.fromkeys(widgets))

    def fit(self, wanted: Collection[QWidget], width: int) -> Sequence[QWidget]:
        """Show those of `wanted` that have room in one row; return what is left out."""
        kept = [one for one in self._in_row if one in wanted]
        left_out = []
        least = self._usual_least
        for one in self._least_wanted:
            if self.room_for_elastic(kept, width) >= least:
                break
            if one is self._elastic:
                least = self._least_of_all
            elif one in kept:
                kept.remove(one)
                left_out.append(one)
        self._show(kept, least)
        return left_out

    def show_only(self, wanted: Collection[QWidget]) -> None:
        """Show these, and wrap them where they have no room."""
        self._show(wanted, self._usual_least)

    def _show(self, wanted: Collection[QWidget], least: int) -> None:
        if least != self._least:
            self._least = least
            self.invalidate()
        for one in self._in_row:
            if one.isHidden() is (one in wanted):
                one.setVisible(one in wanted)

    @property
    def gap(self) -> int:
        """The space between what stands in it, in pixels."""
        return self._gap

    def height_of(self, wanted: Collection[QWidget], width: int) -> int:
        """Return how high the row is, in pixels, with all of `wanted` beside each other."""
        sizes = [self._size_in(one, width) for one in wanted if one is not self._elastic]
        return max((size.height() for size in sizes), default=0)

    def room_for_elastic(self, wanted: Collection[QWidget], width: int) -> int:
        """Return the width in pixels that the others of `wanted` leave to the elastic widget."""
        others = [one for one in wanted if one is not self._elastic]
        return width - self._width_of(others, width) - (self._gap if others else 0)

    def _width_of(self, widgets: Sequence[QWidget], width: int) -> int:
        wide = sum(self._size_in(one, width).width() for one in widgets)
        return wide + self._gap * max(0, len(widgets) - 1)


class StripNotice(Notice):
    """The warning of the strip; where there is little room it is one line that ends in "…".

    The whole sentence is its name, and then also its tool tip.
    """

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self._tone: Tone = "plain"
        self._one_line = False
        # Hardly any room above and below: it has to do with what is free below the first row.
        sides, low = self._row.contentsMargins(), theme.px(theme.Space.HAIR)
        self._row.setContentsMargins(sides.left(), low, sides.right(), low)

    @property
    def text(self) -> str:
        return self._whole

    @property
    def said(self) -> tuple[str, Tone]:
        """The sentence and its tone."""
        return self._whole, self._tone

    def say(self, text: str, tone: Tone, button: Button | None = None) -> None:
        self._whole, self._tone = text, tone
        super().say(text, tone, button)
        self._show_words()

    def be_one_line(self, one_line: bool) -> None:
        """Show one line alone, or else the whole sentence."""
        if one_line is not self._one_line:
            self._one_line = one_line
            self._label.setWordWrap(not one_line)
            self._show_words()

    def height_in_full(self, width: int) -> int:
        """Return how high it is, in pixels, when the whole sentence shows in that width."""
        sides = self._row.contentsMargins()
        room = QRect(0, 0, width - sides.left() - sides.right(), 1)
        wraps = Qt.TextFlag.TextWordWrap
        words = self._label.fontMetrics().boundingRect(room, wraps, self._whole)
        return words.height() + sides.top() + sides.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._one_line:
            self._show_words()

    def _show_words(self) -> None:
        shown = self._whole
        if self._one_line:
            sides = self._row.contentsMargins()
            room = self.width() - sides.left() - sides.right()
            elided = Qt.TextElideMode.ElideRight
            shown = " · ".join(shown.splitlines())
            shown = self._label.fontMetrics().elidedText(shown, elided, room)
        if shown != self._label.text():
            self._label.setText(shown)
        # A screen reader that goes through the lines hears it all.
        self._label.setAccessibleName(self._whole)
        set_tip(self._label, self._whole if shown != self._whole else "")


class StripTitle(Text):
    """The title, such as "Live"; it has room for the longest, so that what follows never moves."""

    def __init__(self, rehearsing: bool) -> None:
        super().__init__(_("Rehearsal"), "title", wrap=False)
        if rehearsing:
            return
        for words in (_("Closed here"), _("Finished"), _("Soon"), _("Live")):
            self.setText(words)
            self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))

    def show_words(self, words: str) -> None:
        """Show another title."""
        if words != self.text():
            self.setText(words)


class StripNext(ElidedText):
    """What leaves next; its figures do not tremble. Where it has no room it shows nothing."""

    elided = Qt.TextElideMode.ElideMiddle
    """The time at its end counts most."""

    def __init__(self) -> None:
        super().__init__("", "strong")
        self.setFont(theme.tabular(self.font()))

    @property
    def least(self) -> int:
        """The width in pixels in which the shortest of its texts is read whole."""
        self.ensurePolished()
        words = _("{post} in {time}").format(post="Q88", time="88:88")
        return self.fontMetrics().horizontalAdvance(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def elide(self, room: int) -> str:
        return super().elide(room) if room >= self.least else ""

    def show_words(self, words: NextWords) -> None:
        """Show what leaves next, by its whole name for a screen reader."""
        if words.name != self.accessibleName():
            self.show_text(words.shown)
            self.setAccessibleName(words.name)
