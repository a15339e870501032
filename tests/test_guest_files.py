"""What is written for a guest, opened by the software of others."""

from __future__ import annotations

import email
import email.policy
import email.utils
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tchat_desktop.domain.chat import Chat, Invitation, Person
from tchat_desktop.domain.letters import Letter
from tchat_desktop.start.exports import guest_files
from tchat_desktop.ui.pages.people.guest_errands import GuestFiles
from tests.adapters.exports.sample import START, STATIONERY, chat

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
GUEST = Person(
    "g",
    name="Claire",
    email="claire@example.org",
    time_zone="Europe/Paris",
    invitation=Invitation.ACCEPTED,
)
CHAT = chat(people=(GUEST,))
LETTER = Letter("Rappel\u00a0: notre tchat", "Bonjour Claire,\n\nÀ très vite\u00a0!")


@pytest.fixture
def files(qapp: object) -> GuestFiles:
    outside: Any = SimpleNamespace(stationery=STATIONERY, now=lambda: NOW, browser=None)
    return guest_files(outside)


def draft(files: GuestFiles, guest: Person, path: Path, told: Chat = CHAT) -> EmailMessage:
    written = files.mail_draft(told, guest, LETTER, path / "letter.eml")
    message = email.message_from_bytes(written.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def attached(message: EmailMessage) -> dict[str, bytes]:
    return {
        str(part.get_filename()): part.get_payload(decode=True)
        for part in message.iter_attachments()
    }


def test_the_calendar_of_others_reads_the_hour_and_the_alarm(
    files: GuestFiles, tmp_path: Path
) -> None:
    import vobject

    path = files.calendar(CHAT, GUEST, tmp_path / "chat.ics")
    event = vobject.readOne(path.read_text("utf-8")).vevent
    assert event.dtstart.value.astimezone(UTC) == START
    assert event.dtend.value - event.dtstart.value == timedelta(hours=1)
    assert event.valarm.trigger.value == timedelta(hours=-1)
    assert "#UnionsPrécoces" in event.summary.value
    assert "21\u00a0h\u00a0à\u00a0Paris" in event.description.value


def test_the_letter_of_who_accepted_brings_the_event_and_the_pack(
    files: GuestFiles, tmp_path: Path
) -> None:
    message = draft(files, GUEST, tmp_path)
    found = attached(message)
    assert list(found) == ["tchat.ics", "votre-dossier-pour-le-tchat-unionsprecoces.pdf"]
    assert found["tchat.ics"].startswith(b"BEGIN:VCALENDAR")
    assert found["votre-dossier-pour-le-tchat-unionsprecoces.pdf"].startswith(b"%PDF-")
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip() == LETTER.body


def test_the_questions_go_to_nobody_who_has_not_accepted(files: GuestFiles, tmp_path: Path) -> None:
    invited = replace(GUEST, invitation=Invitation.INVITED)
    assert list(attached(draft(files, invited, tmp_path))) == ["tchat.ics"]


def test_nothing_with_a_blank_in_it_is_attached(files: GuestFiles, tmp_path: Path) -> None:
    assert attached(draft(files, GUEST, tmp_path, replace(CHAT, starts_at=None))) == {}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ministère de la Femme, de la Famille et de l’Enfance", "contact@femme.example"),
        ('Awa "la juge" <awa@autre.example>; x', "awa@example.org"),
        ("A" * 60, "a@example.org"),
        ("👩🏾‍🏫 Ndèye 🌍", "ndeye@école.example"),
        ("Awa", "ndèye@example.org"),
        ("Org: ONG, et autres;", "x.y+z@example.org"),
        ("عائشة", "aicha@example.org"),
    ],
)
def test_a_letter_has_one_recipient_whatever_the_name_holds(
    files: GuestFiles, tmp_path: Path, name: str, address: str
) -> None:
    message = draft(files, replace(GUEST, name=name, email=address), tmp_path)
    (recipient,) = message["To"].addresses
    host = address.partition("@")[2].encode("idna").decode()
    user = recipient.username.encode("utf-8", "surrogateescape").decode()
    assert user == address.partition("@")[0]
    assert recipient.domain == host
    assert message["Cc"] is None
    # As mail programs read it that know nothing of Python's own rules.
    (pair,) = email.utils.getaddresses([str(message["To"])])
    assert pair[1].endswith(f"@{host}")
