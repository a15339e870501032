"""The files that can be exported, each with its words, its suffix and what writes it."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports import calendar_file, figures_csv, invitation
from tchat_desktop.adapters.exports.guest_pack import write_guest_pack
from tchat_desktop.adapters.exports.recap_markdown import write_markdown
from tchat_desktop.adapters.exports.recap_page import proposed_introduction, write_recap
from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.recap import Recap
from tchat_desktop.services.material import Material
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.pages import PageServices
from tchat_desktop.ui.pages.people.guest_errands import GuestFiles
from tchat_desktop.ui.pages.shared.saving import Export, RecapFiles
from tchat_desktop.wording.i18n import N_
from tchat_desktop.wording.when_words import when_of


def of_recap(paper: ExportTemplates) -> tuple[Export[Recap], ...]:
    """The formats in which a recap is saved, in the order of their buttons."""
    return (
        Export(
            N_("Save the page"),
            N_("Save the recap page"),
            N_("recap"),
            "html",
            N_("Page to read in a browser"),
            lambda recap, path: write_recap(recap, path, paper),
        ),
        Export(
            N_("As text (Markdown)"),
            N_("Save the recap as text"),
            N_("recap"),
            "md",
            N_("Plain text"),
            lambda recap, path: write_markdown(recap, path, paper),
        ),
    )


def of_figures(paper: ExportTemplates) -> tuple[Export[tuple[Chat, Figures]], ...]:
    """The formats in which the figures are saved."""
    return (
        Export(
            N_("The figures (CSV)"),
            N_("Save the figures"),
            N_("figures"),
            "csv",
            N_("Table"),
            lambda counted, path: figures_csv.write_table(
                figures_csv.figures_csv(*counted, paper), path
            ),
        ),
    )


def of_posts(paper: ExportTemplates) -> tuple[Export[tuple[Chat, Material]], ...]:
    """The formats in which the collected posts are saved, with hidden people masked."""

    def posts_csv(collected: tuple[Chat, Material], path: Path) -> Path:
        chat, material = collected
        table = figures_csv.posts_csv(chat, material.posts, paper, material.rows)
        return figures_csv.write_table(table, path)

    return (
        Export(
            N_("The posts (CSV)"),
            N_("Save the posts"),
            N_("posts"),
            "csv",
            N_("Table"),
            posts_csv,
        ),
    )


def recap_files(outside: PageServices) -> RecapFiles:
    """The exports offered after a chat."""
    paper = outside.stationery
    return RecapFiles(
        recap=of_recap(paper),
        figures=of_figures(paper),
        posts=of_posts(paper),
        introduction=lambda recap: proposed_introduction(recap, paper.labels(recap.language)),
        open=outside.browser.open_path,
    )


def guest_files(outside: PageServices) -> GuestFiles:
    """The files and mail drafts that can be made for a guest."""

    def mail_draft(person: Person, letter: Letter, path: Path) -> Path:
        return invitation.write_draft(invitation.email_draft(person, letter), path)

    def calendar(chat: Chat, person: Person, path: Path) -> Path:
        texts = texts_of(chat.language)
        summary = f"{chat.topic} #{chat.hashtag}".strip(" #")
        words = letters.invitation_message(chat, person, texts, when_of(chat, person.time_zone))
        return calendar_file.write_calendar(chat, summary, words, outside.now(), path)

    def pack(chat: Chat, person: Person, path: Path) -> Path:
        when = when_of(chat, person.time_zone)
        content = letters.guest_pack(chat, person, texts_of(chat.language), when)
        return write_guest_pack(content, chat.language, path, outside.stationery)

    def mail_fits(person: Person, letter: Letter) -> bool:
        return invitation.fits_mailto(invitation.mailto(person, letter))

    def open_mail(person: Person, letter: Letter) -> bool:
        return outside.browser.open_mail(invitation.mailto(person, letter))

    return GuestFiles(mail_draft, calendar, pack, mail_fits, open_mail)
