"""The ready-made texts of a chat: posts, announcements and letters, in the language of the posts.

A text is a template with named placeholders. A value the organiser has not filled in yet shows as a
word in brackets, such as "[sujet]", so that nobody publishes a sentence with a gap in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from string import Formatter

from tchat_desktop.domain.chat import Chat, OwnText, Person, Purpose, ReachedBy, has_agreed
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.languages import language_of
from tchat_desktop.domain.links import web_address, with_scheme
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.people import account_of

EVENING = 18
"""The hour of the organiser's clock from which texts say "good evening"."""

_ABOUT_CHAT = frozenset(
    {"tag", "topic", "topic_ended", "organisation", "duration", "greeting", "guests"}
)
"""Placeholders on the chat. `topic_ended` is the topic with a full stop if it has no end mark."""
_WHEN = frozenset({"day", "hour", "hours", "here"})

GUEST_PARTS = ("needs", "ask", "check")
"""The parts of a letter that are worded differently for a guest without an account on X."""

ABOUT_THANKS = frozenset({"did", "first_time", "recap", "coming"})
"""What words of thanks tell: what somebody did, and where the recap is or that it is to come."""

GROUPS: Mapping[str, frozenset[str]] = {
    "word": frozenset({"minutes", "text", "link", "questions"}),
    "blank": frozenset(),
    "post": _ABOUT_CHAT | {"guest_lines", "number", "text", "name", "via", "recap"},
    "reply": _ABOUT_CHAT | {"name", "names", "helplines", *ABOUT_THANKS},
    "canned": _ABOUT_CHAT | {"name", "source"},
    "x": _ABOUT_CHAT | _WHEN | {"link", "question", "event"},
    "facebook": _ABOUT_CHAT | _WHEN | {"link", "summary", "questions", "event"},
    "email": _ABOUT_CHAT | _WHEN | {"link", "summary", "questions", "event"},
    "whatsapp": _ABOUT_CHAT | _WHEN | {"link", "event"},
    "again": _ABOUT_CHAT | _WHEN | {"name", "link", "summary", "question", "event"},
    "press": _ABOUT_CHAT | _WHEN | {"link", "summary", "questions", "event", "account"},
    "letter": _ABOUT_CHAT
    | _WHEN
    | {"name", "link", "summary", "event", *ABOUT_THANKS, *GUEST_PARTS},
    "guest": frozenset({"via"}),
    "pack": _ABOUT_CHAT | _WHEN | {"name", "account", "number", "text"},
    "visual": _ABOUT_CHAT | {"when", "count", "questions"},
    "thread": _ABOUT_CHAT | {"link", "introduction", "question", "quote", "name", "conclusion"},
}
"""The placeholders that the texts of each group may use."""

OPTIONAL = frozenset(
    {"link", "summary", "guests", "guest_lines", "helplines", "question", "questions", "event"}
    | {"introduction", "quote", "conclusion", "first_time", "recap", "coming"}
)
"""Placeholders without which a line makes no sense: it is left out when the value is empty."""

BLANKS = frozenset(
    {"tag", "topic", "organisation", "account", "day", "hour", "hours", "here", "name", "source"}
)
"""Placeholders that show a word in brackets while their value is empty."""

VARIED = frozenset({"post.welcome", "post.rules"})
"""Texts that may have a variant for each purpose of a chat, under "<key>.<purpose>"."""


class Deed(StrEnum):
    """What somebody is thanked for; the values are the keys of its words in the group `word`."""

    TEAM = "did_team"
    GUEST = "did_guest"
    ANSWER = "did_answer"
    ANSWERS = "did_answers"
    REPLY = "did_reply"
    REPLIES = "did_replies"
    QUESTION = "did_question"
    QUESTIONS = "did_questions"
    SHARED = "did_shared"
    PART = "did_part"


THANKS = "canned.thanks"
"""The short reply that thanks."""
CANNED = (THANKS, *(f"canned.{one}" for one in ("clarify", "source", "private")))
"""The short replies at hand, in the order of their keys."""

_DESCRIBED = ("topic", "when", "tag", "guests", "questions", "organisation")
"""The parts of the description of a picture."""

