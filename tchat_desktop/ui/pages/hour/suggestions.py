"""The texts prepared for a reply, and the buttons that offer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import urlsplit

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import signals
from tchat_desktop.domain.canned_replies import guest_replies
from tchat_desktop.domain.chat import Chat, Question
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.numbering import bare_text
from tchat_desktop.domain.protection import answer
from tchat_desktop.domain.texts import Texts, welcome_to
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _

NAME_LENGTH = 40
"""Letters of a question that stand on the button of its answer."""
MOST_SUGGESTIONS = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text offered as a reply; `name` is the label of its button.

    With `whole` the text is shown beside the button.
    """

    name: str
    text: str
    whole: bool = False


def suggested_replies(
    chat: Chat, feed: FeedPost, texts: Texts, numbers: Mapping[str, int], invites: bool = True
) -> list[Suggestion]:
    """Return the texts prepared for the question of the post, then those for other questions.

    `numbers` are those by which the hour asks its questions, by question id. For a post that may
    be a confidence, only the ready answer for that is offered.
    """
    # Without the tag, which must not lead the public to somebody who has confided something.
    careful = answer(chat, texts)
    if asks_for_care(feed):
        return [Suggestion(_("The ready answer"), careful)]
    tag = f" #{chat.hashtag}" if chat.hashtag else ""
    ordered = sorted(chat.questions, key=lambda one: one.id != feed.question_id)
    found = [
        Suggestion(_("Prepared by {name}").format(name=guest.name.strip()), text, whole=True)
        for guest, text in guest_replies(chat, feed, numbers.get(feed.question_id), texts)
    ]
    for question in ordered:
        about = question.id == feed.question_id
        found += _prepared(chat, question, tag, numbers.get(question.id), whole=about)
    found = found[:MOST_SUGGESTIONS]
    welcome = welcome_to(feed.post, chat, texts, invites=invites)
    return [
        *found,
        Suggestion(_("Word of welcome"), welcome),
        Suggestion(_("Somebody confides something grave"), careful),
    ]


def asks_for_care(feed: FeedPost) -> bool:
    """Return whether a post may be a confidence, or be written by a minor."""
    return signals.is_grave(signals.noticed(feed))


def _prepared(
    chat: Chat, question: Question, tag: str, number: int | None, *, whole: bool
) -> list[Suggestion]:
    asked = shorten(bare_text(chat, question), NAME_LENGTH, placeholder="…")
    found = []
    if answer := question.prepared_answer.strip():
        name = _("Ready answer: {question}").format(question=asked)
        if number:
            name = _("Q{number}: ready answer").format(number=number)
        found.append(Suggestion(name, answer + tag, whole=whole))
    for source in question.sources:
        if host := urlsplit(source).hostname:
            name = _("Link to {site}").format(site=host)
            if number:
                name = _("Q{number}: link to {site}").format(number=number, site=host)
            found.append(Suggestion(name, f"{source}{tag}"))
    return found


def whole_suggestion(suggestion: Suggestion, button: Button) -> QWidget:
    """Return a button with all of its text beside it."""
    widget = QWidget()
    line = row(column(button, None), PostText(suggestion.text))
    line.setStretch(1, 1)
    widget.setLayout(line)
    return widget


class SuggestionButton(Button):
    """A button that puts a suggested text into the reply."""

    def __init__(self, suggestion: Suggestion, use: Callable[[str], None]) -> None:
        super().__init__(
            suggestion.name,
            "link",
            clicked=self._on_used,
            name=_("Use: {text}").format(text=suggestion.name),
        )
        self._suggestion = suggestion
        self._use = use
        set_tip(self, suggestion.text)

    def _on_used(self) -> None:
        self._use(self._suggestion.text)
