"""The chat after another one: whom it can invite again, for the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tchat_desktop.domain.chat import Chat, Occasion, new_id
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.promotion.page import PromotionPage

if TYPE_CHECKING:
    from tchat_desktop.start.window import App
    from tests.gallery import Gallery

PEOPLE = 283
NAMES = ("Awa Diop", "Moussa Ndiaye", "Binta Sow", "Fatou Sarr", "Idrissa Keïta", "ليلى حداد")
SAID = (
    "R1 Quand une fille quitte l’école avant ses amies, il faut aller voir sa famille.",
    "R2 Des toilettes propres, et une enseignante à qui parler.",
    "ج3 القانون موجود، لكن قليلين يعرفونه.",
)


class AgainStates:
    """Takes the promotion of a next edition, and the results of the one before."""

    def __init__(self, app: App, gallery: Gallery, now: datetime) -> None:
        self._app = app
        self._gallery = gallery
        self._now = now

    def take(self, name: str, example: Chat) -> None:
        """Take both: with everybody, with a word open, and the line that leads there."""
        starts_at = (self._now - timedelta(days=40)).replace(second=0, microsecond=0)
        held = replace(example, id=new_id(), starts_at=starts_at, closed_at=None)
        data = self._app.data()
        data.chats.save(held, self._now)
        data.posts.add(held.id, Occasion.LIVE, self._posts(held))
        later = new_edition(held, starts_at + timedelta(days=70))
        data.chats.save(later, self._now)
        self._open(held, StepId.REPORT)
        self._gallery.take(f"{name}-results")
        self._open(later, StepId.PROMOTION)
        self._gallery.take(f"{name}-promotion")
        workspace = self._app.window.workspace
        assert workspace is not None
        page = workspace.page(StepId.PROMOTION)
        assert isinstance(page, PromotionPage)
        assert page.again is not None
        page.again.rows[0].write.click()
        page.again.rows[1].in_person.click()
        self._gallery.settle()
        page.bring_to_top(page.again)
        self._gallery.settle()
        self._gallery.take(f"{name}-word")

    def _posts(self, held: Chat) -> list[FeedPost]:
        assert held.starts_at is not None
        asked = held.questions[0].id
        made = []
        for number in range(PEOPLE):
            handle, name = f"voix{number}_ex", NAMES[number % len(NAMES)]
            post = Post(
                str(2_127_000_000_000_000_000 + number),
                handle,
                name if number < len(NAMES) else f"{name} {number}",
                SAID[number % len(SAID)],
                held.starts_at + timedelta(seconds=20 + 6 * number),
                url=f"https://x.com/{handle}/status/{number}",
            )
            made.append(FeedPost(post, question_id=asked))
        return made

    def _open(self, chat: Chat, step: StepId) -> None:
        self._app.window.open_chat(chat)
        assert self._app.window.workspace is not None
        self._app.window.workspace.open_step(step)
        self._gallery.settle(1500)
