"""The page of the tag: short, easy to say and to remember, and checked before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tchat_desktop.domain import hashtag
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.hashtag import Level, TagCheck, TagVerdict
from tchat_desktop.domain.judgements import put_aside, told_again
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hashtag.hashtag_words import (
    cost_sentence,
    out_words,
    verdict_sentence,
)
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, column
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.ui.widgets.judged_hints import JudgedHint, JudgedHints
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.tag_edit import TagEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title


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
        self._offered: tuple[tuple[str, ...], tuple[str, ...], str] | None = None
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
        found = hashtag.verdicts(chat.hashtag, self._now().year, NETWORK, chat.topic)
        self._show_verdicts(chat, found)
        self._show_ideas(chat, year, found)
        self._show_out(chat)
        usable = NETWORK.is_tag(chat.hashtag)
        typed = self._edit.text().strip().removeprefix("#")
        # Of a tag that stands as it was typed, the other spellings are among the variants.
        stands = usable and typed == chat.hashtag
        better = "" if stands else hashtag.as_tag(typed, chat.language, NETWORK)
        self._better.setVisible(bool(better))
        self._better.show_text(_("Use #{tag}").format(tag=better))
        self._better_tag = better
        for look in (self._look, self._look_best):
            look.setEnabled(usable)
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
        self._old_tag = ""
        self._back = Button("", clicked=self._on_back_wanted)
        self._out = HintNotice("", "look", self._back)
        self._look = Button(
            _("See what already exists on X"), icon_name="outside", clicked=self._on_look_wanted
        )
        self._look_best = Button(
            _("The most read posts"),
            icon_name="outside",
            clicked=self._on_best_wanted,
            name=_("See the most read posts under this tag on X"),
        )
        self._better = Button("", clicked=self._on_better_wanted)
        self._better_tag = ""
        self._ideas, self._suggestions = Text("", "label"), FlowBox()
        self._variant_label, self._variants = Text(_("The same, otherwise"), "label"), FlowBox()
        actions = FlowBox()
        # The button that changes with each letter comes last, so that the others do not move.
        actions.show_widgets([self._look, self._look_best, self._better])
        card = Card(spacing=theme.Space.GAP)
        # What comes and goes with the tag stands below what is pressed to choose one.
        card.add(
            self._field,
            actions,
            column(self._ideas, self._suggestions),
            column(self._variant_label, self._variants),
            self._out,
        )
        return card

    def _verdict_card(self) -> Card:
        self._lines = {check: VerdictLine() for check in TagCheck}
        self._cost = VerdictLine(tone="plain")
        self._judged = JudgedHints()
        self._judged.meant.connect(self._on_meant)
        self._judged.told_again.connect(self._on_told_again)
        self._judged.rearranged.connect(self._order_tabs)
        self._verdicts = Card(spacing=theme.Space.BESIDE)
        self._verdicts.add(
            Text(_("What we see"), "heading"), *self._lines.values(), self._cost, self._judged
        )
        return self._verdicts

    def _show_verdicts(self, chat: Chat, found: tuple[TagVerdict, ...]) -> None:
        """Show what X refuses at the field, and the other verdicts in a list below."""
        by_check = {verdict.check: verdict for verdict in found}
        # A tag that X refuses gets no other verdict.
        usable = NETWORK.is_tag(chat.hashtag)
        for check, line in self._lines.items():
            verdict = by_check.get(check)
            listed = verdict is not None and usable and verdict.level is Level.GOOD
            line.say(verdict_sentence(verdict) if verdict and listed else "", "well")
        hints = [
            JudgedHint(verdict_sentence(one), "look", one.mark)
            for one in found
            if one.level is Level.HINT and usable
        ]
        self._judged.show_hints(hints, chat.meant, f"#{chat.hashtag}")
        self._cost.say(cost_sentence(chat.hashtag) if usable else "", "plain")
        refused = next((one for one in found if one.level is Level.BAD), None)
        typed = self._edit.text().strip().removeprefix("#")
        if refused is not None:
            self._field.say(verdict_sentence(refused), "stop")
        elif typed != chat.hashtag:
            self._field.say(
                _("Kept as #{tag}: a tag has no spaces.").format(tag=chat.hashtag), "plain"
            )
        else:
            self._field.say("")
        self._verdicts.setVisible(usable)

    def _show_out(self, chat: Chat) -> None:
        """Tell of announcements that are out with another tag, and offer to go back to it."""
        out = hashtag.tags_out(chat, NETWORK) if chat.hashtag else ()
        self._old_tag = out[0][1] if out else ""
        self._back.show_text(_("Go back to #{tag}").format(tag=self._old_tag))
        self._out.say(out_words(chat, out) if out else "", "look")

    def _show_ideas(self, chat: Chat, year: int, found: tuple[TagVerdict, ...]) -> None:
        better = tuple(
            str(verdict.value)
            for verdict in found
            if verdict.check is TagCheck.CAMEL_CASE
            and verdict.level is Level.HINT
            and verdict.value
        )
        ideas = hashtag.suggestions(chat.topic, chat.organisation, year, chat.language, NETWORK)
        # Written as people read it; the same without accents is among the variants.
        ideas = tuple(dict.fromkeys(hashtag.accented(tag, chat.topic) for tag in ideas))
        others = self._others(chat, year, better, ideas)
        told = _ideas_words(chat, ideas)
        if (ideas, others, told) != self._offered:
            self._offered = (ideas, others, told)
            self._ideas.setText(told)
            self._ideas.setVisible(bool(told))
            for box, tags in ((self._suggestions, ideas), (self._variants, others)):
                box.show_widgets([_Idea(tag, self._use) for tag in tags])
                box.setVisible(bool(tags))
            self._variant_label.setVisible(bool(others))
            self._order_tabs()
        for idea in self.findChildren(_Idea):
            idea.show_chosen(chat.hashtag)

    def _others(
        self, chat: Chat, year: int, better: tuple[str, ...], ideas: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return the other spellings; once one is chosen they stay, or another would come under
        the pointer.
        """
        shown = self._offered[1] if self._offered is not None else ()
        if chat.hashtag in shown:
            return shown
        found = (*better, *hashtag.variants(chat.hashtag, chat.topic, year, NETWORK))
        return tuple(one for one in dict.fromkeys(found) if one not in (*ideas, chat.hashtag))

    def _order_tabs(self) -> None:
        put_in_reading_order(self.inner)

    def _year(self, chat: Chat) -> int:
        return (chat.starts_local or self._now()).year

    def _use(self, tag: str) -> None:
        self._editor.edit(replace(self._editor.chat, hashtag=tag))
        self._edit.setText(tag)
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

    def _on_best_wanted(self) -> None:
        self._open_page(NETWORK.links.tag(self._editor.chat.hashtag))

    def _on_back_wanted(self) -> None:
        self._use(self._old_tag)

    def _on_meant(self, mark: str) -> None:
        self._editor.edit(put_aside(self._editor.chat, mark))

    def _on_told_again(self, marks: tuple[str, ...]) -> None:
        self._editor.edit(told_again(self._editor.chat, marks))


