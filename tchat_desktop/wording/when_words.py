"""The day and hours of a chat as its posts and letters write them, in the language of the posts."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.schedule import local_times
from tchat_desktop.domain.texts import NO_DATE, When
from tchat_desktop.wording.i18n import city, format_day, format_hour


def city_of(chat: Chat, zone: str, language: str | None = None) -> str:
    """A place as the organiser calls it, else the city its zone is known by."""
    return chat.town(zone) or city(zone, language)


def when_of(chat: Chat, zone: str = "") -> When:
    """The day and hours in words; in `zone` first when it is given (a guest's own)."""
    if zone not in ("", chat.time_zone, *chat.audience_zones):
        # A guest who lives where the public does not is told their own hour all the same.
        chat = replace(chat, audience_zones=(zone, *chat.audience_zones))
    times = local_times(chat)
    if not times:
        return NO_DATE
    language = chat.language
    own = zone or chat.time_zone
    assert chat.starts_at is not None
    start = chat.starts_at.astimezone(chat.zone)
    for time in times:
        if time.zone == own:
            start = time.local
    # " à " stands between an hour and a city in French; " in " in English.
    between = "\u00a0à\u00a0" if language == "fr" else " in "
    hours = {
        time.zone: f"{format_hour(time.local, language)}{between}"
        f"{city_of(chat, time.zone, language)}"
        for time in times
    }
    return When(
        day=format_day(start, language),
        hour=format_hour(start, language),
        hours=", ".join(hours.values()),
        here=hours.get(own, hours[chat.time_zone]),
    )
