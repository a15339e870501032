"""Manages the account the app posts with: checks it with X, keeps it in the keyring, renews it.

In the keyring the entry `account` is written last and deleted first. Keys without it are left from
an interrupted change and are not used.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from tchat_desktop.domain.account_keys import (
    AccountSeen,
    Credentials,
    FourKeys,
    KeyField,
    OAuth2Tokens,
    SignInProblem,
)
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishLater,
    SecretVault,
    SignInError,
    VaultError,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(seconds=30)
"""How long to wait before a renewal of the sign-in that did not reach X is tried again."""

_ACCOUNT = "account"
_FOUR = tuple(each.value for each in KeyField)
_REFRESH, _ACCESS, _EXPIRES, _CLIENT = (
    "oauth2_refresh",
    "oauth2_access",
    "oauth2_expires",
    "oauth2_client",
)
_ENTRIES = (_ACCOUNT, *_FOUR, _REFRESH, _ACCESS, _EXPIRES, _CLIENT)

Verify = Callable[[Credentials], AccountSeen]
"""Asks X which account the keys belong to. Raises PublishError."""
Refresh = Callable[[OAuth2Tokens], OAuth2Tokens]
"""Renews an OAuth 2.0 access; X takes a refresh token only once. Raises SignInError."""


@dataclass(frozen=True, slots=True)
class Connection:
    """The connected account, and whether its keys are in the keyring."""

    account: AccountSeen
    not_kept: VaultError | None = None
    """Why the keys are lost when the app ends; None when the keyring has them."""
    connected_at: datetime | None = field(default=None, compare=False)
    """When it was connected (UTC); None when that was before the app started."""

    @property
    def kept(self) -> bool:
        """Whether the keyring has the keys."""
        return self.not_kept is None


def _no_refresh(_tokens: OAuth2Tokens) -> OAuth2Tokens:
    raise SignInError(SignInProblem.RECONNECT)


class Accounts:
    """Holds the connected account, one at a time; it may be used on several threads.

    All methods but `current` and `must_reconnect` may wait for X or the keyring: never call them on
    the GUI thread. `now` gives UTC. `learn` is called with every secret before its first use, so
    that the log masks it.
    """

    def __init__(
        self,
        vault: SecretVault,
        verify: Verify,
        *,
        now: Callable[[], datetime],
        refresh: Refresh = _no_refresh,
        learn: Callable[[str], None] = lambda _secret: None,
    ) -> None:
        self._vault = vault
        self._verify = verify
        self._now = now
        self._refresh = refresh
        self._learn = learn
        self._lock = threading.RLock()
        self._held: tuple[Credentials, Connection] | None = None
        self._ended: SignInProblem | None = None

    def current(self) -> Connection | None:
        """The connected account, None if there is none; does not wait."""
        held = self._held
        return held[1] if held else None

    def connect(self, credentials: Credentials) -> Connection:
        """Check the keys with X, then keep them in the keyring, or else until the app ends.

        Raises PublishError, and then the former account stays connected.
        """
        self._learn_all(credentials)
        account = self._verify(credentials)
        with self._lock:
            return self._hold(credentials, account, self._now())

    def check(self) -> Connection | None:
        """Ask X again about the connected account, as its rights may have changed.

        None if no account is connected. Raises PublishError.
        """
        credentials = self.credentials()
        if credentials is None:
            return None
        account = self._verify(credentials)
        with self._lock:
            if self._held is None or self._held[0] != credentials:
                return self.current()
            if self._held[1].account == account and self._held[1].kept:
                return self._held[1]
            return self._hold(credentials, account, self._held[1].connected_at)

    def keep(self) -> Connection | None:
        """Try again to keep the keys in the keyring if that failed; None without an account."""
        with self._lock:
            if self._held is None or self._held[1].kept:
                return self.current()
            credentials, before = self._held
            return self._hold(credentials, before.account, before.connected_at)

    def restore(self) -> Connection | None:
        """Connect the account kept in the keyring, without asking X; None if there is none.

        Raises VaultError.
        """
        with self._lock:
            found = self._read()
            if found is None:
                return None
            self._learn_all(found[0])
            held = self._held
            if held is not None and held[0] == found[0]:
                # The same keys are connected already, and `connected_at` stays known.
                self._held = (found[0], Connection(found[1], connected_at=held[1].connected_at))
            else:
                self._held = (found[0], Connection(found[1]))
                self._ended = None
            return self._held[1]

    def forget(self) -> None:
        """Disconnect the account and delete it from the keyring.

        Raises VaultError when the keyring may still hold a part of it; it is disconnected even so.
        """
        with self._lock:
            never_kept = self._held is not None and not self._held[1].kept
            self._held = None
            self._ended = None
            try:
                self._clear()
            except (VaultMissing, VaultUnsafe):
                if not never_kept:
                    raise

    def credentials(self, lasting: timedelta = timedelta()) -> Credentials | None:
        """The keys to use now; an access that ends within `lasting` is renewed first.

        None if no account is connected. Other threads wait during a renewal and get the same keys.
        Raises PublishLater when X was not reached, PublishByHand when one must sign in again.
        """
        good = self._good(lasting)
        if good is not None or self._held is None:
            return good
        with self._lock:
            # Another thread may have renewed it, or forgotten it, while this one waited.
            good = self._good(lasting)
            if good is not None or self._held is None:
                return good
            if self._renewed_elsewhere() and (good := self._good(lasting)) is not None:
                return good
            return self._renewed(self._held[0], self._held[1])

    def _good(self, lasting: timedelta) -> Credentials | None:
        """The keys if they last long enough, else None; does not wait."""
        held = self._held
        if held is None:
            return None
        keys = held[0]
        fit = isinstance(keys, FourKeys) or keys.lasts(self._now() + lasting)
        return keys if fit else None

    def _renewed(self, held: Credentials, connection: Connection) -> Credentials:
        """Renew an access, or return the present one while it is still valid.

        Raises PublishLater when X was not reached, PublishByHand when the sign-in has ended.
        """
        assert isinstance(held, OAuth2Tokens)
        # After a lost answer the refresh token may be used up, and X may end the access if it comes
        # again. So it is tried again only once the access is over: X may just have been down.
        again = self._ended is SignInProblem.ANSWER_LOST and self._now() >= held.expires_at
        if self._ended is None or again:
            try:
                renewed = self._refresh(held)
            except SignInError as error:
                lasting = SignInProblem.RECONNECT if again else error.problem
                self._ended = None if error.problem is SignInProblem.NETWORK else lasting
                log.warning("access not renewed: %s", error)
            else:
                self._learn_all(renewed)
                # Kept before it is used, because the former refresh token is no longer valid.
                self._hold(
                    renewed, connection.account, connection.connected_at, renewal=connection.kept
                )
                return renewed
        now = self._now()
        if now < held.expires_at:
            return held
        if self._ended:
            raise PublishByHand(Reason.KEYS_REFUSED, "the sign-in has ended")
        raise PublishLater(Reason.NETWORK, now + AGAIN_AFTER)

    def _renewed_elsewhere(self) -> bool:
        """Use the keys of the keyring if another process of the app has renewed them there.

        Returns whether it has. X accepts a refresh token once, and may end the sign-in when it
        comes again.
        """
        assert self._held is not None
        held, connection = self._held
        if not connection.kept:
            return False
        try:
            found = self._read()
        except VaultError as error:
            log.info("keyring not looked at: %s", type(error).__name__)
            return False
        if found is None or found[0] == held or found[1].id != connection.account.id:
            return False
        self._learn_all(found[0])
        self._held = (found[0], connection)
        self._ended = None
        return True

    @property
    def must_reconnect(self) -> bool:
        """Whether X has ended the sign-in, or its answer was lost while renewing it."""
        return self._ended is not None

    # --- the keyring -----------------------------------------------------------------------

    def _hold(
        self,
        credentials: Credentials,
        account: AccountSeen,
        connected_at: datetime | None,
        renewal: bool = False,
    ) -> Connection:
        """Connect an account and keep its keys in the keyring, if that works."""
        not_kept: VaultError | None = None
        try:
            if renewal and isinstance(credentials, OAuth2Tokens):
                self._write_renewed(credentials, account)
            else:
                self._replace(credentials, account)
        except VaultError as error:
            # The traceback would keep the frames, which hold the keys, alive.
            not_kept = error.with_traceback(None)
            log.warning("keys not kept: %s", type(error).__name__)
        connection = Connection(account, not_kept, connected_at)
        self._held = (credentials, connection)
        self._ended = None
        return connection

    def _replace(self, credentials: Credentials, account: AccountSeen) -> None:
        """Replace everything in the keyring by these keys. Raises VaultError."""
        self._clear()
        if isinstance(credentials, FourKeys):
            entries = dict(zip(_FOUR, credentials.secrets(), strict=True))
        else:
            entries = _renewed_entries(credentials) | {_CLIENT: credentials.client_id}
        entries[_ACCOUNT] = json.dumps(asdict(account), ensure_ascii=False)
        try:
            self._write_all(entries)
        except VaultError:
            # Keys reported as not kept must not stay in the keyring in part.
            with contextlib.suppress(VaultError):
                self._clear()
            raise

    def _write_renewed(self, tokens: OAuth2Tokens, account: AccountSeen) -> None:
        """Write renewed keys. Raises VaultError, also if the account in the keyring was changed."""
        found = self._read()
        if found is None or found[1].id != account.id:
            raise VaultError("no longer the account kept")
        self._write_all(_renewed_entries(tokens))

    def _write_all(self, entries: Mapping[str, str]) -> None:
        for name, secret in entries.items():
            self._vault.write(name, secret)

    def _clear(self) -> None:
        """Delete every entry, as many as can be. Raises the first VaultError."""
        first: VaultError | None = None
        for name in _ENTRIES:
            try:
                self._vault.forget(name)
            except (VaultLocked, VaultMissing, VaultUnsafe):
                # Going on would only ask the person for the same password again.
                raise
            except VaultError as error:
                first = first or error
        if first is not None:
            raise first

    def _read(self) -> tuple[Credentials, AccountSeen] | None:
        """The account and keys in the keyring; None if missing or incomplete. Raises VaultError."""
        written = self._vault.read(_ACCOUNT)
        if written is None:
            return None
        try:
            account = AccountSeen(**json.loads(written))
            four = [self._vault.read(name) for name in _FOUR]
            if all(four):
                return FourKeys(*(key or "" for key in four)), account
            expires_at = datetime.fromisoformat(self._vault.read(_EXPIRES) or "")
            access, refresh, client = (
                self._vault.read(name) for name in (_ACCESS, _REFRESH, _CLIENT)
            )
            if not (access and refresh and client and expires_at.tzinfo):
                raise ValueError("incomplete")
        except (ValueError, TypeError) as error:
            log.warning("what the keyring has is no account of ours: %s", type(error).__name__)
            return None
        return OAuth2Tokens(access, refresh, expires_at, client), account

    def _learn_all(self, credentials: Credentials) -> None:
        for secret in credentials.secrets():
            self._learn(secret)


def _renewed_entries(tokens: OAuth2Tokens) -> dict[str, str]:
    """The keyring entries that a renewal changes; the refresh token, lost if not kept, is first."""
    return {
        _REFRESH: tokens.refresh_token,
        _ACCESS: tokens.access_token,
        _EXPIRES: tokens.expires_at.isoformat(),
    }
