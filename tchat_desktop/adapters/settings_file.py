"""Reads and writes the settings of the app: language, data directory, what was on screen."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NamedTuple

from tchat_desktop.adapters.whole_file import write_whole

log = logging.getLogger(__name__)

LONGEST = 10_000
"""The most characters of one setting; paths have some thousands at most."""


class Settings(NamedTuple):
    """The settings; "" means the default of the system, or that nothing is known yet."""

    language: str = ""
    data_dir: str = ""
    window: str = ""
    """The place of the window, in the form of `ui/window_place.py`."""
    columns_window: str = ""
    """The place of the window with the columns of the chat, in the same form."""
    chat_id: str = ""
    step: str = ""
    """The chat and step that were on screen last; "" for the home screen."""
    signed_in_on: str = ""
    """The date ("2026-12-05") when the organiser said the browser was signed in to X."""
    looked_on: str = ""
    """The date of the last preflight checks (`services.preflight`)."""
    chat_folder: str = ""
    export_folder: str = ""
    picture_folder: str = ""
    list_folder: str = ""
    page_folder: str = ""
    """The folders of the last .tchat file, the last export, picture, list of questions and page."""
    computer_id: str = ""
    """By what another computer that moderates too knows this one: 16 hexadecimal digits."""
    computer_name: str = ""
    """Who works here, as that other computer is told."""
    notify: str = ""
    """"no" if the organiser is not to be notified while another window is in front."""
    notify_sound: str = ""
    """"yes" if that is to be heard as well."""
    version_notice: str = ""
    """What is remembered of the version notice, in the form of `adapters/notice_codec.py`."""


def load_settings(path: Path) -> Settings:
    """The settings in a file; the defaults when there is none or it cannot be read."""
    try:
        text = path.read_text("utf-8")
        # Imported only if there is a file, so that the first paint does not wait for it.
        import json

        raw = json.loads(text)
        return Settings(**{k: v for k, v in raw.items() if k in Settings._fields and _is_usable(v)})
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        log.warning("settings not read: %r", error)
        return Settings()


def _is_usable(value: object) -> bool:
    """Whether a value is a text that can be a path: no NUL, not too long, valid Unicode."""
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings completely or not at all. Raises OSError."""
    import json

    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(settings._asdict()))
