"""The card of the last post, or the question whether a post in the browser is published."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from tchat_desktop.domain.by_hand import DOUBTS, link_problem
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.coming import all_by_page
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, left_at
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.faces import Faces, face, has_pictures, has_stopped, low_card
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.hour.link_line import LinkLine, is_pasted
from tchat_desktop.ui.pages.hour.picture_help import PictureHelp
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name, state_words, x_button
from tchat_desktop.ui.pages.shared.link_words import link_words
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.focus_ring import stand_for_keyboard
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.steady_button import SETTLED, UNHURRIED, SteadyButton
from tchat_desktop.ui.widgets.text import Chip, ElidedText
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext


class NowCard(Card):
    """The post that left last, or the question whether a post in the browser is published.

    Both contents share one place, so that nothing moves. A post stays in question until it is
    answered for; others opened meanwhile come after it. When the next one takes its place, the
    focus leaves the fields and buttons: an Enter meant for the first must not answer for the
    second.
    """

    put_off = Signal()
    """Emitted after the answer "Not yet": other posts that were opened come first."""

    def __init__(
        self,
        hour: HourPort,
        open_page: Callable[[str], None],
        picture_help: PictureHelp,
        heard: Callable[[str], bool],
    ) -> None:
        super().__init__(edge="well", spacing=0)
        low_card(self)
        stand_for_keyboard(self)
        self._heard = heard
        self._picture_help = picture_help
        keep_room(picture_help, has_pictures(hour))
        self._hour = hour
        self._open_page = open_page
        self._by_hand = all_by_page(hour.planned)
        self._asked: OutboxPost | None = None
        self._view: HourView | None = None
        self._put_off: set[str] = set()
        self._left = False
        """Whether the page of the post in question was closed without posting."""
        self._to_do = ""
        """What to do about the post in question where more is to be said than to ask; else ""."""
        self._taken_up = UnfinishedText()
        self._since = ElidedText("", "small")
        # Alone on an empty card, it stands where it always does.
        self._since.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._text = PostText(lines=1)
        self._state = Chip()
        self._answers = Chip()
        self._faces = Faces(
            face(self._since, self._text, FlowLayout(self._state, self._answers)), self._ask_face()
        )
        self.add(*self._faces.all)

    @property
    def asked_id(self) -> str:
        """The id of the post in question, "" when there is none."""
        return self._asked.id if self._asked is not None else ""

    def unfinished(self) -> UnfinishedText:
        """Return the link that is being typed, with the id of its post."""
        if self._asked is None:
            return self._taken_up
        return UnfinishedText(self._asked.id, self._link.text())

    def take_up(self, unfinished: UnfinishedText) -> None:
        """Continue with a typed link once its post is in question."""
        self._taken_up = unfinished

    def show_view(self, view: HourView, answers: int) -> None:
        """Show the state of the hour; `answers` counts the replies to the present question."""
        self._view = view
        # The card is hidden after the end; unconfirmed posts are listed under "To check".
        queue = [] if view.ended else self._queue(view)
        asked = queue[0] if queue else None
        self._show_asked(asked, view)
        self._show_behind(queue[1:], view)
        self._faces.show_face(1 if asked is not None else 0)
        stopped = has_stopped(view.pace.current)
        self._set_edge("look" if asked is not None or stopped else "well")
        self._show_current(view, answers)
        name = (self._question if asked is not None else self._since).accessibleName()
        if asked is not None and self._to_do:
            name = f"{name}. {self._to_do}"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys of the post in question, each with its button."""
        again = _("“Now”: open the page of the post again")
        return (
            HourKey(Shortcut.NOT_YET, _("“Now”: the post is not published yet"), self._later),
            HourKey(Shortcut.OPEN_AGAIN, again, self._again),
            HourKey(Shortcut.DROP, _("“Now”: drop the post"), self._drop),
            *self._picture_help.keys,
        )

    def _queue(self, view: HourView) -> list[OutboxPost]:
        """Return the posts in question: the one shown, the others, the postponed ones last."""

        def place(row: OutboxPost) -> tuple[bool, bool]:
            return row.id in self._put_off, row.id != self.asked_id

        return sorted(view.handed_over, key=place)

    def _show_behind(self, behind: Sequence[OutboxPost], view: HourView) -> None:
        words = ", ".join(
            _("{post}, opened at {hour}").format(
                post=row_name(row), hour=hour_of(left_at(row, NETWORK), view.chat)
            )
            for row in behind
        )
        words = self._to_do or (_("Also waiting: {posts}").format(posts=words) if behind else "")
        if words != self._behind.accessibleName():
            self._behind.show_text(words)
        # There is room for one of them; the whole text is in the browser.
        come, go = (self._behind, self._asked_text) if words else (self._asked_text, self._behind)
        # Both at once, for a moment, and the card would keep the room of both.
        go.hide()
        come.show()

    def _set_edge(self, edge: str) -> None:
        if self.property("edge") != edge:
            self.set_edge(edge)  # type: ignore[arg-type]

    def _ask_face(self) -> QWidget:
        self._question = ElidedText("", "strong")
        self._asked_text = PostText(lines=1)
        self._asked_text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._behind = ElidedText("", "small")
        # It stands where the text of the post does, and the buttons below stay where they are.
        self._behind.setMinimumHeight(self._asked_text.sizeHint().height())
        self._link_field = LinkLine()
        self._link = self._link_field.editor
        self._link.textEdited.connect(self._on_link_edited)
        self._link.returnPressed.connect(self._on_entered)
        self._link_before = ""
        self._doubted = ""
        self._pasted = False
        self._yes = SteadyButton(_("Yes, it is published"), "primary", clicked=self._on_yes)
        self._yes.keep_room_for(_("Yes, it is published"), _("Open its page again"))
        set_tip(self._yes, named(Shortcut.SEND))
        said = QShortcut(sequence(Shortcut.SEND), self, self._on_said)
        said.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._later = SteadyButton(_("Not yet"), "link", clicked=self._not_yet)
        self._drop = SteadyButton(_("Drop it"), "icon", "close", clicked=self._on_drop)
        # Each button keeps its place: a second press on one never hits the other.
        keep_room(self._later)
        self._again = Button(_("Open the page again"), "icon", "outside", self._open_again)
        about = row(self._link_field)
        about.setStretch(0, 1)
        for button in (self._again, self._drop):
            about.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        widget = QWidget()
        widget.setLayout(
            # The name stands right above the button that confirms: one is not in sight without the
            # other, and no other post is named between them.
            column(
                self._asked_text,
                self._behind,
                self._picture_help,
                about,
                self._question,
                FlowLayout(self._yes, self._later, spacing=theme.Space.LINE),
                self._link_field.said,
                None,
                spacing=theme.Space.LINE,
            )
        )
        return widget

    def take_focus(self) -> None:
        """Put the focus in the field of the link.

        A repost has no such field: the focus goes to a button that does not confirm.
        """
        if self._asked is None:
            return
        places = (self._link_field, self._later, self._again)
        first = next((one for one in places if not one.isHidden()), None)
        if first is self._link_field:
            self._link.setFocus()
        elif first is not None:
            first.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange or not self.isActiveWindow():
            return
        # Back from the browser, the link can be pasted, or the answer given, without the mouse.
        at = self.window().focusWidget()
        typed = at.text() if isinstance(at, QLineEdit) else ""
        typed = at.toPlainText() if isinstance(at, QPlainTextEdit) else typed
        if not typed and self.isVisible():
            self.take_focus()

    def _show_asked(self, asked: OutboxPost | None, view: HourView) -> None:
        if self._asked is not None and (asked is None or asked.id != self._asked.id):
            self._let_go_of_keyboard()
        if asked is not None and (self._asked is None or asked.id != self._asked.id):
            same = asked.id == self._taken_up.post_id
            self._link.setText(self._taken_up.text if same else "")
            self._link_before = self._link.text()
            self._taken_up = UnfinishedText()
            self._doubted = ""
            self._link_field.say("")
            self._picture_help.show_post(asked)
        if asked is not None:
            self._asked_text.show_text(asked.text)
            self._show_left(asked.id in view.closed_unsent and bool(asked.page))
            self._mean(asked, (self._yes, self._later, self._drop))
            put_off = asked.id in self._put_off
            self._later.setHidden(put_off)
            self._again.setVisible(bool(asked.page))
            # As short as the card is narrow: the name must stand whole, and what to do below it.
            words, to_do = _("{post}: published? · {hour}"), ""
            if view.cut:
                words = _("{post}: no network")
                to_do = _("Repair the network, then “{button}”.")
            elif self._left:
                words = _("{post}: not published")
                to_do = _("You closed its page without posting.")
            elif put_off:
                words = _("{post} still waits")
                to_do = _("Press “{button}” there, then say so here.")
            opened = hour_of(left_at(asked, NETWORK), self._hour.chat)
            words = words.format(post=row_name(asked), hour=opened)
            self._to_do = to_do.format(button=x_button(asked))
            if words != self._question.accessibleName():
                self._question.show_text(words)
        self._asked = asked
        if asked is not None:
            self._show_field(asked.kind is not PostKind.REPOST)

    def _mean(self, asked: OutboxPost, buttons: Sequence[SteadyButton]) -> None:
        # The same words in the same place about another post: it takes longer to see that.
        another = self._asked is None or asked.id != self._asked.id
        slow = another or asked.occasion is Occasion.REHEARSAL
        for button in buttons:
            meaning = (asked.id, asked.changed_at, self._doubted, self._left)
            button.means(meaning, UNHURRIED if slow else SETTLED, by_itself=another)

    def _show_left(self, left: bool) -> None:
        """Have the main button open the page again of a post that is known not to be out."""
        if left is not self._left:
            self._left = left
            words = _("Open its page again") if left else _("Yes, it is published")
            self._yes.show_text(words)

    def _let_go_of_keyboard(self) -> None:
        """Move the focus to the card itself, where no key does anything."""
        at = self.window().focusWidget()
        if at is not None and self._faces.all[1].isAncestorOf(at):
            self.setFocus()

    def _show_field(self, wanted: bool) -> None:
        """Show or hide the field of the link; the focus does not stay in a hidden field."""
        had = self._link.hasFocus()
        self._link_field.setVisible(wanted)
        if had and not wanted:
            self.take_focus()

    def _show_current(self, view: HourView, answers: int) -> None:
        current = view.pace.current
        for widget in (self._text, self._state, self._answers):
            widget.setVisible(current is not None)
        if current is None:
            self._show_since(_("First post: see “Next”."))
            return
        since = view.now - left_at(current, NETWORK)
        minutes = max(0, int(since.total_seconds() // 60))
        stopped = has_stopped(current)
        words = _("Now · {post} · for {count} min") if minutes else _("Now · {post}")
        words = _("Was to leave: {post}") if stopped else words
        self._show_since(words.format(post=row_name(current), count=minutes))
        self._text.show_text(current.text)
        self._state.say(*state_words(current, view.chat))
        words = ngettext("{count} answer", "{count} answers", answers)
        if self._by_hand:
            # Without keys the tag is not read: there may be other answers.
            words = ngettext("{count} answer pasted here", "{count} answers pasted here", answers)
        self._answers.say(words.format(count=answers), "plain")
        self._answers.setVisible(
            current.kind is PostKind.QUESTION and not (stopped and not answers)
        )

    def _show_since(self, words: str) -> None:
        if words != self._since.accessibleName():
            self._since.show_text(words)

    def _on_link_edited(self, text: str) -> None:
        pasted = is_pasted(self._link_before, text)
        self._link_before = text
        self._doubted = ""
        self._link_field.say("")
        self._pasted = False
        if pasted:
            self._on_entered()
            self._pasted = True

    def _on_entered(self) -> None:
        linked = bool(self._link.text().strip())
        if not (self._yes.stands if linked else self._yes.is_settled):
            self._yes.refuse()
        elif self._pasted and self._doubted:
            # Many people press Enter after pasting: that does not answer the question about the
            # paste.
            self._pasted = False
            announce(self._link, self._link_field.verdict)
        elif not linked:
            # A stray Enter must not confirm that the post is published.
            words = _("Click “Yes, it is published”, or paste the link.")
            if self._left:
                words = _("Open its page again and press “Post” there, or paste the link.")
            self._link_field.say(words, "look")
            announce(self._link, words)
        else:
            self._confirm()

    def _on_said(self) -> None:
        """Confirm by keys that nobody presses by chance, with the link or without."""
        if self._asked is None:
            return
        if self._yes.is_settled:
            self._on_yes()
        else:
            self._yes.refuse()

    def _on_yes(self) -> None:
        if self._left and not self._link.text().strip():
            self._open_again()
        else:
            self._confirm()

    def _confirm(self) -> None:
        if self._asked is None or self._view is None:
            return
        link = self._link.text().strip()
        if link and self._asked.kind is not PostKind.REPOST:
            account = self._hour.chat.account
            problem = link_problem(
                link, self._asked, self._view.rows, account, NETWORK, self._heard, self._view.now
            )
            doubted = problem in DOUBTS
            if problem is not None and not (doubted and link == self._doubted):
                self._doubted = link if doubted else ""
                self._mean(self._asked, (self._yes,))
                words = link_words(problem, account)
                self._link_field.say(words, "look" if doubted else "stop")
                # Announced again each time: otherwise the button would seem not to work.
                announce(self._link, words)
                self._link.setFocus()
                self._link.selectAll()
                return
        self._hour.do(Outbox.confirm_sent, self._asked.id, link)

    def _open_again(self) -> None:
        if self._asked is not None:
            self._open_page(self._asked.page)

    def _not_yet(self) -> None:
        """Ask about the other posts first; the organiser can still confirm this one."""
        if self._asked is not None:
            self._put_off.add(self._asked.id)
            self.put_off.emit()

    def _on_drop(self) -> None:
        if self._asked is not None:
            self._hour.do(Outbox.skip, self._asked.id)