KEYS = frozenset(
    {"word.and", "word.an_hour", "word.minutes", "word.day_greeting", "word.evening_greeting"}
    | {f"word.via_{way}" for way in ReachedBy if way}
    | {f"word.{deed}" for deed in Deed}
    | {"word.first_time", "word.recap_coming"}
    | {f"blank.{name}" for name in BLANKS}
    | {"post.welcome", "post.rules", "post.guests", "post.question"}
    | {"post.nudge.1", "post.nudge.2", "post.nudge.3", "post.closing", "post.thanks"}
    | {"post.thanks_again", "post.thanks_recap", "post.guest_answer", "post.guest_word"}
    | {"reply.welcome", "reply.welcome_tagged", "reply.welcome_again"}
    | {"reply.thanks", "reply.thanks_off_x", "reply.thanks_private"}
    | {"reply.disclosure", "reply.private", "reply.child_named", *CANNED}
    | {f"x.{lead}" for lead in ("two_weeks", "week", "days", "eve", "today", "hour")}
    | {"facebook.title", "facebook.text", "email.subject", "email.text", "whatsapp.text"}
    | {"again.post", "again.subject", "again.letter"}
    | {"press.title", "press.text", "word.link", "word.link_line"}
    | {
        f"letter.{letter}.{part}"
        for letter in ("invitation", "reminder", "thanks", "thanks_team")
        for part in ("subject", "body")
    }
    | {"letter.invitation.message", "letter.reminder.message"}
    | {"pack.title", "pack.intro", "pack.when_title", "pack.when", "pack.how_title"}
    | {"pack.questions_title", "pack.trouble_title", "pack.your_turn"}
    | {"pack.in_advance", "pack.reserve_title", "pack.answer_by"}
    | {f"pack.{part}.{number}" for part in ("how", "trouble") for number in range(1, 6)}
    | {f"pack.how_off_x.{number}" for number in range(1, 5)}
    | {"visual.kicker", "visual.join", "visual.scan_link", "visual.scan_tag"}
    | {"visual.more", "visual.more_one", "visual.alt"}
    | {f"visual.alt.{part}" for part in _DESCRIBED}
    | {"thread.opening", "thread.question", "thread.thanks"}
    | {f"guest.{where}.{part}" for where in ("on_x", "off_x") for part in GUEST_PARTS}
)
"""The keys of all texts; each language must have every one of them."""


class TextsError(ValueError):
    """The templates of a language are incomplete or malformed."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Example questions for chats whose topic has one of the keywords, or a word it begins."""

    keywords: tuple[str, ...]
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """The templates of one language, with the rules of the network they are published on.

    `messages` are the templates by key; `ideas` are example questions for each purpose, `themes`
    those for what a chat is about.
    """

    language: str
    messages: Mapping[str, str]
    ideas: Mapping[Purpose, tuple[str, ...]]
    rules: NetworkRules
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The day and hour of a chat in words, in the language of the posts; "" when not known.

    `day` is like "samedi 5 décembre", `hour` like "20 h"; `hours` names the places of the audience
    too, "20 h à Dakar, 21 h à Paris"; `here` is the reader's own, "21 h à Paris". Spaces that must
    not break are U+00A0.
    """

    day: str = ""
    hour: str = ""
    hours: str = ""
    here: str = ""


NO_DATE = When()


def placeholders(template: str) -> frozenset[str]:
    """The names in braces in a template. Raises ValueError when the braces do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def checked(
    language: str,
    messages: Mapping[str, str],
    ideas: Mapping[Purpose, tuple[str, ...]],
    rules: NetworkRules,
    themes: tuple[Theme, ...] = (),
) -> Texts:
    """The texts, once checked. Raises TextsError.

    A key that is missing or unknown, an unknown placeholder and a purpose or a theme without
    example questions are errors.
    """
    allowed = KEYS | {f"{key}.{purpose}" for key in VARIED for purpose in Purpose}
    if strange := sorted(messages.keys() - allowed):
        raise TextsError(f"{language}: unknown texts {strange}")
    if absent := sorted(KEYS - messages.keys()):
        raise TextsError(f"{language}: missing texts {absent}")
    for key, template in messages.items():
        try:
            names = placeholders(template)
        except ValueError as error:
            raise TextsError(f"{language}: {key}: {error}") from error
        if unknown := sorted(names - GROUPS[key.split(".")[0]]):
            raise TextsError(f"{language}: {key}: unknown placeholders {unknown}")
    if without := [purpose for purpose in Purpose if not ideas.get(purpose)]:
        raise TextsError(f"{language}: no example questions for {without}")
    if any(not theme.keywords or not theme.ideas for theme in themes):
        raise TextsError(f"{language}: a theme without keywords or example questions")
    return Texts(language, dict(messages), dict(ideas), rules, themes)


