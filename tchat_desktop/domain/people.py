"""The guests and the team: names on X, and what is still missing about a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, Invitation, Person, Role

LONGEST_HANDLE = 15
"""X gives no longer name (help pages of X)."""

FEWEST_GUESTS = 2
MOST_GUESTS = 3
"""Two or three specialists answer the questions of the public (the guide)."""


class HandleProblem(StrEnum):
    """Why a name cannot be one on X."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    FORBIDDEN_CHARACTERS = "forbidden_characters"


class GuestVerdict(StrEnum):
    """Whether there are two or three guests."""

    NONE = "none"
    ONE = "one"
    GOOD = "good"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class GuestCount:
    """How many guests there are who have not declined, and how many of them have accepted."""

    verdict: GuestVerdict
    accepted: int
    total: int


class Gap(StrEnum):
    """What is missing or wrong about a person."""

    NO_NAME = "no_name"
    NO_HANDLE = "no_handle"
    BAD_HANDLE = "bad_handle"
    BAD_EMAIL = "bad_email"
    NOT_INVITED = "not_invited"
    NOT_ACCEPTED = "not_accepted"
    NO_QUESTIONS = "no_questions"


def normalise_handle(typed: str) -> str:
    """The bare name on X from what was typed: "@name", "name", or the address of a profile."""
    text = re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", typed)
    address = r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/(?:#!/)?@?([^/?#]+).*"
    if match := re.fullmatch(address, text, re.IGNORECASE):
        return match[1]
    return text.lstrip("@＠")


def handle_problem(typed: str) -> HandleProblem | None:
    """Why what was typed cannot be a name on X; None when it can."""
    handle = normalise_handle(typed)
    if not handle:
        return HandleProblem.EMPTY
    if not re.fullmatch(r"[A-Za-z0-9_]+", handle):
        return HandleProblem.FORBIDDEN_CHARACTERS
    return HandleProblem.TOO_LONG if len(handle) > LONGEST_HANDLE else None


def profile_page(handle: str) -> str:
    """The page of an account on X."""
    return f"https://x.com/{normalise_handle(handle)}"


def is_plausible_email(text: str) -> bool:
    """Whether the text looks like an e-mail address; only sending one would tell."""
    local, _, host = text.strip().rpartition("@")
    if not local or "@" in local or re.search(r"[\s,;<>()\"]", local + host):
        return False
    labels = host.split(".")
    return len(labels) > 1 and all(re.fullmatch(r"(?!-)[\w-]+(?<!-)", label) for label in labels)


def guest_count(chat: Chat) -> GuestCount:
    """Whether the chat has the two or three guests the guide advises."""
    total = len(chat.guests)
    accepted = sum(guest.invitation is Invitation.ACCEPTED for guest in chat.guests)
    if total >= FEWEST_GUESTS:
        verdict = GuestVerdict.GOOD if total <= MOST_GUESTS else GuestVerdict.MANY
    else:
        verdict = GuestVerdict.ONE if total else GuestVerdict.NONE
    return GuestCount(verdict, accepted, total)


def gaps(person: Person) -> tuple[Gap, ...]:
    """What is missing about a person, in the order to see to it; () for one who declined."""
    if person.invitation is Invitation.DECLINED:
        return ()
    found = []
    if not person.name.strip():
        found.append(Gap.NO_NAME)
    problem = handle_problem(person.handle)
    if problem is HandleProblem.EMPTY:
        found.append(Gap.NO_HANDLE)
    elif problem is not None:
        found.append(Gap.BAD_HANDLE)
    if person.email.strip() and not is_plausible_email(person.email):
        found.append(Gap.BAD_EMAIL)
    if person.role is Role.GUEST:
        if person.invitation is Invitation.NOT_INVITED:
            found.append(Gap.NOT_INVITED)
        elif person.invitation is Invitation.INVITED:
            found.append(Gap.NOT_ACCEPTED)
        if person.invitation is not Invitation.NOT_INVITED and not person.has_questions:
            found.append(Gap.NO_QUESTIONS)
    return tuple(found)
