"""One post of the run sheet: its hour, its dot, and a card to read, change and move it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.run_sheet.run_item_editor import RunItemEditor
from tchat_desktop.ui.pages.shared.notes import Note, Notes
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.sortable import DragHandle
from tchat_desktop.ui.widgets.summary_row import OnDemand, SummaryName, SummaryRow
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

LINES_SHOWN = 2
"""Lines of a post that are shown until it is being edited; the preview has all of it."""
_OUTSIDE, _INSIDE = 3, 5
"""Pixels at 100 % above and below the card of a row, and within it."""
_THICK, _DOT = 3, 11
"""Pixels at 100 % of the line of time, and of the dot of a post on it."""

_TONES: dict[PostKind, Tone] = {PostKind.QUESTION: "plum", PostKind.NUDGE: "plain"}


def tone_of(kind: PostKind) -> Tone:
    """Return the colour of a post on the timeline; its title says the same in words."""
    return _TONES.get(kind, "well")


class _Time(QWidget):
    """When a post leaves, and how many minutes it takes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.hour = Text("", "small", wrap=False)
        self.minutes = Text("", "small", wrap=False)
        self.setFixedSize(width, theme.px(theme.Height.RUN_ROW))
        # Stretches instead of an alignment: a label aligns by the direction of its text.
        lines = (row(None, self.hour), row(None, self.minutes))
        self.setLayout(column(None, *lines, None, spacing=0))

    def show_time(self, hour: str, minutes: int) -> None:
        self.hour.setText(hour)
        self.minutes.setText(_("{count} min").format(count=minutes))


class _Dot(QWidget):
    """The dot of a post on the timeline, which is decoration only."""

    def __init__(self) -> None:
        super().__init__()
        self._tone: Tone = "well"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_tone(self, tone: Tone) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(theme.Space.INNER), theme.px(theme.Space.INNER))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, thick = self.width() / 2, theme.px(_THICK)
        painter.setBrush(QColor(colours.line))
        painter.drawRect(QRectF(middle - thick / 2, 0, thick, self.height()))
        size = theme.px(_DOT)
        painter.setBrush(QColor(colours.tone(self._tone)[0]))
        # Level with the name in the card beside it.
        height = theme.px(theme.Height.RUN_ROW / 2)
        painter.drawEllipse(QRectF(middle - size / 2, height - size / 2, size, size))


