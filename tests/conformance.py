"""X's own conformance suite against `domain/x/post_text.py`.

    uv run python -m tests.conformance ../shared/reference/twitter-text

The folder holds X's `extract.yml`, `validate.yml` and, if it is there, `tlds.yml`. Exit code 0
when every vector passes, 1 when one fails, 2 when the folder or a file is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tchat_desktop.domain.network_rules import EntityKind
from tchat_desktop.domain.x import post_text
from tchat_desktop.domain.x.post_text import Counting
from tchat_desktop.domain.x.post_urls import is_valid_url
from tchat_desktop.domain.x.rules import X_RULES

Vector = dict[str, Any]
Answer = Callable[[Vector], object]

# The suite keeps vectors of X's two older counting rules: 140 characters all alike, then 280
# weighted ones with emoji counted code point by code point.
V1 = Counting(max_weight=140, heavy_weight=1, joins_emoji=False)
V2 = Counting(joins_emoji=False)


def _spans(kind: EntityKind, name: str) -> Answer:
    return lambda vector: [
        {name: entity.value, "indices": [entity.start, entity.end]}
        for entity in post_text.entities(vector["text"])
        if entity.kind is kind
    ]


def _counted(counting: Counting) -> Answer:
    return lambda vector: {
        "weightedLength": post_text.weighted_length(vector["text"], counting),
        "valid": post_text.is_valid_post(vector["text"], counting),
    }


def _urls(vector: Vector) -> object:
    return X_RULES.urls(vector["text"])


def _hashtags(vector: Vector) -> object:
    return X_RULES.hashtags(vector["text"])


SECTIONS: dict[str, dict[str, Answer]] = {
    "extract.yml": {
        "mentions": lambda vector: X_RULES.mentions(vector["text"]),
        "mentions_with_indices": _spans(EntityKind.MENTION, "screen_name"),
        "urls": _urls,
        "urls_with_indices": _spans(EntityKind.URL, "url"),
        "urls_with_directional_markers": _spans(EntityKind.URL, "url"),
        "tco_urls_with_params": _urls,
        "hashtags": _hashtags,
        "hashtags_from_astral": _hashtags,
        "hashtags_with_indices": _spans(EntityKind.HASHTAG, "hashtag"),
    },
    "validate.yml": {
        "tweets": lambda vector: post_text.is_valid_post(vector["text"], V1),
        "usernames": lambda vector: post_text.is_valid_username(vector["text"].removeprefix("@")),
        "hashtags": lambda vector: X_RULES.is_tag(vector["text"].removeprefix("#")),
        "urls": lambda vector: is_valid_url(vector["text"]),
        "urls_without_protocol": lambda vector: is_valid_url(vector["text"], needs_scheme=False),
        "WeightedTweetsCounterTest": _counted(V2),
        "WeightedTweetsWithDiscountedEmojiCounterTest": _counted(post_text.V3),
        "UnicodeDirectionalMarkerCounterTest": _counted(post_text.V3),
    },
    "tlds.yml": {"country": _urls, "generic": _urls},
}

OUTSIDE = {
    "mentions_or_lists_with_indices": "the app does not deal in lists",
    "lists": "the app does not deal in lists",
    "replies": "X threads replies by id, not by their text",
    "cashtags": "the app does not deal in cashtags",
    "cashtags_with_indices": "the app does not deal in cashtags",
}

# What the counting vectors say beyond the length: places where X's own editor cuts the display.
UNUSED_FIELDS = "permillage, displayRangeStart/End, validRangeStart/End"


@dataclass
class Report:
    """What came of one section of the suite."""

    name: str
    vectors: int
    why_not_covered: str = ""
    failures: list[str] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """Vectors answered as X answers them."""
        return 0 if self.why_not_covered else self.vectors - len(self.failures)


def _expected(vector: Vector) -> object:
    expected = vector["expected"]
    if isinstance(expected, dict):
        return {key: expected[key] for key in ("weightedLength", "valid")}
    return expected


def _run_section(name: str, vectors: list[Vector], answer: Answer | None) -> Report:
    if answer is None:
        why = OUTSIDE.get(name.rpartition(" ")[2], "no such section is known to this command")
        return Report(name, len(vectors), why)
    report = Report(name, len(vectors))
    for vector in vectors:
        given, expected = answer(vector), _expected(vector)
        if given != expected:
            report.failures.append(f"{vector['description']}: expected {expected!r}, got {given!r}")
    return report


def run(folder: Path) -> Iterator[Report]:
    """Run the suite section by section; `FileNotFoundError` when a file of it is absent."""
    for file_name, answers in SECTIONS.items():
        path = folder / file_name
        if file_name == "tlds.yml" and not path.exists():
            continue
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        sections = document["tests"]
        for section, vectors in sections.items():
            yield _run_section(f"{file_name} {section}", vectors, answers.get(section))
        for section in answers.keys() - sections.keys():
            yield Report(f"{file_name} {section}", 0, "not in this edition of the file")


def main(arguments: list[str]) -> int:
    """Print passed and failed per section and in all; see the module for the exit codes."""
    if len(arguments) != 1:
        print("Give the folder of X's conformance suite, for example:", file=sys.stderr)
        print("  python -m tests.conformance ../shared/reference/twitter-text", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        reports = list(run(folder))
    except FileNotFoundError as error:
        print(
            f"X's conformance suite is not complete in {folder}: "
            f"{Path(error.filename).name} is missing.",
            file=sys.stderr,
        )
        return 2
    for report in reports:
        if report.why_not_covered:
            print(f"{report.name}: not covered ({report.vectors}): {report.why_not_covered}")
            continue
        print(f"{report.name}: {report.passed} passed, {len(report.failures)} failed")
        for failure in report.failures:
            print(f"    {failure}")
    print(f"fields of the counting vectors not covered: {UNUSED_FIELDS}")
    for file_name in SECTIONS:
        print(
            _total(file_name, [report for report in reports if report.name.startswith(file_name)])
        )
    print(_total("total", reports))
    return 1 if any(report.failures for report in reports) else 0


def _total(name: str, reports: list[Report]) -> str:
    passed = sum(report.passed for report in reports)
    failed = sum(len(report.failures) for report in reports)
    outside = sum(report.vectors for report in reports) - passed - failed
    return f"{name}: {passed} passed, {failed} failed, {outside} not covered"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
