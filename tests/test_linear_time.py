"""Twice the text takes at most some twice the time, for everything that reads a text."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from statistics import median

import pytest

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.exports import figures_csv, files, links, recap_markdown, recap_page
from tchat_desktop.adapters.exports.invitation import email_draft, mailto
from tchat_desktop.adapters.reading.page import page_pieces
from tchat_desktop.adapters.x.pages import XPages
from tchat_desktop.domain import (
    blanks,
    child_names,
    clean_text,
    conversation,
    etiquette,
    folding,
    hashtag,
    initials,
    noun_groups,
    pasted_list,
    people,
    promotion,
    questions,
    refreshing,
    routes,
    run_sheet,
    signals,
    typed_time,
)
from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import (
    Announcement,
    Chapter,
    Naming,
    Person,
    Question,
    RecapDraft,
    RunEdit,
)
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.forgetting import KnownPerson, PersonMask
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.domain.network_rules import NotAPostLink
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.x import page_posts, pasted_keys, post_text, post_urls
from tchat_desktop.services.ports import ChatFile
from tchat_desktop.ui.pages.connection.spending_card import cents_typed
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tests.adapters.exports.sample import STATIONERY
from tests.domain.chats import NOW, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.work_time import work_time

SIZES = (1_000, 4_000, 16_000, 64_000)
"""Characters: each length is the one before doubled twice."""

RATIO = 2.5**2
"""How much longer four times the text may take: twice the text, 2.5 times the time."""

FLOOR = 0.01
"""Seconds. Below, the machine's own noise is all there is to measure."""

PIECES = (
    *(
        ",",
        "\t",
        "\n",
        " ",
        "\u00a0",
        "a",
        "é",
        "e\u0301",
        "a ",
        "a.",
        "a-",
        "l’",
        "ab\n\n",
        "(",
        "[a",
    ),
    *("{a", "<a@", "&", "*_", "\\", "=", "1", "1 ", "20h", "Q1 ", "@", "@a ", "@a_b, ", "#", "#a "),
    *("#a", "a@b.fr ", "www.", "http://a.fr/ ", "a.fr/(", "https://x.com/a/status/1 "),
    *("<", "<a ", "<a href='", "<div>", "</div>", "<!--", "<b lang=x>", "<time datetime=1>", "&#"),
    *("<article>", "<p>", "<a href=/a><time datetime=1>", "<button>a</button>", "<![CDATA["),
    *("x.com/intent/user?a&", "? ", "pourquoi, ", "et pourquoi a ", "Awa, 12 ans ", "A", "Ab"),
    *("A1b2C3d4E5f6G7h8 ", "des filles ", "mon oncle ", "%20", "\u200d", "\ufe0f", "👩\u200d", "🇫"),
    *("ف", "می\u200c", "中", "\u202e", "\x07", "d'", '"', "- ", "#\n", ":", "//a"),
)
"""Repeated to the length wished for: each once led a parser somewhere, or might."""

TEXTS = load_texts("fr")
CHAT = replace(
    a_chat(),
    people=(*a_chat().people, Person("d", name="Sokhna Diouf", handle="sf_diouf")),
)
VEIL = NameMask({"awa_diop"}, {"Awa Diop", "Ba"}, {"1234567890"}, ["Kolda"], rules=NETWORK)


def question(text: str) -> None:
    asked = Question("id1", text)
    questions.hints(replace(CHAT, questions=(asked, Question("id2", text + "?"))), TEXTS)
    questions.full_text(CHAT, asked, TEXTS)


def announcement(text: str) -> None:
    promotion.check_announcement(CHAT, Announcement("a"), text, NOW, NETWORK)


def sheet(text: str) -> None:
    run_sheet.build_run_sheet(replace(CHAT, run_edits=(RunEdit("welcome", text),)), TEXTS)


def tag(text: str) -> None:
    bare = hashtag.normalise(text)
    hashtag.verdicts(bare, 2026, NETWORK)
    hashtag.as_tag(text, "fr", NETWORK)
    hashtag.suggestions(text, text, 2026, "fr", NETWORK)


def handle(text: str) -> None:
    people.handle_problem(text, NETWORK)
    people.is_plausible_email(people.normalise_email(text))


def a_post(text: str) -> Post:
    return Post("1", "awa", text, text, datetime(2026, 12, 5, 20, 5, tzinfo=UTC))


def about_post(text: str) -> None:
    conversation.question_of(a_post(text), CHAT, ())
    conversation.is_question(text)
    for read in (NETWORK.links.read, NETWORK.links.pasted):
        try:
            read(text)
        except NotAPostLink:
            continue


def recap(text: str) -> None:
    draft = RecapDraft(
        text,
        text,
        text,
        comments=(("id1", text),),
        chapters=(Chapter("k", text, "id1"),),
        placed=(("1", "k"),),
        between=(("1", text),),
        everybody=Naming.INITIALS,
    )
    chat = replace(CHAT, recap=draft, questions=(Question("id1", text),))
    made = build_recap(
        chat, (FeedPost(a_post(text), starred=True, question_id="id1"),), (), NETWORK
    )
    recap_markdown.recap_markdown(made, STATIONERY)
    recap_page.recap_page(made, STATIONERY)


