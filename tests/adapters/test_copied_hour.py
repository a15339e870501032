"""Every field of a row travels in a copied hour, or is said here to stay behind, and why."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import timedelta
from typing import Any

from tchat_desktop.adapters import codec
from tchat_desktop.domain.chat import Picture, Route
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostState, Reason
from tchat_desktop.services.ports import ChatFile
from tests.adapters.samples import FULL, NOON, PAGE, PNG, PNG_ID, outbox_post

_OWN = "the copy gives its rows ids and a chat of their own"
_NOT_ON_THE_SHEET = "replies, reposts and guests' answers have no place on the run sheet"
_LOG = "what only the log and its details tell stays on the computer it happened on"

STAYS_BEHIND = {
    "id": _OWN,
    "chat_id": _OWN,
    "occasion": "only the real hour is copied",
    "target_id": _NOT_ON_THE_SHEET,
    "target_author": _NOT_ON_THE_SHEET,
    "guest_id": _NOT_ON_THE_SHEET,
    "guest_name": _NOT_ON_THE_SHEET,
    "detail": _LOG,
    "said": _LOG,
    "sent_as": "the account connected there is not the one connected here",
    "follows": "no post of the run sheet does; the thread travels as Chat.thread_out",
    "not_before": "what X asked of the keys there does not bind the keys here",
}

LATER = NOON + timedelta(minutes=1)

FILLED: dict[str, Any] = {
    "state": PostState.HANDED_OVER,
    "number": 3,
    "target_id": "17",
    "target_author": "binta_ex",
    "follows": "id-before",
    "guest_id": "g",
    "guest_name": "Binta",
    "remote_id": "2129307821798326272",
    "url": "https://x.com/voixfilles_ex/status/2129307821798326272",
    "reason": Reason.BY_HAND,
    "detail": "503",
    "said": "Forbidden",
    "page": PAGE,
    "attempts": 1,
    "sent_as": "11",
    "not_before": LATER,
    "picture": Picture(PNG_ID, "image/png", "Une salle de classe"),
    "planned": Planned("Q2 Comment\u00a0?", LATER, Route.KEYS, PostState.DRAFT),
    "changed_at": LATER,
}
"""A value of its own for each field that has a default."""


def lost(row: OutboxPost) -> list[str]:
    """A sentence for each field that nobody has decided on: it neither travels nor stays."""
    file = ChatFile(FULL, pictures=(PNG,), hour=(row,), hour_at=NOON)
    [read] = codec.decode(codec.encode(file), from_outside=True).hour
    found = []
    for field in fields(row):
        name, value = field.name, getattr(row, field.name)
        if name in STAYS_BEHIND:
            continue
        if field.default is not MISSING and value == field.default:
            found.append(f"give {name} a value in FILLED, to see whether it travels")
        elif getattr(read, name, None) != value:
            found.append(
                f"{name} of OutboxPost is lost in a copied hour: let it travel in "
                "adapters/hour_codec.py (HourRow, _written, _read), or say in STAYS_BEHIND why not"
            )
    return found


def test_every_field_travels_or_is_said_to_stay() -> None:
    assert lost(outbox_post("q:a", **FILLED)) == []


def test_what_is_said_to_stay_does_stay() -> None:
    row = outbox_post("q:a", **FILLED)
    file = ChatFile(FULL, pictures=(PNG,), hour=(row,), hour_at=NOON)
    [read] = codec.decode(codec.encode(file), from_outside=True).hour
    travelled = {name for name in STAYS_BEHIND if getattr(read, name) == getattr(row, name)}
    assert travelled == {"occasion"}


@dataclass(frozen=True, slots=True)
class _RowOfLater(OutboxPost):
    mood: str = ""
    """A field that somebody adds."""


def test_a_field_that_is_added_must_be_decided_on() -> None:
    row = outbox_post("q:a", **FILLED)
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    [unfilled] = lost(_RowOfLater(**values))
    assert unfilled == "give mood a value in FILLED, to see whether it travels"
    [sentence] = lost(_RowOfLater(**values, mood="gai"))
    assert sentence.startswith("mood of OutboxPost is lost in a copied hour: let it travel in ")
