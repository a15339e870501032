"""Whether whoever sits here wants things on screen to move, as they told their system."""

from __future__ import annotations

import configparser
import ctypes
import os
import plistlib
import sys
from pathlib import Path

_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION: Windows' switch "Animation effects"."""

_MAC = Path("Library", "Preferences", "com.apple.universalaccess.plist")


def wants_stillness() -> bool:
    """Whether the system was told to move nothing; False where it does not say."""
    try:
        if sys.platform == "win32":
            moves = ctypes.c_int(1)
            ctypes.windll.user32.SystemParametersInfoW(
                _CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0
            )
            return not moves.value
        if sys.platform == "darwin":
            return bool(plistlib.loads((Path.home() / _MAC).read_bytes()).get("reduceMotion"))
        return _is_still_on_linux()
    except (OSError, ValueError, configparser.Error):
        return False


def _is_still_on_linux() -> bool:
    """As GTK's and KDE's files say, which their settings write."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    found = configparser.ConfigParser(strict=False, interpolation=None)
    names = ("gtk-3.0/settings.ini", "gtk-4.0/settings.ini", "kdeglobals")
    found.read([folder / name for name in names], "utf-8")
    gtk = found.get("Settings", "gtk-enable-animations", fallback="1")
    kde = found.get("KDE", "AnimationDurationFactor", fallback="1")
    return gtk.strip().lower() in ("0", "false") or float(kde) == 0
