"""The day and hours of a chat as its posts and letters write them, in the language of the posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.languages import language_of
from tchat_desktop.domain.letters import letter_language
from tchat_desktop.domain.schedule import LocalTime, local_times
from tchat_desktop.domain.texts import NO_DATE, When
from tchat_desktop.wording.i18n import city, format_day, format_hour, format_weekday


def city_of(chat: Chat, zone: str, language: str | None = None) -> str:
    """A place as the organiser calls it, else the city its zone is known by."""
    return chat.town(zone) or city(zone, language)


def when_for(chat: Chat, person: Person) -> When:
    """The day and hours as they are written to a person: their language, and their hour first."""
    return when_of(chat, person.time_zone, letter_language(chat, person))


def when_of(chat: Chat, zone: str = "", language: str = "") -> When:
    """The day and hours in words; in `zone` first when it is given (a guest's own).

    `language` (BCP 47) is that of the posts when it is "".
    """
    if zone not in ("", chat.time_zone, *chat.audience_zones):
        # A guest who lives where the public does not is told their own hour all the same.
        chat = replace(chat, audience_zones=(zone, *chat.audience_zones))
    times = local_times(chat)
    if not times:
        return NO_DATE
    language = language or chat.language
    own = zone or chat.time_zone
    # Their own hour first: the day in front of it is theirs.
    times = tuple(sorted(times, key=lambda one: one.zone != own))
    first = times[0].local
    own_words = language_of(language)

    def told(*same: LocalTime) -> str:
        """The hour where it is the same, once for all those places."""
        *before, last = (city_of(chat, one.zone, language) for one in same)
        local = same[0].local
        words = f"{format_hour(local, language)}{own_words.at_place}"
        if before:
            words += f"{own_words.comma}{own_words.at_place.lstrip()}".join(before)
            words += own_words.and_at_place
        words += last
        if local.date() == first.date():
            return words
        return f"{words} ({format_weekday(local, language)})"

    same_hour: dict[tuple[date, time], list[LocalTime]] = {}
    for one in times:
        same_hour.setdefault((one.local.date(), one.local.time()), []).append(one)

    return When(
        day=format_day(first, language),
        hour=format_hour(first, language),
        hours=own_words.comma.join(told(*same) for same in same_hour.values()),
        here=told(times[0]),
    )
