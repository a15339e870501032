"""Every test has its own settings and data, no screen unless it asks for one, and French."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tchat_desktop.wording import i18n

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The keyring of the person who runs the tests holds keys of theirs; who wants a real one names it.
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

# Whether a law holds is not a question of how much else the machine has to do, nor of luck: the
# same examples each time. `pytest --hypothesis-profile=search` looks for others, and many more.
settings.register_profile("laws", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("laws")

HOMES = (
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"),
    # On Windows platformdirs asks the system, which no other variable of the environment changes.
    *("LOCALAPPDATA", "USERPROFILE", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_APPDATA"),
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and data of the person who runs the tests are never touched."""
    folder = tmp_path_factory.mktemp("home")
    for name in HOMES:
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture(autouse=True, scope="module")
def own_language() -> Iterator[None]:
    """The language that the tests of a module put in force is that of no other module."""
    catalogue, code = i18n._Current.catalogue, i18n._Current.code
    yield
    i18n._Current.catalogue, i18n._Current.code = catalogue, code


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A thread a test started must have ended with it."""
    before = set(threading.enumerate())
    yield
    leaked = [t for t in threading.enumerate() if t not in before and t.is_alive()]
    for thread in leaked:
        thread.join(20)
    still = [thread.name for thread in leaked if thread.is_alive()]
    assert not still, f"threads left running: {still}"
