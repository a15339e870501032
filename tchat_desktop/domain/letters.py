"""Letters to the people of a chat, and the pack a guest receives before the day."""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.domain.chat import Chat, Person, has_agreed
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.numbering import bare_text, numbers
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.texts import (
    GUEST_PARTS,
    Deed,
    Texts,
    When,
    fill,
    values,
    with_own_texts,
)

_HOW = tuple(f"how.{number}" for number in range(1, 6))
_HOW_OFF_X = tuple(f"how_off_x.{number}" for number in range(1, 5))


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class GuestPack:
    """What a guest needs on one or two pages: when, how to answer, the questions, what if."""

    title: str
    intro: str
    when_title: str
    when: str
    how_title: str
    how: tuple[str, ...]
    questions_title: str
    questions: tuple[str, ...]
    trouble_title: str
    trouble: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the guest reads in it."""
        heads = (self.title, self.intro, self.when_title, self.when, self.how_title)
        return (*heads, *self.how, self.questions_title, *self.questions, *self.trouble)

    @property
    def message(self) -> str:
        """The whole pack as plain text, for a messaging app: telephones open pages badly."""
        return f"{self.title}\n{self.letter}"

    @property
    def letter(self) -> str:
        """The same without its title, which is the subject of a letter."""
        parts = [
            self.intro,
            f"{self.when_title}\n{self.when}",
            "\n".join((self.how_title, *(f"– {line}" for line in self.how))),
            "\n".join((self.questions_title, *self.questions)) if self.questions else "",
            "\n".join((self.trouble_title, *(f"– {line}" for line in self.trouble))),
        ]
        return "\n\n".join(part for part in parts if part)


def letter_language(chat: Chat, person: Person) -> str:
    """The language (BCP 47) of what is written to a person."""
    return person.language or chat.language


def invitation(chat: Chat, person: Person, texts: Texts, when: When) -> Letter:
    """The letter that asks a person to be a guest; `when` in the person's zone."""
    return _letter("invitation", chat, person, texts, when)


def invitation_message(chat: Chat, person: Person, texts: Texts, when: When) -> str:
    """The same in a few lines, for a messaging app."""
    texts = with_own_texts(chat, texts)
    return fill(texts, "letter.invitation.message", **_letter_values(chat, person, texts, when))


def reminder(chat: Chat, person: Person, texts: Texts, when: When) -> Letter:
    """The letter to a guest on the eve."""
    return _letter("reminder", chat, person, texts, when)


def reminder_message(chat: Chat, person: Person, texts: Texts, when: When) -> str:
    """The same in a few lines, for a messaging app."""
    texts = with_own_texts(chat, texts)
    return fill(texts, "letter.reminder.message", **_letter_values(chat, person, texts, when))


def calendar_note(chat: Chat, person: Person, texts: Texts, when: When) -> str:
    """What the event in a guest's calendar says: nobody who agreed is asked to agree again."""
    write = reminder_message if has_agreed(person) else invitation_message
    return write(chat, person, texts, when)


def thanks_letter(
    chat: Chat, name: str, texts: Texts, did: str = "", first_time: str = ""
) -> Letter:
    """The letter of thanks to someone who took part; `did` and `first_time` as in a post."""
    return _thanks("thanks", chat, name, texts, did, first_time)


def team_thanks_letter(chat: Chat, name: str, texts: Texts) -> Letter:
    """The letter of thanks to who held the chat with the organiser."""
    return _thanks("thanks_team", chat, name, texts)


def _thanks(
    kind: str, chat: Chat, name: str, texts: Texts, did: str = "", first_time: str = ""
) -> Letter:
    """A letter of thanks; it promises a recap only while there is none to be read."""
    texts = with_own_texts(chat, texts)
    link = web_address(chat.recap.page_link)
    filled = _letter_values(chat, Person("", name=name), texts, When()) | {
        "did": did or texts.messages[f"word.{Deed.PART}"],
        "first_time": first_time,
        "recap": link,
        "coming": "" if link else texts.messages["word.recap_coming"],
    }
    return Letter(
        fill(texts, f"letter.{kind}.subject", **filled),
        fill(texts, f"letter.{kind}.body", **filled),
    )


def guest_pack(chat: Chat, person: Person, texts: Texts, when: When) -> GuestPack:
    """The pack of a guest; `when` in the guest's zone. Empty questions are left out; those in
    reserve come last, without a number.
    """
    texts = with_own_texts(chat, texts)
    filled = _values(chat, person.name, texts, when)
    if person.no_account and chat.organisation.strip():
        # An @name means nothing to whoever is not on X.
        filled["account"] = chat.organisation.strip()
    given = numbers(chat)

    def say(key: str) -> str:
        return fill(texts, f"pack.{key}", **filled)

    return GuestPack(
        title=say("title"),
        intro=say("intro"),
        when_title=say("when_title"),
        when=say("when"),
        how_title=say("how_title"),
        how=tuple(map(say, _HOW_OFF_X if person.no_account else _HOW)),
        questions_title=say("questions_title"),
        questions=tuple(
            f"Q{given[question.id]} {text}" if question.id in given else f"– {text}"
            for question in sorted(chat.questions, key=lambda one: not one.essential)
            if (text := bare_text(chat, question))
        ),
        trouble_title=say("trouble_title"),
        trouble=tuple(say(f"trouble.{number}") for number in range(1, 6)),
    )


def pack_letter(chat: Chat, person: Person, texts: Texts, when: When) -> Letter:
    """The letter that hands the pack over, with the whole of it: not every program attaches."""
    pack = guest_pack(chat, person, texts, when)
    return Letter(pack.title, pack.letter)


def questions_in_advance(chat: Chat, texts: Texts, when: When) -> str:
    """The questions for all guests as plain text, with what they are for; "" without any.

    Prepared answers and sources are the organiser's alone.
    """
    texts = with_own_texts(chat, texts)
    given = numbers(chat)
    written = [(one, text) for one in chat.questions if (text := bare_text(chat, one))]
    asked = [f"Q{given[one.id]} {text}" for one, text in written if one.essential]
    spare = [f"– {text}" for one, text in written if not one.essential]
    if not written:
        return ""
    filled = _values(chat, "", texts, when)
    parts = [
        fill(texts, "pack.in_advance", **filled),
        "\n".join(asked),
        "\n".join((fill(texts, "pack.reserve_title", **filled), *spare)) if spare else "",
        fill(texts, "pack.answer_by", **filled),
    ]
    return "\n\n".join(part for part in parts if part)


def _values(chat: Chat, name: str, texts: Texts, when: When) -> dict[str, str]:
    return values(chat, texts, when, name=name.strip())


def _letter(kind: str, chat: Chat, person: Person, texts: Texts, when: When) -> Letter:
    texts = with_own_texts(chat, texts)
    filled = _letter_values(chat, person, texts, when)
    return Letter(
        fill(texts, f"letter.{kind}.subject", **filled),
        fill(texts, f"letter.{kind}.body", **filled),
    )


def _letter_values(chat: Chat, person: Person, texts: Texts, when: When) -> dict[str, str]:
    """What a letter says. The house alone signs: whoever writes is not always of the team named,
    and no letter may carry the name of somebody who has not read it.
    """
    where = "off_x" if person.no_account else "on_x"
    via = texts.messages[f"word.via_{person.reached_by}"] if person.reached_by else ""
    parts = {part: fill(texts, f"guest.{where}.{part}", via=via) for part in GUEST_PARTS}
    if account_of(person, texts.rules):
        # What is known is not asked for.
        parts["ask"] = texts.messages["guest.off_x.ask"]
    return _values(chat, person.name, texts, when) | parts
