"""The rail: every step of the guide with its state, in words and shape first, then in colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tchat_desktop.domain.step_states import Stage, StepState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import stage_title

WIDTH = 256
_WIDEST = 320
"""Where the names of the steps need more than `WIDTH`, in a wider font, the rail is wider."""

LEAST_HEIGHT = 32
"""Of a step, in pixels: on a low window those of one line come closer, before the last ones leave
the screen."""

BESIDE = 54
"""Pixels beside the words of a step: the badge, and the edges."""


_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


@dataclass(frozen=True, slots=True)
class RailEntry:
    """What the rail shows of one step."""

    step: StepId
    stage: Stage
    number: int
    title: str
    state: StepState
    line: str
    """What stands under the title, if there is more to say than the badge does."""
    spoken: str
    """How a screen reader calls it."""
    waits: bool = False
    """Whether it comes after the chat, which was not held yet."""
    too_late: bool = False
    """Whether what is left of it can be done no more, since the chat has begun."""


class _RailButton(QAbstractButton):
    """A badge, a title and a line below it; painted, so that it looks alike on every system."""

    move_wanted = Signal(int)
    """Emitted with the key by which the keyboard is to move on in the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        # One of the list takes Tab, see Rail.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme.px(theme.Height.RAIL_ROW))
        self._badge = ""
        self._state = StepState.TODO
        self._title = ""
        self._detail = ""

    def show_entry(
        self, badge: str, state: StepState, title: str, detail: str, spoken: str
    ) -> None:
        """Show a step (or a folded stage)."""
        self.setAccessibleName(spoken)
        if (badge, state, title, detail) == (self._badge, self._state, self._title, self._detail):
            return
        self._badge, self._state, self._title, self._detail = badge, state, title, detail
        self._show_tip()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _show_tip(self) -> None:
        """Say in a tool tip what does not fit, and nothing where all fits."""
        title = QFontMetrics(self._title_font()).horizontalAdvance(self._title)
        line = QFontMetrics(self._detail_font()).horizontalAdvance(self._detail)
        whole = max(title, line) <= self.width() - theme.px(BESIDE)
        set_tip(self, "" if whole else f"{self._title}\n{self._detail}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self.move_wanted.emit(event.key())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._title_font()).horizontalAdvance(self._title)
        return QSize(theme.px(BESIDE) + words + 1, theme.px(theme.Height.RAIL_ROW))

    def minimumSizeHint(self) -> QSize:
        # Two lines would run into those of the next step.
        lines = self._title_height + self._detail_height if self._detail else 0
        return QSize(0, min(max(theme.px(LEAST_HEIGHT), lines), self.maximumHeight()))

    @property
    def _title_height(self) -> int:
        return QFontMetrics(self._title_font()).height()

    @property
    def _detail_height(self) -> int:
        return QFontMetrics(self._detail_font()).height()

    def _detail_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(12.5))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(14))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.tint if self.isChecked() else colours.sand))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(10), theme.px(10))
        side = theme.px(24)
        x = self.width() - theme.px(10) - side if mirrored else theme.px(10)
        self._paint_badge(painter, QRectF(x, (self.height() - side) / 2, side, side))

        left = theme.px(10) if mirrored else theme.px(44)
        room = self.width() - theme.px(BESIDE)
        font = self._title_font()
        painter.setFont(font)
        painter.setPen(QColor(colours.plum if self.isChecked() else colours.ink))
        if not self._detail:
            self._elided(painter, QRectF(left, 0, room, self.height()), self._title)
            return
        title, detail = self._title_height, self._detail_height
        top = (self.height() - title - detail) / 2
        self._elided(painter, QRectF(left, top, room, title), self._title)
        painter.setFont(self._detail_font())
        attention = self._state is StepState.ATTENTION
        painter.setPen(QColor(colours.amber if attention else colours.muted))
        self._elided(painter, QRectF(left, top + title, room, detail), self._detail)

    @staticmethod
    def _elided(painter: QPainter, box: QRectF, text: str) -> None:
        # The painter mirrors it with the window.
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetrics(painter.font())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, align, text)

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.tokens()
        ground, edge, ink = {
            StepState.READY: (colours.teal, colours.teal, colours.paper),
            StepState.ATTENTION: (colours.amber_ground, colours.amber, colours.amber),
            StepState.STARTED: (colours.paper, colours.plum, colours.plum),
            StepState.TODO: (colours.paper, colours.field_line, colours.muted),
        }[self._state]
        if self.isChecked() and self._state in (StepState.TODO, StepState.STARTED):
            ground, edge, ink = colours.plum, colours.plum, colours.on_plum
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
        if self._state in (StepState.READY, StepState.ATTENTION):
            side = round(box.width() * 0.66)
            name = "check" if self._state is StepState.READY else "alert"
            corner = box.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(corner, pixmap(name, ink, side))
            return
        font = QFont(self.font())
        font.setPixelSize(theme.px(12))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        if self._badge:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)
        else:
            side = round(box.width() * 0.66)
            corner = box.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(corner, pixmap("down", ink, side))


