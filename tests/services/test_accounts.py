"""The account: checked, kept, renewed, forgotten; and never shown."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.domain.account_keys import (
    AccountSeen,
    Credentials,
    FourKeys,
    OAuth2Tokens,
    SignInProblem,
)
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.platform import logs
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishError,
    PublishLater,
    SignInError,
    VaultError,
    VaultFull,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)

START = datetime(2026, 11, 23, 19, tzinfo=UTC)
KEYS = FourKeys("consumer-canary", "consumer-secret-canary", "42-canary", "token-secret-canary")
OTHERS = FourKeys("other-consumer", "other-consumer-secret", "43-other", "other-token-secret")
TOKENS = OAuth2Tokens("access-1", "refresh-1", START + timedelta(hours=2), "client")
ASSO = AccountSeen("42", "L’asso d’Éliane 🧡", "asso", "https://pbs.twimg.com/a.jpg")


class Vault(MemoryVault):
    """A keyring that refuses from the call a test names on, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.error: VaultError | None = None
        self.fails_on: tuple[str, str] | None = None

    def read(self, name: str) -> str | None:
        self._asked("read", name)
        return super().read(name)

    def write(self, name: str, secret: str) -> None:
        self._asked("write", name)
        super().write(name, secret)

    def forget(self, name: str) -> None:
        self._asked("forget", name)
        super().forget(name)

    def _asked(self, what: str, name: str) -> None:
        self.asked.append((what, name))
        if self.error and self.fails_on in (None, (what, name)):
            raise self.error

    @property
    def names(self) -> set[str]:
        return set(self._secrets)


class X:
    """X as far as it tells whose keys they are, and renews them."""

    def __init__(self) -> None:
        self.account = ASSO
        self.refused: PublishError | None = None
        self.renewals = 0
        self.not_renewed: SignInError | None = None
        self.before_answer = threading.Event()
        self.before_answer.set()
        self.asked = threading.Event()

    def verify(self, credentials: Credentials) -> AccountSeen:
        if self.refused:
            raise self.refused
        return self.account

    def refresh(self, tokens: OAuth2Tokens) -> OAuth2Tokens:
        self.renewals += 1
        self.asked.set()
        assert self.before_answer.wait(20)
        if self.not_renewed:
            raise self.not_renewed
        number = int(tokens.refresh_token.rpartition("-")[2]) + 1
        return replace(
            tokens,
            access_token=f"access-{number}",
            refresh_token=f"refresh-{number}",
            expires_at=tokens.expires_at + timedelta(hours=2),
        )


class Here:
    """One run of the app: the accounts with everything around them."""

    def __init__(self, vault: Vault | None = None) -> None:
        self.vault = vault or Vault()
        self.x = X()
        self.learned: list[str] = []
        self.now = START
        self.accounts = Accounts(
            self.vault,
            self.x.verify,
            now=lambda: self.now,
            refresh=self.x.refresh,
            learn=self.learned.append,
        )


@pytest.fixture
def here() -> Here:
    return Here()


# --- connecting ----------------------------------------------------------------------------


def test_keys_are_checked_then_kept(here: Here) -> None:
    assert here.accounts.current() is None
    made = here.accounts.connect(KEYS)
    assert (made.account, made.kept, made.not_kept) == (ASSO, True, None)
    assert here.accounts.current() == made
    assert here.accounts.credentials() == KEYS
    assert {"account", "access_token"} <= here.vault.names


def test_every_secret_is_known_to_the_log_before_x_is_asked(here: Here) -> None:
    here.x.refused = PublishByHand(Reason.KEYS_REFUSED)
    with pytest.raises(PublishByHand):
        here.accounts.connect(KEYS)
    assert set(here.learned) == set(KEYS.secrets())


def test_keys_x_refuses_are_not_kept_and_the_former_stay(here: Here) -> None:
    before = here.accounts.connect(KEYS)
    here.x.refused = PublishByHand(Reason.KEYS_REFUSED)
    with pytest.raises(PublishByHand):
        here.accounts.connect(OTHERS)
    assert here.accounts.current() == before
    assert here.accounts.credentials() == KEYS
    assert Here(here.vault).accounts.restore() == before


def test_keys_that_only_read_are_kept_and_said_so(here: Here) -> None:
    here.x.account = replace(ASSO, may_write=False)
    assert not here.accounts.connect(KEYS).account.may_write
    again = Here(here.vault).accounts.restore()
    assert again is not None
    assert not again.account.may_write


