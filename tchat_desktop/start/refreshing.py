"""Makes what looks at the highlights of a recap on X again."""

from __future__ import annotations

from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.post_checks import ChecksByKeys, ChecksByPage
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PostChecks
from tchat_desktop.start.hours import purse_of
from tchat_desktop.start.network import network_rules
from tchat_desktop.start.pages import PageServices
from tchat_desktop.start.posting import make_client
from tchat_desktop.ui.pages.recap.refresh_card import RefreshTools


def refresh_tools(editor: ChatEditor, outside: PageServices) -> RefreshTools:
    """What the recap page looks at posts with: by keys where the chat has them, below its ceiling.

    What is read with keys is counted for the chat, as in the hour.
    """
    chat_id, data = editor.chat.id, outside.data
    cents = network_rules().platform.cents

    def by_keys() -> PostChecks | None:
        connections = outside.connections()
        if editor.chat.route is not Route.KEYS or connections.current() is None:
            return None
        purse = purse_of(
            chat_id, data, connections.accounts, lambda: editor.chat.spending_limit_cents
        )
        client = make_client(connections.accounts, outside.clock, purse, outside.api_url)

        def affordable() -> int:
            return purse.affordable_reads(data.outbox.rows(chat_id, Occasion.LIVE))

        return ChecksByKeys(client, affordable)

    return RefreshTools(
        by_page=lambda: ChecksByPage(EmbeddedPosts(outside.api_url)),
        by_keys=by_keys,
        cents=cents[Action.READ_POST] + cents[Action.READ_USER],
        runner=outside.reading,
    )
