"""The date and hour of a chat: time zones, cautions, international days, the next edition."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tchat_desktop.domain.chat import Chat, Rhythm, Route, seen_to
from tchat_desktop.domain.days_off import DayOff
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.judgements import judgement

FREE_AROUND = timedelta(hours=1)
"""How long the organiser should be free before a chat, to check, and after it, to read answers."""

PREPARATION = timedelta(days=7)
"""The least notice that gives guests and audience time to organise themselves."""

ALMOST = timedelta(minutes=15)
"""How long before a chat the app should stay open for it."""

REHEARSABLE = timedelta(minutes=20)
"""Less than this before the chat, no time is left for a rehearsal of ten minutes."""

MORNING, NIGHT = time(7, 0), time(22, 30)
"""A chat should start after the first and end before the second, in every zone of the audience."""

USUAL_START = time(20)
"""The proposed hour of the start: people are home, and it is not night yet."""

FESTIVE = frozenset({(1, 1), (5, 1), (12, 24), (12, 25), (12, 31)})
"""(Month, day) of fixed holidays on which hardly anyone comes; movable feasts are not known."""

NEAR = 10
"""The most days between a chat and an international day that is mentioned for it."""

_COMMON = """Africa/Dakar Africa/Abidjan Africa/Bamako Africa/Ouagadougou Africa/Conakry Africa/Lome
    Africa/Nouakchott Africa/Banjul Africa/Bissau Africa/Accra Africa/Freetown Africa/Monrovia
    Africa/Niamey Africa/Porto-Novo Africa/Lagos Africa/Douala Africa/Ndjamena Africa/Libreville
    Africa/Brazzaville Africa/Kinshasa Africa/Bangui Africa/Casablanca Africa/Algiers Africa/Tunis
    Europe/Paris Europe/Brussels Europe/Zurich Europe/Luxembourg Europe/London Europe/Madrid
    Africa/Cairo Africa/Kigali Africa/Bujumbura Africa/Lubumbashi Africa/Johannesburg
    Africa/Nairobi Africa/Addis_Ababa Africa/Djibouti Indian/Antananarivo Indian/Comoro
    Indian/Mauritius America/Port-au-Prince America/Toronto America/New_York Asia/Beirut
    Asia/Kolkata Asia/Dhaka Asia/Kathmandu"""


class CautionKind(StrEnum):
    """What to think about before deciding on a date and hour."""

    IN_PAST = "in_past"
    UNDER_WAY = "under_way"
    """The hour has begun and is not over."""
    UNDER_A_DAY = "under_a_day"
    UNDER_A_WEEK = "under_a_week"
    NIGHT = "night"
    DST_CHANGE = "dst_change"
    """Clocks change between now and that day, so today's difference of hours does not apply."""
    AMBIGUOUS_HOUR = "ambiguous_hour"
    """Clocks go back on that day, so that this hour comes twice."""
    RULES_CHANGED = "rules_changed"
    """The rules of the organiser's zone have changed since the date was chosen."""
    HOLIDAY = "holiday"
    """A public holiday in a place of the audience."""
    RAMADAN = "ramadan"
    WEEKEND = "weekend"


JUDGED_CAUTIONS = frozenset(
    {
        CautionKind.UNDER_A_WEEK,
        CautionKind.NIGHT,
        CautionKind.HOLIDAY,
        CautionKind.RAMADAN,
        CautionKind.WEEKEND,
    }
)
"""What is a matter of judgement: the organiser may have chosen that very day."""


class WallKind(StrEnum):
    """Whether an hour of a wall clock comes once, never or twice on a day."""

    EXACT = "exact"
    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The start of the chat in a time zone.

    `day_shift` is how many days the date there is ahead of the organiser's, such as 1 or -1.
    """

    zone: str
    local: datetime
    day_shift: int


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to think about, and the time zone it is about ("" for all).

    `name` is that of the holiday, for HOLIDAY, or "".
    """

    kind: CautionKind
    zone: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class InternationalDay:
    """A day of the year that is dedicated to a cause; `names` are by language code."""

    month: int
    day: int
    names: Mapping[str, str]
    keywords: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Its name in a language (BCP 47), or in French when there is none."""
        return self.names.get(language[:2].lower(), self.names["fr"])


@dataclass(frozen=True, slots=True)
class RelatedDay:
    """An international day near the chat in time or in topic, and its date.

    `distance` is in days from the chat (from today if the chat has no date), negative before it.
    """

    day: InternationalDay
    on: date
    distance: int


def common_zones() -> tuple[str, ...]:
    """The time zones to offer first: West and Central Africa, Europe, then others."""
    return tuple(_COMMON.split())


def is_zone(name: str) -> bool:
    """Whether the name is an IANA time zone known on this computer."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def on_day(chat: Chat, starts_at: datetime | None, now: datetime) -> Chat:
    """The chat with that start (UTC), or without a date; it is reopened if the start is to come."""
    to_come = starts_at is not None and starts_at > now
    closed_at = None if to_come else chat.closed_at
    chosen = seen_to(chat, "starts_at")
    return replace(chosen, starts_at=starts_at, moved_from=None, closed_at=closed_at)


