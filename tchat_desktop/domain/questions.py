"""The questions to the audience: their text as posted, and hints that improve them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest

from tchat_desktop.domain.chat import Chat, Purpose, Question
from tchat_desktop.domain.etiquette import Stranger, strangers
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.jargon import Jargon, jargon_in
from tchat_desktop.domain.judgements import judgement
from tchat_desktop.domain.noun_groups import keywords
from tchat_desktop.domain.numbering import bare_text, numbers, without_number
from tchat_desktop.domain.texts import Texts, fill, values

NEARLY_FULL = 80
"""Weighted characters left at which a post counts as nearly full.

Whoever repeats the question to answer it needs as many; on a phone the rest is a wall of words."""

ALIKE = 0.6
"""Share of common words (0 to 1) from which two questions ask for the same answers."""


class Hint(StrEnum):
    """What to improve in a question."""

    EMPTY = "empty"
    NOT_A_QUESTION = "not_a_question"
    CLOSED = "closed"
    """It can be answered by yes or no."""
    TWO_QUESTIONS = "two_questions"
    TOO_LONG = "too_long"
    NEARLY_FULL = "nearly_full"
    ALIKE = "alike"
    STRANGER = "stranger"
    """It mentions a name that is not one of the people of the chat."""
    JARGON = "jargon"
    """It has a word of the trade, which keeps people from answering."""


_FAULTS = frozenset({Hint.EMPTY, Hint.TOO_LONG})
"""What is no matter of judgement: X would refuse the post, or there is none."""


@dataclass(frozen=True, slots=True)
class QuestionHint:
    """A hint with its figure or name.

    `value` is, for TOO_LONG, the weighted characters over the limit; for NEARLY_FULL, those left;
    for ALIKE, the place of the other question in the list, from 1. `stranger` is set for STRANGER,
    `jargon` for JARGON. `mark` is what `Chat.meant` keeps when the organiser puts the hint aside;
    "" for a fault, which cannot be.
    """

    hint: Hint
    value: int = 0
    stranger: Stranger | None = None
    jargon: Jargon | None = None
    mark: str = field(default="", compare=False)


def advised(minutes: int) -> tuple[int, int]:
    """The fewest and the most questions for a chat of that length, those in reserve included.

    The organiser's guide advises six to ten for an hour, of which all or some are asked: one every
    six to ten minutes.
    """
    fewest = max(2, minutes // 10)
    return fewest, max(fewest, minutes // 6)


class CountVerdict(StrEnum):
    """Whether there are as many questions as the length of the chat advises."""

    NONE = "none"
    TOO_FEW = "too_few"
    OK = "ok"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions are written, and whether that is enough."""

    verdict: CountVerdict
    essential: int
    spare: int
    advised: tuple[int, int]
    """The fewest and the most that are advised."""

    @property
    def total(self) -> int:
        """The number of written questions, essential and spare."""
        return self.essential + self.spare


def full_text(chat: Chat, question: Question, texts: Texts) -> str:
    """The text of a question as posted, with its number and the tag, each of them once.

    A question in reserve has no number: it gets one when it is put on the run sheet.
    """
    return _posted(chat, numbers(chat).get(question.id), question, texts)


def remaining_for(chat: Chat, question: Question, texts: Texts) -> int:
    """Weighted characters left once number and tag are added; negative when it is too long.

    A question in reserve is counted with the number it may get later.
    """
    return texts.rules.remaining(_posted(chat, _to_count(chat, question), question, texts))


def hints(chat: Chat, texts: Texts) -> dict[str, tuple[QuestionHint, ...]]:
    """The hints for each question, by question id; () for a question without any.

    Those that the organiser has put aside are among them: their marks are in `Chat.meant`.
    """
    return {
        question_id: tuple(_marked(chat, question_id, hint) for hint in told)
        for question_id, told in _all_hints(chat, texts).items()
    }


def _marked(chat: Chat, question_id: str, hint: QuestionHint) -> QuestionHint:
    if hint.hint in _FAULTS:
        return hint
    question = chat.questions[chat.question_index(question_id)]
    return replace(hint, mark=mark_of(chat, question, hint.hint))


def mark_of(chat: Chat, question: Question, hint: Hint) -> str:
    """The mark by which a hint on a question, as it reads now, is put aside."""
    return judgement("question", question.id, hint, bare_text(chat, question))


