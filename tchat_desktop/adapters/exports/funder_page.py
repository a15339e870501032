"""Words the one page for a funder, in the language of the chat or in the funder's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from tchat_desktop.adapters.exports.links import post_address
from tchat_desktop.adapters.exports.recap_page import post_moment
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, mark_before, one_line
from tchat_desktop.adapters.exports.timeline import timeline
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, FunderDraft
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.editions import Measure
from tchat_desktop.domain.funder_sheet import (
    EDITIONS_SHOWN,
    MOST_QUESTIONS,
    QUOTES_SHOWN,
    SHARED_SHOWN,
    FunderSheet,
    SheetCount,
    SheetCurve,
    SheetFigure,
    SheetQuestion,
    SheetQuote,
    SheetShared,
    SheetTable,
)
from tchat_desktop.domain.languages import language_of
from tchat_desktop.domain.quotes import quotable, quoted
from tchat_desktop.domain.recap import Highlight, Recap, build_recap
from tchat_desktop.domain.report import ChatReport

_MEASURES = {
    Measure.PARTICIPANTS: "csv_participants",
    Measure.NEWCOMERS: "csv_newcomers",
    Measure.POSTS: "table_posts",
    Measure.QUESTIONS_ASKED: "csv_asked",
    Measure.REPLIES: "csv_replies",
}
"""The measures that are compared, and what the page calls them."""


def funder_sheet(dossier: Dossier, stationery: ExportTemplates) -> FunderSheet:
    """The page about a chat. It takes seconds with many posts: not on the GUI thread."""
    chat, report = dossier.chat, dossier.report
    draft = chat.funder or FunderDraft()
    labels = stationery.labels(draft.language or chat.language)
    mask = NameMask.over(chat, dossier.posts, stationery.rules)
    built = build_recap(chat, dossier.posts, dossier.rows, stationery.rules)
    recap = replace(built, simulated=dossier.simulated)

    def own(text: str) -> str:
        return labels.typeset(one_line(mask.text(text)))

    when = ""
    if recap.starts_at and recap.ends_at:
        when = labels.when(recap.starts_at, recap.ends_at, recap.time_zone, recap.town)
    tag = _marked(f"#{chat.hashtag}", labels) if chat.hashtag else ""
    asked = report.figures.questions
    return FunderSheet(
        language=labels.language,
        right_to_left=labels.direction == "rtl",
        kicker=labels("sheet_kicker"),
        organisation=own(chat.organisation),
        funder=labels("sheet_for", funder=own(draft.name)) if draft.name.strip() else "",
        title=own(chat.topic) or tag or labels("figures"),
        when=when,
        tag=tag,
        impact=own(draft.impact),
        banner=f"{labels('rehearsal')}. {labels('rehearsal_why')}" if dossier.simulated else "",
        figures=_figures(report, labels),
        curve=_curve(chat, report, labels),
        questions_title=labels("per_question"),
        questions=tuple(
            SheetQuestion(f"Q{one.number}" if one.number else "", one_line(one.text), one.replies)
            for one in asked[:MOST_QUESTIONS]
        ),
        questions_left=tuple(
            labels.many("sheet_more", count) for count in range(1, len(asked) + 1)
        ),
        quotes_title=labels("sheet_quotes"),
        quotes=tuple(
            _quote(one, recap, labels) for one in quoted(recap, draft.quotes, QUOTES_SHOWN)
        ),
        quotable=tuple(_quote(one, recap, labels) for one in quotable(recap)),
        also_title=labels("sheet_also"),
        also=tuple(_also(report, labels)),
        shared=_shared(report, dossier.simulated, labels),
        comparison=_comparison(chat, report, labels),
        nothing="" if asked or report.figures.posts else labels("curve_none"),
        notes=_notes(chat, report, labels, own(draft.contact)),
    )


def _marked(name: str, labels: Labels) -> str:
    """A tag or an account, whose sign stays before its letters in a text from right to left."""
    return f"{mark_before(name)}{name}" if labels.direction == "rtl" else name


def _figures(report: ChatReport, labels: Labels) -> tuple[SheetFigure, ...]:
    figures = report.figures
    hoped = {
        one.measure: labels("sheet_goal", count=labels.number(one.hoped)) for one in report.goals
    }
    shown = [
        ("participants", figures.participants, labels("sheet_participants"), Measure.PARTICIPANTS),
        (
            "posts",
            figures.public_posts,
            labels.many("own_posts", figures.own_posts) if figures.own_posts else "",
            Measure.POSTS,
        ),
        (
            "asked",
            figures.questions_asked,
            labels.many("sheet_answered", figures.questions_answered) if figures.questions else "",
            Measure.QUESTIONS_ASKED,
        ),
        ("replies", figures.replies, labels("sheet_replies"), Measure.REPLIES),
    ]
    if figures.newcomers is not None:
        words = labels("sheet_newcomers")
        shown.append(("newcomers", figures.newcomers, words, Measure.NEWCOMERS))
    if figures.reposts:
        shown.append(("reposts", figures.reposts, labels("sheet_reposts"), Measure.REPOSTS))
    return tuple(
        SheetFigure(labels.number(count), labels.many(key, count), what, hoped.get(measure, ""))
        for key, count, what, measure in shown
    )


def _curve(chat: Chat, report: ChatReport, labels: Labels) -> SheetCurve | None:
    drawn = timeline(report.figures, chat.time_zone, labels)
    if drawn is None:
        return None
    said = [f"{drawn.description}."]
    if report.figures.before:
        said.append(labels.many("before", report.figures.before))
    if report.figures.after:
        said.append(labels.many("after", report.figures.after))
    begin, middle, end = drawn.hours
    marks = tuple((mark.label, mark.place / 100) for mark in drawn.marks)
    return SheetCurve(
        labels("per_minute"), " ".join(said), report.figures.minutes, (begin, middle, end), marks
    )


def _quote(highlight: Highlight, recap: Recap, labels: Labels) -> SheetQuote:
    author = highlight.author
    if author is None:
        # The time and the address would lead to the person.
        return SheetQuote(
            one_line(recap.said(highlight)), highlight.initials, post_id=highlight.post_id
        )
    account = _marked(f"@{author.handle}", labels) if author.handle else ""
    name = f"{author.name} ({account})" if author.name and account else author.name or account
    address = (
        ""
        if recap.simulated
        else post_address(highlight.url, highlight.post_id, author.handle or recap.account)
    )
    who = f"{one_line(name)}, {post_moment(highlight, recap, labels)}"
    shown = address.removeprefix("https://")
    return SheetQuote(one_line(recap.said(highlight)), who, shown, highlight.post_id)


def _also(report: ChatReport, labels: Labels) -> Iterable[SheetCount]:
    """What is counted beside the large figures, each with what it counts."""
    asked, share = report.asked_by_public, report.promotion
    for key, part, whole, counts in (
        ("sheet_public_answered", asked.answered, asked.asked, "counts_public_asked"),
        ("sheet_about_us", share.promotional, share.total, "counts_about_us"),
    ):
        if whole:
            value = labels("sheet_of", part=labels.number(part), whole=labels.number(whole))
            yield SheetCount(labels(key), value, labels(counts))
    told = [
        labels(
            "sheet_pair",
            name=_apart(language_of(one.code).name)
            if one.code
            else labels("sheet_language_untold"),
            value=labels.number(one.posts),
        )
        for one in report.languages
    ]
    if told:
        value = labels("list_comma").join(map(_apart, told))
        yield SheetCount(labels("sheet_languages"), value, labels("counts_languages"))


def _shared(report: ChatReport, simulated: bool, labels: Labels) -> SheetShared | None:
    """The most shared posts by their address; none that leaves a doubt, which it would lead to."""
    lines = []
    for one in [one for one in report.most_shared if not one.doubts][:SHARED_SHOWN]:
        times = f"{labels.number(one.reposts)} {labels.many('reposts', one.reposts)}"
        address = "" if simulated else post_address(one.url, one.post_id, one.handle)
        account = _marked(f"@{one.handle}", labels)
        where = address.removeprefix("https://") or account
        lines.append(f"{_apart(times)} · {_apart(where)}")
    if not lines:
        return None
    return SheetShared(labels("sheet_shared"), labels("sheet_reposts"), tuple(lines))


def _apart(words: str) -> str:
    """Words set apart from those around them, whichever way each is written."""
    return f"\u2068{words}\u2069"


def _comparison(chat: Chat, report: ChatReport, labels: Labels) -> SheetTable | None:
    if not report.former:
        return None
    editions = [*(one.chat for one in report.former), chat][-EDITIONS_SHOWN - 1 :]
    # The day as every language writes it in figures.
    days = [
        one.starts_at.astimezone(ZoneInfo(one.time_zone)).strftime("%Y-%m-%d")
        if one.starts_at
        else ""
        for one in editions
    ]
    rows = [
        (
            labels(_MEASURES[one.measure]),
            *(
                "–" if count is None else labels.number(count)
                for count in one.counts[-len(editions) :]
            ),
        )
        for one in report.comparison
        if one.measure in _MEASURES
    ]
    return SheetTable(labels("sheet_editions"), ("", *days), tuple(rows)) if rows else None


def _notes(
    chat: Chat, report: ChatReport, labels: Labels, contact: str
) -> tuple[tuple[str, str], ...]:
    """The method, the cost and the contact."""
    method, spent = report.method, report.figures.spent_cents
    tag = _marked(f"#{chat.hashtag}", labels)
    told = [labels("counted", tag=tag) if chat.hashtag else labels("counted_no_tag")]
    told += [
        labels.many(key, count)
        for key, count in (
            ("sheet_from_x", method.from_x),
            ("sheet_by_hand", method.by_hand),
            ("sheet_for_guests", method.for_guests),
        )
        if count
    ]
    told.append(labels("sheet_left_out"))
    if labels.language != chat.language:
        told.append(labels("sheet_other_language"))
    cost = labels("sheet_spent", amount=_amount(spent, labels)) if spent else labels("sheet_free")
    account = _marked(f"@{chat.account}", labels) if chat.account else ""
    reached = ", ".join(one for one in (contact, account) if one)
    notes = [(labels("sheet_method"), " ".join(told)), (labels("sheet_cost"), cost)]
    return (*notes, (labels("sheet_contact"), reached)) if reached else tuple(notes)


def _amount(cents: float, labels: Labels) -> str:
    """An amount of dollars with both figures of its cents, as "2,60"."""
    whole = round(cents)
    words = labels.number(whole / 100)
    return f"{words}0" if whole % 100 and not whole % 10 else words