def test_another_account_takes_the_place_of_the_first_whole(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.x.account = AccountSeen("43", "Autre", "autre")
    here.accounts.connect(OTHERS)
    later = Here(here.vault)
    later.accounts.restore()
    assert later.accounts.credentials() == OTHERS
    assert not [name for name in here.vault.names if name.startswith("oauth2")]


def test_asking_again_tells_what_changed(here: Here) -> None:
    assert here.accounts.check() is None
    here.accounts.connect(KEYS)
    here.vault.asked.clear()
    here.accounts.check()
    assert here.vault.asked == []
    here.x.account = replace(ASSO, may_write=False)
    checked = here.accounts.check()
    assert checked is not None
    assert not checked.account.may_write
    assert Here(here.vault).accounts.restore() == checked


# --- the next start ------------------------------------------------------------------------


@pytest.mark.parametrize("credentials", [KEYS, TOKENS], ids=["four keys", "sign-in"])
def test_the_next_start_takes_up_the_account(here: Here, credentials: Credentials) -> None:
    made = here.accounts.connect(credentials)
    later = Here(here.vault)
    later.x.refused = PublishLater(Reason.NETWORK, START)
    assert later.accounts.restore() == made
    assert later.accounts.credentials() == credentials
    assert set(later.learned) == set(credentials.secrets())


def test_nothing_kept_is_no_account(here: Here) -> None:
    assert here.accounts.restore() is None
    assert here.accounts.credentials() is None


def test_a_locked_keyring_is_told_at_the_start(here: Here) -> None:
    here.accounts.connect(KEYS)
    later = Here(here.vault)
    here.vault.error = VaultLocked("KeyringLocked")
    with pytest.raises(VaultLocked):
        later.accounts.restore()
    here.vault.error = None
    assert later.accounts.restore() is not None


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("account", "not JSON"),
        ("account", "[]"),
        ("account", '{"id": "1"}'),
        ("account", '{"id": "1", "name": "", "handle": "", "unknown": 1}'),
        ("consumer_secret", None),
        ("oauth2_expires", "soon"),
        ("oauth2_expires", "2026-11-23T20:00:00"),
    ],
)
def test_a_keyring_somebody_changed_is_no_account(name: str, secret: str | None) -> None:
    here = Here()
    here.accounts.connect(TOKENS if name.startswith("oauth2") else KEYS)
    if secret is None:
        here.vault.forget(name)
    else:
        here.vault.write(name, secret)
    assert Here(here.vault).accounts.restore() is None


def interrupted_calls() -> list[tuple[str, str]]:
    """Every call to the keyring while one account replaces another."""
    here = Here()
    here.accounts.connect(TOKENS)
    here.vault.asked.clear()
    here.accounts.connect(OTHERS)
    return here.vault.asked


@pytest.mark.parametrize("call", interrupted_calls(), ids=" ".join)
def test_a_change_cut_anywhere_never_mixes_two_accounts(call: tuple[str, str]) -> None:
    here = Here()
    here.accounts.connect(TOKENS)
    here.vault.fails_on = call

    class Killed(BaseException):
        """The app ends here."""

    here.vault.error = Killed()  # type: ignore[assignment]
    with pytest.raises(Killed):
        here.accounts.connect(OTHERS)
    here.vault.error = None
    later = Here(here.vault)
    later.accounts.restore()
    assert later.accounts.credentials() in (None, TOKENS, OTHERS)


# --- a keyring that does not keep ----------------------------------------------------------


@pytest.mark.parametrize("error", [VaultMissing, VaultLocked, VaultFull, VaultUnsafe, VaultError])
def test_keys_the_keyring_does_not_take_work_until_the_app_ends(
    here: Here, error: type[VaultError]
) -> None:
    here.vault.error = error("why")
    made = here.accounts.connect(KEYS)
    assert not made.kept
    assert made.not_kept is here.vault.error
    assert here.accounts.credentials() == KEYS
    here.vault.error = None
    kept = here.accounts.keep()
    assert kept is not None
    assert kept.kept
    assert Here(here.vault).accounts.restore() == kept


def test_a_keyring_full_in_the_middle_keeps_no_half(here: Here) -> None:
    here.vault.error, here.vault.fails_on = VaultFull(""), ("write", "access_token")
    assert not here.accounts.connect(KEYS).kept
    assert here.vault.names == set()


def test_a_locked_keyring_is_asked_once_and_not_for_every_entry(here: Here) -> None:
    here.vault.error = VaultLocked("")
    here.accounts.connect(KEYS)
    assert len(here.vault.asked) == 1
    with pytest.raises(VaultLocked):
        here.accounts.forget()
    assert len(here.vault.asked) == 2


# --- forgetting ----------------------------------------------------------------------------


