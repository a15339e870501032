"""What else is told of a chat: goals, languages, sharing, own posts, cost, and the method."""

from __future__ import annotations

from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.languages import language_of
from tchat_desktop.domain.report import ChatReport, Goal, Method, SharedPost
from tchat_desktop.ui.pages.report.report_words import apart_words, spent_words
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.wording.i18n import _, format_date, format_number, ngettext

DetailWords = tuple[str, str, str]
"""What is told of, what is told, and what it counts ("" to not say)."""


def guess_words(goals: tuple[Goal, ...]) -> str:
    """Return what it may mean that less came than was hoped for; "" where it did not."""
    if all(goal.is_reached for goal in goals):
        return ""
    return _(
        "A number given before is a guess: the day, the hour and how early it was announced "
        "weigh much, and few who write may say much. Keep it to compare with next time."
    )


def details(report: ChatReport, chat: Chat) -> tuple[DetailWords, ...]:
    """Return what a funder may ask beside the large figures."""
    found = (
        _languages(report),
        _asked_by_public(report),
        _promotion(report),
        _cost(report, chat),
        (
            _("Reach"),
            _("Only X knows how many people have read."),
            _(
                "Reach is how many people a post was shown to. X does not tell it here, so no "
                "number is made up. On X, the statistics of your own posts tell how often each was "
                "seen: by whom, and how many different people, they do not tell."
            ),
        ),
    )
    return tuple(one for one in found if one[1])


def _languages(report: ChatReport) -> DetailWords:
    told = [
        _("{language}: {count}").format(
            language=apart(language_of(one.code).name) if one.code else _("not told"),
            count=format_number(one.posts),
        )
        for one in report.languages
    ]
    meaning = _(
        "The posts of the public, told by their commonest words. That can be wrong; a short post, "
        "or one in another language such as Wolof or Bambara, is “not told”."
    )
    return _("Languages"), " · ".join(told), meaning


def _asked_by_public(report: ChatReport) -> DetailWords:
    name, asked = _("Questions of the public"), report.asked_by_public
    if not asked.asked:
        return name, "", ""
    words = ngettext(
        "{answered} answered out of {count}", "{answered} answered out of {count}", asked.asked
    ).format(answered=format_number(asked.answered), count=format_number(asked.asked))
    meaning = _(
        "Posts of participants that ask something, as far as their words tell; your guests’ are "
        "left out. Answered: you replied, or marked it as answered."
    )
    return name, words, meaning


def _promotion(report: ChatReport) -> DetailWords:
    name, share = _("Posts about yourselves"), report.promotion
    if not share.total:
        return name, "", ""
    words = ngettext(
        "{count} of your {total} posts", "{count} of your {total} posts", share.promotional
    ).format(count=format_number(share.promotional), total=format_number(share.total))
    meaning = _(
        "Posts of your account that name your organisation, its @name or your link to share. The "
        "others leave the floor to the subject."
    )
    return name, words, meaning


def _cost(report: ChatReport, chat: Chat) -> DetailWords:
    if report.figures.spent_cents:
        return _("Paid to X"), spent_words(report.figures), _("Your working time is not in it.")
    if chat.route is not Route.ASSISTED:
        return _("Paid to X"), _("Nothing"), _("Your working time is not in it.")
    return (
        _("Paid to X"),
        _("Nothing"),
        _("The posts left from the pages of X, which is free. Your working time is not in it."),
    )


def shared_words(shared: SharedPost) -> tuple[str, str]:
    """Return who wrote a post that was shared, and how often it was."""
    author = f"{apart(shared.name)} @{shared.handle}" if shared.name else f"@{shared.handle}"
    times = ngettext("{count} repost", "{count} reposts", shared.reposts)
    return author, times.format(count=format_number(shared.reposts))


def method_words(report: ChatReport, chat: Chat) -> tuple[str, ...]:
    """Return how the posts were collected, what is not counted, and what cannot be known."""
    told = [*_collected(report.method), _when(report.method, chat)]
    told.append(
        _(
            "Not counted with the public: your own posts. A person is an account: somebody with "
            "two accounts counts twice, and several people behind one account count once."
        )
    )
    if own := report.figures.own_posts:
        told.append(
            _(
                "Your posts ({count}) are those that left from here for the chat, replies with "
                "thanks among them, and those of your account that were collected. The thread "
                "that tells the recap is not counted."
            ).format(count=format_number(own))
        )
    told.append(apart_words(report.figures))
    told.append(
        _(
            "Cannot be known: posts without the tag, those of private accounts, those deleted "
            "before they were collected, and who read without writing."
        )
    )
    return tuple(filter(None, told))


def _collected(method: Method) -> list[str]:
    found = [
        (
            method.from_x,
            ngettext(
                "{count} post of the public was given by X, with the access keys.",
                "{count} posts of the public were given by X, with the access keys.",
                method.from_x,
            ),
        ),
        (
            method.by_hand,
            ngettext(
                "{count} was brought by you, by its link or from a page of X: what you did not "
                "bring is not counted.",
                "{count} were brought by you, by their links or from a page of X: what you did "
                "not bring is not counted.",
                method.by_hand,
            ),
        ),
        (
            method.for_guests,
            ngettext(
                "{count} is the answer of a guest who has no account, which you published.",
                "{count} are answers of guests who have no account, which you published.",
                method.for_guests,
            ),
        ),
    ]
    return [words.format(count=format_number(count)) for count, words in found if count]


def _when(method: Method, chat: Chat) -> str:
    if method.first_at is None or method.last_at is None:
        return ""
    first, last = method.first_at, method.last_at
    day, end = (format_date(one.astimezone(chat.zone)) for one in (first, last))
    if day == end:
        words = _("They were written on {day}, from {start} to {end}.")
        return words.format(day=day, start=hour_of(first, chat), end=hour_of(last, chat))
    words = _("They were written from {day}, {start}, to {last_day}, {end}.")
    return words.format(day=day, start=hour_of(first, chat), last_day=end, end=hour_of(last, chat))


def apart(words: str) -> str:
    """Return words set apart from those around them, whichever way each is written."""
    return f"\u2068{words}\u2069"
