"""A letter on its way: as a draft for the e-mail program, or as a mailto address."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from tchat_desktop.adapters.exports.stationery import clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Person
from tchat_desktop.domain.letters import Letter

LONGEST_MAILTO = 2000
"""Characters of a mailto address that every system hands on; above it, offer the draft file."""

CALENDAR_NAME = "tchat.ics"


def email_draft(person: Person, letter: Letter, calendar: bytes = b"") -> bytes:
    """A message (.eml) that e-mail programs open ready to be read again and sent.

    It has no sender: the program puts its own. An address that cannot be one is left out.
    `calendar` is the content of an .ics file, attached when given.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(letter.subject)
    recipient = _recipient(person.email, person.name)
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
    return message.as_bytes()


def write_draft(draft: bytes, path: Path) -> Path:
    """Write the draft whole or not at all; returns the path. Raises OSError."""
    return write_whole(path, draft)


def mailto(person: Person, letter: Letter) -> str:
    """A mailto address that opens the e-mail program with the text in place (RFC 6068)."""
    recipient = _recipient(person.email, "")
    to = quote(recipient.addr_spec, safe="@") if recipient is not None else ""
    text = clean(letter.body).replace("\n", "\r\n")
    subject = quote(one_line(letter.subject), safe="")
    return f"mailto:{to}?subject={subject}&body={quote(text, safe='')}"


def fits_mailto(url: str) -> bool:
    """Whether the address is short enough for every system."""
    return len(url) <= LONGEST_MAILTO


def _recipient(address: str, name: str) -> Address | None:
    """The address if it is a plain one, with the name; None otherwise."""
    spec = address.strip()
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", spec):
        return None
    try:
        return Address(display_name=one_line(name), addr_spec=spec)
    except ValueError:
        return None
