"""The app without a window: `--run FILE.tchat` posts a chat, `--connect` keeps the account's keys.

It works without PySide6, so nothing it imports may import that.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import io
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from tchat_desktop.adapters.settings_file import load_settings
from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.x.pasted_keys import BLOCKING, check_pasted
from tchat_desktop.platform import logs
from tchat_desktop.platform.console import system_languages
from tchat_desktop.platform.crash import CrashReports
from tchat_desktop.platform.paths import data_dir, settings_file
from tchat_desktop.services import ports
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.start import posting
from tchat_desktop.start.run_file import FAILED, RunFailed, RunFile
from tchat_desktop.wording import i18n
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.key_words import key_fact, keyring_words
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.reasons import connecting_words

log = logging.getLogger(__name__)

LONGEST_INPUT = 65536
"""The most characters read from standard input, many times what four keys need."""

FIELD_NAMES = {
    KeyField.CONSUMER_KEY: "API Key",
    KeyField.CONSUMER_SECRET: "API Key Secret",
    KeyField.ACCESS_TOKEN: "Access Token",
    KeyField.ACCESS_TOKEN_SECRET: "Access Token Secret",
}
"""The names of the keys in X's developer console."""


def main(options: argparse.Namespace) -> int:
    """Do what the options ask; returns the exit code. Known errors are told on standard error."""
    settings = load_settings(settings_file())
    i18n.activate(i18n.choose(options.lang or settings.language, system_languages()))
    folder = options.data_dir or Path(settings.data_dir or data_dir())
    redaction = logs.Redaction()
    CrashReports(folder / "crashes", redaction, _tell_crash).install()
    logs.start_logging(folder, redaction)
    with _stopped_politely():
        try:
            if options.connect:
                return connect(redaction.learn, options.x_api_url)
            return RunFile(
                options.run, folder, print_line, redaction, options.x_api_url, options.speed
            ).run()
        except RunFailed as error:
            return _failed(str(error))
        except ports.VaultError as error:
            return _failed(vault_sentence(error))
        except (ports.StoreError, ports.ChatFileError, OSError) as error:
            log.error("not run: %r", error)
            return _failed(sentence(error))
        except KeyboardInterrupt:
            return _failed(_("Stopped. Start it again the same way, and it goes on from here."))
        finally:
            logs.stop_logging()


def connect(
    learn: Callable[[str], None], api_url: str | None, vault: ports.SecretVault | None = None
) -> int:
    """Read four keys from standard input, check them with X and keep them in the keyring.

    Returns the exit code. `learn` is called with each secret; the system's keyring is used when no
    `vault` is given.
    """
    lines = _four_lines()
    for line in lines:
        learn(line.strip())
    pasted = check_pasted(dict(zip(KeyField, lines, strict=True)))
    for key, problem in pasted.problems:
        if problem in BLOCKING:
            _complain(_("{key}: {problem}").format(key=FIELD_NAMES[key], problem=key_fact(problem)))
    if pasted.keys is None:
        return _failed(_("Give the four keys, one a line. Nothing is kept."))
    accounts = posting.make_accounts(learn, SystemClock().now, api_url, vault, to_publish=True)
    try:
        connection = accounts.connect(pasted.keys)
    except ports.PublishError as error:
        log.warning("not connected: %s", error)
        return _failed(_refusal_sentence(error))
    if connection.not_kept is not None:
        return _failed(vault_sentence(connection.not_kept))
    print_line(
        _("Connected as @{handle}. The keys are saved.").format(handle=connection.account.handle)
    )
    return 0


def vault_sentence(error: ports.VaultError) -> str:
    """A sentence for the person on what is wrong with the keyring, and what to do."""
    words = keyring_words(error)
    if isinstance(error, ports.VaultLocked):
        to_do = _("Unlock it, and start again.")
        return f"{words} {to_do}"
    return words


def print_line(line: str) -> None:
    """Write a line on standard output; a closed pipe is no error, so that posting goes on."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        # What is left in the buffer must not raise again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(line: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")


def _failed(line: str) -> int:
    _complain(line)
    return FAILED


def _tell_crash(error: BaseException) -> None:
    sentence = _("Something unforeseen happened. Nothing saved before is lost. Try again.")
    _complain(f"{sentence} ({type(error).__name__})")


def _four_lines() -> list[str]:
    """Four texts from standard input, one for each key; more lines are joined to the last one.

    A missing one is "". In a terminal the keys are asked for one by one and not shown.
    """
    if sys.stdin is None:
        return [""] * len(KeyField)
    if sys.stdin.isatty():
        # A person types or pastes them, so they are not shown.
        with contextlib.suppress(EOFError):
            return [getpass.getpass(f"{FIELD_NAMES[key]} : ") for key in KeyField]
        return [""] * len(KeyField)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Bytes that are no text are reported later, as what is not a key.
        sys.stdin.reconfigure(errors="replace")
    text = sys.stdin.read(LONGEST_INPUT)
    lines = [line for line in text.splitlines() if line.strip()]
    lines += [""] * (len(KeyField) - len(lines))
    return [*lines[: len(KeyField) - 1], "\n".join(lines[len(KeyField) - 1 :])]


def _refusal_sentence(error: ports.PublishError) -> str:
    """A sentence on why the keys do not work, with what to do, and that they are not kept."""
    in_the_way = error.obstacle is not Obstacle.UNKNOWN
    why = obstacle_words(error.obstacle) if in_the_way else connecting_words(error.reason)
    kept = _("These access keys are not kept.")
    return f"{why} {kept}"


@contextlib.contextmanager
def _stopped_politely() -> Iterator[None]:
    """Within this context SIGTERM, as sent by a system that shuts down, acts like Ctrl+C."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
