"""Writes figures and posts as CSV tables whose texts no spreadsheet takes for formulas or dates."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tchat_desktop.adapters.exports.links import post_address
from tchat_desktop.adapters.exports.measures import measures
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, is_by_hand
from tchat_desktop.domain.documented import Documented, Said, Voice, everything_said
from tchat_desktop.domain.doubts import shown_initials
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.report import ChatReport

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""First characters for which a spreadsheet takes a cell for a formula."""

GUARD = "\u200b"
"""An invisible character put before a text that a spreadsheet would take for something else."""

_COMMAND = re.compile(r"^\W*[=＝]|\w\s*\(|\|")
"""What every harmful formula has: an equals sign, a function call or a pipe."""

_MONTH = "jan|feb|f[eé]v|mar|apr|avr|ma[iy]|jun|jui|jul|aug|ao[uû]|sep|oct|nov|d[eé]c"
_NOT_TEXT = re.compile(
    rf"[\d\s.,:/_%€$-]*\d[\d\s.,:/_%€$-]*(?:[ed][+-]?\d+)?"
    rf"|\d*[\s/-]*(?:{_MONTH})\w{{0,7}}\.?[\s/-]*\d*|true|false|vrai|faux",
    re.IGNORECASE,
)
"""Texts that a spreadsheet takes for a number, date or boolean: 00221, 1E5, 1/2, mar1, vrai."""


_VOICES = {
    Voice.PUBLIC: "csv_public",
    Voice.GUEST: "csv_guest",
    Voice.ORGANISATION: "csv_organisation",
}
"""What the tables call who speaks."""

LONGEST_NUMBER = 64
"""The most characters of a text that is checked for being a number, date or boolean."""


class Ready(str):
    """A cell that is meant to be read as a date, a number or an address."""


Cell = str | int


def figures_csv(chat: Chat, report: ChatReport, stationery: ExportTemplates) -> bytes:
    """The counts of a chat as CSV, each with the goal there was, and with what it counts."""
    labels = stationery.labels(chat.language)
    head = [labels(f"csv_{key}") for key in ("measure", "count", "goal", "counts")]
    unknown = labels("csv_unknown")
    rows: list[Sequence[Cell]] = [
        (one.name, unknown if one.count is None else one.count, one.goal or "", one.counts)
        for one in measures(report, labels)
    ]
    spent = report.figures.spent_cents
    if spent:
        amount = _dollars(spent, stationery)
        rows.append((labels("csv_spent"), amount, "", labels("counts_spent")))
    return _table([head, *rows], stationery)


def questions_csv(chat: Chat, figures: Figures, stationery: ExportTemplates) -> bytes:
    """The questions that were asked as CSV, each with the replies to it."""
    labels = stationery.labels(chat.language)
    rows: list[Sequence[Cell]] = [
        (labels("csv_question"), labels("csv_text"), labels("csv_replies")),
        *(
            (f"Q{one.number}" if one.number else "", one.text, one.replies)
            for one in figures.questions
        ),
    ]
    return _table(rows, stationery)


def minutes_csv(chat: Chat, figures: Figures, stationery: ExportTemplates) -> bytes:
    """The posts of participants in each minute as CSV."""
    labels = stationery.labels(chat.language)
    rows: list[Sequence[Cell]] = [(labels("csv_minute"), labels("csv_public_posts"))]
    if figures.begins_at is not None:
        rows += [
            (_moment(figures.begins_at + timedelta(minutes=minute), chat), count)
            for minute, count in enumerate(figures.minutes)
        ]
    return _table(rows, stationery)


def shared_csv(chat: Chat, report: ChatReport, stationery: ExportTemplates) -> bytes:
    """The most shared posts of participants as CSV, masked as the report is."""
    labels = stationery.labels(chat.language)
    keys = ("reposts", "date", "author", "name", "text", "link")
    lines: list[Sequence[Cell]] = [tuple(labels(f"csv_{key}") for key in keys)]
    for one in report.most_shared:
        moment = _moment(one.created_at, chat)
        address = Ready(post_address(one.url, one.post_id, one.handle))
        lines.append((one.reposts, moment, one.handle, one.name, one.text, address))
    return _table(lines, stationery)


def people_csv(
    told: Documented, mask: NameMask, labels: Labels, stationery: ExportTemplates
) -> bytes:
    """The participants as CSV, each with their posts; those who must not be named share a line."""
    columns = ("author", "name", "voice", "posts_written")
    lines: list[Sequence[Cell]] = [tuple(labels(f"csv_{key}") for key in columns)]
    for one in told.named:
        voice = Voice.GUEST if one.is_guest else Voice.PUBLIC
        lines.append((one.handle, mask.text(one.name), labels(_VOICES[voice]), one.posts))
    if told.unnamed.people:
        together = labels.many("csv_unnamed", told.unnamed.people)
        lines.append(("", together, "", told.unnamed.posts))
    return _table(lines, stationery)


