"""Gathers everything of a chat for one file that its organiser takes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count as counting
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tchat_desktop.adapters.exports.archive import ArchivePart
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.echoes import answering
from tchat_desktop.domain.editions import authors_before
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.report import build_report
from tchat_desktop.services.material import Material
from tchat_desktop.services.ports import TakingStopped
from tchat_desktop.start import exports
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.network import network_rules
from tchat_desktop.start.pages import PageServices
from tchat_desktop.ui.pages.shared.saving import Export

Content = TypeVar("Content")

CHAT_FILE = "chat.tchat"


GoesOn = Callable[[str], bool]
"""Is told what is written next, and returns whether it is still wanted."""


def take_along(chat_id: str, path: Path, outside: PageServices, goes_on: GoesOn) -> Path:
    """Write all that is kept of a chat into one file; returns its path. Waits for the disk.

    What a rehearsal made up is left out. Raises KeyError, OSError, StoreError, ChatFileTooLarge,
    and TakingStopped once `goes_on` says no: then nothing is written.
    """
    _go_on(goes_on, CHAT_FILE)
    chat, material = outside.data.library.newest(chat_id), outside.gather(chat_id)
    with TemporaryDirectory() as place:
        folder = Path(place)
        outside.data.library.export_file(chat_id, folder / CHAT_FILE)
        parts = [ArchivePart(CHAT_FILE, (folder / CHAT_FILE).read_bytes(), public=False)]
        if material.occasion is Occasion.LIVE and not material.is_empty:
            parts = [*_shown(chat, material, folder, outside, goes_on), *parts]
    _go_on(goes_on, path.name)
    return exports.archive_of(chat, parts, outside.now(), path, outside.stationery)


def _go_on(goes_on: GoesOn, name: str) -> None:
    if not goes_on(name):
        raise TakingStopped


def _shown(
    chat: Chat, material: Material, folder: Path, outside: PageServices, goes_on: GoesOn
) -> Iterator[ArchivePart]:
    """The recap, the figures and the posts in every form in which a page saves them."""
    paper, rules = outside.stationery, network_rules()
    labels = paper.labels(chat.language)
    given = (chat, material.posts, material.rows, rules)
    former = outside.former(chat)
    recap = build_recap(*given, former_authors=authors_before(former))
    report = build_report(
        *given,
        former=former,
        spent_cents=material.spent.at_most,
        answers=answering(chat, texts_of(chat.language)),
    )
    yield from _written(labels("archive_recap"), exports.of_recap(paper), recap, folder, goes_on)
    yield from _written(
        labels("archive_figures"), exports.of_figures(paper), (chat, report), folder, goes_on
    )
    yield from _written(
        labels("archive_posts"), exports.of_posts(paper), (chat, material), folder, goes_on
    )


def _written(
    stem: str, forms: tuple[Export[Content], ...], content: Content, folder: Path, goes_on: GoesOn
) -> Iterator[ArchivePart]:
    for form in forms:
        names = (f"{stem}{'' if n == 1 else f'-{n}'}.{form.suffix}" for n in counting(1))
        name = next(one for one in names if not (folder / one).exists())
        _go_on(goes_on, name)
        written = form.write(content, folder / name)
        yield ArchivePart(written.name, written.read_bytes(), public=True)