@pytest.mark.parametrize("credentials", [KEYS, TOKENS], ids=["four keys", "sign-in"])
def test_forgetting_leaves_nothing(here: Here, credentials: Credentials) -> None:
    here.accounts.connect(credentials)
    here.accounts.forget()
    assert here.accounts.current() is None
    assert here.accounts.credentials() is None
    assert here.vault.names == set()


def test_what_cannot_be_forgotten_is_told_and_the_rest_is_gone(here: Here) -> None:
    here.accounts.connect(KEYS)
    here.vault.error, here.vault.fails_on = VaultError("not forgotten"), ("forget", "access_token")
    with pytest.raises(VaultError):
        here.accounts.forget()
    assert here.accounts.current() is None
    assert here.vault.names == {"access_token"}


def test_where_there_is_no_keyring_there_is_nothing_to_forget(here: Here) -> None:
    here.vault.error = VaultMissing("")
    here.accounts.connect(KEYS)
    here.accounts.forget()
    assert here.accounts.current() is None


# --- renewing ------------------------------------------------------------------------------


def test_an_access_is_renewed_shortly_before_its_end(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=114)
    assert here.accounts.credentials() == TOKENS
    here.now = START + timedelta(minutes=116)
    renewed = here.accounts.credentials()
    assert isinstance(renewed, OAuth2Tokens)
    assert renewed.access_token == "access-2"
    assert here.accounts.credentials() == renewed
    assert here.x.renewals == 1
    assert {"access-2", "refresh-2"} <= set(here.learned)


def test_an_access_can_be_made_to_last_the_hour(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=30)
    renewed = here.accounts.credentials(lasting=timedelta(hours=2))
    assert isinstance(renewed, OAuth2Tokens)
    assert renewed.expires_at == START + timedelta(hours=4)


def test_what_renews_next_is_kept_before_the_access_is_used(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=116)
    here.vault.asked.clear()
    renewed = here.accounts.credentials()
    written = [name for what, name in here.vault.asked if what == "write"]
    assert written[0] == "oauth2_refresh"
    later = Here(here.vault)
    later.accounts.restore()
    assert later.accounts.credentials() == renewed


@pytest.mark.parametrize("last", ["oauth2_access", "oauth2_expires"])
def test_an_app_killed_while_renewing_still_has_what_renews_next(here: Here, last: str) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=116)
    here.vault.fails_on, here.vault.error = ("write", last), KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        here.accounts.credentials()
    here.vault.error = None
    later = Here(here.vault)
    later.now = here.now
    later.accounts.restore()
    renewed = later.accounts.credentials()
    assert isinstance(renewed, OAuth2Tokens)
    assert renewed.refresh_token == "refresh-3"


