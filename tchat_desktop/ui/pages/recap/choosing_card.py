"""The card in which highlights are chosen: how many there are, and the list of all posts."""

from __future__ import annotations

from tchat_desktop.domain.chapters import chapters_of
from tchat_desktop.domain.chat import Chapter, Chat
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.recap.post_picker import PostPicker
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, ngettext

MANY = 15
"""How many posts there must be to choose from before a number of highlights is advised."""


class ChoosingCard(Card):
    """Says beside its button while posts are being read, in a line that keeps its place."""

    def __init__(self, bridge: Bridge, reader: RecapReader) -> None:
        super().__init__()
        self._chat: Chat | None = None
        self._reading: RecapReading | None = None
        self._words = ""
        self._into = ""
        self._elsewhere = Button(
            _("Under its question instead"), "link", clicked=self._on_elsewhere
        )
        self._target = HintNotice("", "plain", self._elsewhere)
        self._target.hide()
        self.picker = PostPicker(bridge, reader)
        self.picker.hide()
        self._text = Text("", "small")
        self.choose = Button(_("Choose from the posts"), "quiet", "star", self._on_choose)
        self._progress = Text(_("Reading the posts…"), "small")
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        beside = row(self.choose, self._progress, spacing=theme.Space.UNDER_HEADING)
        beside.setStretch(1, 1)
        self.add(Text(_("The highlights"), "heading"), self._text, beside)
        self.add(self._target, self.picker)

    @property
    def text(self) -> str:
        """What is advised, and what is not in the list."""
        return self._text.text()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return not self.picker.isHidden()

    @property
    def into(self) -> str:
        """The id of the chapter that chosen posts go into; "" for none."""
        return self._into

    def open_for(self, chapter: Chapter) -> None:
        """Show the list of all posts: those that are chosen go into a chapter."""
        self.open_list(True)
        self.picker.choose_all()
        self._into = chapter.id
        self._show_target(chapter.title)

    def open_for_question(self, question_id: str) -> None:
        """Show the posts of a question; "" for those without one."""
        self.open_list(True)
        self.picker.choose_question(question_id)
        self._on_elsewhere()

    def show_progress(self, reading: bool) -> None:
        """Say whether posts are being read; before any are known there is no list."""
        self._progress.setVisible(reading)
        self.choose.setEnabled(self._reading is not None)

    def show_reading(self, chat: Chat, reading: RecapReading, *, none: bool) -> None:
        """Show what there is to choose from; `none` says that nothing is a highlight yet."""
        first = self._reading is None
        self._chat, self._reading = chat, reading
        count, confidences = len(reading.choosable), reading.figures.confidences
        self._words = ngettext(
            "Choose from the {count} post by the public",
            "Choose from the {count} posts by the public",
            count,
        ).format(count=count)
        enough = _enough_words(count, none=none)
        apart = ngettext(
            "{count} confidence is not in the list: it is no highlight and counts nowhere.",
            "{count} confidences are not in the list: they are no highlights and count nowhere.",
            confidences,
        ).format(count=confidences)
        self._text.setText(f"{enough} {apart}" if confidences else enough)
        titles = {one.id: one.title for one in chapters_of(chat)}
        self._into = self._into if self._into in titles else ""
        self._show_target(titles.get(self._into, ""))
        # When a chat without highlights is first shown, the list to choose from is opened.
        self.open_list(self.is_open or (first and none))

    def open_list(self, opened: bool) -> None:
        """Show the list of posts, or close it."""
        if opened and self._chat is not None and self._reading is not None:
            # Filled before it is shown, so that the page is laid out only once.
            self.picker.show_posts(self._chat, self._reading)
        self.picker.setVisible(opened)
        self.choose.show_text(_("Close the list") if opened else self._words)

    def _show_target(self, title: str) -> None:
        words = _("What you choose goes into the chapter “{title}”.")
        self._target.say(words.format(title=beginning(title)) if title else "", "plain")

    def _on_choose(self) -> None:
        self.open_list(not self.is_open)
        self._on_elsewhere()

    def _on_elsewhere(self) -> None:
        if self._elsewhere.hasFocus():
            self.picker.search.setFocus()
        self._into = ""
        self._show_target("")


def _enough_words(count: int, *, none: bool) -> str:
    """Return how many highlights are enough, where there are `count` posts to choose from."""
    if count < MANY:
        words = _("One or two voices for each question are enough.")
        return _("None yet.") + " " + words if none else words
    if none:
        return _("None yet. Ten to fifteen are enough: one or two voices for each question.")
    return _("Ten to fifteen are enough: one or two voices for each question.")