def with_own_texts(chat: Chat, texts: Texts) -> Texts:
    """The texts with those that the organiser has changed, in their language, in place of ours.

    One that does not fit the texts of this version of the app is left out.
    """
    own = {
        one.key: one.text
        for one in chat.own_texts
        if one.language == texts.language and one.key in texts.messages and _is_usable(one)
    }
    return replace(texts, messages={**texts.messages, **own}) if own else texts


def _is_usable(own: OwnText) -> bool:
    """Whether every blank of a changed text can be filled in, and it is not empty."""
    try:
        parts = [part[1:] for part in Formatter().parse(own.text) if part[1] is not None]
    except ValueError:
        return False
    name_of_text = own.key
    allowed = GROUPS[name_of_text.partition(".")[0]]
    # A width, as in "{topic:9999}", would make a text of any length.
    plain = all(name in allowed and not spec and not how for name, spec, how in parts)
    return plain and bool(own.text.strip())


def fill(texts: Texts, key: str, **values: str) -> str:
    """The text with its placeholders filled in.

    Raises KeyError for an unknown key, or a placeholder without a value.
    """
    lines = []
    for line in texts.messages[key].split("\n"):
        if any(not values[name] for name in placeholders(line) & OPTIONAL):
            continue
        shown = {
            name: value or (texts.messages[f"blank.{name}"] if name in BLANKS else "")
            for name, value in values.items()
        }
        if "topic" in shown:
            shown["topic_ended"] = _ended(shown["topic"])
        lines.append(line.format_map(shown))
    return "\n".join(lines).strip()


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", "؟")) else f"{sentence}."


def fill_post(texts: Texts, key: str, **values: str) -> str:
    """Like `fill` for a post: what can be done without is left out while the post is too long.

    That is the question told beforehand, then the occasion, then the guests.
    """
    text = fill(texts, key, **values)
    for name in ("question", "event", "guests"):
        if texts.rules.remaining(text) >= 0:
            break
        values[name] = ""
        text = fill(texts, key, **values)
    return text


def key_for(texts: Texts, key: str, purpose: Purpose | None) -> str:
    """The key of the variant for the purpose if the language has one, else `key`."""
    varied = f"{key}.{purpose}"
    return varied if purpose is not None and varied in texts.messages else key


def listed(names: tuple[str, ...], texts: Texts) -> str:
    """The names joined as in a sentence, in the language of the texts: "a, b et c"."""
    if len(names) < 2:
        return "".join(names)
    comma = language_of(texts.language).comma
    return comma.join(names[:-1]) + texts.messages["word.and"] + names[-1]


def calling_name(person: Person, rules: NetworkRules) -> str:
    """How a post calls a person: by @handle if they agreed to take part, else by name.

    X forbids uninvited mentions in bulk or by a program. A person without a name is called by
    @handle in any case; "" when neither is known.
    """
    account = account_of(person, rules)
    if account and (has_agreed(person) or not person.name):
        return f"@{account}"
    return person.name


def named_guests(chat: Chat, rules: NetworkRules) -> tuple[Person, ...]:
    """The guests that published texts may name: those who accepted and can be called."""
    return tuple(guest for guest in chat.guests if has_agreed(guest) and calling_name(guest, rules))


def guests_by_name(chat: Chat, texts: Texts) -> str:
    """The guests listed by name with their biography, for texts outside of X."""
    named = [guest for guest in named_guests(chat, texts.rules) if guest.name.strip()]
    if len(named) == 1 and (bio := named[0].bio.strip()):
        return f"{named[0].name.strip()}, {bio}"
    return listed(
        tuple(
            f"{guest.name.strip()} ({bio})" if (bio := guest.bio.strip()) else guest.name.strip()
            for guest in named
        ),
        texts,
    )


