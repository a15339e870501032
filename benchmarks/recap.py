"""What comes out of a chat: figures of a great many posts, the page, every export of it."""

from __future__ import annotations

import html
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import report
from tchat_desktop.domain.conversation import FeedPost
from tests.adapters.exports.sample import START, STATIONERY, chat, crowd, rows
from tests.fakes.network import NETWORK
from tests.work_time import work_time

POSTS, PEOPLE = 100_000, 20_000
TEXTS = 2_000
HIGHLIGHTS = 200
LISTED = 1000
"""Posts of the chat of which everything is exported: those of a lively hour."""
ROUNDS = 5


def many(highlights: int) -> list[FeedPost]:
    """The posts of an hour as nobody has had it yet, with TEXTS texts among them."""
    return [
        replace(item, post=replace(item.post, text=f"{item.post.text} {place % TEXTS}"))
        for place, item in enumerate(crowd(highlights, POSTS, PEOPLE))
    ]


def first_reading(posts: list[FeedPost]) -> None:
    """What is read in each text once, in the background, for as long as the app runs.

    Of as many texts as posts, each another: people say the same less often than here.
    """
    from tchat_desktop.domain.signals import confides

    texts = [f"{item.post.text} {place}" for place, item in enumerate(posts)]
    began = work_time()
    for text in texts:
        confides(text)
    taken = work_time() - began
    print(f"  first reading of {len(texts):,} texts       {taken * 1e3:9.0f} ms, once a session")
    for item in posts:
        confides(item.post.text)


def measured(*jobs: Callable[[], object]) -> list[list[float]]:
    """The milliseconds of work of each job, in turns: what slows the machine slows all alike."""
    taken: list[list[float]] = [[] for _job in jobs]
    for _round in range(ROUNDS):
        for times, job in zip(taken, jobs, strict=True):
            began = work_time()
            job()
            times.append((work_time() - began) * 1e3)
    return taken


def figures() -> bool:
    """Counting, beside one look at the author and the minute of each post."""
    from tchat_desktop.domain.figures import count

    posts, asked, told_of = many(HIGHLIGHTS), rows(), chat()

    def floor() -> object:
        authors = Counter(item.post.author for item in posts)
        minutes = Counter((item.post.created_at - START).seconds // 60 for item in posts)
        return authors, minutes

    print(f"figures of {POSTS:,} posts by {PEOPLE:,} people")
    first_reading(posts)
    ours, least = measured(lambda: count(told_of, posts, asked, NETWORK), floor)
    report.line("count", ours, "ms")
    report.line("floor: authors and minutes counted", least, "ms")
    report.ratio("so many times the floor", ours, least)
    return report.goal("figures", statistics.median(ours), 1000, " ms")


def page() -> bool:
    """The web page of many highlights, beside its texts escaped for HTML."""
    from tchat_desktop.adapters.exports.recap_page import recap_page
    from tchat_desktop.domain.recap import build_recap

    posts = crowd(HIGHLIGHTS, HIGHLIGHTS)
    recap = build_recap(chat(), posts, rows(), NETWORK)
    recap_page(recap, STATIONERY)
    ours, least = measured(
        lambda: recap_page(recap, STATIONERY),
        lambda: "".join(html.escape(item.post.text) for item in posts),
    )
    print(f"web page of {HIGHLIGHTS} highlights")
    report.line("recap_page", ours, "ms")
    report.line("floor: the texts escaped", least, "ms")
    report.ratio("so many times the floor", ours, least)
    return report.goal("web page", statistics.median(ours), 300, " ms")


def exports() -> bool:
    """Every export of a chat once, its pictures too, beside their bytes written by themselves."""
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.adapters.exports.card_words import picture_cards
    from tchat_desktop.adapters.exports.funder_page import funder_sheet
    from tchat_desktop.adapters.exports.recap_paper import recap_paper
    from tchat_desktop.domain.chat import Design, Occasion
    from tchat_desktop.domain.documented import Dossier
    from tchat_desktop.domain.recap import build_recap
    from tchat_desktop.domain.report import build_report
    from tchat_desktop.domain.visuals import Shape
    from tchat_desktop.services.material import Material
    from tchat_desktop.start import exports as rows_of
    from tchat_desktop.ui.pages.shared.saving import Export
    from tchat_desktop.ui.visuals.cards import card_picture
    from tchat_desktop.ui.visuals.paper import pdf_of
    from tchat_desktop.ui.visuals.rendering import png

    _qt = QApplication.instance() or QApplication([])
    told_of, asked, posts = chat(), rows(), tuple(crowd(HIGHLIGHTS, LISTED))
    recap = build_recap(told_of, posts, asked, NETWORK)
    told = build_report(told_of, posts, asked, NETWORK)
    dossier = Dossier(told_of, told, posts, tuple(asked))
    material = Material(posts=posts, rows=tuple(asked), occasion=Occasion.LIVE)
    card = picture_cards(recap, STATIONERY)[-1]
    wanted: list[tuple[Export[Any], object]] = [
        *((one, recap) for one in rows_of.of_recap(STATIONERY)),
        *((one, (told_of, told)) for one in rows_of.of_figures(STATIONERY)),
        *((one, (told_of, material)) for one in rows_of.of_posts(STATIONERY)),
        *((one, dossier) for one in rows_of.of_everything(STATIONERY)),
        *((one, dossier) for one in rows_of.of_curves(STATIONERY)),
        (rows_of.of_funder_sheet(), (funder_sheet(dossier, STATIONERY), QImage())),
    ]
    with tempfile.TemporaryDirectory() as folder:

        def written_as(one: Export[Any], content: object) -> bytes:
            path: Path = one.write(content, Path(folder) / f"out.{one.suffix}")
            return path.read_bytes()

        jobs: dict[str, Callable[[], bytes]] = {
            f"{place}. .{one.suffix}, {one.stem}": partial(written_as, one, content)
            for place, (one, content) in enumerate(wanted, 1)
        }
        jobs["PDF of the recap"] = lambda: pdf_of(recap_paper(recap, STATIONERY), recap.title)
        jobs["a picture to share"] = lambda: png(
            card_picture(card, Shape.SQUARE, Design.BUBBLE, "#4b2e83", QImage())
        )
        written = [job() for job in jobs.values()]

        def floor() -> None:
            for place, content in enumerate(written):
                (Path(folder) / f"floor{place}").write_bytes(content)

        taken = measured(*jobs.values(), floor)
    print(f"exports of {LISTED} posts, {HIGHLIGHTS} of them highlights")
    for name, times in zip(jobs, taken, strict=False):
        report.line(name, times, "ms")
    report.line("floor: their bytes written", taken[-1], "ms")
    whole = [sum(turn) for turn in zip(*taken[:-1], strict=True)]
    report.ratio("so many times the floor", whole, taken[-1])
    return report.goal("all exports", statistics.median(whole), 5000, " ms")


def run() -> bool:
    """Print the figures; whether the goals are met."""
    return all([figures(), page(), exports()])
