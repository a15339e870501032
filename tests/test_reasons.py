"""Each fact is worded once: a reason, a key that is none, what stands between us and X."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tchat_desktop.domain.outgoing import ACCOUNT_FAILS, KEYS_FAIL, MONEY_FAILS, Reason
from tchat_desktop.domain.x.pasted_keys import KeyProblem
from tchat_desktop.wording import i18n, reasons
from tchat_desktop.wording.key_words import key_fact, key_problem

PACKAGE = Path(reasons.__file__).parent.parent
SILENT = {Reason.NONE, Reason.FOUND, Reason.UNDESCRIBED}
"""Reasons that hold nothing up."""


@pytest.fixture(autouse=True)
def french() -> None:
    i18n.activate("fr")


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("Reason", "wording/reasons.py"),
        ("KeyProblem", "wording/key_words.py"),
        ("SignInProblem", "wording/key_words.py"),
        ("Obstacle", "wording/network_words.py"),
    ],
)
def test_the_sentences_of_a_fact_are_in_one_table(kind: str, table: str) -> None:
    row = re.compile(rf"\b{kind}\.\w+:\s*\(?(?:N_|_|\w+Words)\(")
    tables = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if row.search(path.read_text("utf-8"))
    ]
    assert tables == [table]


def test_each_reason_has_a_sentence_of_its_own() -> None:
    told = {reason: reasons.fact_words(reason) for reason in set(Reason) - SILENT}
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("reason", sorted(SILENT))
def test_what_holds_nothing_up_has_no_words(reason: Reason) -> None:
    with pytest.raises(KeyError):
        reasons.fact_words(reason)
    refused = reasons.post_words(Reason.REFUSED, Reason.REFUSED)
    assert reasons.post_words(reason, Reason.REFUSED) == refused


@pytest.mark.parametrize("reason", sorted(KEYS_FAIL | MONEY_FAILS | ACCOUNT_FAILS))
def test_no_credit_and_its_like_are_said_alike_everywhere(reason: Reason) -> None:
    fact = reasons.fact_words(reason)
    assert reasons.post_words(reason, Reason.REFUSED).startswith(f"{fact} ")
    connecting = reasons.connecting_words(reason)
    assert connecting.startswith(f"{fact} ")
    assert len(connecting) > len(fact) + 10, "what to do about it"


def test_what_never_happens_while_connecting_is_a_refusal_there() -> None:
    refused = reasons.connecting_words(Reason.REFUSED)
    assert reasons.connecting_words(Reason.TOO_LATE) == refused
    assert reasons.connecting_words(Reason.NONE) == refused


@pytest.mark.parametrize("problem", KeyProblem)
def test_the_form_says_more_of_a_key_than_the_command_line(problem: KeyProblem) -> None:
    assert key_problem(problem)[0].startswith(key_fact(problem))