def link_line(chat: Chat, texts: Texts) -> str:
    """The link with what is behind it, "Notre rapport : https://…"; "" for none."""
    link = with_scheme(chat.registration_link)
    text = chat.link_words.strip() or texts.messages["word.link"]
    return fill(texts, "word.link_line", text=text, link=link)


def is_in_evening(chat: Chat) -> bool:
    """Whether the chat begins in the evening in the organiser's time zone; False without a date."""
    local = chat.starts_local
    return local is not None and local.hour >= EVENING


def values(chat: Chat, texts: Texts, when: When = NO_DATE, **more: str) -> dict[str, str]:
    """The values of the placeholders for the texts of a chat; `more` adds or replaces some."""
    guests = named_guests(chat, texts.rules)
    account = chat.account if texts.rules.is_account(chat.account) else ""
    greeting = "evening" if is_in_evening(chat) else "day"
    if chat.minutes == 60:
        duration = texts.messages["word.an_hour"]
    else:
        duration = fill(texts, "word.minutes", minutes=str(chat.minutes))
    return {
        "tag": f"#{chat.hashtag}" if chat.hashtag else "",
        "topic": chat.topic.strip(),
        "summary": chat.summary.strip(),
        "event": chat.event.strip(),
        "organisation": chat.organisation.strip(),
        "account": f"@{account}" if account else chat.organisation.strip(),
        "greeting": texts.messages[f"word.{greeting}_greeting"],
        "duration": duration,
        "guests": listed(tuple(calling_name(guest, texts.rules) for guest in guests), texts),
        "guest_lines": "\n".join(f"– {calling_name(guest, texts.rules)}" for guest in guests),
        "link": with_scheme(chat.registration_link),
        "day": when.day,
        "hour": when.hour,
        "hours": when.hours or when.hour,
        "here": when.here or when.hours or when.hour,
        **dict.fromkeys(ABOUT_THANKS, ""),
        **more,
    }


def reply_welcome(
    chat: Chat, name: str, texts: Texts, *, tagged: bool = False, invites: bool = True
) -> str:
    """A reply that welcomes a person who has just arrived; `name` is written as it is given.

    When the person has used the tag already (`tagged`), the reply does not remind them of it, and
    asks them to tell more if `invites` is true.
    """
    texts = with_own_texts(chat, texts)
    key = "reply.welcome"
    if tagged:
        key = "reply.welcome_tagged" if invites else "reply.welcome_again"
    return fill(texts, key, **values(chat, texts, name=name))


def welcome_to(post: Post, chat: Chat, texts: Texts, *, invites: bool = True) -> str:
    """A reply that welcomes the author of a post; with `invites` it may ask them to tell more."""
    tagged = fold(chat.hashtag) in map(fold, texts.rules.hashtags(post.text))
    return reply_welcome(chat, f"@{post.author}", texts, tagged=tagged, invites=invites)


def is_welcome(text: str, handle: str, chat: Chat, texts: Texts) -> bool:
    """Whether a reply to `handle` is a word of welcome as it was offered, and nothing more."""
    offered = (
        reply_welcome(chat, f"@{handle}", texts, tagged=tagged, invites=invites)
        for tagged, invites in ((False, False), (True, True), (True, False))
    )
    return fold(text) in map(fold, offered)


def reply_thanks(
    chat: Chat, names: tuple[str, ...], texts: Texts, did: str = "", first_time: str = ""
) -> str:
    """A reply that thanks people who took part; names are written as they are given ("@name").

    `did` says what for, as in "pour vos réponses"; `first_time` welcomes who came for the first
    time. Where the recap is online its link is in it.
    """
    texts = with_own_texts(chat, texts)
    return fill(
        texts,
        "reply.thanks",
        **values(
            chat,
            texts,
            names=listed(names, texts),
            did=did or texts.messages[f"word.{Deed.PART}"],
            first_time=first_time,
            recap=web_address(chat.recap.page_link),
        ),
    )
