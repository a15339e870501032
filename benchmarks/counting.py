"""Counting as X counts, per call on real posts, beside what any counting must do at least."""

from __future__ import annotations

import statistics
import timeit
import unicodedata

from benchmarks import report
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.x.post_text import entities, weighted_length
from tchat_desktop.platform.paths import resource
from tests.fakes.texts import load_texts

ROUNDS = 7


def posts() -> list[str]:
    """The posts of the French example, a post of links, one of emoji and one in Arabic."""
    chat = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    own = [item.text for item in run_sheet.build_run_sheet(chat, load_texts("fr")).items]
    return [
        *own,
        "À lire : https://www.unicef.org/fr et exemple.org/page?q=1 #UnionsPrécoces @voix_ex " * 3,
        "👩🏾‍🏫 👨‍👩‍👧‍👦 🇸🇳 1️⃣ " * 12,
        "زواج الأطفال #بنات كيف نحمي البنات في قريتنا؟ " * 6,
    ]


def per_call(call: object, texts: list[str]) -> list[float]:
    """Microseconds per text, one figure per round."""
    loops = 200
    timer = timeit.Timer("for text in texts: call(text)", globals={"call": call, "texts": texts})
    return [seconds / loops / len(texts) * 1e6 for seconds in timer.repeat(ROUNDS, loops)]


def run() -> bool:
    """Print the figures; whether the goals are met."""
    texts = posts()
    print(f"counting ({len(texts)} posts, median {int(statistics.median(map(len, texts)))} long)")
    floor = per_call(lambda text: len(unicodedata.normalize("NFC", text)), texts)
    ours = per_call(weighted_length, texts)
    found = per_call(entities, texts)
    report.line("floor: NFC and len", floor, "µs")
    report.line("weighted_length", ours, "µs")
    report.line("entities", found, "µs")
    hostile = min(timeit.repeat(lambda: weighted_length("a.a.a." * 834), number=1, repeat=9)) * 1e3
    return all(
        [
            report.goal("weighted_length per post", statistics.median(ours), 100, " µs"),
            report.goal("5,000 characters of a.a.a.", hostile, 10, " ms"),
        ]
    )