def _all_hints(chat: Chat, texts: Texts) -> dict[str, tuple[QuestionHint, ...]]:
    known = set(keywords(fold(chat.topic), chat.language))
    found: dict[str, tuple[QuestionHint, ...]] = {}
    earlier: list[tuple[int, frozenset[str], frozenset[str]]] = []
    for place, question in enumerate(chat.questions, start=1):
        text = bare_text(chat, question)
        if not text:
            found[question.id] = (QuestionHint(Hint.EMPTY),)
            continue
        every = frozenset(keywords(fold(text), chat.language))
        own = every - known
        alike = [
            QuestionHint(Hint.ALIKE, other)
            for other, others_every, others_own in earlier
            if _share(own, others_own) >= ALIKE or _share(every, others_every) == 1
        ]
        earlier.append((place, every, own))
        left = remaining_for(chat, question, texts)
        found[question.id] = (
            *_about_length(left),
            *(
                QuestionHint(Hint.STRANGER, stranger=one)
                for one in strangers(text, chat, texts.rules)
            ),
            *_about_form(text, chat.language),
            *_about_words(text, chat),
            *alike[:1],
        )
    return found


def count_verdict(chat: Chat) -> Count:
    """Whether there are enough questions; the empty ones do not count."""
    written = [question for question in chat.questions if bare_text(chat, question)]
    essential = sum(question.essential for question in written)
    fewest, most = advised(chat.minutes)
    if not written:
        verdict = CountVerdict.NONE
    elif len(written) < fewest:
        verdict = CountVerdict.TOO_FEW
    else:
        verdict = CountVerdict.TOO_MANY if len(written) > most else CountVerdict.OK
    return Count(verdict, essential, len(written) - essential, (fewest, most))


def ideas(purpose: Purpose | None, texts: Texts) -> tuple[str, ...]:
    """Example questions for a purpose, usable as they are; None gives those for information."""
    return texts.ideas[purpose or Purpose.SHARE_INFORMATION]


def unused_ideas(chat: Chat, texts: Texts) -> tuple[str, ...]:
    """The example questions that the chat does not use yet: on its topic, then for its purpose."""
    used = {question.text.strip() for question in chat.questions}
    offered = (*ideas_on_topic(chat, texts), *ideas(chat.purpose, texts))
    return tuple(idea for idea in dict.fromkeys(offered) if idea not in used)


def ideas_on_topic(chat: Chat, texts: Texts) -> tuple[str, ...]:
    """Example questions on the themes that the topic of the chat speaks of, in turns."""
    topic = fold(f"{chat.topic} {chat.summary}")
    spoken_of = [
        theme.ideas
        for theme in texts.themes
        if any(re.search(rf"(?<!\w){re.escape(fold(word))}", topic) for word in theme.keywords)
    ]
    rounds = zip_longest(*spoken_of)
    return tuple(idea for turn in rounds for idea in turn if idea is not None)


def _to_count(chat: Chat, question: Question) -> int:
    return numbers(chat).get(question.id) or len(chat.questions)


def _posted(chat: Chat, number: int | None, question: Question, texts: Texts) -> str:
    filled = values(chat, texts, number=str(number or 0), text=bare_text(chat, question))
    posted = fill(texts, "post.question", **filled)
    return posted if number else without_number(posted)


def _about_length(left: int) -> tuple[QuestionHint, ...]:
    if left < 0:
        return (QuestionHint(Hint.TOO_LONG, -left),)
    return (QuestionHint(Hint.NEARLY_FULL, left),) if left <= NEARLY_FULL else ()


def _about_words(text: str, chat: Chat) -> tuple[QuestionHint, ...]:
    known = f"{chat.topic} {chat.summary} {chat.organisation}"
    found = jargon_in(text, chat.language, known)
    return (QuestionHint(Hint.JARGON, jargon=found),) if found else ()


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    """The share of words that two questions have in common, 0 to 1; 0 if either has under two."""
    if len(some) < 2 or len(others) < 2:
        return 0.0
    return len(some & others) / len(some | others)


# --- The form of a question ------------------------------------------------------------------
# Rules of thumb, which rather miss a closed question than give a wrong hint: a question that starts
# with an interrogative word is open; one that starts with a verb and its pronoun ("Pensez-vous",
# "Do you") is closed.

