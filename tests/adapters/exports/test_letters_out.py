"""Letters, calendar files and packs as guests receive them."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tchat_desktop.adapters.exports.calendar_file import (
    calendar_file,
    reminders_file,
    write_calendar,
)
from tchat_desktop.adapters.exports.guest_pack import guest_pack_page, write_guest_pack
from tchat_desktop.adapters.exports.invitation import (
    email_draft,
    fits_mailto,
    mailto,
    write_draft,
)
from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.letters import GuestPack, Letter
from tchat_desktop.domain.promotion import Reminder
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import START, STATIONERY, chat

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
GUEST = Person("g", name="Dr Ndèye Sarr", email="ndeye@example.org")
LETTER = Letter(
    "Tchat du 5 décembre\u00a0: êtes-vous libre\u00a0?",
    "Bonjour,\n\nÀ très vite & merci 🌸\n" + "é" * 400,
)


def calendar_of(content: bytes) -> Any:
    from icalendar import Calendar

    return Calendar.from_ical(content)


def test_the_event_is_published_in_utc_with_a_reminder(tmp_path: Path) -> None:
    told = chat(time_zone="Europe/Paris", registration_link="https://example.org/venir")
    path = write_calendar(
        told, "Tchat, #Tag ; l’heure", "Ligne 1\nLigne 2", NOW, tmp_path / "c.ics"
    )
    content = path.read_bytes()
    calendar = calendar_of(content)
    (event,) = calendar.walk("VEVENT")
    (alarm,) = calendar.walk("VALARM")

    assert str(calendar["method"]) == "PUBLISH"
    assert b"DTSTART:20261205T200000Z\r\n" in content
    assert b"DTEND:20261205T210000Z\r\n" in content
    assert b"X-WR-TIMEZONE:Europe/Paris\r\n" in content
    assert event.decoded("dtstart") == START
    assert event.decoded("dtstamp") == NOW
    assert str(event["summary"]) == "Tchat, #Tag ; l’heure"
    assert str(event["description"]) == "Ligne 1\nLigne 2"
    assert str(event["url"]) == "https://example.org/venir"
    assert alarm.decoded("trigger") == timedelta(hours=-1)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_new_date_moves_the_same_event() -> None:
    first = calendar_file(chat(), "T", "", NOW)
    later = calendar_file(
        chat(starts_at=START + timedelta(days=7)), "T", "", NOW + timedelta(days=1)
    )
    uids = {str(calendar_of(content).walk("VEVENT")[0]["uid"]) for content in (first, later)}

    assert uids == {"c1@tchat-desktop"}


def test_texts_cannot_add_lines_to_the_calendar() -> None:
    evil = "x\r\nATTENDEE:mailto:a@example.org\nEND:VEVENT"
    told = chat(registration_link="javascript:alert(1)")
    calendar = calendar_of(calendar_file(told, evil, evil, NOW))
    (event,) = calendar.walk("VEVENT")

    assert "attendee" not in event
    assert "url" not in event


def test_no_calendar_without_a_date() -> None:
    with pytest.raises(ValueError, match="no day"):
        calendar_file(Chat(id="x"), "", "", NOW)


def test_the_reminders_ring_at_their_hours_and_say_what_to_publish() -> None:
    reminders = (
        Reminder("x-1440", START - timedelta(days=1), "À annoncer, X ; tchat", "Ligne 1\nLigne 2"),
        Reminder("x-60", START - timedelta(hours=1), "b\r\nATTENDEE:mailto:a@example.org", ""),
    )
    content = reminders_file(chat(), reminders, NOW)
    events = calendar_of(content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [one.at for one in reminders]
    assert [str(event["uid"]) for event in events] == [
        "c1-x-1440@tchat-desktop",
        "c1-x-60@tchat-desktop",
    ]
    assert str(events[0]["summary"]) == "À annoncer, X ; tchat"
    assert str(events[0]["description"]) == "Ligne 1\nLigne 2"
    assert all(str(event["transp"]) == "TRANSPARENT" for event in events)
    assert "attendee" not in events[1]
    alarms = calendar_of(content).walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta()] * 2


def test_the_draft_opens_ready_to_send(tmp_path: Path) -> None:
    event = calendar_file(chat(), "Tchat", "", NOW)
    path = write_draft(email_draft(GUEST, LETTER, event), tmp_path / "m.eml")
    content = path.read_bytes()
    message = email.message_from_bytes(content, policy=email.policy.default)

    assert message["X-Unsent"] == "1"
    assert message["Subject"] == LETTER.subject
    assert message["From"] is None
    assert message["To"].addresses[0].addr_spec == "ndeye@example.org"
    assert message["To"].addresses[0].display_name == "Dr Ndèye Sarr"
    body = message.get_body(("plain",))
    assert body.get_content().replace("\r\n", "\n").rstrip() == LETTER.body
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    assert attached.get_filename() == "tchat.ics"
    assert attached.get_content().encode() == event
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address", ["", "ndeye", "a@b", "a b@example.org", "a@example.org, b@example.org",
                "a@example.org\nBcc: b@example.org", "<a@example.org>"]
)  # fmt: skip
def test_what_is_no_address_is_left_out(address: str) -> None:
    person = replace(GUEST, email=address, name="Nom\r\nBcc: c@example.org")
    letter = Letter("Objet\r\nBcc: d@example.org", "Corps")
    message = email.message_from_bytes(email_draft(person, letter), policy=email.policy.default)

    assert message["To"] is None
    assert message["Bcc"] is None
    assert mailto(person, letter).startswith("mailto:?subject=Objet%20Bcc")


def test_mailto_carries_the_text_as_it_is() -> None:
    url = mailto(GUEST, LETTER)
    parts = urlsplit(url)

    assert url.isascii()
    assert parts.path == "ndeye@example.org"
    assert "+" not in parts.query
    assert "%0D%0A%0D%0A" in parts.query
    values = parse_qs(parts.query, strict_parsing=True)
    assert values["subject"] == [LETTER.subject]
    assert values["body"] == [LETTER.body.replace("\n", "\r\n")]
    assert unquote(parts.query).count("&body=") == 1


def test_a_long_letter_does_not_fit_a_mailto() -> None:
    assert fits_mailto(mailto(GUEST, Letter("Objet", "Corps")))
    assert not fits_mailto(mailto(GUEST, LETTER))


def pack(**changes: object) -> GuestPack:
    made = GuestPack(
        "Votre dossier pour le tchat #UnionsPrécoces",
        "Bonjour Dr Ndèye Sarr, et merci\u00a0!",
        "Le rendez-vous",
        "samedi 5 décembre, 21\u00a0h à Paris, 20\u00a0h à Dakar.",
        "Comment répondre",
        ("Cherchez #UnionsPrécoces.", "R1 L’école protège. #UnionsPrécoces"),
        "Les questions",
        ("Q1 À quel âge ?", "Q2 Qui décide ?"),
        "Si quelque chose ne va pas",
        ("Prévenez @fillesdabord_ex.",),
    )
    return replace(made, **changes)


def test_the_pack_is_a_sound_page(tmp_path: Path) -> None:
    path = write_guest_pack(pack(), "fr", tmp_path / "pack.html", STATIONERY)
    page = Page(path.read_text("utf-8"))

    assert page.faults == []
    assert page.language == "fr"
    assert "21\u00a0h à Paris" in page.visible
    assert "À quel âge\u202f?" in page.visible
    assert "https://x.com/fillesdabord_ex" in page.links
    assert page.headings == [1, 2, 2, 2, 2]


def test_a_pack_before_the_questions_are_written() -> None:
    page = Page(guest_pack_page(pack(questions=()), "fr", STATIONERY))

    assert page.faults == []
    assert "Les questions" not in page.visible


def test_a_pack_takes_markup_for_text() -> None:
    evil = "<script>x</script> [\"'&] javascript:x"
    html = guest_pack_page(
        pack(title=evil, intro=evil, when=evil, how=(evil,), questions=(f"Q1 {evil}",),
             trouble=(evil,)),
        "fr", STATIONERY,
    )  # fmt: skip

    assert Page(html).faults == []
    assert "<script" not in html


def test_qt_can_set_the_pack(qapp: object) -> None:
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(guest_pack_page(pack(), "fr", STATIONERY))
    text = document.toPlainText()

    assert "R1 L’école protège. #UnionsPrécoces" in text
    assert "font-family" not in text
    assert "{" not in text
