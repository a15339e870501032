"""The organiser's own posts on a page, and the rows of the outbox that they show to be published.

All datetimes are in UTC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from tchat_desktop.domain.by_hand import CLOCKS_APART
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import link_corrected, seen_out
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import EntityKind, NetworkRules
from tchat_desktop.domain.numbering import OWN_NUMBER, without_number
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason, left_at

POSTED_WITHIN = timedelta(minutes=10)
"""How long after its page was opened a post is looked for whose text was changed there."""
CHANGED_LITTLE = 0.85
"""From this share of common letters on, two texts are one that was changed a little."""
TOO_SHORT = 20
"""Letters and digits below which texts are alike by chance."""

SameWords = Callable[[str, str, NetworkRules], bool]


def rows_found(
    found: Iterable[Post],
    rows: Sequence[OutboxPost],
    account: str,
    now: datetime,
    rules: NetworkRules,
) -> list[tuple[OutboxPost, Post]]:
    """Return the rows that posts on a page show to be published, each with its post.

    `rows` are all rows of the hour, `account` is the bare name of the account that publishes; with
    "" nothing is found. A post tells of a row that waits to be confirmed, or was confirmed without
    a link, if it is of that account, has the same words (see `same_words`) and was published after
    the page of the row was opened. Of rows with the same words it tells of the one opened last
    before it. No post tells of two rows, and none of a row if another row has its link already.

    Of a row that nothing else tells of, so does a post whose words were changed a little in the
    browser (see `nearly_same_words`), if it came soon after the page was opened and is the only one
    for that row, as the row is for it.
    """
    posts = _own(found, rows, account, rules)
    waiting = sorted(
        (row for row in rows if _waits(row)), key=lambda row: (_since(row, rules), row.id)
    )
    told: dict[str, Post] = {}
    # Clocks that differ a little come second: a post belongs first to a page opened before it.
    for margin in (timedelta(), CLOCKS_APART):
        for at, post in reversed(posts):
            if any(one.id == post.id for one in told.values()):
                continue
            fitting = (
                row
                for row in reversed(waiting)
                if row.id not in told
                if _since(row, rules) - margin <= at <= now + CLOCKS_APART
                if _is_of(post, row, rules)
            )
            if (row := next(fitting, None)) is not None:
                told[row.id] = post
    rest = [row for row in waiting if row.id not in told]
    left = [one for one in posts if all(one[1].id != post.id for post in told.values())]
    told |= _changed(left, rest, now, rules)
    return [(row, told[row.id]) for row in rows if row.id in told]


def _changed(
    posts: Iterable[tuple[datetime, Post]],
    rows: Iterable[OutboxPost],
    now: datetime,
    rules: NetworkRules,
) -> dict[str, Post]:
    """The posts with other words than the rows they tell of, by the ids of the rows."""
    pairs = [
        (row, post)
        for row in rows
        for at, post in posts
        if _since(row, rules) <= at <= min(_since(row, rules) + POSTED_WITHIN, now + CLOCKS_APART)
        if _is_of(post, row, rules, nearly_same_words)
    ]
    by_row = Counter(row.id for row, _post in pairs)
    by_post = Counter(post.id for _row, post in pairs)
    return {row.id: post for row, post in pairs if by_row[row.id] == 1 and by_post[post.id] == 1}


def found_out(row: OutboxPost, post: Post, rules: NetworkRules) -> OutboxPost | None:
    """Return the row as its post on a page shows it: published, with its text, link and time.

    None for a row that was published without the organiser's word.
    """
    link = rules.links.post(post.author, post.id)
    made = link_corrected(row, link) if row.state is PostState.SENT else seen_out(row, link)
    return None if made is None else replace(made, text=_text_out(row, post, rules))


def _text_out(row: OutboxPost, post: Post, rules: NetworkRules) -> str:
    """The text that is out: the one of the row, unless other words of it are on the page.

    A page shortens links, and long texts; and it names whom a reply answers, as its author may not.
    """
    linked = any(one.kind is EntityKind.URL for one in rules.entities(row.text))
    if linked or post.text.rstrip().endswith("…"):
        return row.text
    if row.kind is not PostKind.REPLY:
        return row.text if same_words(post.text, row.text, rules) else post.text
    said, meant = _addressed(post.text, rules)[1], _addressed(row.text, rules)[1]
    if same_words(said, meant, rules):
        return row.text
    return row.text.removesuffix(meant) + said


def same_words(text: str, other: str, rules: NetworkRules) -> bool:
    """Return whether two texts have the same letters and digits, apart from their links.

    A network shortens links, and pages show blanks, quotation marks and emoji in their own way.
    Texts without any letter or digit are never the same.
    """
    words = _words(text, rules)
    return bool(words) and words == _words(other, rules)


def says_something_else(shown: str, text: str, rules: NetworkRules) -> bool:
    """Return whether a page shows other words than those of a text; pages shorten long ones."""
    if same_words(shown, text, rules) or nearly_same_words(shown, text, rules):
        return False
    begun = _words(shown.rstrip().removesuffix("…"), rules)
    return not (shown.rstrip().endswith("…") and _words(text, rules).startswith(begun))


def nearly_same_words(text: str, other: str, rules: NetworkRules) -> bool:
    """Return whether a text is another one with a few letters changed, and no number in it.

    The number that a question begins with may be missing in one. Short texts are soon alike.
    """
    text, other = text.strip(), other.strip()
    numbers = {found[1] for said in (text, other) if (found := OWN_NUMBER.match(said))}
    if len(numbers) > 1:
        return False
    one, two = (_words(without_number(said), rules) for said in (text, other))
    if min(len(one), len(two)) < TOO_SHORT or _digits(one) != _digits(two):
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= CHANGED_LITTLE


def _digits(words: str) -> str:
    return "".join(filter(str.isdigit, words))


def _words(text: str, rules: NetworkRules) -> str:
    kept, end = [], 0
    for entity in rules.entities(text):
        if entity.kind is EntityKind.URL:
            kept.append(text[end : entity.start])
            end = entity.end
    return "".join(filter(str.isalnum, fold("".join((*kept, text[end:])))))


def _own(
    found: Iterable[Post], rows: Iterable[OutboxPost], account: str, rules: NetworkRules
) -> list[tuple[datetime, Post]]:
    """The account's own posts that are no row's yet, each with its time, in the order of time."""
    used = {row.remote_id for row in rows}
    own: dict[str, tuple[datetime, Post]] = {}
    for post in found:
        at = rules.posted_at(post.id)
        if at is None or post.id in used or not account or fold(post.author) != fold(account):
            continue
        if post.id not in own or len(own[post.id][1].text) < len(post.text):
            own[post.id] = (at, post)
    return sorted(own.values(), key=lambda one: (one[0], one[1].id))


def _waits(row: OutboxPost) -> bool:
    """Whether a post on a page may tell of a row: it is doubtful, or its link is not known."""
    if row.kind is PostKind.REPOST:
        return False
    if row.state in (PostState.HANDED_OVER, PostState.UNKNOWN):
        return True
    if row.reason is not Reason.BY_HAND:
        return False
    # An expired row with this reason had been confirmed, and that was taken back.
    return row.state is PostState.EXPIRED or (row.state is PostState.SENT and not row.remote_id)


def _since(row: OutboxPost, rules: NetworkRules) -> datetime:
    """When the page of a row was opened; of a doubtful one, from when on it may have left."""
    return row.due_at if row.state is PostState.UNKNOWN else left_at(row, rules)


def _is_of(post: Post, row: OutboxPost, rules: NetworkRules, same: SameWords = same_words) -> bool:
    """Whether a post has the words of a row and, as far as it tells, answers the same post."""
    if post.id == row.target_id:
        return False
    if post.in_reply_to and post.in_reply_to != row.target_id:
        return False
    if row.kind is not PostKind.REPLY:
        return same(post.text, row.text, rules)
    # Pages name whom a reply answers in front of it, whether its author wrote it or not.
    names, text = _addressed(post.text, rules)
    if names and fold(row.target_author) not in names:
        return False
    return same(text, _addressed(row.text, rules)[1], rules)


def _addressed(text: str, rules: NetworkRules) -> tuple[set[str], str]:
    """The folded names with which a text begins, and the text after them."""
    names, end = set(), 0
    for entity in rules.entities(text):
        if entity.kind is not EntityKind.MENTION or text[end : entity.start].strip():
            break
        names.add(fold(entity.value))
        end = entity.end
    return names, text[end:]