def posts_csv(
    chat: Chat,
    posts: Sequence[FeedPost],
    stationery: ExportTemplates,
    rows: Sequence[OutboxPost] = (),
) -> bytes:
    """All posts that are counted as CSV, oldest first, and who speaks in each.

    Hidden people are masked. The outbox `rows` give the numbers of the questions, the answers
    published for guests, and the organisation's own posts.
    """
    said = everything_said(chat, posts, rows, stationery.rules)
    mask = NameMask.over(chat, posts, stationery.rules)
    return said_csv(chat, said, rows, mask, stationery)


def said_csv(
    chat: Chat,
    said: Sequence[Said],
    rows: Sequence[OutboxPost],
    mask: NameMask,
    stationery: ExportTemplates,
) -> bytes:
    """What `everything_said` gave as the table of `posts_csv`."""
    labels = stationery.labels(chat.language)
    keys = ("date", "author", "name", "text", "question", "highlight", "reposts", "link")
    head = (*keys, "voice", "edited")
    lines: list[Sequence[Cell]] = [tuple(labels(f"csv_{key}") for key in head)]
    numbers, called = numbers_asked(chat, rows), Called(chat)
    for one in said:
        voice = labels(_VOICES[one.voice])
        edited = labels("csv_yes") if one.edited else ""
        row = _post_row(chat, one.item, called, numbers, mask, labels)
        lines.append((*row, voice, edited))
    return _table(lines, stationery)


def write_table(content: bytes, path: Path) -> Path:
    """Write a table completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, content)


def _post_row(
    chat: Chat,
    item: FeedPost,
    called: Called,
    numbers: Mapping[str, int],
    mask: NameMask,
    labels: Labels,
) -> Sequence[Cell]:
    post = item.post
    number = numbers.get(item.question_id)
    question = f"Q{number}" if number else ""
    highlight = labels("csv_yes") if item.starred else ""
    if mask.hides(post.author):
        # The time, the reposts and the link would lead to the person.
        anonymous = shown_initials(post, mask) or labels("anonymous")
        return ("", "", anonymous, mask.own_text(post.text), question, highlight, "", "")
    return (
        _moment(post.created_at, chat),
        post.author,
        mask.text(called.name(post)),
        mask.text(post.text),
        question,
        highlight,
        # X did not give this number for posts entered by hand.
        labels("csv_unknown") if is_by_hand(post) or is_for_guest(item) else post.reposts,
        Ready(post_address(post.url, post.id, post.author or chat.account)),
    )


def _dollars(cents: float, stationery: ExportTemplates) -> Ready:
    """An amount in US dollars, with the decimal sign that spreadsheets of this computer read."""
    amount = f"{cents / 100:.3f}"
    return Ready(amount.replace(".", ",") if stationery.decimal_comma else amount)


def _moment(instant: datetime, chat: Chat) -> Ready:
    """Date and minute in the organiser's time zone, in a form that spreadsheets take for a date."""
    return Ready(instant.astimezone(ZoneInfo(chat.time_zone)).strftime("%Y-%m-%d %H:%M"))


def _table(rows: Iterable[Sequence[Cell]], stationery: ExportTemplates) -> bytes:
    """The table as CSV in UTF-8 with the byte order mark that Excel needs.

    The separator is that of the spreadsheets of this computer.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if stationery.decimal_comma else ",")
    writer.writerows([cell if isinstance(cell, int | Ready) else inert(cell) for cell in row]
                     for row in rows)  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """A cell that every spreadsheet takes for text, and not for a formula, number or date.

    A possibly harmful formula gets an apostrophe; an ordinary "- one point" or "@name, yes" gets
    the invisible `GUARD`.
    """
    if not text:
        return text
    safe = clean(text)
    first = next((letter for letter in safe if not _is_blank(letter)), "")
    if first and (first in FORMULA_STARTS or safe[0] in FORMULA_STARTS):
        return f"'{safe}" if _COMMAND.search(safe) else f"{GUARD}{safe}"
    short = safe.strip() if len(safe) <= LONGEST_NUMBER else ""
    if safe.startswith(tuple(FORMULA_STARTS)) or _NOT_TEXT.fullmatch(short):
        return f"{GUARD}{safe}"
    return safe


def plain_cell(text: str) -> str:
    """The text of a cell as it was before `inert`."""
    if text.startswith("'") and inert(text[1:]) == text:
        return text[1:]
    return text.removeprefix(GUARD)


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in {"Cf", "Zs"}
