"""The page of the tag: short, easy to say and to remember, and checked before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain import hashtag
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.hashtag import Level, TagCheck, TagVerdict
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hashtag.hashtag_words import TONES, verdict_sentence
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.tag_edit import TagEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone


class HashtagPage(Page):
    """The page on which the tag is chosen and checked.

    `now` returns the time in UTC; `open_page` opens an https page in the browser.
    """

    step = StepId.HASHTAG

    def __init__(
        self,
        editor: ChatEditor,
        now: Callable[[], datetime],
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__(
            step_title(StepId.HASHTAG),
            _("The tag gathers the conversation: everyone adds it to each of their posts."),
        )
        self._editor, self._now, self._open_page = editor, now, open_page
        self._offered: tuple[str, ...] | None = None
        self.add(self._tag_card(), self._verdict_card())
        self.content.addStretch(1)
        self._preview = PostPreview()
        self.add_advice(
            self._preview,
            AdviceCard(
                _("Short and clear"),
                _(
                    "People type it on a phone, dozens of times during the chat. Say "
                    "it aloud to a colleague: if they write it without a mistake, keep "
                    "it."
                ),
            ),
            AdviceCard(
                _("Is it free?"),
                _(
                    "Nobody owns a tag. Look at what lives under it: if others use it for "
                    "something else, choose another one."
                ),
            ),
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the tag; while the typed text means the same tag, it stays as it is."""
        if hashtag.normalise(self._edit.text()) != chat.hashtag:
            self._edit.setText(chat.hashtag)
        year = self._year(chat)
        found = hashtag.verdicts(chat.hashtag, self._now().year, NETWORK)
        self._show_verdicts(found)
        self._show_suggestions(chat, year, found)
        usable = NETWORK.is_tag(chat.hashtag)
        better = hashtag.as_tag(self._edit.text(), chat.language, NETWORK)
        self._better.setVisible(bool(better))
        self._better.show_text(_("Use #{tag}").format(tag=better))
        self._better_tag = better
        self._look.setEnabled(usable)
        variant = hashtag.year_variant(chat.hashtag, year)
        self._year_button.setVisible(usable and variant != chat.hashtag)
        self._year_button.show_text(_("With the year: #{tag}").format(tag=variant))
        topic = chat.topic.strip() or _("our topic")
        tag = f"#{chat.hashtag}" if usable else _("#YourTag")
        self._preview.show_post(
            _("an example"),
            chat.organisation,
            chat.account,
            # The topic ends its line, because it may be a question with a question mark of its own.
            _(
                "Welcome to our chat! Our topic: {topic}\n"
                "We begin with Q1. Answer with R1 and {tag}"
            ).format(topic=topic, tag=tag),
        )

    def _tag_card(self) -> Card:
        self._edit = TagEdit()
        self._edit.setPlaceholderText(_("SchoolForGirls"))
        self._edit.textEdited.connect(self._on_edited)
        self._edit.editingFinished.connect(self._on_finished)
        self._field = Field(
            _("Your tag"),
            self._edit,
            _("No spaces; a capital to each word. The # is there already."),
            keep_room=True,
        )
        self._look = Button(
            _("See what already exists on X"), icon_name="outside", clicked=self._on_look_wanted
        )
        self._year_button = Button("", clicked=self._on_year_wanted)
        self._better = Button("", clicked=self._on_better_wanted)
        self._better_tag = ""
        self._ideas = Text("", "label")
        self._suggestions = FlowBox()
        actions = FlowBox()
        # The button that changes with each letter comes last, so that the others do not move.
        actions.show_widgets([self._look, self._year_button, self._better])
        card = Card(spacing=14)
        card.add(self._field, actions, self._ideas, self._suggestions)
        return card

    def _verdict_card(self) -> Card:
        self._lines = {check: VerdictLine() for check in TagCheck}
        self._verdicts = Card(spacing=8)
        self._verdicts.add(Text(_("What we see"), "heading"), *self._lines.values())
        return self._verdicts

    def _show_verdicts(self, found: tuple[TagVerdict, ...]) -> None:
        """Show what X refuses at the field, and the other verdicts in a list below."""
        by_check = {verdict.check: verdict for verdict in found}
        # A tag that X refuses gets no other verdict.
        usable = NETWORK.is_tag(self._editor.chat.hashtag)
        for check, line in self._lines.items():
            verdict = by_check.get(check)
            listed = usable and verdict is not None
            line.say(verdict_sentence(verdict) if verdict and listed else "", _tone(verdict))
        refused = next((one for one in found if one.level is Level.BAD), None)
        typed = self._edit.text().strip().removeprefix("#")
        if refused is not None:
            self._field.say(verdict_sentence(refused), "stop")
        elif typed != self._editor.chat.hashtag:
            self._field.say(
                _("Kept as #{tag}: a tag has no spaces.").format(tag=self._editor.chat.hashtag),
                "plain",
            )
        else:
            self._field.say("")
        self._verdicts.setVisible(usable)

    def _show_suggestions(self, chat: Chat, year: int, found: tuple[TagVerdict, ...]) -> None:
        better = tuple(
            str(verdict.value)
            for verdict in found
            if verdict.check is TagCheck.CAMEL_CASE
            and verdict.level is Level.HINT
            and verdict.value
        )
        ideas = hashtag.suggestions(chat.topic, chat.organisation, year, chat.language, NETWORK)
        offered = tuple(tag for tag in dict.fromkeys(better + ideas) if tag != chat.hashtag)
        if offered == self._offered:
            return
        self._offered = offered
        self._ideas.setText(
            _("Ideas from your topic")
            if offered
            else _("Give the topic first: ideas come from it.")
        )
        self._ideas.setVisible(bool(offered) or not chat.topic)
        self._suggestions.show_widgets([_Idea(tag, self._use) for tag in offered])
        self._suggestions.setVisible(bool(offered))
        put_in_reading_order(self.inner)

    def _year(self, chat: Chat) -> int:
        return (chat.starts_local or self._now()).year

    def _use(self, tag: str) -> None:
        self._editor.edit(replace(self._editor.chat, hashtag=tag))
        self._edit.setText(tag)
        # The pressed button is gone: it would suggest the tag that is now chosen.
        self._edit.setFocus()

    def _on_edited(self, text: str) -> None:
        tag = hashtag.normalise(text)
        if tag == self._editor.chat.hashtag:
            self.show_chat(self._editor.chat)
        self._editor.edit(replace(self._editor.chat, hashtag=tag), field="hashtag")

    def _on_finished(self) -> None:
        tag = self._editor.chat.hashtag
        if self._edit.text() != tag and NETWORK.is_tag(tag):
            self._edit.setText(tag)
            self.show_chat(self._editor.chat)

    def _on_better_wanted(self) -> None:
        self._use(self._better_tag)

    def _on_look_wanted(self) -> None:
        self._open_page(NETWORK.links.search(self._editor.chat.hashtag))

    def _on_year_wanted(self) -> None:
        chat = self._editor.chat
        self._use(hashtag.year_variant(chat.hashtag, self._year(chat)))


class _Idea(Button):
    """A button that takes a suggested tag."""

    def __init__(self, tag: str, use: Callable[[str], None]) -> None:
        super().__init__(
            f"#{tag}", clicked=self._on_pressed, name=_("Use the tag {tag}").format(tag=f"#{tag}")
        )
        self._tag, self._use = tag, use

    def _on_pressed(self) -> None:
        self._use(self._tag)


def _tone(verdict: TagVerdict | None) -> Tone:
    return TONES[verdict.level] if verdict else "well"