_OPEN = {
    "fr": r"""(?:(?:et|mais|alors|donc|or)\s+)?
        (?:(?:jusqu’à|grâce\s+à|à|de|d’|avec|pour|par|chez|dans|sur|depuis|en|contre|vers|sous
            |sans|dès)\s*)?
        (?:qu’|(?:qui|que|quoi|quel(?:le)?s?|où|quand|comment|pourquoi|combien
            |(?:le|la|les|au|aux|du|des)\s?quel(?:le)?s?)(?!\w))""",
    "en": r"""(?:(?:and|but|so)\s+)?(?:(?:with|for|from|to|in|on|at|by|of|about|under)\s+)?
        (?:what|which|who|whom|whose|where|when|why|how)(?!\w)""",
}
_CLOSED = {
    "fr": r"""(?:(?:et|mais|alors|donc)\s+)?
        (?:est-ce\s+qu|(?!rendez-vous|(?:pou|vou)[a-zé]+-vous\s+(?:nous|partager|raconter))
            (?:[^,?\s]+\s+){0,6}(?!rendez-vous)[\wéèê’]+(?:-t)?-(?:ils?|elles?|on|vous|tu|ce)(?!\w))""",
    "en": r"""(?:(?:and|but|so)\s+)?
        (?!(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:tell|share|explain|describe|give))
        (?:do|does|did|is|are|was|were|am|can|could|should|shall|would|will|have|has|had|must|may
            |might|(?:do|does|did|is|are|was|were|ca|could|should|would|wo|have|has)n’t)\s""",
}
_OR_NOT = {"fr": r"(?:ou\s+(?:non|pas)|n’est-ce\s+pas)\s*\?", "en": r"or\s+not\s*\?"}
_AND = {
    "fr": r"\set (?:(?:pourquoi|comment|quel(?:le)?s?|qu’\S+|que|où|combien|qui)(?: \S+){3,}"
    r"|(?:que|comment) \S{1,30}(?:er|ir|re)(?!\w))",
    "en": r"\sand (?:(?:why|how|what|which|where|who|when)(?: \S+){3,}|(?:what|how) to do(?!\w))",
}
_TELL = {
    "fr": r"\s*(?:racontez|dites|expliquez|partagez|décrivez|parlez|donnez|citez|montrez)",
    "en": r"\s*(?:please\s+)?(?:tell|share|explain|describe|give|name|show)(?!\w)",
}
"""Words after the question mark that ask for more than yes or no, such as "tell us"."""


_MOST_CLAUSES = 20
"""The most clauses of a question that are examined; no sentence has more."""


def _about_form(text: str, language: str) -> tuple[QuestionHint, ...]:
    """A hint on the form of a question, at most one."""
    tongue = language[:2].lower()
    plain = re.sub(r"\s+", " ", text.lower().replace("'", "’").replace("؟", "?").replace("？", "?"))
    marks = len(re.findall(r"\?+", plain))
    if not marks:
        return (QuestionHint(Hint.NOT_A_QUESTION),)
    if tongue not in _OPEN:
        return (QuestionHint(Hint.TWO_QUESTIONS),) if marks > 1 else ()
    if marks > 1 or re.search(_AND[tongue], plain):
        return (QuestionHint(Hint.TWO_QUESTIONS),)
    return (QuestionHint(Hint.CLOSED),) if _is_closed(plain, tongue) else ()


def _is_closed(plain: str, tongue: str) -> bool:
    """Whether a question in lower case can be answered by yes or no; `tongue` is "fr" or "en"."""
    if re.match(_TELL[tongue], plain.partition("?")[2]):
        return False
    asked = re.split(r"[.!…:]\s", plain.partition("?")[0])[-1].strip(' «“"–') + " "
    if re.search(_OR_NOT[tongue], plain):
        return True
    # The question word may follow a comma: "Selon vous, pourquoi…".
    clauses = [0, *(comma.end() for comma in re.finditer(r",\s*", asked))][:_MOST_CLAUSES]
    if any(re.compile(_OPEN[tongue], re.VERBOSE).match(asked, start) for start in clauses):
        return False
    closed = re.compile(_CLOSED[tongue], re.VERBOSE)
    return any(closed.match(asked, start) for start in clauses)