def file(text: str) -> None:
    chat = replace(CHAT, topic=text, questions=(Question("q", text),))
    codec.decode(codec.encode(ChatFile(chat, (FeedPost(a_post(text)),))), from_outside=True)


def keys(text: str) -> None:
    pasted_keys.check_pasted(dict.fromkeys(KeyField, text))
    pasted_keys.clean_pin(text)


def letter(text: str) -> None:
    to = Person("p", name=text[:200], email=text)
    mailto(to, Letter(text, text))
    email_draft(to, Letter(text, text))


def in_tags(text: str) -> str:
    """A page in which each sign is in a link of its own, and every tenth is an instant."""
    link = "<a href='/awa/status/1990000000000000000'><p lang=fr>{}</p></a>"
    timed = f"<time datetime=2026-12-05T20:00:00Z>{link}</time>"
    signs = [(timed if n % 10 == 0 else link).format(sign) for n, sign in enumerate(text[::8])]
    return "".join(signs)


READERS: dict[str, Callable[[str], object]] = {
    "post_text": lambda text: (post_text.weighted_length(text), post_text.entities(text)),
    "without_links": post_text.without_links,
    "post_urls": lambda text: (post_urls.url_spans(text), post_urls.is_valid_url(text)),
    "clean_text": lambda text: (clean_text.cleaned(text), clean_text.bare(text)),
    "folding": lambda text: (folding.fold(text), folding.fold_with_places(text)),
    "blanks": blanks.unfilled,
    "question": question,
    "announcement": announcement,
    "run_sheet": sheet,
    "hashtag": tag,
    "noun_groups": lambda text: noun_groups.noun_groups(text, "en"),
    "people": handle,
    "strangers": lambda text: etiquette.strangers(text, CHAT, NETWORK),
    "etiquette": lambda text: etiquette.promotional_share(
        [text], text[:40], "zzz", NETWORK, [text[:40]]
    ),
    "child_hints": child_names.child_hints.__wrapped__,
    "signals": lambda text: signals.signals_in.__wrapped__(text),
    "conversation": about_post,
    "summons": lambda text: routes.summons(text, "awa", NETWORK),
    "anonymity": VEIL.text,
    "forgetting": PersonMask(KnownPerson("awa_diop", frozenset({"Awa Diop"}))).names,
    "refreshing": lambda text: refreshing.says_the_same(text, text + "x", NETWORK),
    "initials": initials.initials_of,
    "hour": typed_time.read_hour,
    "day": lambda text: typed_time.read_typed(text, date(2026, 11, 10)),
    "pasted_list": lambda text: (pasted_list.questions_in(text), pasted_list.without_mark(text)),
    "with_scheme": with_scheme,
    "limit": cents_typed,
    "beginning": beginning,
    "keys": keys,
    "codec": file,
    "recap": recap,
    "letter": letter,
    "file_name": files.slug,
    "links": lambda text: (links.pieces(text), links.safe_address(text)),
    "table": figures_csv.inert,
    "page": lambda text: XPages().copied(text.encode(), text),
    "page_in_tags": lambda text: page_posts.posts_on_page(page_pieces(in_tags(text))),
}


def seconds(read: Callable[[str], object], text: str, times: int = 1) -> float:
    """The median time of the processor, without what Python does about the rubbish of others."""
    taken = []
    gc.disable()
    try:
        for _turn in range(times):
            begun = work_time()
            read(text)
            taken.append(work_time() - begun)
    finally:
        gc.enable()
    return median(taken)


def long(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


TURNED = (
    *(" ", "\n", "\t", ",", "1", "1 ", "-", "(", ":", "é", "@", "@a ", "#", "\u200d", "?"),
    "Awa Ba ",
)


def sentence(piece: str, size: int) -> str:
    """The same between what makes a parser look twice at what stands around it."""
    return f"Q1 Selon vous, {long(piece, size)} https://a.fr/b @awa ? #UnionsPrécoces"


def too_slow(read: Callable[[str], object], text: Callable[[int], str]) -> str:
    """Where four times the text took more than `RATIO` times as long; "" when it never did."""
    before = seconds(read, text(SIZES[0]))
    for size in SIZES[1:]:
        now = seconds(read, text(size))
        if now > RATIO * max(before, FLOOR):
            # Others at work may double a time, and even the least of five: looked at three times.
            for _look in range(3):
                before = seconds(read, text(size // 4), 5)
                now = seconds(read, text(size), 5)
                if now <= RATIO * max(before, FLOOR):
                    break
            else:
                return f"{text(8)!r}: {before:.3f} s for {size // 4}, {now:.3f} s for {size}"
        before = now
    return ""


@pytest.mark.parametrize(("form", "pieces"), [(long, PIECES), (sentence, TURNED)])
@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_twice_the_time(
    name: str, form: Callable[[str, int], str], pieces: tuple[str, ...]
) -> None:
    read = READERS[name]
    slow = [found for piece in pieces if (found := too_slow(read, partial(form, piece)))]
    assert not slow, "\n".join(slow)
