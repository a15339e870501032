"""The guests and the team: names on X, and what is still missing about a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, Invitation, Person, Role
from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.network_rules import NetworkRules

LONGEST_EMAIL = 254
"""Characters of an address that can be written to (RFC 5321, its erratum 1690)."""

_AROUND = " .,;:!?()[]<>«»“”\"'"
_LOCAL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")

FEWEST_GUESTS = 2
MOST_GUESTS = 3
"""Two or three specialists answer the questions of the public (the guide)."""


class HandleProblem(StrEnum):
    """Why a name cannot be one on the network."""

    EMPTY = "empty"
    SEVERAL_WORDS = "several_words"
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


def normalise_handle(typed: str, rules: NetworkRules) -> str:
    """The bare name from what was typed: "@name", "name", or the address of a profile.

    Words are never joined: "@sf diouf" may be somebody, and "@sfdiouf" somebody else.
    """
    text = " ".join(bare(typed).split())
    if found := rules.links.handle_in(text):
        return found
    return text.lstrip("@＠") if " " in text else text.strip(_AROUND).lstrip("@＠")


def answerers(chat: Chat) -> tuple[Person, ...]:
    """Those a post of the public may be given to: the guests, then who holds the chat."""
    return (*chat.guests, *(one for one in chat.people if one.role is not Role.GUEST))


def account_of(person: Person, rules: NetworkRules) -> str:
    """The bare name that texts may tag; "" for none, or one that cannot be right.

    What cannot be one is never written after an @: its beginning may be somebody else's name.
    """
    return person.typed_account if rules.is_account(person.typed_account) else ""


def handle_problem(typed: str, rules: NetworkRules) -> HandleProblem | None:
    """Why what was typed cannot be a name on the network; None when it can."""
    handle = normalise_handle(typed, rules)
    if not handle:
        return HandleProblem.EMPTY
    if " " in handle:
        return HandleProblem.SEVERAL_WORDS
    if not rules.is_account(handle[: rules.longest_handle]) or handle.lower() in rules.not_people:
        return HandleProblem.FORBIDDEN_CHARACTERS
    return HandleProblem.TOO_LONG if len(handle) > rules.longest_handle else None


def profile_page(handle: str, rules: NetworkRules) -> str:
    """The page of an account."""
    return rules.links.profile(normalise_handle(handle, rules))


def normalise_email(typed: str) -> str:
    """The address from what was typed or pasted: "Awa <awa@site.org>", "mailto:awa@site.org"."""
    text = bare(typed)
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    return text.strip(" .,;")


def is_plausible_email(text: str) -> bool:
    """Whether the text is one e-mail address, as far as one can see; only sending one would tell.

    Letters of any script may stand on both sides of the @ (RFC 6531).
    """
    local, _, host = text.strip().rpartition("@")
    if not local or len(text) > LONGEST_EMAIL or not _LOCAL.fullmatch(local):
        return False
    labels = host.split(".")
    return len(labels) > 1 and all(map(_LABEL.fullmatch, labels))


def guest_count(chat: Chat) -> GuestCount:
    """Whether the chat has the two or three guests the guide advises."""
    total = len(chat.guests)
    accepted = sum(guest.invitation is Invitation.ACCEPTED for guest in chat.guests)
    if total >= FEWEST_GUESTS:
        verdict = GuestVerdict.GOOD if total <= MOST_GUESTS else GuestVerdict.MANY
    else:
        verdict = GuestVerdict.ONE if total else GuestVerdict.NONE
    return GuestCount(verdict, accepted, total)


def gaps(person: Person, rules: NetworkRules) -> tuple[Gap, ...]:
    """What is missing about a person, in the order to see to it; () for one who declined."""
    if person.invitation is Invitation.DECLINED:
        return ()
    found = []
    if not person.name.strip():
        found.append(Gap.NO_NAME)
    problem = None if person.no_account else handle_problem(person.handle, rules)
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