def to_utc(day: date, hour: time, zone: str) -> datetime:
    """The instant (UTC) at which a clock in the zone shows that date and hour.

    An hour that comes twice is taken the first time. One that is skipped counts as if clocks had
    not changed, so that the new clock shows it an hour later.
    """
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def wall_kind(day: date, hour: time, zone: str) -> WallKind:
    """Whether that hour comes once, never or twice on that day in the zone."""
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return WallKind.EXACT
    back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return WallKind.TWICE if back.time() == hour else WallKind.SKIPPED


def local_times(chat: Chat) -> tuple[LocalTime, ...]:
    """The start in each time zone of the audience, the organiser's first; () without a date."""
    home = chat.starts_local
    if home is None:
        return ()
    zones = dict.fromkeys((chat.time_zone, *chat.audience_zones))
    times = ((zone, home.astimezone(ZoneInfo(zone))) for zone in zones if is_zone(zone))
    return tuple(LocalTime(zone, local, (local.date() - home.date()).days) for zone, local in times)


def mark_of_caution(chat: Chat, kind: CautionKind) -> str:
    """The mark by which a caution about the chosen start is put aside; "" for what cannot be."""
    if kind not in JUDGED_CAUTIONS or chat.starts_at is None:
        return ""
    return judgement("start", kind, chat.starts_at.isoformat(), *chat.audience_zones)


def cautions(chat: Chat, now: datetime, days_off: Iterable[DayOff] = ()) -> tuple[Caution, ...]:
    """What to think about for the date and hour of the chat; `now` is in UTC.

    A change of rules and too short a notice come first, then cautions zone by zone, then the
    `days_off` of that day. () without a date.
    """
    if chat.starts_at is None or chat.ends_at is None:
        return ()
    found = []
    if chat.moved_from is not None and chat.starts_at > now:
        found.append(Caution(CautionKind.RULES_CHANGED, chat.time_zone))
    if chat.starts_at <= now:
        under_way = now < chat.ends_at
        found.append(Caution(CautionKind.UNDER_WAY if under_way else CautionKind.IN_PAST))
    elif chat.starts_at - now < timedelta(days=1):
        found.append(Caution(CautionKind.UNDER_A_DAY))
    elif chat.starts_at - now < PREPARATION:
        found.append(Caution(CautionKind.UNDER_A_WEEK))
    for here in local_times(chat):
        zone = ZoneInfo(here.zone)
        end = chat.ends_at.astimezone(zone)
        overnight = end.date() != here.local.date() and end.time() > time(0)
        if here.local.time() < MORNING or here.local.time() >= NIGHT or overnight:
            found.append(Caution(CautionKind.NIGHT, here.zone))
        if wall_kind(here.local.date(), here.local.time(), here.zone) is WallKind.TWICE:
            found.append(Caution(CautionKind.AMBIGUOUS_HOUR, here.zone))
        elif now < chat.starts_at and (now.astimezone(zone).utcoffset() != here.local.utcoffset()):
            found.append(Caution(CautionKind.DST_CHANGE, here.zone))
    if chat.starts_at > now:
        found += [Caution(CautionKind(one.kind), one.zone, one.name) for one in days_off]
    return tuple(found)


def busy_from(chat: Chat) -> datetime | None:
    """The instant (UTC) from which the organiser should be free; None without a date."""
    return chat.starts_at - FREE_AROUND if chat.starts_at else None


def busy_until(chat: Chat) -> datetime | None:
    """The instant (UTC) until which the organiser should be free; None without a date."""
    return chat.ends_at + FREE_AROUND if chat.ends_at else None


