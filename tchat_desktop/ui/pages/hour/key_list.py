"""What the sheet of keys lists while an hour is on screen."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.ui.pages.hour.feed_keys import feed_keys
from tchat_desktop.ui.pages.hour.hour_keys import HourKeys
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.wording.i18n import _


def keys_of_hour(keys: HourKeys, *, publishes: bool) -> Sequence[tuple[str, str]]:
    """Return the keys of an hour, each with what it does.

    `publishes` tells whether posts leave from this computer.
    """
    write = (
        (named(Shortcut.WRITE), _("Write a message of your own")),
        (named(Shortcut.SEND), _("Send what you write; “Now”: yes, it is published")),
    )
    paste = (named(Shortcut.PASTE), _("Paste the page of the tag"))
    return (
        *(write if publishes else ()), *keys.sheet, paste, *feed_keys(publishes=publishes),
    )  # fmt: skip
