"""The rail: every step of the guide with its state, in words and shape first, then in colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
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
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.step_titles import stage_title

WIDTH = 256
_WIDEST = 320
"""Where the names of the steps need more than `WIDTH`, in a wider font, the rail is wider."""

HEIGHT, LEAST_HEIGHT = 44, 34
"""Of a step, in pixels: on a low window all come closer before the last ones leave the screen."""

BESIDE = 54
"""Pixels beside the words of a step: the badge, and the edges."""


@dataclass(frozen=True, slots=True)
class RailEntry:
    """What the rail shows of one step."""

    step: StepId
    stage: Stage
    number: int
    title: str
    state: StepState
    detail: str


class _RailButton(QAbstractButton):
    """A badge, a title and a line below it; painted, so that it looks alike on every system."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme.px(HEIGHT))
        self._badge = ""
        self._state = StepState.TODO
        self._title = ""
        self._detail = ""

    def show_entry(self, badge: str, state: StepState, title: str, detail: str) -> None:
        """Show a step (or a folded stage)."""
        if (badge, state, title, detail) == (self._badge, self._state, self._title, self._detail):
            return
        self._badge, self._state, self._title, self._detail = badge, state, title, detail
        name = f"{badge}. {title}" if badge.isdigit() else title
        self.setAccessibleName(f"{name} – {detail}" if detail else name)
        set_tip(self, f"{title}\n{detail}" if detail else title)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._title_font()).horizontalAdvance(self._title)
        return QSize(theme.px(BESIDE) + words + 1, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(LEAST_HEIGHT))

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
        title = QFontMetrics(font).height()
        font.setPixelSize(theme.px(12.5))
        font.setWeight(QFont.Weight.Normal)
        detail = QFontMetrics(font).height()
        top = (self.height() - title - detail) / 2
        self._elided(painter, QRectF(left, top, room, title), self._title)
        painter.setFont(font)
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
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)


class Rail(QFrame):
    """The list of steps. A stage whose steps are all ready folds, once the hour has come."""

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
            button.show_entry(str(entry.number), entry.state, entry.title, entry.detail)
            button.setChecked(entry.step is current)
        self._refold()
        if moved:
            self._show_current()

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
            self._folds[stage] = fold
            self._list.addWidget(heading)
            self._list.addWidget(fold)
            for entry in entries:
                if entry.stage is stage:
                    button = _RailButton()
                    button.clicked.connect(self._on_step_clicked)
                    self._buttons[entry.step] = button
                    self._list.addWidget(button)
        self._list.addStretch(1)
        self._widen(entries)

    def _widen(self, entries: tuple[RailEntry, ...]) -> None:
        """Make room for the longest name of a step, in whatever font the computer has."""
        for entry in entries:
            button = self._buttons[entry.step]
            button.show_entry(str(entry.number), entry.state, entry.title, entry.detail)
        longest = max(button.sizeHint().width() for button in self._buttons.values())
        # The margins of the list, the room of its bar, and the edge.
        beside = theme.px(20) + theme.px(12) + 1
        self.setFixedWidth(min(max(theme.px(WIDTH), longest + beside), theme.px(_WIDEST)))

    def _refold(self) -> None:
        stages = {entry.step: entry.stage for entry in self._entries}
        here = stages[self._current] if self._current else None
        for stage in Stage:
            steps = [entry for entry in self._entries if entry.stage is stage]
            finished = all(entry.state is StepState.READY for entry in steps)
            folded = (
                stage is Stage.BEFORE
                and finished
                and here is not stage
                and stage not in self._unfolded
            )
            words = ngettext("{count} step ready", "{count} steps ready", len(steps))
            detail = words.format(count=len(steps))
            self._folds[stage].show_entry("", StepState.READY, stage_title(stage), detail)
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
        sender = self.sender()
        self._unfolded.add(next(s for s, button in self._folds.items() if button is sender))
        self._refold()


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