def is_near(chat: Chat, now: datetime) -> bool:
    """Whether the app should stay open because the chat begins soon or is under way; `now` is UTC.

    It need not for a copy of a chat that is open on another computer, nor while no route is chosen.
    """
    if chat.starts_at is None or chat.ends_at is None or chat.closed_at is not None:
        return False
    from_here = chat.route in (Route.KEYS, Route.ASSISTED) and chat.live_elsewhere is None
    return from_here and chat.starts_at - ALMOST <= now < chat.ends_at


def time_to_rehearse(chat: Chat, now: datetime) -> bool:
    """Whether a rehearsal can end before the chat begins, or no chat is to come; `now` is UTC."""
    if chat.starts_at is None or chat.ends_at is None or chat.closed_at is not None:
        return True
    return now >= chat.ends_at or now <= chat.starts_at - REHEARSABLE


def next_edition(chat: Chat, now: datetime) -> datetime | None:
    """The proposed start (UTC) of the next edition, after `now` (UTC), at the same local hour.

    None for a chat without a date or rhythm. A monthly or quarterly chat keeps its weekday and rank
    ("the first Thursday"). An hour of the night, as when a chat was only tried out, becomes
    `USUAL_START`, and a day of `FESTIVE` the same weekday of the week after.
    """
    local = chat.starts_local
    if local is None or chat.rhythm is Rhythm.ONCE:
        return None
    months = 3 if chat.rhythm is Rhythm.QUARTERLY else 1
    turn = 0
    while True:
        turn += 1
        if chat.rhythm is Rhythm.WEEKLY:
            day = local.date() + timedelta(weeks=turn)
        elif chat.rhythm is Rhythm.YEARLY:
            year = local.year + turn
            day = date(year, local.month, min(local.day, monthrange(year, local.month)[1]))
        else:
            day = _same_rank(local.date(), months * turn)
        while (day.month, day.day) in FESTIVE:
            day += timedelta(weeks=1)
        instant = to_utc(day, _sensible_hour(local, chat.minutes), chat.time_zone)
        if instant > now:
            return instant


def next_editions(chat: Chat, now: datetime, count: int) -> tuple[datetime, ...]:
    """The starts (UTC) of the next editions, one after another; () where none is proposed."""
    found: list[datetime] = []
    after = max(now, chat.starts_at) if chat.starts_at else now
    while len(found) < count:
        following = next_edition(chat, after)
        if following is None:
            break
        found.append(following)
        after = following
    return tuple(found)


def related_days(
    chat: Chat, days: Iterable[InternationalDay], now: datetime
) -> tuple[RelatedDay, ...]:
    """The days near the chat, and those about its topic within a year, the nearest first."""
    local = chat.starts_local
    today = now.astimezone(chat.zone).date()
    centre = local.date() if local else today
    topic = fold(f"{chat.topic} {chat.summary} {chat.audience}")
    found = []
    for day in days:
        years = (centre.year - 1, centre.year, centre.year + 1)
        dates = [date(year, day.month, day.day) for year in years]
        on = min(dates, key=lambda one: (abs((one - centre).days), one < centre))
        spoken_of = any(re.search(rf"\b{re.escape(fold(word))}", topic) for word in day.keywords)
        if abs((on - centre).days) <= NEAR and (local or on >= today):
            found.append(RelatedDay(day, on, (on - centre).days))
        elif spoken_of:
            this_year = date(today.year, day.month, day.day)
            on = this_year if this_year >= today else this_year.replace(year=today.year + 1)
            found.append(RelatedDay(day, on, (on - centre).days))
    return tuple(sorted(found, key=lambda one: (abs(one.distance), one.distance)))


def _sensible_hour(local: datetime, minutes: int) -> time:
    """The hour of a start, rounded to a quarter of an hour; `USUAL_START` in place of the night."""
    start = local.replace(tzinfo=None, second=0, microsecond=0)
    start += timedelta(minutes=round(start.minute / 15) * 15 - start.minute)
    end = start + timedelta(minutes=minutes)
    night = end.date() != start.date() or end.time() > NIGHT or start.time() < MORNING
    return USUAL_START if night else start.time()


def _same_rank(day: date, months: int) -> date:
    """The day that many months later with the same weekday and rank in its month.

    The last such weekday stands in where a month has no fifth.
    """
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    rank = (day.day - 1) // 7
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * rank)
    return found if found.month == first.month else found - timedelta(days=7)
