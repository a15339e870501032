"""The card of the thread: the recap in a few numbered messages, each answering the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap_thread
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import (
    Chat,
    Occasion,
    Route,
    ThreadPost,
    new_id,
    with_part,
    with_part_moved,
    without_part,
)
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.found_posts import FoundPosts
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.domain.thread_rows import IN_DOUBT, ThreadLine, thread_lines, thread_price
from tchat_desktop.domain.thread_source import ThreadSource, made_anew
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import HourNotBegun, ServiceFailed
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.thread_notes import ThreadNotes, is_former
from tchat_desktop.ui.pages.recap.thread_post import PostView, ThreadPostRow
from tchat_desktop.ui.pages.recap.thread_reading import ThreadReading
from tchat_desktop.ui.pages.recap.thread_state import ThreadState
from tchat_desktop.ui.pages.recap.thread_tools import ThreadTools
from tchat_desktop.ui.pages.recap.thread_words import (
    progress_words,
    publish_words,
    thread_notice,
    thread_problem_words,
    way_words,
)
from tchat_desktop.ui.pages.shared.careful import left_words
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.sortable import SortableColumn
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _

MOST_POSTS = 25
"""How many messages a thread may have: nobody reads longer ones."""


class ThreadCard(Card):
    """Proposes a thread, has it edited, and publishes it as a chain.

    In a rehearsal it only plays: nothing leaves, and the messages are not kept.
    """

    reordered = Signal()
    """Emitted when messages came, went or moved."""
    recap_read = Signal(object)
    """Emitted with the recap of now, once the words that were typed are in it."""

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        tools: ThreadTools,
        reader: RecapReader,
        introduction: Callable[[Recap], str],
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._editor = editor
        self._bridge = bridge
        self._tools = tools
        self._figures = introduction
        self._reading = ThreadReading(self, bridge, reader, introduction)
        self._reading.read.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        self._open_page = open_page
        self._guard = ChildGuard(editor)
        self._recap: Recap | None = None
        self._mask: NameMask | None = None
        self._names: FirstNames | None = None
        self._current = True
        self._waiting: Callable[[], None] | None = None
        """What was pressed while somebody was just being hidden."""
        self._played: tuple[ThreadPost, ...] = ()
        """The messages of a rehearsal."""
        self._played_out: tuple[tuple[str, str], ...] = ()
        self._in_browser = False
        """Whether the organiser would rather publish without the keys."""
        self._trouble = ""
        self._material: Material | None = None
        self._pasted: dict[str, str] = {}
        """The texts by the ids of the posts on the pages that were pasted here."""
        self._told: object = None
        """What was last looked at to confirm messages in doubt."""
        self._rows: dict[str, ThreadPostRow] = {}
        self._state = ThreadState()
        self._build()
        tools.rows.changed.connect(self._on_rows_changed)
        bridge.hour_not_begun.connect(self._on_not_begun)
        bridge.service_failed.connect(self._on_service_failed)

    def _build(self) -> None:
        self._progress = Chip("")
        self.propose = Button(_("Propose a thread"), "quiet", "bubble", self._on_propose)
        self.column = SortableColumn(spacing=theme.Space.NEAR)
        self.column.dropped.connect(self._on_dropped)
        self.add_post = Button(_("Add a message"), "link", "plus", self._on_add)
        self.anew = Button(_("Propose it anew"), "link", "undo", self._on_propose)
        self._way = Text("", "small")
        self._notice = HintNotice("", "look")
        self._notice.hide()
        self.notes = ThreadNotes(self._on_propose)
        self.publish = PublishButton("", "quiet", "send", self._on_publish)
        self.pause = Button(_("Pause"), "quiet", "pause", self._on_pause)
        self.cancel = Button(_("Publish no more of it"), "link", clicked=self._on_cancel)
        self.other_way = Button("", "link", clicked=self._on_other_way)
        self.paste = Button(_("Paste the page of your account"), "link", "copy", self._on_paste)
        self.add(
            FoldingRow((Text(_("A thread on X"), "heading", wrap=False), self._progress), ()),
            Text(
                _(
                    "The recap in a few numbered messages, each in answer to the one before. You "
                    "read and change them first."
                ),
                "small",
            ),
            row(self.propose, None),
            self._way,
            self.column,
            FlowLayout(self.add_post, self.anew, spacing=theme.Space.NEAR),
            self.notes,
            self._notice,
            FlowLayout(
                self.publish,
                self.pause,
                self.cancel,
                self.paste,
                self.other_way,
                spacing=theme.Space.NEAR,
            ),
        )

    # --- what is shown -----------------------------------------------------------------------

    @property
    def rows(self) -> tuple[ThreadPostRow, ...]:
        """The messages from top to bottom."""
        return tuple(one for one in self.column.cards if isinstance(one, ThreadPostRow))

    @property
    def told(self) -> str:
        """The sentence on how the thread is; "" when there is nothing to say."""
        return self._notice.text

    @property
    def way(self) -> str:
        """The sentence on how the messages leave, and what that costs."""
        return self._way.text()

    def take_the_keyboard(self) -> None:
        """Put the keyboard where the thread goes on."""
        following = self._state.following
        row = self._rows.get(following.post.id) if following is not None else None
        for one in (self.publish, *((row.open, row.link.link, row.text) if row else ())):
            if one.isVisibleTo(self) and one.isEnabled():
                one.setFocus()
                return

    def show_material(self, chat: Chat, material: Material) -> None:
        """Show the thread of the chat, beside what it is made from."""
        self._reading.show_material(chat, material)
        self._material = material
        self.show_chat(chat)

    def show_recap(self, recap: Recap, reading: RecapReading) -> None:
        """Note what a thread is proposed from, and who is hidden."""
        self._recap, self._names, self._mask = recap, reading.first_names, reading.mask

    def show_current(self, current: bool) -> None:
        """Whether who is hidden is what was chosen last; until then nothing leaves."""
        self._current = current
        waiting, self._waiting = self._waiting, None
        if current and waiting is not None:
            self.show_chat(self._editor.chat)
            waiting()
        elif not current:
            self._waiting = waiting

    def _once_current(self, action: Callable[[], None]) -> None:
        if self._current:
            action()
        else:
            self._waiting = action

    def show_chat(self, chat: Chat) -> None:
        """Show the thread of the chat with what became of it."""
        if self._recap is None:
            return
        plays = self._recap.simulated
        if plays:
            chat = replace(chat, thread=self._played, thread_out=self._played_out)
        self._state = state = ThreadState(
            thread_lines(chat, () if plays else self._tools.rows.rows, NETWORK),
            has_keys=chat.route is Route.KEYS and self._tools.connected(),
            in_browser=self._in_browser,
            active=self._tools.rows.at_work,
            plays=plays,
            elsewhere=chat.live_elsewhere is not None and not plays,
        )
        there = bool(state.lines)
        self.propose.setVisible(not there)
        self.column.setVisible(there)
        self._show_rows()
        self.add_post.setVisible(there and not state.begun and len(state.lines) < MOST_POSTS)
        self.anew.setVisible(there and not state.begun)
        self._progress.setVisible(state.begun)
        self._progress.say(progress_words(state.lines), "well" if state.whole else "plum")
        self._confirm_from_read()
        self.notes.show_thread(state, self._reading.source)
        if self.notes.former and state.at_work:
            self._tools.posting().pause()
        self._show_buttons()
        self._show_notice()

    def _show_rows(self) -> None:
        state, before = self._state, [one.post_id for one in self.rows]
        for place, line in enumerate(state.lines, 1):
            problem, barred = self._problem(line)
            self._row(line.post.id).show_view(
                PostView(
                    line,
                    place,
                    len(state.lines),
                    problem,
                    barred,
                    fixed=state.begun,
                    # While they leave one after the other, the next one may be on its way.
                    removable=not (line.is_out or state.at_work or state.elsewhere),
                    by_page=not state.by_keys,
                    opens=state.may_publish and not (state.by_keys or state.plays),
                    is_next=line is state.following,
                    played=state.plays,
                )
            )
        wanted = [line.post.id for line in state.lines]
        self.column.show_cards([self._row(post_id) for post_id in wanted])
        self._rows = {post_id: self._rows[post_id] for post_id in wanted}
        if wanted != before:
            self.reordered.emit()

    def _confirm_from_read(self) -> None:
        """Have messages in doubt confirmed by what was read or pasted since, once for each."""
        state, material, account = self._state, self._material, self._editor.chat.account
        doubts = [line.row for line in state.lines if line.row and line.row.state in IN_DOUBT]
        shown = (material, tuple((row.id, row.attempts) for row in doubts))
        if material is None or not doubts or state.plays or state.elsewhere or shown == self._told:
            return
        self._told = shown
        since, ours = min(row.due_at for row in doubts), fold(account)
        own = [
            item.post
            for item in material.posts
            if item.post.created_at >= since and fold(item.post.author) == ours
        ]
        if own:
            self._tools.posting().take_in(own, account)

    def _show_buttons(self) -> None:
        state = self._state
        offers = state.may_publish and not state.plays
        price = thread_price(state.lines, self._tools.rules) if state.by_keys else None
        self._way.setVisible(offers)
        self._way.setText(way_words(len(state.left), price))
        self.publish.show_text(
            _("Play its publication") if price is None else publish_words(state, price)
        )
        self.publish.means((state.begun, state.by_keys, state.plays))
        by_itself = state.by_keys or state.plays
        self.publish.setVisible(state.may_publish and by_itself and not state.at_work)
        self.publish.setEnabled(
            self._reading.source is not None
            and not any(self._problem(line)[1] for line in state.left)
        )
        self.pause.setVisible(state.at_work)
        self.cancel.setVisible(state.waits)
        self.paste.setVisible(state.wants_links)
        self.other_way.setVisible(offers and state.has_keys and not state.at_work)
        self.other_way.show_text(
            _("With the access keys instead") if self._in_browser else _("In the browser instead")
        )

    def _show_notice(self) -> None:
        words, tone = thread_notice(self._state)
        if self.notes.former:
            # It does not go on before it is made again, as is said there.
            words = ""
        if self._trouble:
            words, tone = self._trouble, "stop"
        if words and words != self._notice.text:
            announce(self, words)
        self._notice.say(words, tone)

    def _row(self, post_id: str) -> ThreadPostRow:
        if post_id not in self._rows:
            account, rows = lambda: self._editor.chat.account, self._tools.rows
            made = ThreadPostRow(post_id, rows, account, self._tools.now, self._said)
            made.edited.connect(self._on_edited)
            made.move_wanted.connect(self._on_move)
            made.removed.connect(self._on_removed)
            made.open_wanted.connect(self._on_open)
            made.see_wanted.connect(self._open_page)
            made.link.confirmed.connect(self._on_confirmed)
            made.link.not_out.connect(self._on_not_out)
            self.column.adopt(made, made.handle)
            self._rows[post_id] = made
        return self._rows[post_id]

    def _said(self, post_id: str) -> str:
        """What our post of that id says on X, as far as it was read or pasted; "" for unknown."""
        if post_id in self._pasted or self._material is None:
            return self._pasted.get(post_id, "")
        ours = fold(self._editor.chat.account)
        posts = (item.post for item in self._material.posts if item.post.id == post_id)
        return next((post.text for post in posts if fold(post.author) == ours), "")

    def _problem(self, line: ThreadLine) -> tuple[str, bool]:
        """What to look at in a message that has not left, and whether that bars it."""
        if line.is_out or self._mask is None or self._names is None:
            return "", False
        found = recap_thread.thread_problems(
            line.text,
            self._mask,
            NETWORK,
            by_page=not self._state.by_keys,
            tag=self._editor.chat.hashtag,
        )
        barred = bool(recap_thread.BARRING.intersection(found))
        if is_former(line, self._reading.source):
            return _("It says what is no longer in the recap: change it, or make it again."), True
        if words := blank_words(line.text) or self._guard.words(line.text):
            return words, barred
        if found:
            return thread_problem_words(found[0]), barred
        left = self._names.left_in([line.text])
        return (left_words(left[0]) if left else ""), False

    # --- the messages ------------------------------------------------------------------------

    def _posts(self) -> tuple[ThreadPost, ...]:
        return tuple(line.post for line in self._state.lines)

    def _edit(self, posts: tuple[ThreadPost, ...], field: str = "") -> None:
        self._trouble = ""
        if self._state.plays:
            self._played = posts
            self.show_chat(self._editor.chat)
        else:
            self._editor.edit(replace(self._editor.chat, thread=posts), field=field)

    def _on_propose(self) -> None:
        chat = self._editor.chat
        if self._recap is None:
            return
        texts, lines = self._tools.texts_of(chat.language), self._state.lines
        reading, figures_of = self._reading, self._figures

        def made() -> tuple[tuple[ThreadLine, ...], tuple[ThreadPost, ...]]:
            now = reading.recap()
            figures = figures_of(now)
            proposed = recap_thread.proposed_thread(chat, now, texts, figures)
            source = ThreadSource(now, figures, NETWORK)
            return lines, made_anew(lines, proposed, source)

        self._bridge.run(self, made, self._on_proposed, self._on_failed)

    def _on_proposed(self, made: tuple[tuple[ThreadLine, ...], tuple[ThreadPost, ...]]) -> None:
        lines, posts = made
        out = [line.post.id for line in self._state.lines if line.is_out]
        if out != [line.post.id for line in lines if line.is_out]:
            # Some left meanwhile: what was made anew may have been made of others.
            return
        self._edit(posts)
        if self.rows:
            self.rows[0].text.setFocus()
        announce(self, _("The thread is proposed: read it, and change what you like."))

    def _on_read(self) -> None:
        self.show_chat(self._editor.chat)
        self.recap_read.emit(self._reading.now)

    def _on_failed(self, error: Exception) -> None:
        self._trouble = error_words.sentence(error)
        self.show_chat(self._editor.chat)

    def _on_edited(self, post_id: str, text: str) -> None:
        post = next((one for one in self._posts() if one.id == post_id), None)
        if post is not None and post.text != text:
            edited = with_part(self._posts(), replace(post, text=text))
            self._edit(edited, f"thread-{post_id}")

    def _on_move(self, post_id: str, step: int) -> None:
        posts = self._posts()
        place = [one.id for one in posts].index(post_id)
        if 0 <= place + step < len(posts):
            self._edit(with_part_moved(posts, post_id, place + step))

    def _on_dropped(self, card: QWidget, place: int) -> None:
        assert isinstance(card, ThreadPostRow)
        if not self._state.begun:
            self._edit(with_part_moved(self._posts(), card.post_id, place))

    def _on_removed(self, post_id: str) -> None:
        place = [one.id for one in self._posts()].index(post_id)
        self._edit(without_part(self._posts(), post_id))
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].text.setFocus()

    def _on_add(self) -> None:
        made = ThreadPost(new_id())
        posts = self._posts()
        # The last one thanks: what is added comes before it.
        self._edit((*posts[:-1], made, *posts[-1:]))
        self._rows[made.id].text.setFocus()

    # --- publishing --------------------------------------------------------------------------

    def _may_leave(self, lines: Sequence[ThreadLine]) -> bool:
        """Return whether no text is barred and none names a child, or that is meant."""
        return all(
            not self._problem(line)[1] and self._guard.lets_leave(self, line.text) for line in lines
        )

    def _on_publish(self) -> None:
        self._trouble = ""
        if self._state.plays:
            self._played_out = tuple((post.id, "1") for post in self._played)
            self.show_chat(self._editor.chat)
        else:
            self._once_current(self._publish)

    def _publish(self) -> None:
        if self._may_leave(self._state.left):
            self._tools.posting().publish(self._editor.chat)

    def _on_open(self, post_id: str) -> None:
        self._trouble = ""
        self._once_current(partial(self._open, post_id))

    def _open(self, post_id: str) -> None:
        line = next((one for one in self._state.lines if one.post.id == post_id), None)
        if line is not None and (line.is_out or self._may_leave([line])):
            self._tools.posting().open(self._editor.chat, post_id)

    def _on_pause(self) -> None:
        self._tools.posting().pause()

    def _on_cancel(self) -> None:
        self._tools.posting().cancel()

    def _on_other_way(self) -> None:
        self._in_browser = not self._in_browser
        self.show_chat(self._editor.chat)

    def _on_confirmed(self, row_id: str, link: str) -> None:
        self._tools.posting().confirm(row_id, link)

    def _on_not_out(self, row_id: str) -> None:
        self._tools.posting().not_out(row_id)

    def _on_paste(self) -> None:
        account = self._editor.chat.account

        def take(found: FoundPosts) -> None:
            ours = (one for one in found.posts if fold(one.author) == fold(account))
            self._pasted |= {one.id: one.text for one in ours}
            self._tools.posting().take_in(found.posts, account)
            if not found.posts:
                self._trouble = _(
                    "There is no message on the page you copied. Open your account on X, copy the "
                    "whole page, then come back here."
                )
            self.show_chat(self._editor.chat)

        self._trouble = ""
        self._tools.pasting.read_clipboard(self, take, self._on_failed)

    def _on_rows_changed(self) -> None:
        self.show_chat(self._editor.chat)

    def _on_not_begun(self, event: HourNotBegun) -> None:
        if (event.chat_id, event.occasion) == (self._editor.chat.id, Occasion.THREAD):
            self._trouble = _(
                "Posts are already leaving from this folder, from another window or command. "
                "Nothing was sent from here."
            )
            self.show_chat(self._editor.chat)

    def _on_service_failed(self, event: ServiceFailed) -> None:
        if event.where == "thread":
            self._on_failed(event.error)