class PictureStrip(QWidget):
    """The small picture of a post, with its description for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._box = PictureBox(80, 45)
        self._description = ElidedText("", "small")
        line = row(self._box, self._description, spacing=theme.Space.PART)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_image(self, image: QImage | None, alt_text: str) -> None:
        """Show the image, or None while it is being loaded."""
        self._box.show_image(image, alt_text)

    def show_description(self, alt_text: str) -> None:
        """Show the description, or that there is none yet."""
        words = " ".join(alt_text.split()) or _("A picture without a description yet")
        self._description.show_text(words)


class RunItemRow(QWidget):
    """The row of a post; it only emits signals and changes nothing itself.

    The signals are emitted with the key of the post and the new text, minutes or description;
    `step_wanted` with the step in which a problem can be solved.
    """

    chosen = Signal(str)
    text_edited = Signal(str, str)
    minutes_edited = Signal(str, int)
    move_wanted = Signal(str, int)
    """Emitted with the key of the post and the distance to move; -1 is up."""
    remove_wanted = Signal(str)
    reset_wanted = Signal(str)
    picture_wanted = Signal(str)
    picture_removed = Signal(str)
    picture_described = Signal(str, str)
    way_wanted = Signal(str, bool)
    """Emitted with the key of the post, and whether it is to leave by X's page in the browser."""
    step_wanted = Signal(object)
    decision_wanted = Signal(str)
    """Emitted with the key of the post that may name a child."""
    meant = Signal(str)
    told_again = Signal(tuple)
    """Emitted with the marks of the notes that were put aside."""

    def __init__(self, item: RunItem, hour_width: int) -> None:
        super().__init__()
        self.item = item
        self._named = ""
        self._by_keys = False
        self._chosen = False
        self._editor: RunItemEditor | None = None
        self._thumbnail: PictureStrip | None = None
        self._image: QImage | None = None

        self._time = _Time(hour_width)
        self._dot = _Dot()
        self.handle = DragHandle(_("Move"))
        self.handle.step_wanted.connect(self._on_step)
        self.title = SummaryName()
        self._text = PostText(most=LINES_SHOWN)
        self._edit = OnDemand(_("Edit"), clicked=self._on_edit)
        self._more = OnDemand(_("More"), "icon", "more", self._show_menu)
        self._edited = Text(_("edited"), "small", wrap=False)
        self._by_page = Chip(_("In the browser"), "plum")
        self._course = Chip()
        self._course.hide()
        self._card = Card(padding=0, spacing=theme.Space.LINE)
        self._card.content.setContentsMargins(
            theme.px(theme.Space.LINE),
            theme.px(_INSIDE),
            theme.px(theme.Space.LINE),
            theme.px(_INSIDE),
        )
        self._card.setMinimumHeight(theme.px(theme.Height.RUN_ROW - 2 * _OUTSIDE))
        self._card.add(SummaryRow((self.handle, self.title), self._text, (self._edit, self._more)))
        self._states = QWidget()
        self._states.setLayout(FlowLayout(self._edited, self._by_page, self._course))
        self._body = QVBoxLayout()
        # What is below is aligned with the name, after the handle.
        self._body.setContentsMargins(
            theme.px(theme.Space.INDENT), 0, theme.px(theme.Space.BESIDE), 0
        )
        self._body.setSpacing(theme.px(theme.Space.BESIDE))
        self._body.addWidget(self._states)
        self._notes = Notes()
        self._notes.step_wanted.connect(self.step_wanted)
        self._notes.asked.connect(self._on_asked)
        self._notes.meant.connect(self.meant)
        self._notes.told_again.connect(self.told_again)
        self._body.addWidget(self._notes)
        self._card.content.addLayout(self._body)

        holder = QVBoxLayout()
        holder.setContentsMargins(
            theme.px(theme.Space.BESIDE), theme.px(_OUTSIDE), 0, theme.px(_OUTSIDE)
        )
        holder.addWidget(self._card)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._dot)
        layout.addLayout(holder, 1)

    def show_item(
        self,
        item: RunItem,
        hour: str,
        notes: Sequence[Note],
        unfinished: bool,
        by_keys: bool = False,
        aside: tuple[str, ...] = (),
    ) -> None:
        """Show the post; `hour` is when it leaves, `notes` what must be looked at.

        `unfinished` marks a text with words in brackets, which are listed once above all rows.
        `by_keys` tells that posts leave with keys, so that one may leave by X's page instead.
        `aside` are the marks of the notes that were put aside.
        """
        self.item = item
        self._by_keys = by_keys
        title = item_title(item)
        self.title.setText(title)
        if self.title.property("tone") != tone_of(item.kind):
            self.title.set_tone(tone_of(item.kind))
        tones = {note.tone for note in notes}
        graver: tuple[Tone, ...] = ("stop", "look")
        plain = "look" if unfinished else tone_of(item.kind)
        self._dot.show_tone(next((one for one in graver if one in tones), plain))
        self._edited.setVisible(item.edited)
        self._by_page.setVisible(by_keys and item.by_page)
        self._show_states()
        self._time.show_time(hour, item.minutes)
        self._text.show_text(" ".join(item.text.split()))
        name = f"{title}, {hour}"
        if self._named != name:
            self._named = name
            self._name_parts(title)
        if self._editor is not None:
            self._editor.show_item(item, self._goes_by_page)
        self._show_thumbnail()
        self._notes.show_notes(notes, name, aside)

    def show_course(self, words: str, tone: Tone, locked: bool) -> None:
        """Show what became of the post; one that is `locked` cannot be changed here any more."""
        self._course.setVisible(bool(words))
        self._course.say(words, tone)
        self._show_states()
        if locked and self.is_open:
            self._on_edit()
        for widget in (self._edit, self._more, self._time.minutes):
            widget.setHidden(locked)
        self.handle.setEnabled(not locked)

    def show_image(self, image: QImage | None) -> None:
        """Show the image of the post's picture, or None while it is being loaded."""
        self._image = image
        if self.item.picture is None:
            return
        if self._thumbnail is not None:
            self._thumbnail.show_image(image, self.item.picture.alt_text)
        if self._editor is not None:
            self._editor.picture.show_image(image, self.item.picture.alt_text)

    def say_of_picture(self, words: str, tone: Tone) -> None:
        """Show the result of choosing a picture, in the open editor."""
        if self._editor is not None:
            self._editor.picture.say(words, tone)

    def show_chosen(self, chosen: bool) -> None:
        """Mark the row whose post is shown in the preview, and draw its buttons."""
        self._chosen = chosen
        self._draw_buttons()
        edge: Tone | None = "plum" if chosen else None
        if self._card.property("edge") != (edge or ""):
            self._card.set_edge(edge)

    @property
    def can_move(self) -> bool:
        """Whether the post may still take another place."""
        return self.handle.isEnabled()

    @property
    def is_open(self) -> bool:
        """Whether the post is being edited."""
        return self._editor is not None and not self._editor.isHidden()

    @property
    def _goes_by_page(self) -> bool:
        return self.item.by_page or not self._by_keys

    def take_focus(self) -> None:
        """Put the focus in the editor if it is open, else on the button that opens it."""
        if self.is_open and self._editor is not None:
            self._editor.focus_text()
        else:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_in(self) -> None:
        """Put the keyboard into the editor, unless the post cannot be changed any more."""
        if self.is_open:
            self.take_focus()
        elif not self._edit.isHidden():
            self._on_edit()

    def open_editor(self) -> None:
        """Show the editor in place of the text, with the focus in it."""
        if self._editor is None:
            self._editor = RunItemEditor(self.item, self._goes_by_page)
            self._editor.text_edited.connect(self._on_text_edited)
            self._editor.minutes_edited.connect(self._on_minutes_edited)
            self._editor.reset_wanted.connect(self._on_reset)
            self._editor.closed.connect(self._on_edit)
            self._editor.picture.wanted.connect(self._on_picture_wanted)
            self._editor.picture.removed.connect(self._on_picture_removed)
            self._editor.picture.described.connect(self._on_picture_described)
            self._body.insertWidget(0, self._editor)
            self._name_parts(item_title(self.item))
        self._text.hide()
        self._editor.show()
        self.show_image(self._image)
        self._show_thumbnail()
        self._edit.setText(_("Done"))
        self._draw_buttons()
        self._editor.focus_text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        # The keys act on what is framed, so the keyboard comes along with the frame.
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(self.item.key)

    def _draw_buttons(self) -> None:
        for button in (self._edit, self._more):
            button.show_drawn(self._chosen or self.is_open)

    def _show_states(self) -> None:
        states = (self._edited, self._by_page, self._course)
        self._states.setVisible(not all(one.isHidden() for one in states))

    def _show_thumbnail(self) -> None:
        """Show the small picture below the text, while the post is not being edited."""
        picture = self.item.picture
        if self._thumbnail is None and picture is not None:
            self._thumbnail = PictureStrip()
            self._body.insertWidget(1, self._thumbnail)
        if self._thumbnail is not None:
            self._thumbnail.setVisible(picture is not None and not self.is_open)
            if picture is not None:
                self._thumbnail.show_description(picture.alt_text)

    def _name_parts(self, title: str) -> None:
        self.setAccessibleName(self._named)
        # Two nudges have the same title: the hour in the accessible name tells them apart.
        self.handle.setAccessibleName(_("Move {post}").format(post=self._named))
        self._edit.setAccessibleName(_("Edit {post}").format(post=self._named))
        self._more.setAccessibleName(_("More about {post}").format(post=self._named))
        if self._editor is not None:
            self._editor.show_name(f"{title}, {self._time.hour.text()}")

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Move up") + f"\t{named(Shortcut.MOVE_UP)}", self._on_up)
        menu.addAction(_("Move down") + f"\t{named(Shortcut.MOVE_DOWN)}", self._on_down)
        menu.addSeparator()
        if self.item.edited:
            menu.addAction(_("Back to the proposed text"), self._on_reset)
        if self._by_keys:
            words = _("Send it in the browser (free)")
            menu.addAction(_("With the keys again") if self.item.by_page else words, self._on_way)
        question = self.item.kind is PostKind.QUESTION
        menu.addAction(_("Keep in reserve") if question else _("Take out"), self._on_remove)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _on_edit(self) -> None:
        if not self.is_open:
            self.open_editor()
            self.chosen.emit(self.item.key)
            return
        assert self._editor is not None
        self._editor.hide()
        self._text.show()
        self._show_thumbnail()
        self._edit.setText(_("Edit"))
        self._edit.setFocus()

    def _on_text_edited(self, text: str) -> None:
        self.text_edited.emit(self.item.key, text)

    def _on_minutes_edited(self, minutes: int) -> None:
        self.minutes_edited.emit(self.item.key, minutes)

    def _on_reset(self) -> None:
        self.reset_wanted.emit(self.item.key)

    def _on_picture_wanted(self) -> None:
        self.picture_wanted.emit(self.item.key)

    def _on_picture_removed(self) -> None:
        self.picture_removed.emit(self.item.key)

    def _on_picture_described(self, text: str) -> None:
        self.picture_described.emit(self.item.key, text)

    def _on_way(self) -> None:
        self.way_wanted.emit(self.item.key, not self.item.by_page)

    def _on_asked(self) -> None:
        self.decision_wanted.emit(self.item.key)

    def _on_remove(self) -> None:
        self.remove_wanted.emit(self.item.key)

    def _on_step(self, step: int) -> None:
        self.move_wanted.emit(self.item.key, step)

    def _on_up(self) -> None:
        self.move_wanted.emit(self.item.key, -1)

    def _on_down(self) -> None:
        self.move_wanted.emit(self.item.key, 1)
