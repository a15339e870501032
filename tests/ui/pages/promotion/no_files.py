"""What comes out of the promotion, kept in memory."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.promotion import Reminder
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.shared.saving import Export


def files(
    written: dict[Path, bytes] | None = None,
    reminded: list[tuple[Chat, tuple[Reminder, ...]]] | None = None,
    published: list[tuple[Chat, bool]] | None = None,
    letters: list[Letter] | None = None,
    mail_fits: bool = True,
) -> PromotionFiles:
    """Files that are kept in these."""

    def write(content: bytes, path: Path) -> Path:
        if written is not None:
            written[path] = content
        return path

    def remind(made: tuple[Chat, tuple[Reminder, ...]], path: Path) -> Path:
        if reminded is not None:
            reminded.append(made)
        return path

    def publish(made: tuple[Chat, bool], path: Path) -> Path:
        if published is not None:
            published.append(made)
        return path

    def keep(letter: Letter, path: Path) -> Path:
        mail(letter)
        return path

    def mail(letter: Letter) -> bool:
        if letters is not None:
            letters.append(letter)
        return True

    return PromotionFiles(
        write,
        Export("Reminders", "Reminders", "reminders", "ics", "Calendar", remind),
        Export("Public", "Public", "public", "html", "Page", publish),
        Export("Mail", "Mail", "mail", "eml", "Mail", keep),
        Export("Press", "Press", "press", "txt", "Text", keep),
        lambda _letter: mail_fits,
        mail,
        lambda _path: True,
    )