class _Idea(Button):
    """A button that takes a suggested tag."""

    def __init__(self, tag: str, use: Callable[[str], None]) -> None:
        super().__init__(
            f"#{tag}",
            "filter",
            clicked=self._on_pressed,
            name=_("Use the tag {tag}").format(tag=f"#{tag}"),
        )
        self._tag, self._use = tag, use

    def show_chosen(self, tag: str) -> None:
        """Show whether this is the tag of the chat; the button stays where it is either way."""
        self.setChecked(tag == self._tag)

    def _on_pressed(self) -> None:
        self._use(self._tag)
        # Pressed once more, it is still the tag of the chat.
        self.setChecked(True)


def _ideas_words(chat: Chat, offered: tuple[str, ...]) -> str:
    """Return what stands over the ideas, or why there are none."""
    if offered and not chat.topic.strip():
        return _("Ideas from your organisation. Give the topic too: the best ones come from it.")
    if offered:
        return _("Ideas from your topic")
    if not chat.topic.strip():
        return _("Give the topic first: ideas come from it.")
    if chat.hashtag:
        return ""
    return _(
        "We found no word in “{topic}” that makes a tag. That happens: write one or two words that "
        "name your cause, such as SchoolForGirls, or begin with Tchat and your town."
    ).format(topic=chat.topic.strip())
