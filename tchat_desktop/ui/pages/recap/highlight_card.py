"""The card of one highlight as it will be in the recap, with what the organiser can do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tchat_desktop.domain.child_names import name_in
from tchat_desktop.domain.doubts import Doubt
from tchat_desktop.domain.recap import Highlight
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.question_choices import Choices
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.sortable import DragHandle
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class HighlightView:
    """What a card shows. `handle` is known here even when the recap does not name the author."""

    highlight: Highlight
    handle: str
    hour: str
    question_id: str
    child_hints: tuple[str, ...]
    on_x: bool
    """Whether the post exists on X, so that it can be opened there."""
    confides: bool = False
    """Whether its text may be a confidence, or be written by a minor."""
    names_left: tuple[str, ...] = ()
    """What may be first names of hidden people in its text."""
    by_hand: bool = False
    """Whether the organiser entered the post, and can correct it."""
    hides_child: bool = False
    """Whether a child's name is hidden in it; the rest may still identify the child."""
    has_initials: bool = True
    """Whether the author shows a name that initials can be taken of."""
    edited: bool = False
    """Whether its author changed it on X after it was published."""


class HighlightCard(Card):
    """The card of a highlight; it only emits signals and changes nothing itself.

    `take_out_wanted` is emitted with the id of the post, `see_wanted` with its address.
    """

    move_wanted = Signal(str, int)
    """Emitted with the id of the post and the distance to move; -1 is up."""
    hide_wanted = Signal(str, bool)
    """Emitted with the @name of the author, and whether the recap must not name them."""
    read_again = Signal(str, bool)
    """Emitted with the id of the post, and whether nothing in it identifies the child."""
    mask_wanted = Signal(str)
    """Emitted with words to be hidden everywhere; "" to choose them."""
    correct_wanted = Signal(str)
    """Emitted with the id of a post that was entered by hand and is to be corrected."""
    initials_wanted = Signal(str, bool)
    """Emitted with the @name of the author, and whether initials alone stand for them."""
    before_said = Signal(str, str)
    """Emitted with the id of the post, and what the organiser says before it."""
    take_out_wanted = Signal(str)
    question_wanted = Signal(str, str)
    """Emitted with the ids of the post and of the question or chapter for it; "" for none."""
    see_wanted = Signal(str)

    def __init__(self, view: HighlightView) -> None:
        super().__init__(padding=theme.Space.GAP, spacing=theme.Space.NEAR)
        self.view: HighlightView | None = None
        self._choices: Choices = ()
        self.handle = DragHandle(_("Move"))
        self.handle.step_wanted.connect(self._on_step)
        self._avatar = Avatar("?")
        self._name = Text("", "strong", wrap=False)
        self._about = Text("", "small", wrap=False)
        self._guest = Chip(_("guest"), "plum")
        self._edited = Chip(_("changed on X"), "plain")
        self._child = Chip(_("a child’s name?"), "stop")
        self._left = Chip(_("a hidden first name?"), "stop")
        self._confides = Chip(_("someone may be confiding"), "stop")
        self._hidden_child = Chip(_("a child may be recognised"), "stop")
        self._text = PostText()
        self.read = Tick(_("I have read it: nothing tells who the child is"), self._on_read)
        self.hide_name = Tick(_("Hide the author"), self._on_hide)
        self.by_initials = Tick(_("Initials only"), self._on_initials)
        self.before = GrowingEdit()
        self.before.setPlaceholderText(_("A sentence that leads to this post"))
        self.before.textChanged.connect(self._on_before)
        self.before.hide()
        self.mask_button = Button("", "quiet", clicked=self._on_mask)
        self.up = Button(_("Up"), "icon", "up", self._on_up)
        self.down = Button(_("Down"), "icon", "down", self._on_down)
        self.take_out = Button(_("Take out of the recap"), "link", clicked=self._on_take_out)
        self.more = Button(_("More"), "icon", "more", self._show_menu)
        # They go to the next line together.
        moves = QWidget()
        moves.setLayout(row(self.up, self.down, self.more, spacing=0))
        body = QVBoxLayout()
        body.setSpacing(theme.px(theme.Space.NEAR))
        marks = (
            self._guest,
            self._edited,
            self._confides,
            self._child,
            self._hidden_child,
            self._left,
        )
        head = FlowLayout(
            self._name, self._about, *marks, self.mask_button, spacing=theme.Space.NEAR
        )
        body.addLayout(head)
        body.addWidget(self._text)
        body.addLayout(row(self.read, None))
        body.addLayout(
            FlowLayout(
                self.hide_name,
                self.by_initials,
                self.take_out,
                moves,
                spacing=theme.Space.NEAR,
            )
        )
        across = row(
            column(self.handle, None), column(self._avatar, None), body, spacing=theme.Space.BESIDE
        )
        across.setStretch(2, 1)
        self.add(self.before, across)
        self.show_view(view, ())

    @property
    def post_id(self) -> str:
        """The id of the post."""
        assert self.view is not None
        return self.view.highlight.post_id

    @property
    def to_look_at(self) -> QWidget | None:
        """The widget to scroll to when the post may harm somebody, else None.

        A confidence harms nobody once its author is hidden.
        """
        if self.view is None:
            return None
        if self._named:
            return self.mask_button
        doubts = self.view.highlight.doubts
        if Doubt.NAMED_CHILD in doubts:
            return self.more
        if Doubt.CONFIDES in doubts:
            return self.hide_name
        return self.read if Doubt.HIDDEN_CHILD in doubts else None

    @property
    def _named(self) -> str:
        """The first name in the text that should be hidden; "" when there is none."""
        if self.view is None:
            return ""
        found = (*map(name_in, self.view.child_hints), *self.view.names_left)
        return found[0] if found else ""

    def show_choices(self, choices: Choices) -> None:
        """Take over the questions and chapters under which it may be put."""
        self._choices = choices

    def show_before(self, text: str) -> None:
        """Show what the organiser says before it; a field being typed in has the same already."""
        self.before.show_text(text)
        self.before.setVisible(bool(text) or self.before.hasFocus())

    def show_view(self, view: HighlightView, choices: Choices) -> None:
        """Show the highlight; `choices` are the questions and chapters it may be put under."""
        self._choices = choices
        if view == self.view:
            return
        self.view = view
        author = view.highlight.author
        initials = view.highlight.initials
        unnamed = initials or _("Name hidden")
        who = unnamed if author is None else author.name or f"@{author.handle}"
        self._avatar.show_name(initials or "?" if author is None else who)
        self._name.setText(beginning(who, 32))
        named = author is not None and bool(author.name)
        about = f"@{view.handle} · {view.hour}" if named and view.handle else view.hour
        self._about.setText(about)
        self._guest.setVisible(author is not None and author.is_guest)
        self._edited.setVisible(view.edited)
        self._child.setVisible(Doubt.NAMED_CHILD in view.highlight.doubts)
        unread = Doubt.HIDDEN_CHILD in view.highlight.doubts
        self._hidden_child.setVisible(unread)
        self.read.setVisible(view.hides_child)
        self.read.setChecked(not unread)
        self._confides.setVisible(view.confides)
        self._left.setVisible(bool(view.names_left))
        self.mask_button.setVisible(bool(self._named))
        self.mask_button.show_text(_("Hide “{name}”").format(name=beginning(self._named, 20)))
        self._text.show_text(view.highlight.text)
        self.hide_name.setChecked(author is None and not initials)
        self.by_initials.setChecked(bool(initials))
        self.by_initials.setVisible(bool(view.handle) and (bool(initials) or view.has_initials))
        # A guest without an account has no @name, and agreed to the publication of the words.
        self.hide_name.setVisible(bool(view.handle))
        self._name_all(f"{who}, {view.hour}: {beginning(view.highlight.text)}")

    def menu(self) -> QMenu:
        """Return the menu of rarer actions, such as another question or the post on X."""
        assert self.view is not None
        menu = QMenu(self)
        self._add_parts(menu.addMenu(_("Put under")))
        menu.addAction(_("Say something before it"), self._on_say_before)
        menu.addAction(_("Hide words of this post…"), self._on_choose_words)
        if self.view.by_hand:
            menu.addAction(_("Correct or take out…"), self._on_correct)
        if self.view.on_x and self.view.highlight.url.startswith("https://"):
            menu.addAction(_("See on X"), self._on_see)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_parts(self, under: QMenu) -> None:
        """Add the questions and chapters; what was published for a guest keeps its question."""
        assert self.view is not None
        group = QActionGroup(under)
        for part_id, words in (*self._choices, ("", _("no question"))):
            action = QAction(words, under, checkable=True)
            action.setChecked(part_id == self.view.question_id)
            action.setData(part_id)
            action.triggered.connect(self._on_question)
            group.addAction(action)
            under.addAction(action)

    def _name_all(self, post: str) -> None:
        self.setAccessibleName(_("Highlight: {post}").format(post=post))
        for widget, words in (
            (self.handle, _("Move {post}")),
            (self.hide_name, _("Hide the author of {post}")),
            (self.by_initials, _("Only the initials of the author of {post}")),
            (self.before, _("What you say before {post}")),
            (self.read, _("Nothing tells who the child is in {post}")),
            (self.up, _("Move up {post}")),
            (self.down, _("Move down {post}")),
            (self.take_out, _("Take {post} out of the recap")),
            (self.more, _("More about {post}")),
        ):
            widget.setAccessibleName(words.format(post=post))
        hide = self.mask_button.text().replace("&&", "&")
        self.mask_button.setAccessibleName(_("{what} – {who}").format(what=hide, who=post))

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_step(self, step: int) -> None:
        self.move_wanted.emit(self.post_id, step)

    def _on_up(self) -> None:
        self._on_step(-1)

    def _on_down(self) -> None:
        self._on_step(1)

    def _on_hide(self) -> None:
        assert self.view is not None
        self.hide_wanted.emit(self.view.handle, self.hide_name.isChecked())

    def _on_initials(self) -> None:
        assert self.view is not None
        self.initials_wanted.emit(self.view.handle, self.by_initials.isChecked())

    def _on_say_before(self) -> None:
        self.before.show()
        self.before.setFocus()

    def _on_before(self) -> None:
        self.before_said.emit(self.post_id, self.before.toPlainText())

    def _on_read(self) -> None:
        self.read_again.emit(self.post_id, self.read.isChecked())

    def _on_mask(self) -> None:
        name = self._named
        # The button is hidden together with the name.
        self.hide_name.setFocus()
        self.mask_wanted.emit(name)

    def _on_choose_words(self) -> None:
        self.mask_wanted.emit("")

    def _on_correct(self) -> None:
        self.correct_wanted.emit(self.post_id)

    def _on_take_out(self) -> None:
        self.take_out_wanted.emit(self.post_id)

    def _on_question(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        self.question_wanted.emit(self.post_id, picked.data())

    def _on_see(self) -> None:
        assert self.view is not None
        self.see_wanted.emit(self.view.highlight.url)
