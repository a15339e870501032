"""The files that can be exported, each with its words, its suffix and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage

from tchat_desktop.adapters.exports import calendar_file, figures_csv, invitation
from tchat_desktop.adapters.exports.archive import ArchivePart, write_everything
from tchat_desktop.adapters.exports.card_words import picture_cards, write_card
from tchat_desktop.adapters.exports.curves import write_pictures
from tchat_desktop.adapters.exports.day_plan import day_plan_page, write_day_plan
from tchat_desktop.adapters.exports.files import slug
from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.adapters.exports.guest_pack import guest_pack_page, write_guest_pack
from tchat_desktop.adapters.exports.press_text import write_press_text
from tchat_desktop.adapters.exports.public_page import write_public_page
from tchat_desktop.adapters.exports.recap_letter import (
    letter_as_text,
    told_online,
    write_recap_letter,
)
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown, write_markdown
from tchat_desktop.adapters.exports.recap_page import (
    proposed_conclusion,
    proposed_introduction,
    write_recap,
)
from tchat_desktop.adapters.exports.recap_paper import recap_paper
from tchat_desktop.adapters.exports.recap_word import write_word
from tchat_desktop.adapters.exports.recap_wordpress import recap_wordpress, write_wordpress
from tchat_desktop.adapters.exports.report_archive import write_archive
from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.adapters.question_list_file import read_question_list
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain import letters
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, Person, has_agreed
from tchat_desktop.domain.day_plan import DayPlan, day_plan
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.funder_sheet import FunderSheet
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.logo import Logo
from tchat_desktop.domain.promotion import Reminder
from tchat_desktop.domain.public_sheet import public_sheet
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.report import ChatReport
from tchat_desktop.domain.visuals import look_of
from tchat_desktop.domain.x import links
from tchat_desktop.services.material import Material
from tchat_desktop.services.ports import StoreError
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.pages import PageServices
from tchat_desktop.ui.pages.people.guest_errands import GuestFiles
from tchat_desktop.ui.pages.promotion.come_again_card import ComeAgainWays
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.questions.question_files import QuestionFiles
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.saving import Export, RecapFiles
from tchat_desktop.ui.pages.thanks.ways import ThanksWays
from tchat_desktop.ui.picture_file import thumbnail
from tchat_desktop.ui.visuals.from_svg import png_of
from tchat_desktop.ui.visuals.funder import funder_pdf
from tchat_desktop.ui.visuals.paper import pdf_of
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.when_words import when_for, when_of

DRAWN_LOGO = 800
"""The longer side, in pixels, of the logo that is drawn."""


def _without_logo(_chat_id: str, _logo_id: str) -> Logo | None:
    return None


def of_recap(
    paper: ExportTemplates, logo_of: Callable[[str, str], Logo | None] = _without_logo
) -> tuple[Export[Recap], ...]:
    """The forms of a recap, each with whom it is for, in the order of the page; the main one first.

    What is short or a picture is not the whole recap, and does not count as that (`is_whole`).
    `logo_of` reads the logo from the ids of the chat and of the picture.
    """

    def write_page(recap: Recap, path: Path) -> Path:
        return write_recap(recap, path, paper, logo_of(recap.chat_id, recap.logo_id))

    def write_paper(recap: Recap, path: Path) -> Path:
        page = recap_paper(recap, paper, logo_of(recap.chat_id, recap.logo_id))
        return write_whole(path, pdf_of(page, recap.title or path.stem))

    return (
        Export(
            N_("Save the page"),
            N_("Save the recap page"),
            N_("recap"),
            "html",
            N_("Page to read in a browser"),
            write_page,
            reader=N_("For your site"),
            about=N_("One file, for your site, an e-mail or a phone. It opens in any browser."),
        ),
        Export(
            N_("Save"),
            N_("Save the e-mail about the recap"),
            N_("recap e-mail"),
            "eml",
            N_("E-mail ready to send"),
            lambda recap, path: write_recap_letter(recap, path, paper),
            reader=N_("E-mail to your partners"),
            about=N_("Short: the figures, a few highlights, the link."),
            copied=lambda recap: letter_as_text(recap, paper),
            is_whole=False,
        ),
        Export(
            N_("Save"),
            N_("Save the recap to print"),
            N_("recap"),
            "pdf",
            N_("Document to read and print"),
            write_paper,
            reader=N_("To print, or for a funder (PDF)"),
        ),
        Export(
            N_("Save"),
            N_("Save the recap for Word"),
            N_("recap"),
            "docx",
            N_("Document of Word"),
            lambda recap, path: write_word(recap, path, paper),
            reader=N_("For Word, to rework it"),
        ),
        Export(
            N_("Save"),
            N_("Save the recap for WordPress"),
            N_("recap for WordPress"),
            "txt",
            N_("Plain text"),
            lambda recap, path: write_wordpress(recap, path, paper),
            reader=N_("For a WordPress site"),
            copied=lambda recap: recap_wordpress(recap, paper),
            steps=(
                N_("In WordPress, begin a new post and give it its title."),
                N_("In the menu ⋮ at the top right, choose “Code editor”, and paste."),
                N_("Choose “Exit code editor”, read it, and publish."),
            ),
        ),
        Export(
            N_("Save"),
            N_("Save the recap as text"),
            N_("recap"),
            "md",
            N_("Plain text"),
            lambda recap, path: write_markdown(recap, path, paper),
            reader=N_("For a forum (Markdown)"),
            copied=lambda recap: recap_markdown(recap, paper),
        ),
    )


def of_figures(paper: ExportTemplates) -> tuple[Export[tuple[Chat, ChatReport]], ...]:
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
            reader=N_("For a spreadsheet (CSV)"),
        ),
    )


def of_everything(paper: ExportTemplates) -> tuple[Export[Dossier], ...]:
    """All that the chat left, in one file."""
    return (
        Export(
            N_("All the tables (ZIP)"),
            N_("Save all the tables"),
            N_("tables"),
            "zip",
            N_("Compressed folder"),
            lambda dossier, path: write_archive(dossier, path, paper),
        ),
    )


def of_curves(paper: ExportTemplates) -> tuple[Export[Dossier], ...]:
    """The curves of the report as pictures."""
    return (
        Export(
            N_("The curves (pictures)"),
            N_("Save the curves"),
            N_("curves"),
            "zip",
            N_("Compressed folder"),
            lambda dossier, path: write_pictures(dossier, path, paper, png_of),
        ),
    )


def of_funder_sheet() -> Export[tuple[FunderSheet, QImage]]:
    """The one page for a funder, with the logo."""
    return Export(
        N_("Save the page (PDF)"),
        N_("Save the page for the funder"),
        N_("page for a funder"),
        "pdf",
        N_("Document to read and print"),
        lambda made, path: write_whole(path, funder_pdf(*made)),
    )


def archive_of(
    chat: Chat,
    parts: Sequence[ArchivePart],
    made_at: datetime,
    path: Path,
    paper: ExportTemplates,
) -> Path:
    """Write the archive of a chat (see `start/taking_along.py`); returns its path."""
    return write_everything(chat, parts, made_at, path, paper)


def of_day_plan(paper: ExportTemplates) -> tuple[Export[Chat], ...]:
    """The plan of the day, in the language of the posts: to print, and as a page."""

    def planned(chat: Chat) -> DayPlan:
        return day_plan(chat, texts_of(chat.language), when_of(chat))

    def write(chat: Chat, path: Path) -> Path:
        return write_day_plan(chat, planned(chat), path, paper)

    def write_pdf(chat: Chat, path: Path) -> Path:
        page = day_plan_page(chat, planned(chat), paper, paper=True)
        return write_whole(path, pdf_of(page, path.stem))

    return (
        Export(
            N_("Save the plan of the day"),
            N_("Save the plan of the day"),
            N_("plan of the day"),
            "pdf",
            N_("Document to read and print"),
            write_pdf,
        ),
        Export(
            N_("Save it as a web page"),
            N_("Save the plan of the day"),
            N_("plan of the day"),
            "html",
            N_("Page to read in a browser"),
            write,
        ),
    )


def of_public_sheet(paper: ExportTemplates) -> Export[tuple[Chat, bool]]:
    """The page for the public, in the language of the posts."""

    def write(made: tuple[Chat, bool], path: Path) -> Path:
        chat, with_questions = made
        sheet = public_sheet(chat, texts_of(chat.language), when_of(chat), with_questions)
        return write_public_page(sheet, chat.language, path, paper)

    return Export(
        N_("Save the page for the public"),
        N_("Save the page for the public"),
        N_("how to take part"),
        "html",
        N_("Page to read in a browser"),
        write,
    )


def of_press_text() -> Export[Letter]:
    """The text for the press."""
    return Export(
        N_("Save the text"),
        N_("Save the text for the press"),
        N_("press"),
        "txt",
        N_("Plain text"),
        write_press_text,
    )


def promotion_files(outside: PageServices) -> PromotionFiles:
    """What comes out of the promotion."""
    reminders: Export[tuple[Chat, tuple[Reminder, ...]]] = Export(
        N_("Reminders for my calendar (.ics)"),
        N_("Save the reminders"),
        N_("reminders"),
        "ics",
        N_("Calendar"),
        lambda made, path: calendar_file.write_reminders(*made, outside.now(), path),
    )
    nobody = Person("")
    draft: Export[Letter] = Export(
        N_("Save the e-mail as a file"),
        N_("Save the e-mail"),
        N_("letter"),
        "eml",
        N_("E-mail ready to send"),
        lambda letter, path: invitation.write_draft(invitation.email_draft(nobody, letter), path),
    )
    return PromotionFiles(
        lambda content, path: write_whole(path, content),
        reminders,
        of_public_sheet(outside.stationery),
        draft,
        of_press_text(),
        lambda letter: invitation.fits_mailto(invitation.mailto(nobody, letter)),
        lambda letter: outside.browser.open_mail(invitation.mailto(nobody, letter)),
        outside.browser.open_path,
    )


def recap_files(outside: PageServices) -> RecapFiles:
    """The exports offered after a chat."""
    paper = outside.stationery
    return RecapFiles(
        recap=of_recap(paper, outside.logo),
        figures=of_figures(paper),
        posts=of_posts(paper),
        everything=of_everything(paper),
        curves=of_curves(paper),
        funder_sheet=lambda dossier: funder_sheet(dossier, paper),
        funder=of_funder_sheet(),
        introduction=lambda recap: proposed_introduction(recap, paper.labels(recap.language)),
        conclusion=lambda recap: proposed_conclusion(recap, paper.labels(recap.language)),
        news=lambda recap: told_online(recap, paper),
        post_page=links.post_page,
        open=outside.browser.open_path,
    )


def card_files(outside: PageServices) -> CardFiles:
    """The pictures of the recap to share."""
    pictures = outside.data.pictures

    def logo(chat: Chat) -> QImage:
        chosen = look_of(chat).logo
        if chosen is None:
            return QImage()
        # One that is gone leaves the picture without: the recap is not the place to choose it.
        with suppress(KeyError, StoreError):
            return thumbnail(pictures.content(chat.id, chosen.id), DRAWN_LOGO)
        return QImage()

    return CardFiles(
        lambda recap: picture_cards(recap, outside.stationery),
        logo,
        lambda picture, words, path: write_card(picture, words, path, _("description")),
        outside.browser.open_path,
    )


def question_files(outside: PageServices) -> QuestionFiles:
    """The files of questions: the lists that come in, and what the guests get."""

    def in_advance(chat: Chat) -> str:
        return letters.questions_in_advance(chat, texts_of(chat.language), when_of(chat))

    return QuestionFiles(
        read_question_list,
        in_advance,
        Export(
            N_("Save them for the guests"),
            N_("Save the questions for the guests"),
            N_("questions"),
            "txt",
            N_("Plain text"),
            # With the mark by which Windows' Notepad and Word know UTF-8.
            lambda chat, path: write_whole(path, "\ufeff" + in_advance(chat) + "\n"),
        ),
        outside.browser.open_path,
    )


def come_again_ways(outside: PageServices) -> ComeAgainWays:
    """Where those who took part before are known from, and how a word reaches them."""
    return ComeAgainWays(
        outside.coming_again().before,
        links.reply_page,
        outside.open_page,
        lambda person, letter: invitation.fits_mailto(invitation.mailto(person, letter)),
        lambda person, letter: outside.browser.open_mail(invitation.mailto(person, letter)),
    )


def thanks_ways(outside: PageServices, hour: Callable[[], HourPort | None]) -> ThanksWays:
    """The ways in which a word of thanks reaches somebody."""

    def save_mail(person: Person, letter: Letter, path: Path) -> Path:
        return invitation.write_draft(invitation.email_draft(person, letter), path)

    return ThanksWays(
        links.post_page,
        links.reply_page,
        lambda person, letter: invitation.fits_mailto(invitation.mailto(person, letter)),
        lambda person, letter: outside.browser.open_mail(invitation.mailto(person, letter)),
        save_mail,
        outside.former,
        hour,
    )


def guest_files(outside: PageServices) -> GuestFiles:
    """The files and mail drafts that can be made for a guest."""

    def event(chat: Chat, person: Person) -> tuple[str, str]:
        """Return the title of the event for the calendar, and what it says."""
        title = f"{chat.topic} #{chat.hashtag}".strip(" #")
        texts = texts_of(letters.letter_language(chat, person))
        return title, letters.calendar_note(chat, person, texts, when_for(chat, person))

    def packed(chat: Chat, person: Person) -> letters.GuestPack:
        texts = texts_of(letters.letter_language(chat, person))
        return letters.guest_pack(chat, person, texts, when_for(chat, person))

    def pack_pdf(chat: Chat, person: Person) -> bytes:
        made, language = packed(chat, person), letters.letter_language(chat, person)
        page = guest_pack_page(made, language, outside.stationery, paper=True)
        return pdf_of(page, made.title)

    def mail_draft(chat: Chat, person: Person, letter: Letter, path: Path) -> Path:
        calendar, papers = b"", []
        title, words = event(chat, person)
        if chat.starts_at is not None and not unfilled(words):
            calendar = calendar_file.calendar_file(chat, title, words, outside.now())
        made = packed(chat, person)
        if has_agreed(person) and not any(map(unfilled, made.texts)):
            papers.append(invitation.Paper(f"{slug(made.title)}.pdf", pack_pdf(chat, person)))
        draft = invitation.email_draft(person, letter, calendar, papers)
        return invitation.write_draft(draft, path)

    def calendar(chat: Chat, person: Person, path: Path) -> Path:
        return calendar_file.write_calendar(chat, *event(chat, person), outside.now(), path)

    def pack(chat: Chat, person: Person, path: Path) -> Path:
        return write_whole(path, pack_pdf(chat, person))

    def pack_page(chat: Chat, person: Person, path: Path) -> Path:
        made, language = packed(chat, person), letters.letter_language(chat, person)
        return write_guest_pack(made, language, path, outside.stationery)

    def mail_fits(person: Person, letter: Letter) -> bool:
        return invitation.fits_mailto(invitation.mailto(person, letter))

    def open_mail(person: Person, letter: Letter) -> bool:
        return outside.browser.open_mail(invitation.mailto(person, letter))

    return GuestFiles(mail_draft, calendar, pack, pack_page, mail_fits, open_mail)
