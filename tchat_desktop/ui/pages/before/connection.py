"""La connexion: how the posts leave, what it costs, and what protects people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QCheckBox

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.routes import Platform, chat_price
from tchat_desktop.domain.texts import Texts, reply_disclosure
from tchat_desktop.i18n import N_, _, format_day, format_dollars, ngettext
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.steps import step_title
from tchat_desktop.ui.widgets.card import AdviceCard, Card, Notice
from tchat_desktop.ui.widgets.choice import Choice
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.text import Text

REPOSTS = REPLIES = 10
READS = 330
"""What a usual hour adds to the posts of the run sheet: the price counts them too."""

_WAYS = {
    Route.ASSISTED: (
        N_("Without a key (recommended)"),
        N_("Each post opens ready in your browser; you press “Post”. Free, nothing to install."),
    ),
    Route.KEYS: (
        N_("With the organisation’s keys"),
        N_("The posts leave by themselves at their time. X charges for each one."),
    ),
    Route.REHEARSAL: (
        N_("Rehearsal only"),
        N_("Nothing leaves this computer. To learn, or to show the tool to your team."),
    ),
}

_HAPPENS = {
    Route.ASSISTED: (
        N_("At its time, each post opens in your browser, already written."),
        N_("You press “Post” there, then “Yes, it is published” here."),
        N_("You read the tag on X, and paste here the links of the posts that count."),
    ),
    Route.KEYS: (
        N_("Each post is counted down, then leaves by itself; you can hold everything at once."),
        N_("What is said under the tag arrives here by itself."),
        N_("What the keys may not do opens in your browser, ready to be posted."),
    ),
    Route.REHEARSAL: (
        N_("The hour runs as for real, with simulated participants."),
        N_("Nothing is published: the real chat needs one of the two other ways."),
        N_("You can change your mind at any time before the chat."),
    ),
}


class ConnectionPage(Page):
    """The eighth step of the guide."""

    step = StepId.CONNECTION

    def __init__(
        self, editor: ChatEditor, platform: Platform, texts_of: Callable[[str], Texts]
    ) -> None:
        super().__init__(
            step_title(StepId.CONNECTION),
            _("How will your posts reach X (Twitter)? You can change your mind until the chat."),
        )
        self._editor = editor
        self._platform = platform
        self._texts_of = texts_of
        self._priced: Chat | None = None
        self._choices: dict[Route, Choice] = {}
        self._group = QButtonGroup(self)
        ways = Card(spacing=8)
        ways.add(Text(_("How do the posts leave?"), "label"))
        for route, (title, text) in _WAYS.items():
            choice = Choice(_(title), _(text))
            choice.clicked.connect(self._on_way_chosen)
            self._group.addButton(choice)
            self._choices[route] = choice
            ways.add(choice)
        self._price = Text("", "small")
        self._later = Notice(
            _(
                "Pasting the keys will come in a later version: they cannot be kept safely yet. "
                "Until then your posts leave without a key, and the rehearsal works."
            ),
            "look",
        )
        ways.add(self._price, self._later)

        self._happens = Card(spacing=8)
        self._happens_title = Text("", "label")
        self._lines = [Text(""), Text(""), Text("")]
        self._happens.add(self._happens_title, *self._lines)

        care = Card(spacing=10)
        self._rules = QCheckBox(_("I have read this with my team"))
        self._rules.toggled.connect(self._on_rules_toggled)
        self._helplines = GrowingEdit(lines=2)
        self._helplines.setPlaceholderText(_("Example: Ligne verte 116 (free, day and night)"))
        self._helplines.textChanged.connect(self._on_helplines_edited)
        care.add(
            Text(_("Before anything is public: protect the children"), "label"),
            Text(_("• Never the name, the face or the place of a child, not even to help.")),
            Text(_("• Do not repost a message that shows one; answer its author in private.")),
            Text(_("• If someone discloses violence: do not ask for details, give the helplines.")),
            self._rules,
            Field(
                _("Helplines of your country"),
                self._helplines,
                _("The reply you will have at hand if someone discloses violence."),
            ),
        )
        self.add(ways, self._happens, care)
        self._preview = PostPreview()
        self.add_advice(
            self._preview,
            AdviceCard(
                _("Why without a key?"),
                _(
                    "No account to open, no bank card. You see each post in its place before it "
                    "is public, which reassures on a first chat."
                ),
            ),
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the way chosen; a field being typed in has the same text already."""
        for route, choice in self._choices.items():
            choice.setChecked(chat.route is route)
        if chat.route is None:
            self._uncheck()
        self._later.setVisible(chat.route is Route.KEYS)
        self._happens.setVisible(chat.route is not None)
        if chat.route is not None:
            self._happens_title.setText(
                _("During the hour, once keys can be used")
                if chat.route is Route.KEYS
                else _("During the hour")
            )
            for line, words in zip(self._lines, _HAPPENS[chat.route], strict=True):
                line.setText("• " + _(words))
        if self._rules.isChecked() is not chat.rules_accepted:
            self._rules.setChecked(chat.rules_accepted)
        self._helplines.show_text(chat.helplines)
        texts = self._texts_of(chat.language)
        self._show_price(chat, texts)
        self._preview.show_post(
            _("the reply ready"),
            chat.organisation,
            chat.account,
            reply_disclosure(chat, texts),
        )

    def _uncheck(self) -> None:
        """Undo may bring back a chat for which nothing was chosen."""
        self._group.setExclusive(False)
        for choice in self._choices.values():
            choice.setChecked(False)
        self._group.setExclusive(True)

    def _show_price(self, chat: Chat, texts: Texts) -> None:
        # What is edited here changes no post: a key press must not build the run sheet anew.
        priced = replace(chat, helplines="", rules_accepted=False, route=None)
        if priced == self._priced:
            return
        self._priced = priced
        posts = [item.text for item in run_sheet.build(chat, texts).items]
        price = chat_price(posts, self._platform, REPOSTS, REPLIES, READS)
        linked = ngettext("{count} with a link", "{count} with links", price.with_links).format(
            count=price.with_links
        )
        self._price.setText(
            _(
                "With keys, this chat would cost about {amount}: {posts} posts ({linked}), "
                "{reposts} reposts, {replies} replies and {reads} posts read. "
                "Prices of X on {day}."
            ).format(
                amount=format_dollars(price.total_cents),
                posts=price.posts,
                linked=linked,
                reposts=REPOSTS,
                replies=REPLIES,
                reads=READS,
                day=format_day(self._platform.as_of, with_year=True),
            )
        )

    def _on_way_chosen(self) -> None:
        chosen = next(route for route, one in self._choices.items() if one.isChecked())
        self._editor.edit(replace(self._editor.chat, route=chosen))

    def _on_rules_toggled(self, accepted: bool) -> None:
        if accepted is not self._editor.chat.rules_accepted:
            self._editor.edit(replace(self._editor.chat, rules_accepted=accepted))

    def _on_helplines_edited(self) -> None:
        text = self._helplines.toPlainText()
        if text != self._editor.chat.helplines:
            self._editor.edit(replace(self._editor.chat, helplines=text), field="helplines")
