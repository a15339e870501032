"""The log: a small rotating file in the data directory, from which secrets are taken out."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from tchat_desktop.platform.private import FOLDER_MODE, make_private

NOISY = ("tweepy", "requests_oauthlib", "oauthlib", "urllib3", "keyring")
"""Libraries whose debug lines would print tokens or whole requests."""

_SECRETS = re.compile(
    r"(?i)"
    r"(authorization[\"'\\]*\s*[:=]\s*)[^\r\n]+"
    r"|(bearer\s+)[\w%.~+/=-]+"
    r"|((?:oauth_\w+|(?:token|secret|password|(?:api|consumer)[_-]?key)[\w-]*|\bpin)"
    r"[\"'\\]*\s*[:=]\s*[\"'\\]*)[^\s\"',&}\\]+"
)


class Redaction:
    """Takes secrets out of texts: the ones it was told, and whatever looks like one."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def learn(self, secret: str) -> None:
        """Never let this very text through again."""
        if len(secret) >= 6:
            self._known.add(secret)

    def clean(self, text: str) -> str:
        """The text with secrets replaced by a mark."""
        # The longest first: one that is part of another must not leave the rest of it.
        for secret in sorted(self._known, key=len, reverse=True):
            text = text.replace(secret, "[hidden]")
        return _SECRETS.sub(
            lambda found: (
                next(part for part in (*found.groups(), "") if part is not None) + "[hidden]"
            ),
            text,
        )


class _CleanFormatter(logging.Formatter):
    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        return self._redaction.clean(super().format(record))


class _Begun:
    """The handlers of the log in force."""

    handlers: tuple[logging.Handler, ...] = ()


def start_logging(data_dir: Path, redaction: Redaction) -> None:
    """Begin to log into `data_dir`/logs; to standard error alone when that cannot be written."""
    # Slow to import, and only wanted once the window is there.
    from tchat_desktop.platform.log_file import LogFile

    stop_logging()
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    handlers[0].setLevel(logging.WARNING)
    make_private(data_dir)
    try:
        folder = data_dir / "logs"
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handlers.append(LogFile(folder / "tchat.log"))
    except OSError as error:
        root.warning("no log file: %s", error)
    for handler in handlers:
        handler.setFormatter(_CleanFormatter(redaction))
        root.addHandler(handler)
    _Begun.handlers = tuple(handlers)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def stop_logging() -> None:
    """End what `start_logging` began: Windows deletes no folder in which a file is open."""
    for handler in _Begun.handlers:
        logging.getLogger().removeHandler(handler)
        handler.close()
    _Begun.handlers = ()
