"""The files that the app keeps on this computer, told kind by kind, and what of them may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters.sqlite.backups import COMPANIONS, folder
from tchat_desktop.adapters.sqlite.copies import set_aside_files
from tchat_desktop.adapters.templates_file import NAME as TEXTS
from tchat_desktop.adapters.templates_file import TemplatesFile
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.ports import KeptFiles, KeptFolder, KeptKind

REMOVABLE = frozenset({KeptKind.SET_ASIDE, KeptKind.CRASHES})
"""The kinds that no chat needs."""


class KeptFilesOfApp:
    """The KeptFolder of a data directory; `settings` is the file of the settings."""

    def __init__(self, path: Path, settings: Path) -> None:
        self.path = path
        self._settings = settings

    def files(self) -> Sequence[KeptFiles]:
        """What is there, kind by kind, with the bytes it takes."""
        return [
            KeptFiles(kind, there, sum(_size(one) for one in there))
            for kind, paths in self._paths().items()
            if (there := tuple(one for one in paths if one.is_file()))
        ]

    def remove(self, kind: KeptKind) -> None:
        """Delete the files of a kind. Raises ValueError for one that chats need, OSError."""
        if kind not in REMOVABLE:
            raise ValueError(f"{kind} is needed")
        for path in self._paths()[kind]:
            path.unlink(missing_ok=True)

    def forget_lines(self, names: Callable[[str], bool]) -> None:
        """Take lines out of the log and the crash reports. Raises OSError."""
        paths = self._paths()
        for path in (*paths[KeptKind.LOGS], *paths[KeptKind.CRASHES]):
            _without_lines(path, names)

    def forget_texts(self, mask: Callable[[str], str]) -> None:
        """Mask the kept texts. Raises OSError."""
        TemplatesFile(self.path).mask(mask)

    def _paths(self) -> Mapping[KeptKind, Sequence[Path]]:
        database = self.path / DATABASE
        aside = [
            Path(f"{one}{suffix}")
            for one in set_aside_files(database)
            for suffix in ("", *COMPANIONS)
        ]
        return {
            KeptKind.CHATS: [Path(f"{database}{suffix}") for suffix in ("", *COMPANIONS)],
            KeptKind.BACKUPS: sorted(folder(database).glob("*.sqlite3")),
            KeptKind.SET_ASIDE: [one for one in aside if one.exists()],
            KeptKind.TEXTS: [self.path / TEXTS],
            KeptKind.LOGS: sorted(self.path.glob("logs/tchat.log*")),
            KeptKind.CRASHES: sorted(self.path.glob("crashes/crash-*.txt")),
            KeptKind.SETTINGS: [self._settings],
        }


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _without_lines(path: Path, names: Callable[[str], bool]) -> None:
    before = path.read_text("utf-8", "replace").splitlines(keepends=True)
    after = [line for line in before if not names(line)]
    if after == before:
        return
    if path.name == "tchat.log":
        # The log is open, and another file in its place would be written no more.
        with path.open("r+", encoding="utf-8") as stream:
            stream.writelines(after)
            stream.truncate()
    else:
        write_whole(path, "".join(after))


if TYPE_CHECKING:

    def _is_a_kept_folder(files: KeptFilesOfApp) -> KeptFolder:
        return files