class Rail(QFrame):
    """The list of steps, one stop of Tab: the arrows move in it, Enter or the space bar opens.

    What comes after the chat is folded until it was held; what comes before it, once all is ready
    or too late and one has gone on.
    """

    step_chosen = Signal(StepId)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", True)
        # Style sheets know left and right only. Read from right to left, Qt leaves the room of a
        # single edge at the other side: that is why "end" has an edge on both.
        self.setProperty("side", "end" if self.isRightToLeft() else "start")
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(_("Steps"))
        self._buttons: dict[StepId, _RailButton] = {}
        self._folds: dict[Stage, _RailButton] = {}
        self._headings: dict[Stage, Text] = {}
        self._unfolded: set[Stage] = set()
        self._entries: tuple[RailEntry, ...] = ()
        self._current: StepId | None = None

        area = SteadyScrollArea()
        inner = QFrame()
        inner.setProperty("bar", True)
        area.setWidget(inner)
        self._area = area
        roles.give(inner, "tablist", name=_("Steps of the guide"))
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        self._list.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.below = _MoreBelow(self)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._on_room_changed)
        bar.valueChanged.connect(self._show_more_below)

    def show_entries(self, entries: tuple[RailEntry, ...], current: StepId) -> None:
        """Show the steps with their states, and which one is open."""
        if not self._buttons:
            self._build(entries)
        moved = current is not self._current
        self._entries, self._current = entries, current
        for entry in entries:
            button = self._buttons[entry.step]
            self._show(entry)
            button.setChecked(entry.step is current)
        self._refold()
        if moved:
            self._show_current()
        self._keep_one_stop(moved)

    def _show(self, entry: RailEntry) -> None:
        self._buttons[entry.step].show_entry(
            str(entry.number), entry.state, entry.title, entry.line, entry.spoken
        )

    def _rows(self) -> list[_RailButton]:
        """What can be pressed, from top to bottom."""
        found = []
        for stage in Stage:
            steps = [self._buttons[one.step] for one in self._entries if one.stage is stage]
            found += [one for one in (self._folds[stage], *steps) if not one.isHidden()]
        return found

    def _keep_one_stop(self, anew: bool) -> None:
        """Let Tab come to the open step, or, until another is opened, to where the arrows led."""
        rows = self._rows()
        stop = next((one for one in rows if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if anew or stop is None:
            stop = next((one for one in rows if one.isChecked()), rows[0])
        self._make_stop(stop)

    def _make_stop(self, stop: _RailButton) -> None:
        for one in (*self._folds.values(), *self._buttons.values()):
            policy = Qt.FocusPolicy.TabFocus if one is stop else Qt.FocusPolicy.NoFocus
            one.setFocusPolicy(policy)

    def _on_move_wanted(self, key: int) -> None:
        rows, sender = self._rows(), self.sender()
        at = next(index for index, one in enumerate(rows) if one is sender)
        by = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0}
        to = min(max(by.get(Qt.Key(key), len(rows) - 1), 0), len(rows) - 1)
        self._stand_on(rows[to])

    def _stand_on(self, row: _RailButton) -> None:
        self._make_stop(row)
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(row, 0, theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = theme.px(28)
        self.below.setGeometry(0, self.height() - height, self.width() - 1, height)

    def _show_current(self) -> None:
        """The open step is always in sight."""
        if self._current is not None:
            self._area.ensureWidgetVisible(self._buttons[self._current], 0, theme.px(40))

    def _on_room_changed(self) -> None:
        self._show_current()
        self._show_more_below()

    def _show_more_below(self) -> None:
        bar = self._area.verticalScrollBar()
        self.below.setVisible(bar.value() < bar.maximum())

    def _build(self, entries: tuple[RailEntry, ...]) -> None:
        for stage in Stage:
            heading = Text(stage_title(stage).upper(), "section", wrap=False)
            heading.setAccessibleName(stage_title(stage))
            heading.setContentsMargins(theme.px(10), theme.px(8), 0, theme.px(4))
            heading.ensurePolished()
            heading.setFixedHeight(heading.sizeHint().height())
            self._headings[stage] = heading
            fold = _RailButton()
            fold.setCheckable(False)
            fold.clicked.connect(self._on_fold_clicked)
            fold.move_wanted.connect(self._on_move_wanted)
            self._folds[stage] = fold
            self._list.addWidget(heading)
            self._list.addWidget(fold)
            for entry in entries:
                if entry.stage is stage:
                    button = _RailButton()
                    roles.give(button, "tab")
                    button.clicked.connect(self._on_step_clicked)
                    button.move_wanted.connect(self._on_move_wanted)
                    self._buttons[entry.step] = button
                    self._list.addWidget(button)
        self._list.addStretch(1)
        self._widen(entries)

    def _widen(self, entries: tuple[RailEntry, ...]) -> None:
        """Make room for the longest name of a step, in whatever font the computer has."""
        for entry in entries:
            self._show(entry)
        longest = max(button.sizeHint().width() for button in self._buttons.values())
        # The margins of the list, the room of its bar, and the edge.
        beside = theme.px(20) + theme.px(12) + 1
        self.setFixedWidth(min(max(theme.px(WIDTH), longest + beside), theme.px(_WIDEST)))

    def _refold(self) -> None:
        stages = {entry.step: entry.stage for entry in self._entries}
        here = stages[self._current] if self._current else None
        for stage in Stage:
            steps = [entry for entry in self._entries if entry.stage is stage]
            ready = sum(entry.state is StepState.READY for entry in steps)
            over = all(entry.state is StepState.READY or entry.too_late for entry in steps)
            waits = all(entry.waits for entry in steps)
            folded = (
                ((stage is Stage.BEFORE and over) or waits)
                and here is not stage
                and stage not in self._unfolded
            )
            state = StepState.READY if ready == len(steps) else StepState.STARTED
            words = ngettext("{count} step ready", "{count} steps ready", len(steps))
            if waits:
                state = StepState.TODO
                words = ngettext("{count} step, later", "{count} steps, later", len(steps))
            elif ready < len(steps):
                words = ngettext(
                    "{ready} of {count} steps ready", "{ready} of {count} steps ready", ready
                )
            title = stage_title(stage)
            detail = words.format(count=len(steps), ready=ready)
            self._folds[stage].show_entry("", state, title, detail, f"{title}, {detail}")
            self._folds[stage].setVisible(folded)
            self._headings[stage].setVisible(not folded)
            for entry in steps:
                self._buttons[entry.step].setVisible(not folded)

    def _on_step_clicked(self) -> None:
        sender = self.sender()
        step = next(step for step, button in self._buttons.items() if button is sender)
        # Which step is open is said by whoever shows the page, not by the click.
        self._buttons[step].setChecked(step is self._current)
        self.step_chosen.emit(step)

    def _on_fold_clicked(self) -> None:
        fold = self.sender()
        stage = next(one for one, button in self._folds.items() if button is fold)
        had_keyboard = self._folds[stage].hasFocus()
        first = next(one.step for one in self._entries if one.stage is stage)
        self._unfolded.add(stage)
        if had_keyboard:
            # What it had is in its place.
            self._buttons[first].show()
            self._stand_on(self._buttons[first])
        self._refold()
        self._keep_one_stop(anew=False)


class _MoreBelow(QWidget):
    """The last steps fade out, with an arrow, where they go on below the window."""

    def __init__(self, rail: QWidget) -> None:
        super().__init__(rail)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        clear, ground = QColor(theme.tokens().paper), QColor(theme.tokens().paper)
        clear.setAlpha(0)
        fade = QLinearGradient(0, 0, 0, self.height())
        fade.setColorAt(0, clear)
        fade.setColorAt(0.6, ground)
        painter.fillRect(self.rect(), fade)
        side = theme.px(16)
        arrow = pixmap("down", theme.tokens().plum, side)
        painter.drawPixmap(QPointF((self.width() - side) / 2, self.height() - side), arrow)
