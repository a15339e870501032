"""What the app remembers between two starts: language, place of the data, where one was."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NamedTuple

from tchat_desktop.adapters.whole_file import write_whole

log = logging.getLogger(__name__)

LONGEST = 10_000
"""Characters of one setting: paths have some thousands at most."""


class Settings(NamedTuple):
    """Empty texts mean what the system says, or that nothing is known yet."""

    language: str = ""
    data_dir: str = ""
    window: str = ""
    """Where the window was, as `ui/window_place.py` notes it."""
    chat_id: str = ""
    step: str = ""
    """What was on screen last; "" for the home screen."""
    signed_in_on: str = ""
    """The day ("2026-12-05") on which the organiser said to be signed in to X in the browser."""
    looked_on: str = ""
    """The day on which X and this computer were looked at last."""
    chat_folder: str = ""
    export_folder: str = ""
    picture_folder: str = ""
    """Where the last .tchat file, the last export and the last picture went or came from."""


def load_settings(path: Path) -> Settings:
    """The settings; the usual ones when there are none yet or they cannot be read."""
    try:
        text = path.read_text("utf-8")
        # Most people never change a setting, and the first paint does not wait for it.
        import json

        raw = json.loads(text)
        return Settings(**{k: v for k, v in raw.items() if k in Settings._fields and _is_usable(v)})
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        log.warning("settings not read: %r", error)
        return Settings()


def _is_usable(value: object) -> bool:
    """Whether it is a text that a folder, a day or a language may be called by."""
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises OSError."""
    import json

    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(settings._asdict()))
