"""The notice of new versions, as it is put together for the window."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tchat_desktop import __version__
from tchat_desktop.adapters.notice_codec import decode_notice, encode_notice
from tchat_desktop.adapters.version_file import VersionFile, load_version_address
from tchat_desktop.domain.version_notice import VersionNotice
from tchat_desktop.services.new_versions import NewVersions
from tchat_desktop.services.ports import VersionSource
from tchat_desktop.ui.shell.version_news import VersionNews

if TYPE_CHECKING:
    from tchat_desktop.start.window import App

log = logging.getLogger(__name__)


def published_versions() -> VersionSource | None:
    """Where new versions are told; None for an app whose publisher names no address."""
    try:
        address = load_version_address()
    except (OSError, ValueError) as error:
        log.warning("no address of versions: %r", error)
        return None
    return VersionFile(address) if address else None


def version_news(app: App, source: VersionSource | None = None) -> VersionNews | None:
    """The notice on the home screen of the app, told by the published source unless another is
    given; None where there is none.
    """
    source = source or published_versions()
    if source is None:
        return None

    def keep(notice: VersionNotice) -> None:
        app.settings.keep(version_notice=encode_notice(notice))

    def open_page(page: str) -> None:
        app.outside().open_page(page)

    def tell(words: str) -> None:
        app.window.telling.tell(words, "well")

    kept = decode_notice(app.settings.now.version_notice, f"https://{source.host}")
    versions = NewVersions(source, __version__, app.clock, kept, keep)
    versions.note_start()
    news = VersionNews(versions, open_page, tell, app.window)
    app.window.home_listed.connect(news.show_on)
    return news
