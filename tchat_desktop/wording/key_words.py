"""The sentences about keys: what a key is called, what is wrong with it, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from tchat_desktop.domain.account_keys import KeyField, SignInProblem
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import ACCOUNT_FAILS, Reason
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.pasted_keys import BLOCKING, KeyProblem
from tchat_desktop.services.ports import (
    PublishError,
    PublishLater,
    SignInError,
    VaultError,
    VaultFull,
    VaultLocked,
    VaultMissing,
    VaultUnsafe,
)
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import N_, _, format_hour
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.reasons import connecting_words, fact_words
from tchat_desktop.wording.tone import Tone

KEY_NAMES = {
    KeyField.CONSUMER_KEY: N_("Key of the app"),
    KeyField.CONSUMER_SECRET: N_("Secret of the app"),
    KeyField.ACCESS_TOKEN: N_("Key of the account"),
    KeyField.ACCESS_TOKEN_SECRET: N_("Secret of the account"),
}
NAMES_ON_X = {
    KeyField.CONSUMER_KEY: "API Key / Consumer Key",
    KeyField.CONSUMER_SECRET: "API Key Secret / Consumer Secret",
    KeyField.ACCESS_TOKEN: "Access Token",
    KeyField.ACCESS_TOKEN_SECRET: "Access Token Secret",
}
"""As X's own page has them, for people to find: quoted, never translated."""
CLIENT_ID_ON_X = "OAuth 2.0 Client ID"


class KeyWords(NamedTuple):
    """What is wrong with a key; then what to do in the form that has named it."""

    fact: str
    to_do: str = ""


_PROBLEMS = {
    KeyProblem.MISSING: KeyWords(N_("This key is missing.")),
    KeyProblem.NOT_A_KEY: KeyWords(
        N_("This is not a key."), N_("Copy it again from X’s page, whole.")
    ),
    KeyProblem.BEARER: KeyWords(
        N_("This key can only read."),
        N_("X’s page has it beside the right ones: take the one with the name above."),
    ),
    KeyProblem.SIGN_IN_CLIENT: KeyWords(
        N_("This key is for signing in with the browser."), N_("Take the one with the name above.")
    ),
    KeyProblem.SAME_TWICE: KeyWords(
        N_("The same key is there twice."), N_("Take the one with the name above.")
    ),
    KeyProblem.UNUSUAL: KeyWords(
        N_("This key does not have the usual length: part of it may be missing."),
        N_("You can still try it."),
    ),
    KeyProblem.MOVED: KeyWords(
        N_("This key was pasted in another field: it is now where it belongs.")
    ),
}

_SIGN_IN = {
    SignInProblem.KEYS_REFUSED: N_(
        "X does not know your app. Copy its key and its secret again from X’s page."
    ),
    SignInProblem.NOT_ALLOWED: N_(
        "The settings of your app on X do not allow this way of signing in. Change them on X’s "
        "page, or paste the four keys."
    ),
    SignInProblem.WRONG_PIN: N_("This is not the code X shows. Look at its page, and try again."),
    SignInProblem.LATE_PIN: N_(
        "This code is too old. Open the page with the code again: it will show another."
    ),
    SignInProblem.DENIED: N_("You said no on X’s page. Nothing was changed."),
    SignInProblem.TIMED_OUT: N_(
        "No answer came from X’s page. Nothing was changed. Start again when you are ready."
    ),
    SignInProblem.PORT_TAKEN: N_(
        "Another program of this computer stands in the way of the browser’s answer. Restart the "
        "computer and try again, or paste the four keys."
    ),
    SignInProblem.RECONNECT: N_("The account is no longer signed in to X. Sign in again."),
}

_AS_REFUSED = {
    SignInProblem.NETWORK: Reason.NETWORK,
    SignInProblem.ANSWER_LOST: Reason.ANSWER_LOST,
}
"""What goes wrong alike, whether one signs in or tests keys."""

_KEYRING = {
    VaultMissing: N_("This computer has no keyring, or it is switched off."),
    VaultLocked: N_("The keyring of this computer is locked."),
    VaultFull: N_("The keyring of this computer is full."),
    VaultUnsafe: N_(
        "The only keyring here would leave the keys readable by anyone, so they are not put there."
    ),
    VaultError: N_("The keyring of this computer does not answer as it should."),
}
_KEEPING = {
    VaultMissing: N_(
        "The keys work until you close the app; you will paste them again at the next start."
    ),
    VaultLocked: N_(
        "The keys work until you close the app. To keep them longer, press “Keep them”: your "
        "computer then asks for a password, most often the one you open it with."
    ),
    VaultFull: N_(
        "The keys work until you close the app. To keep them longer, delete passwords you no "
        "longer need from it, then press “Keep them”."
    ),
}


def key_name(field: KeyField) -> str:
    """What the screen calls a key."""
    return _(KEY_NAMES[field])


def key_problem(problem: KeyProblem) -> tuple[str, Tone]:
    """What is wrong with a key, or was put right."""
    tone: Tone = "stop" if problem in BLOCKING else "look"
    words = " ".join(_(one) for one in _PROBLEMS[problem] if one)
    return words, "well" if problem is KeyProblem.MOVED else tone


def key_fact(problem: KeyProblem) -> str:
    """What is wrong with a key, alone."""
    return _(_PROBLEMS[problem].fact)


def sign_in_trouble(error: Exception) -> str:  # noqa: PLR0911
    """Why signing in or testing keys did not succeed; "" when the person gave up."""
    match error:
        case SignInError(problem=SignInProblem.STOPPED):
            return ""
        case SignInError() | PublishLater() if error.obstacle is not Obstacle.UNKNOWN:
            return obstacle_words(error.obstacle)
        case SignInError() if error.problem in _AS_REFUSED:
            return connecting_words(_AS_REFUSED[error.problem])
        case SignInError():
            return _(_SIGN_IN[error.problem])
        case PublishLater(reason=Reason.RATE_LIMIT):
            hour = format_hour(error.until.astimezone())
            later = _("Nothing is lost here. Try again from {hour} on.").format(hour=hour)
            return f"{fact_words(error.reason)} {later}"
        case PublishError():
            return connecting_words(error.reason)
        case VaultError():
            return keyring_words(error)
        case _:
            return sentence(error)


def page_to_open(error: Exception) -> str:
    """The page of X where what refused the keys can be put right; "" for none."""
    if not isinstance(error, PublishError):
        return ""
    return links.X if error.reason in ACCOUNT_FAILS else links.CONSOLE


def keyring_words(error: VaultError) -> str:
    """What is the matter with the keyring."""
    return _(_of_kind(_KEYRING, error))


def not_kept_words(error: VaultError) -> str:
    """That keys are not kept, why, and what it means."""
    unkept = _KEEPING[VaultMissing]
    return f"{keyring_words(error)} {_(_of_kind({VaultError: unkept} | _KEEPING, error))}"


def may_be_kept(error: VaultError) -> bool:
    """Whether trying once more can help."""
    return not isinstance(error, VaultMissing | VaultUnsafe)


def not_forgotten_words(error: VaultError) -> str:
    """That keys may remain in the keyring, and what is always sure."""
    return _(
        "The app no longer uses these keys, but a trace of them may remain in the keyring. {why} "
        "Try again; or make new ones on X’s page: the old ones then no longer work."
    ).format(why=keyring_words(error))


def _of_kind(words: dict[type[VaultError], str], error: VaultError) -> str:
    return next(words[kind] for kind in type(error).__mro__ if kind in words)
