"""The page for the public: what the chat is, when, and how to take part, questions told or not."""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.numbering import numbered_questions
from tchat_desktop.domain.texts import Texts, When, named_guests, values


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """What is on the page, in the language of the posts; "" or () for what is not known."""

    topic: str
    summary: str
    tag: str
    when: When
    duration: str
    organisation: str
    account: str
    """The bare name of the organising account on X, "" when it has none."""
    guests: tuple[tuple[str, str], ...]
    """Names of guests who accepted, each with the biography or ""."""
    questions: tuple[tuple[str, str], ...]
    """Numbers such as "Q1" and texts of the essential questions, if they are told beforehand."""
    event: str
    link: str
    """Where to register or read more."""
    link_words: str
    """What is behind the link, or ""."""
    tag_page: str
    """The address of what lives under the tag."""


def public_sheet(chat: Chat, texts: Texts, when: When, with_questions: bool) -> PublicSheet:
    """The page of a chat; nobody is named who has not accepted."""
    said = values(chat, texts, when)
    rules = texts.rules
    return PublicSheet(
        topic=said["topic"],
        summary=said["summary"],
        event=said["event"],
        tag=said["tag"],
        when=when,
        duration=said["duration"],
        organisation=said["organisation"],
        account=chat.account if rules.is_account(chat.account) else "",
        guests=tuple(
            (guest.name.strip() or f"@{guest.handle.strip()}", guest.bio.strip())
            for guest in named_guests(chat, rules)
        ),
        questions=numbered_questions(chat) if with_questions else (),
        link=web_address(chat.registration_link),
        link_words=chat.link_words.strip(),
        tag_page=rules.links.search(chat.hashtag) if said["tag"] else "",
    )
