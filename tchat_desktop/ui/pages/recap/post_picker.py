"""The list for choosing highlights among all the posts: a search, a question, stars."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.child_names import child_hints, name_in
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.doubts import Doubt, ShownPost
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.services.recap_reader import OfferedPosts, PostSearch, RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.pages.recap.question_choices import question_choices
from tchat_desktop.ui.pages.shared.hour_words import beginning, hour_of
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row, rule
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.toggle import Toggle
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _, ngettext

POSTS_AT_ONCE = 40
"""The number of posts listed at first, and added at each press of the button."""
LIST_TURN = 0.008
"""Seconds of work on the list before the window has its turn again: half a frame."""
SEARCHED_WORDS = 6
"""The number of words by which one post is found in the list."""

ALL, NONE = "all", ""
"""The values in the box of questions that are not ids of questions."""


class PostPicker(QWidget):
    """The list of posts in order of time; those that ask for care come last.

    They are searched off the GUI thread: what was listed stays meanwhile, and only the newest
    search is shown. `star_wanted` is emitted with the Marking of a post.
    """

    star_wanted = Signal(object)
    read_again = Signal(str, bool)
    """Emitted with the id of the post, and whether nothing in it identifies the child."""
    mask_wanted = Signal(str)
    """Emitted with a first name to be hidden everywhere."""
    hide_wanted = Signal(str, bool)
    """Emitted with the @name of an author, and whether they must not be named."""
    listed = Signal()
    """Emitted when rows were added, so that the tab order must be set again."""
    filled = Signal()
    """Emitted when all that is wished for is there."""

    def __init__(self, bridge: Bridge, reader: RecapReader) -> None:
        super().__init__()
        self._bridge = bridge
        self._reader = reader
        self._chat: Chat | None = None
        self._reading: RecapReading | None = None
        self._version = 0
        self._is_at_work = False
        self._listed_version = 0
        self._listed = False
        """Whether what is shown is what was asked for last."""
        self._listing = OfferedPosts()
        """What is being shown, of which the first `_filled` posts are there."""
        self._filled = 0
        self._ordered = 0
        """How many rows have their place in the tab order."""
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._fill)
        self._then: Callable[[], object] | None = None
        """What is done once the list is there."""
        self._rows: list[_PickRow] = []
        self._limit = POSTS_AT_ONCE
        self.search = LineEdit(Cap.NAME)
        self.search.setPlaceholderText(_("A word, a name…"))
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._on_filter_changed)
        self.question = QuietComboBox()
        self.question.setMinimumContentsLength(10)
        self.question.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.question.activated.connect(self._on_filter_changed)
        self._count = Text("", "small")
        self._more = Button("", "quiet", "down", self._on_more)
        filters = row(
            Field(_("Search in the posts"), self.search),
            Field(_("Replies to"), self.question),
            spacing=theme.Space.UNDER_HEADING,
        )
        filters.setStretch(0, 1)
        filters.setStretch(1, 1)
        self._frame = QWidget()
        self._list = QVBoxLayout(self._frame)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.px(theme.Space.BESIDE))
        self._frame.setAccessibleName(_("Posts to choose from"))
        self._items = ItemList(self._frame)
        self._items.entered.connect(self._on_entered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addLayout(filters)
        layout.addWidget(self._count)
        layout.addWidget(self._frame)
        layout.addLayout(row(self._more, None))

    @property
    def shown(self) -> tuple[FeedPost, ...]:
        """The posts on screen, from top to bottom."""
        return tuple(row.post for row in self._rows if not row.isHidden())

    @property
    def star_buttons(self) -> tuple[Button, ...]:
        """The buttons of the posts on screen that choose a highlight."""
        return tuple(row.star for row in self._rows if not row.isHidden())

    @property
    def count(self) -> str:
        """The sentence on how many posts are listed."""
        return self._count.text()

    @property
    def is_listing(self) -> bool:
        """Whether posts are being looked for."""
        return self._reading is not None and not self._listed

    def show_posts(self, chat: Chat, reading: RecapReading) -> None:
        """Show the posts to choose from that were read; marks are shown at once."""
        before = self._chat and (self._chat.questions, self._reading and self._reading.numbers)
        self._chat, self._reading = chat, reading
        if before != (chat.questions, reading.numbers):
            self._show_questions(chat)
        self._show_marks(chat, reading)
        self._have_listed()

    def show_one(self, post: Post, then: Callable[[], object] | None = None) -> None:
        """List one post by searching for its first words; similar posts are found as well.

        `then` is called once they are listed.
        """
        self.question.setCurrentIndex(0)
        self.search.setText(" ".join(f"@{post.author} {post.text}".split()[:SEARCHED_WORDS]))
        self._on_filter_changed()
        self._then = then

    def to_look_at(self, post_id: str) -> QWidget:
        """Return the widget that makes a listed post safe to show, else the search field."""
        rows = (one for one in self._rows if not one.isHidden() and one.post.post.id == post_id)
        return next((one.to_look_at or self.search for one in rows), self.search)

    def choose_question(self, question_id: str) -> None:
        """List only the replies to a question; "" for the posts without a question."""
        self.search.clear()
        self.question.setCurrentIndex(max(0, self.question.findData(question_id)))
        self._on_filter_changed()

    def choose_all(self) -> None:
        """List the posts of all questions."""
        self.choose_question(ALL)

    def _show_questions(self, chat: Chat) -> None:
        chosen = self.question.currentData()
        self.question.clear()
        self.question.addItem(_("All posts"), ALL)
        assert self._reading is not None
        for question_id, words in question_choices(chat, self._reading.numbers):
            self.question.addItem(words, question_id)
        self.question.addItem(_("No question"), NONE)
        self.question.setCurrentIndex(max(0, self.question.findData(chosen)))

    def _show_marks(self, chat: Chat, reading: RecapReading) -> None:
        """Show on the posts that are listed what has been marked since."""
        for line in self._rows:
            if line.isHidden() or line.post.post.id not in reading.places:
                continue
            item = reading.item(line.post.post.id, chat)
            if item != line.post and item.post == line.post.post:
                line.show_marks(item, reading.numbers.get(item.question_id, 0), chat)

    def _have_listed(self) -> None:
        """Have the posts looked for that are wished for now."""
        self._version += 1
        self._listed = False
        self._go_on()

    def _go_on(self) -> None:
        chat, reading = self._chat, self._reading
        if self._is_at_work or chat is None or reading is None:
            return
        self._is_at_work = True
        which = str(self.question.currentData())
        wish = PostSearch(self.search.text(), None if which == ALL else which, self._limit)
        self._bridge.run(
            self,
            partial(self._reader.listed, reading, chat, wish),
            partial(self._on_listed, self._version),
            partial(self._on_not_listed, self._version),
        )

    def _on_listed(self, version: int, listing: OfferedPosts) -> None:
        self._is_at_work = False
        if version != self._version:
            self._go_on()
            return
        self._listed_version = version
        self._listing, self._filled = listing, 0
        if len(listing.shown) != len(self.shown):
            # They are shown all at once in the end: one by one, each would lay out the page again.
            self._frame.hide()
        self._fill()

    def _on_not_listed(self, version: int, error: Exception) -> None:
        self._is_at_work = False
        if version != self._version:
            self._go_on()
            return
        self._listed, self._then = True, None
        self._count.setText(error_words.sentence(error))

    def _fill(self) -> None:
        """Show the next few posts of the list, and go on when the window has had its turn."""
        assert self._chat is not None
        assert self._reading is not None
        shown, numbers = self._listing.shown, self._reading.numbers
        until = time.perf_counter() + LIST_TURN
        while self._filled < len(shown) and time.perf_counter() < until:
            if self._filled == len(self._rows):
                self._rows.append(self._new_row())
            one, line = shown[self._filled], self._rows[self._filled]
            line.show_post(one, numbers.get(one.item.question_id, 0), self._chat)
            line.show()
            self._filled += 1
        if self._filled < len(shown):
            self._turn.start()
        else:
            self._turn.stop()
            self._show_list(self._listing)

    def _show_list(self, listing: OfferedPosts) -> None:
        count = len(listing.shown)
        for line in self._rows[count:]:
            line.hide()
        self._frame.show()
        self._items.show_items(self._rows[:count])
        self._count.setText(_count_words(listing))
        left = min(POSTS_AT_ONCE, listing.found - count)
        self._more.setVisible(left > 0)
        words = ngettext("Show {count} more", "Show {count} more", left).format(count=left)
        self._more.show_text(words, _("{what}: posts").format(what=words))
        if len(self._rows) != self._ordered:
            self._ordered = len(self._rows)
            self.listed.emit()
        self._listed = self._listed_version == self._version
        if not self._listed:
            return
        then, self._then = self._then, None
        if then is not None:
            then()
        self.filled.emit()

    def _new_row(self) -> _PickRow:
        line = _PickRow()
        line.star_wanted.connect(self.star_wanted)
        line.read_again.connect(self.read_again)
        line.mask_wanted.connect(self.mask_wanted)
        line.hide_wanted.connect(self.hide_wanted)
        self._list.addWidget(line)
        return line

    def _on_filter_changed(self) -> None:
        self._limit = POSTS_AT_ONCE
        # Who types meanwhile stays in the field.
        self._then = None
        self._have_listed()

    def _on_more(self) -> None:
        first_new = self._limit
        self._limit += POSTS_AT_ONCE
        self._then = partial(self._stand_on, first_new)
        self._have_listed()

    def _stand_on(self, place: int) -> None:
        if place < len(self.shown):
            self._items.stand_on(self._rows[place])

    def _on_entered(self, line: QWidget) -> None:
        assert isinstance(line, _PickRow)
        line.star.setFocus(Qt.FocusReason.TabFocusReason)


def _count_words(listing: OfferedPosts) -> str:
    """Say how many posts were found, and which of them stand at the end."""
    if not listing.found:
        return _("No post has these words. Try another one, or another question.")
    posts = ngettext("{count} post", "{count} posts", listing.found).format(count=listing.found)
    stars = listing.starred
    starred = ngettext("{count} highlight", "{count} highlights", stars).format(count=stars)
    words = _("{posts}, {highlights}").format(posts=posts, highlights=starred)
    if not listing.careful:
        return words
    last = ngettext(
        "{count} to handle with care comes last: an insult, a child’s name, or somebody you muted.",
        "{count} to handle with care come last: insults, a child’s name, or somebody you muted.",
        listing.careful,
    ).format(count=listing.careful)
    return f"{words}. {last}"


class _PickRow(QWidget):
    star_wanted = Signal(object)
    read_again = Signal(str, bool)
    mask_wanted = Signal(str)
    hide_wanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ShownPost, int] | None = None
        self._name = Text("", "strong", wrap=False)
        self._hour = Text("", "small", wrap=False)
        self._question = Chip("", "plain")
        self._child = Chip(_("a child’s name?"), "stop")
        self._hidden_child = Chip(_("a child may be recognised"), "stop")
        self._text = PostText()
        self.star = Toggle("", "quiet", "star", self._on_star)
        both = (_("Choose it"), _("Chosen"))
        widest = max(self._width(words) for words in both)
        # The label changes when the button is pressed, and must not move for that.
        self.star.setMinimumWidth(widest)
        body = QVBoxLayout()
        body.setSpacing(theme.px(theme.Space.LINE))
        marks = (self._child, self._hidden_child)
        body.addLayout(
            FlowLayout(self._name, self._hour, self._question, *marks, spacing=theme.Space.NEAR)
        )
        body.addWidget(self._text)
        self.mask_button = Button("", "quiet", clicked=self._on_mask)
        self.hide_name = Tick(_("Hide the author"), self._on_hide)
        self.read = Tick(_("I have read it: nothing tells who the child is"), self._on_read)
        self._done = Text("", "small")
        self._done.set_tone("well")
        body.addLayout(FlowLayout(self.mask_button, self.hide_name, spacing=theme.Space.NEAR))
        body.addLayout(row(self.read, None))
        body.addWidget(self._done)
        self._warning = Text(_("Hide the child’s name first: the recap would show it to all."))
        self._warning.set_tone("stop")
        self._warning.hide()
        body.addWidget(self._warning)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        across = row(body, self.star, spacing=theme.Space.UNDER_HEADING)
        across.setStretch(0, 1)
        layout.addWidget(rule())
        layout.addLayout(across)

    @property
    def post(self) -> FeedPost:
        assert self._shown is not None
        return self._shown[0].item

    @property
    def to_look_at(self) -> QWidget | None:
        """The widget to scroll to when the post may harm somebody, else None."""
        assert self._shown is not None
        doubts = self._shown[0].doubts
        if Doubt.NAMED_CHILD in doubts:
            return self.mask_button
        return self.read if Doubt.HIDDEN_CHILD in doubts else None

    @property
    def _name_to_hide(self) -> str:
        """The first name of a child in the text as shown; "" when there is none."""
        assert self._shown is not None
        shown = self._shown[0]
        if Doubt.NAMED_CHILD not in shown.doubts:
            return ""
        return next(map(name_in, child_hints(shown.text)), "")

    def show_post(self, shown: ShownPost, number: int, chat: Chat) -> None:
        if (shown, number) == self._shown:
            return
        self._warning.hide()
        if self._shown is None or self.post.post.id != shown.item.post.id:
            self._done.hide()
        self._shown, one = (shown, number), shown.item
        # Visible before anything is pressed.
        self._child.setVisible(Doubt.NAMED_CHILD in shown.doubts)
        self._hidden_child.setVisible(Doubt.HIDDEN_CHILD in shown.doubts)
        self.read.setVisible(shown.hides_child)
        self.read.setChecked(Doubt.HIDDEN_CHILD not in shown.doubts)
        self.mask_button.setVisible(Doubt.NAMED_CHILD in shown.doubts)
        name = beginning(self._name_to_hide, 20)
        # A name that only the organiser saw is typed by them among the words to hide.
        words = _("Hide “{name}”").format(name=name) if name else _("Hide words of this post…")
        self.mask_button.show_text(words)
        delicate = bool(shown.doubts) or shown.hides_child or not shown.named
        self.hide_name.setVisible(delicate and bool(one.post.author))
        self.hide_name.setChecked(not shown.named)
        hour = hour_of(one.post.created_at, chat)
        self._question.setVisible(bool(number))
        self._question.say(f"Q{number}", "plain")
        self._hour.setText(hour)
        self._text.show_text(shown.text)
        who = one.post.author_name or f"@{one.post.author}" if shown.named else _("Name hidden")
        self._name.setText(beginning(who, 30))
        self._name_all(f"{who}, {hour}: {beginning(shown.text)}")

    def show_marks(self, item: FeedPost, number: int, chat: Chat) -> None:
        """Show the same post with other marks."""
        assert self._shown is not None
        self.show_post(replace(self._shown[0], item=item), number, chat)

    def _name_all(self, about: str) -> None:
        self.setAccessibleName(about)
        for widget, words in (
            (self.read, _("Nothing tells who the child is in {post}")),
            (self.hide_name, _("Hide the author of {post}")),
        ):
            widget.setAccessibleName(words.format(post=about))
        called = _("{what} – {who}")
        hide = self.mask_button.text().replace("&&", "&")
        self.mask_button.setAccessibleName(called.format(what=hide, who=about))
        starred = self.post.starred
        words = _("Chosen") if starred else _("Choose it")
        self.star.show_text(words, called.format(what=words, who=about))
        self.star.setChecked(starred)
        self.star.setIcon(icon("star-full" if starred else "star"))

    def _width(self, words: str) -> int:
        self.star.setText(words)
        return self.star.sizeHint().width()

    def _on_read(self) -> None:
        self.read_again.emit(self.post.post.id, self.read.isChecked())

    def _on_mask(self) -> None:
        name = self._name_to_hide
        if not name:
            self.mask_wanted.emit("")
            return
        # The button is hidden together with the name.
        (self.star if self.hide_name.isHidden() else self.hide_name).setFocus()
        self.mask_wanted.emit(name)
        self._say_done(_("“{words}” is hidden everywhere in the recap.").format(words=name))

    def _on_hide(self) -> None:
        hidden = self.hide_name.isChecked()
        self.hide_wanted.emit(self.post.post.author, hidden)
        self._say_done(
            _("The author is hidden everywhere in the recap")
            if hidden
            else _("The author shows again in the recap")
        )

    def _say_done(self, words: str) -> None:
        """Show the result beside the button; the list of hidden words is further up the page."""
        self._done.setText(words)
        self._done.show()

    def _on_star(self) -> None:
        assert self._shown is not None
        if Doubt.NAMED_CHILD in self._shown[0].doubts and not self.post.starred:
            self._warning.show()
            announce(self, self._warning.text())
            self.mask_button.setFocus()
            return
        self.star_wanted.emit(Marking(self.post.post.id, Mark.STARRED, not self.post.starred))
