"""Writes the plan of the day as one HTML page to print, in the language of the posts."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, rich
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Chat, Role
from tchat_desktop.domain.day_plan import DayPlan, PlannedLine
from tchat_desktop.domain.outgoing import PostKind

_TEMPLATE = "day_plan.html.j2"
_ROLES = {
    Role.GUEST: "plan_role_guest",
    Role.CO_HOST: "plan_role_co_host",
    Role.MODERATOR: "plan_role_moderator",
}
_KINDS = {
    PostKind.WELCOME: "plan_welcome",
    PostKind.RULES: "plan_rules",
    PostKind.GUESTS: "plan_guests",
    PostKind.NUDGE: "plan_nudge",
    PostKind.CLOSING: "plan_closing",
    PostKind.THANKS: "plan_thanks",
}


def write_day_plan(chat: Chat, plan: DayPlan, path: Path, stationery: ExportTemplates) -> Path:
    """Write the page completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, day_plan_page(chat, plan, stationery))


def day_plan_page(
    chat: Chat, plan: DayPlan, stationery: ExportTemplates, *, paper: bool = False
) -> str:
    """The page as HTML; for `paper` it has what Qt understands of CSS, to be set as a PDF."""
    labels = stationery.labels(chat.language)

    def rows(lines: tuple[PlannedLine, ...]) -> list[dict[str, object]]:
        return [_row(line, chat.time_zone, labels) for line in lines]

    return stationery.page(
        _TEMPLATE,
        labels,
        plan=plan,
        paper=paper,
        rows=rows(plan.lines),
        reserve=rows(plan.reserve),
        people=[
            (labels(_ROLES[person.role]), person, person.typed_account) for person in plan.people
        ],
        rich=rich(linked=False),
    )


def _row(line: PlannedLine, zone: str, labels: Labels) -> dict[str, object]:
    item = line.item
    is_question = item.number is not None or bool(item.question_id)
    name = f"Q{item.number}" if item.number is not None else ""
    return {
        "hour": labels.hour(line.at, zone) if line.at is not None else "",
        "minutes": item.minutes,
        "name": name if is_question else labels(_KINDS[item.kind]),
        "text": item.text,
        "answer": line.prepared_answer,
        "sources": line.sources,
    }
