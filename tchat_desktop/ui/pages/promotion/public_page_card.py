"""The card of the page for the public, to put on a site or send to partners."""

from __future__ import annotations

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.shared.paper_card import PaperCard
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _


class PublicPageCard(PaperCard[tuple[Chat, bool]]):
    """Offers the page of the chat that is shown, with its questions or without."""

    def __init__(self, bridge: Bridge, files: PromotionFiles) -> None:
        with_questions = Tick(_("With the questions, so that people come prepared"))
        with_questions.setChecked(True)
        super().__init__(
            bridge,
            (files.sheet,),
            files.open,
            lambda chat: (chat, with_questions.isChecked()),
            _("How to take part: a page for your site and your partners"),
            _(
                "A page that says what the chat is, when, and how to take part. It opens in "
                "any browser, and prints on a sheet."
            ),
            with_questions,
        )
        self.with_questions = with_questions
