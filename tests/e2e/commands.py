"""The command line as a person types it, in a folder of its own with a keyring of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Question, Route, RunEdit
from tchat_desktop.services.ports import ChatFile
from tests.fakes import file_keyring
from tests.fakes.x_server import XServer

PROJECT = Path(__file__).parents[2]
SPEED = 240
"""A chat of six minutes takes under two seconds; a post may be a second late."""


def short_chat() -> Chat:
    """Six posts, a minute apart; to be posted by hand, says the chat."""
    return Chat(
        id="short",
        topic="Mariage des enfants",
        organisation="Filles Debout",
        account="tchat_orga",
        hashtag="UnionsPrécoces",
        language="fr",
        route=Route.ASSISTED,
        starts_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
        minutes=15,
        questions=tuple(Question(f"q{n}", f"Où agir, {n} ?", minutes=1) for n in (1, 2)),
        run_edits=tuple(
            RunEdit(key, minutes=1) for key in ("welcome", "rules", "closing", "thanks")
        ),
    )


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with everything a person's computer would have for the app."""

    folder: Path

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def ring(self) -> Path:
        """The keyring."""
        return self.folder / "ring" / "ring.json"

    @property
    def file(self) -> Path:
        """The chat."""
        return self.folder / "chat.tchat"

    def prepare(self, chat: Chat | None = None, pictures: tuple[bytes, ...] = ()) -> None:
        """Put the chat there with its pictures, and an empty keyring."""
        self.ring.parent.mkdir()
        TchatFiles().write(self.file, ChatFile(chat or short_chat(), pictures=pictures))

    def environment(self) -> dict[str, str]:
        """What the process finds around it: nothing of who runs the tests."""
        kept = ("PATH", "SYSTEMROOT", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
        found = {name: os.environ[name] for name in kept if name in os.environ}
        # As the launchers for Windows have it, and every other system by itself.
        found["PYTHONUTF8"] = "1"
        config = str(self.folder / "config")
        home = {"HOME": str(self.folder), "XDG_CONFIG_HOME": config}
        # On Windows only this leads platformdirs away from the person's own settings.
        home["WIN_PD_OVERRIDE_LOCAL_APPDATA"] = config
        return {**found, **home, "LANG": "C.UTF-8", **file_keyring.environment(self.ring)}

    def command(self, server: XServer | None, *flags: str) -> list[str]:
        """The command line, in English, to `server` if there is one."""
        return [
            *(sys.executable, "-m", "tchat_desktop", "--lang", "en", "--data-dir", str(self.data)),
            *(("--x-api-url", server.url) if server else ()),
            *flags,
        ]

    def start(self, server: XServer | None, *flags: str) -> subprocess.Popen[str]:
        """The process, its standard streams at hand."""
        return spawn(self.command(server, *flags), self.environment())

    def call(
        self, server: XServer | None, *flags: str, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """The process to its end."""
        with self.start(server, *flags) as process:
            out, err = process.communicate(typed, timeout=120)
        return subprocess.CompletedProcess(flags, process.returncode, out, err)

    def connect(self, server: XServer) -> None:
        """Keep the server's own keys."""
        done = self.call(server, "--connect", typed="\n".join(server.keys.secrets()))
        assert done.returncode == 0, done.stderr

    def run(self, server: XServer, speed: float = SPEED) -> subprocess.CompletedProcess[str]:
        """Post the chat."""
        return self.call(server, "--run", str(self.file), "--speed", str(speed))


def spawn(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A process in the project's folder."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=PROJECT,
        env=environment,
    )
