"""Hands a letter to the e-mail program, as a draft file (.eml) or as a mailto address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from urllib.parse import quote

from tchat_desktop.adapters.exports.stationery import clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Person
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.people import is_plausible_email

LONGEST_MAILTO = 2000
"""The most characters of a mailto address that every system passes on to the e-mail program."""

CALENDAR_NAME = "tchat.ics"


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF file that comes with a letter, under a name that every system accepts."""

    name: str
    content: bytes


def email_draft(
    person: Person, letter: Letter, calendar: bytes = b"", papers: Iterable[Paper] = ()
) -> bytes:
    """A message (.eml) that e-mail programs open as a draft, ready to be sent.

    It has no sender, as the program adds its own. A recipient whose address is not valid is left
    out. `calendar` is the content of an .ics file to attach, if any; `papers` come along too.
    """
    recipient = _recipient(person.email, person.name)
    # Only an address with a character beyond ASCII before its @ needs SMTPUTF8.
    plain = recipient is None or recipient.username.isascii()
    message = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    message["Subject"] = _subject(letter)
    if recipient is not None:
        message["To"] = recipient
    # Outlook and Thunderbird open a message with this header for editing.
    message["X-Unsent"] = "1"
    message.set_content(clean(letter.body), charset="utf-8", cte="quoted-printable")
    if calendar:
        message.add_attachment(
            calendar.decode("utf-8"),
            subtype="calendar",
            charset="utf-8",
            cte="base64",
            filename=CALENDAR_NAME,
            params={"method": "PUBLISH"},
        )
    for paper in papers:
        message.add_attachment(
            paper.content, maintype="application", subtype="pdf", filename=paper.name
        )
    return message.as_bytes()


def write_draft(draft: bytes, path: Path) -> Path:
    """Write the draft completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, draft)


def mailto(person: Person, letter: Letter) -> str:
    """A mailto address (RFC 6068) that opens the e-mail program with everything filled in."""
    recipient = _recipient(person.email, "")
    to = quote(recipient.addr_spec, safe="@") if recipient is not None else ""
    text = clean(letter.body).replace("\n", "\r\n")
    subject = quote(_subject(letter), safe="")
    return f"mailto:{to}?subject={subject}&body={quote(text, safe='')}"


def fits_mailto(url: str) -> bool:
    """Whether a mailto address is short enough for every system; if not, offer the draft file."""
    return len(url) <= LONGEST_MAILTO


def _subject(letter: Letter) -> str:
    return one_line(letter.subject[: Cap.LINE])


def _recipient(address: str, name: str) -> Address | None:
    """The recipient with an e-mail address as typed; None when the address is not valid.

    The host is encoded for the network (IDNA). Commas and other signs are removed from the name,
    because some programs take what follows a comma for another recipient.
    """
    spec = address.strip()
    if not is_plausible_email(spec):
        return None
    user, _, host = spec.rpartition("@")
    shown = " ".join(re.sub(r"[^\w .’'·-]|[_\d]", " ", one_line(name)).split())
    try:
        return Address(shown, user, host.encode("idna").decode("ascii"))
    except (ValueError, HeaderParseError):
        return None
