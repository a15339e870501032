"""The rail: every step of the guide with its state, in words and shape first, then in colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
)

from tchat_desktop.domain.steps import Stage, StepId, StepState
from tchat_desktop.i18n import _, ngettext
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.steps import stage_title
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip

WIDTH = 256


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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        return QSize(theme.px(WIDTH - 20), theme.px(44))

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
        room = self.width() - theme.px(54)
        font = QFont(self.font())
        font.setPixelSize(theme.px(14))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.plum if self.isChecked() else colours.ink))
        # The painter mirrors it with the window.
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        height = self.height()
        if self._detail:
            title_box = QRectF(left, height * 0.12, room, height * 0.42)
        else:
            title_box = QRectF(left, 0, room, height)
        self._elided(painter, title_box, align, self._title)
        font.setPixelSize(theme.px(12.5))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        attention = self._state is StepState.ATTENTION
        painter.setPen(QColor(colours.amber if attention else colours.muted))
        self._elided(painter, QRectF(left, height * 0.52, room, height * 0.36), align, self._detail)

    def _elided(self, painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
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
        self._list.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        self._list.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

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
            self._area.ensureWidgetVisible(self._buttons[current], 0, theme.px(40))

    def _build(self, entries: tuple[RailEntry, ...]) -> None:
        for stage in Stage:
            heading = Text(stage_title(stage).upper(), "section")
            heading.setAccessibleName(stage_title(stage))
            heading.setContentsMargins(theme.px(10), theme.px(8), 0, theme.px(4))
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
