"""What posting with the organisation's own keys is made of, for the window and the command line.

Nothing here is slow to import; tweepy and keyring are imported where they are first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.adapters.keyring_vault import KeyringVault
from tchat_desktop.adapters.platform_file import load_platform
from tchat_desktop.adapters.x import sign_in
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.credentials import AccountSeen, Credentials
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, Reason
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.limits import Limits
from tchat_desktop.services.ports import (
    Clock,
    HandedOver,
    LookedUp,
    PublishByHand,
    Published,
    Publisher,
    PublishError,
    SecretVault,
    TagReader,
)


def make_accounts(
    learn: Callable[[str], None],
    now: Callable[[], datetime],
    api_url: str | None = None,
    vault: SecretVault | None = None,
    *,
    to_publish: bool = False,
) -> Accounts:
    """The account of this computer; `learn` is told each secret, `now` is the wall clock.

    With `to_publish`, keys that only read are refused like any other that do not serve.
    """

    def verify(credentials: Credentials) -> AccountSeen:
        client = XClient(credentials, api_url)
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
    accounts: Accounts, clock: Clock, api_url: str | None = None, speed: float = 1.0
) -> XClient:
    """A connection for one thread; it uses whatever keys are those of the account then."""

    def account() -> AccountSeen | None:
        connection = accounts.current()
        return connection.account if connection else None

    return XClient(
        accounts.credentials,
        api_url,
        account=account,
        now=clock.now,
        speed=speed,
    )


def make_publisher(
    client: XClient, clock: Clock, clean: Callable[[str], str], began_at: datetime | None = None
) -> Publisher:
    """The way out for posts; `clean` takes secrets out of a text (`logs.Redaction.clean`).

    `began_at` is when a run at another speed really began (UTC).
    """
    publisher = _Discreet(XPublisher(client), clean)
    return publisher if began_at is None else _SinceBeginning(publisher, client, clock, began_at)


def make_limits(
    client: XClient,
    clock: Clock,
    ceiling_cents: float,
    speed: float = 1.0,
    reads: Callable[[], Reads] = Reads,
) -> Limits:
    """What holds posts back; used on the thread of the client."""

    def closed_until(row: OutboxPost) -> datetime | None:
        reposts = row.kind is PostKind.REPOST
        said = client.limits.get("POST /2/users/:id/retweets" if reposts else "POST /2/tweets")
        if said is None or said.remaining > 0:
            return None
        left = said.resets_at - client.server_now
        return clock.now() + left * speed if left > timedelta() else None

    return Limits(load_platform(), ceiling_cents, reads=reads, closed_until=closed_until)


class CountingReader:
    """Reads the tag, and counts what was read: X charges each post and each person."""

    def __init__(self, reader: TagReader) -> None:
        self._reader = reader
        self._posts = 0
        self._people: set[str] = set()

    def read(self, since_id: str) -> Sequence[Post]:
        """As the reader does."""
        posts = self._reader.read(since_id)
        self._posts += len(posts)
        self._people.update(post.author for post in posts)
        return posts

    def reads(self) -> Reads:
        """What was read so far; callable from any thread."""
        return Reads(posts=self._posts, users=len(self._people))


def prepare() -> None:
    """Import what posting needs, so that the first post does not wait for it."""
    import tweepy  # noqa: F401

    from tchat_desktop.adapters.x import session  # noqa: F401


class _Discreet:
    """Takes secrets out of what X answers: the detail of a row is kept on disk."""

    def __init__(self, publisher: Publisher, clean: Callable[[str], str]) -> None:
        self._publisher = publisher
        self._clean = clean

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        """As the publisher does."""
        with self._cleaning():
            return self._publisher.publish(post)

    def look_up(self, post: OutboxPost) -> LookedUp:
        """As the publisher does."""
        with self._cleaning():
            return self._publisher.look_up(post)

    @contextmanager
    def _cleaning(self) -> Iterator[None]:
        try:
            yield
        except PublishError as error:
            error.detail = self._clean(error.detail)
            error.args = tuple(self._clean(str(one)) for one in error.args)
            raise


class _SinceBeginning:
    """Looks for a lost post since the run began, for its posts carry X's time and not the chat's.

    A run at another speed may have been stopped for hours, in which its own clock stood still.
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

    def look_up(self, post: OutboxPost) -> LookedUp:
        """As the publisher does, further back."""
        ago = self._client.server_now - self._began_at
        return self._publisher.look_up(
            replace(post, due_at=min(post.due_at, self._clock.now() - ago))
        )