def test_all_who_ask_meanwhile_get_the_one_renewal(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=116)
    here.x.before_answer.clear()
    got: list[Credentials | None] = []
    threads = [
        threading.Thread(target=lambda: got.append(here.accounts.credentials())) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    assert here.x.asked.wait(20)
    assert here.accounts.current() is not None, "who only looks does not wait"
    here.x.before_answer.set()
    for thread in threads:
        thread.join(20)
    assert here.x.renewals == 1
    assert len(got) == 6
    assert len(set(got)) == 1


def test_what_another_process_has_renewed_is_taken_and_not_renewed_again(here: Here) -> None:
    here.accounts.connect(TOKENS)
    beside = Here(here.vault)
    beside.accounts.restore()
    here.now = beside.now = START + timedelta(minutes=116)
    renewed = here.accounts.credentials()
    assert beside.accounts.credentials() == renewed
    assert beside.x.renewals == 0
    assert {"access-2", "refresh-2"} <= set(beside.learned)


def test_a_renewal_is_not_kept_where_another_process_has_changed_the_account(here: Here) -> None:
    here.accounts.connect(TOKENS)
    beside = Here(here.vault)
    beside.accounts.restore()
    here.x.account = replace(ASSO, id="43", handle="autre")
    here.accounts.connect(replace(TOKENS, access_token="access-7", refresh_token="refresh-7"))
    beside.now = START + timedelta(minutes=116)
    assert beside.accounts.credentials() != TOKENS
    current = beside.accounts.current()
    assert current is not None
    assert not current.kept
    later = Here(here.vault)
    restored = later.accounts.restore()
    assert restored is not None
    assert restored.account.id == "43"
    assert "access-7" in later.learned


def test_without_a_network_the_access_serves_to_its_end(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.x.not_renewed = SignInError(SignInProblem.NETWORK)
    here.now = START + timedelta(minutes=119)
    assert here.accounts.credentials() == TOKENS
    here.now = START + timedelta(minutes=121)
    with pytest.raises(PublishLater) as caught:
        here.accounts.credentials()
    assert caught.value.until > here.now
    assert not here.accounts.must_reconnect
    here.x.not_renewed = None
    assert here.accounts.credentials() != TOKENS


@pytest.mark.parametrize("problem", [SignInProblem.ANSWER_LOST, SignInProblem.RECONNECT])
def test_a_renewal_whose_answer_is_lost_asks_to_reconnect(
    here: Here, problem: SignInProblem
) -> None:
    here.accounts.connect(TOKENS)
    here.x.not_renewed = SignInError(problem)
    here.now = START + timedelta(minutes=119)
    assert here.accounts.credentials() == TOKENS
    assert here.accounts.must_reconnect
    here.now = START + timedelta(minutes=121)
    with pytest.raises(PublishByHand) as caught:
        here.accounts.credentials()
    assert caught.value.reason is Reason.KEYS_REFUSED
    assert here.accounts.must_reconnect
    here.accounts.connect(KEYS)
    assert not here.accounts.must_reconnect
    assert here.accounts.credentials() == KEYS


def test_what_may_be_used_up_is_shown_to_x_once_more_when_there_is_nothing_to_lose(
    here: Here,
) -> None:
    here.accounts.connect(TOKENS)
    here.x.not_renewed = SignInError(SignInProblem.ANSWER_LOST)
    for minutes in (116, 117, 119):
        here.now = START + timedelta(minutes=minutes)
        assert here.accounts.credentials() == TOKENS
    assert here.x.renewals == 1
    here.now = START + timedelta(minutes=121)
    for _ in range(3):
        with pytest.raises(PublishByHand):
            here.accounts.credentials()
    assert here.x.renewals == 2


def test_an_x_that_was_only_down_renews_after_all(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.x.not_renewed = SignInError(SignInProblem.ANSWER_LOST)
    here.now = START + timedelta(minutes=116)
    here.accounts.credentials()
    here.x.not_renewed = SignInError(SignInProblem.NETWORK)
    here.now = START + timedelta(minutes=121)
    with pytest.raises(PublishLater):
        here.accounts.credentials()
    here.x.not_renewed = None
    assert here.accounts.credentials() != TOKENS
    assert not here.accounts.must_reconnect


def test_a_renewal_the_keyring_does_not_take_is_told(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.now = START + timedelta(minutes=116)
    here.vault.error = VaultLocked("")
    renewed = here.accounts.credentials()
    current = here.accounts.current()
    assert current is not None
    assert not current.kept
    here.vault.error = None
    here.accounts.keep()
    later = Here(here.vault)
    later.accounts.restore()
    assert later.accounts.credentials() == renewed


# --- what is written down ------------------------------------------------------------------


def test_no_secret_is_shown(here: Here, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    redaction = logs.Redaction()
    here.accounts = Accounts(here.vault, here.x.verify, now=lambda: START, learn=redaction.learn)
    here.vault.error = VaultFull("")
    made = here.accounts.connect(KEYS)
    shown = f"{made!r} {here.accounts!r} {vars(here.accounts)!r} {caplog.text}"
    for secret in KEYS.secrets():
        assert secret not in shown
        assert redaction.clean(f"X said {secret}!") == "X said [hidden]!"


# --- since when it is connected ------------------------------------------------------------


def test_checked_kept_or_renewed_it_was_connected_no_later(here: Here) -> None:
    here.vault.error = VaultLocked("locked")
    assert here.accounts.connect(TOKENS).connected_at == START
    here.now = START + timedelta(hours=2)
    here.accounts.credentials()
    assert here.x.renewals == 1
    here.x.account = replace(ASSO, may_write=False)
    here.accounts.check()
    here.vault.error = None
    kept = here.accounts.keep()
    assert kept is not None
    assert (kept.kept, kept.account.may_write, kept.connected_at) == (True, False, START)
    assert here.accounts.connect(TOKENS).connected_at == here.now


def test_an_account_taken_up_again_was_not_connected_just_now(here: Here) -> None:
    here.accounts.connect(KEYS)
    restored = Here(here.vault).accounts.restore()
    assert restored is not None
    assert restored.connected_at is None


def test_a_keyring_looked_at_again_changes_nothing_of_what_is_known(here: Here) -> None:
    here.accounts.connect(TOKENS)
    here.x.not_renewed = SignInError(SignInProblem.RECONNECT)
    here.now = START + timedelta(minutes=119)
    here.accounts.credentials()
    looked = here.accounts.restore()
    assert looked is not None
    assert looked.connected_at == START
    assert here.accounts.must_reconnect
