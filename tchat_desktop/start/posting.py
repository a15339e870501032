"""Makes the parts with which posts are published by keys, for the window and the command line.

It is quick to import: tweepy and keyring are imported where they are first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from tchat_desktop.adapters.keyring_vault import KeyringVault
from tchat_desktop.adapters.x import sign_in
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.account_keys import AccountSeen, Credentials
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.spending import ReadIds
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.limits import SendGate
from tchat_desktop.services.ports import (
    Clock,
    HandedOver,
    LookedUp,
    OutboxStore,
    PictureStore,
    PublishByHand,
    Published,
    Publisher,
    PublishError,
    PublishRefused,
    SecretVault,
    StoreError,
)


def _no_chat(_seen: ReadIds) -> None:
    """Ignore what was read, because it is charged to no chat."""


def make_accounts(
    learn: Callable[[str], None],
    now: Callable[[], datetime],
    api_url: str | None = None,
    vault: SecretVault | None = None,
    *,
    to_publish: bool = False,
    on_read: Callable[[ReadIds], object] = _no_chat,
) -> Accounts:
    """Make the service of the connected account, with the system's keyring unless given a `vault`.

    `learn` is called with each secret; `now` gives the real time in UTC. `on_read` is called with
    what was read from X, which X charges. With `to_publish`, keys that cannot write are refused.
    """

    def verify(credentials: Credentials) -> AccountSeen:
        client = XClient(credentials, api_url, on_read=on_read)
        try:
            account = client.verify()
        finally:
            client.close()
        if to_publish and not account.may_write:
            raise PublishByHand(Reason.READ_ONLY)
        return account

    return Accounts(
        vault or KeyringVault(),
        verify,
        now=now,
        refresh=lambda tokens: sign_in.refresh(tokens, now, api_url),
        learn=learn,
    )


def make_client(
    accounts: Accounts,
    clock: Clock,
    purse: Purse,
    api_url: str | None = None,
    speed: float = 1.0,
) -> XClient:
    """A client of X for one thread, which always uses the present keys of the account.

    `clock` is that of the chat, which runs `speed` times faster than real time.
    """

    def account() -> AccountSeen | None:
        connection = accounts.current()
        return connection.account if connection else None

    return XClient(
        accounts.credentials,
        api_url,
        account=account,
        now=clock.now,
        speed=speed,
        on_read=purse.on_read,
    )


def make_publisher(
    client: XClient,
    clock: Clock,
    pictures: PictureStore,
    clean: Callable[[str], str],
    began_at: datetime | None = None,
) -> Publisher:
    """The publisher by keys; `clean` masks secrets in a text (`logs.Redaction.clean`).

    `began_at` is the real instant (UTC) at which a run at another speed began; None at real speed.
    """

    def content_of(post: OutboxPost) -> bytes:
        assert post.picture is not None
        try:
            return pictures.content(post.chat_id, post.picture.id)
        except (KeyError, StoreError) as error:
            raise PublishRefused(Reason.PICTURE, f"picture not read: {error!r}") from error

    publisher = _Discreet(XPublisher(client, content_of), clean)
    return publisher if began_at is None else _SinceBeginning(publisher, client, clock, began_at)


def sender(accounts: Accounts) -> str:
    """The id on X of the connected account; "" when there is none."""
    connection = accounts.current()
    return connection.account.id if connection else ""


def make_limits(
    client: XClient,
    purse: Purse,
    outbox: OutboxStore,
    speed: float = 1.0,
    *,
    pages: bool = True,
) -> SendGate:
    """The gate that holds posts back at the limits of money and of X.

    It is used on the thread of `client`. `pages` tells whether posts can be opened as pages.
    """

    def closed_until(row: OutboxPost) -> datetime | None:
        reposts = row.kind is PostKind.REPOST
        return client.closed_until("POST /2/users/:id/retweets" if reposts else "POST /2/tweets")

    return SendGate(
        purse.rules,
        purse.ceiling,
        reads=purse.reads,
        connected_at=purse.connected_at,
        pages=pages,
        tried=outbox.tried_by_keys,
        closed_until=closed_until,
        speed=speed,
    )


def import_posting() -> None:
    """Import the slow modules that posting needs, so that the first post does not wait for them."""
    import tweepy  # noqa: F401

    from tchat_desktop.adapters.x import session  # noqa: F401


class _Discreet:
    """A publisher that masks secrets in X's answers, because they are stored with the row."""

    def __init__(self, publisher: Publisher, clean: Callable[[str], str]) -> None:
        self._publisher = publisher
        self._clean = clean

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        """As the publisher does."""
        with self._cleaning():
            return self._publisher.publish(post)

    def get_ready(self, post: OutboxPost) -> float | None:
        """As the publisher does."""
        with self._cleaning():
            return self._publisher.get_ready(post)

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        """As the publisher does."""
        with self._cleaning():
            return self._publisher.look_up(post, others)

    @contextmanager
    def _cleaning(self) -> Iterator[None]:
        try:
            yield
        except PublishError as error:
            error.detail = self._clean(error.detail)
            error.said = self._clean(error.said)
            error.args = tuple(self._clean(str(one)) for one in error.args)
            raise


class _SinceBeginning:
    """A publisher for a run at another speed, which looks for lost posts since the run began.

    Posts carry X's time and not that of the run, whose clock stands still while it is stopped.
    """

    def __init__(
        self, publisher: Publisher, client: XClient, clock: Clock, began_at: datetime
    ) -> None:
        self._publisher = publisher
        self._client = client
        self._clock = clock
        self._began_at = began_at

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        """As the publisher does."""
        return self._publisher.publish(post)

    def get_ready(self, post: OutboxPost) -> float | None:
        """As the publisher does."""
        return self._publisher.get_ready(post)

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        """As the publisher does, back to the beginning of the run."""
        ago = self._client.server_now - self._began_at
        due_at = min(post.due_at, self._clock.now() - ago)
        return self._publisher.look_up(replace(post, due_at=due_at), others)
