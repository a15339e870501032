"""Made-up pages in the form of X's, as a browser copies them: with its words in three languages.

`today` is in the form X has now, `other` says the same with other elements and other class names.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain.conversation import Post

SITE = "https://x.com"


@dataclass(frozen=True)
class PageWords:
    """What X says around the posts in one language."""

    code: str
    direction: str
    answering: str
    conj: str
    ago: str
    reposted: str
    more: str
    image: str
    actions: str


WORDS = {
    "fr": PageWords(
        "fr", "ltr", "En réponse à ", " et ", "3 min", "a reposté", "Afficher plus", "Image",
        "2 réponses, 5 reposts, 12 J'aime, 340 vues",
    ),
    "en": PageWords(
        "en", "ltr", "Replying to ", " and ", "3m", "reposted", "Show more", "Image",
        "2 replies, 5 reposts, 12 likes, 340 views",
    ),
    "ar": PageWords(
        "ar", "rtl", "ردًا على ", " و ", "3 د", "أعاد النشر", "عرض المزيد", "صورة",
        "2 ردود، 5 إعادات نشر",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A post as the page shows it; `said` is its text without the names of who is answered."""

    post: Post
    said: str
    answered: tuple[str, ...] = ()
    reposted_by: str = ""
    quotes: tuple[str, str, str] | None = None
    """Name, account and text of the post that it quotes."""
    picture: bool = False


def seen(post: Post, *answered: str, **more: object) -> Seen:
    """A post, and the names it answers, which X keeps in its text."""
    names = "".join(f"@{one} " for one in answered)
    return Seen(post, post.text.removeprefix(names), answered, **more)  # type: ignore[arg-type]


def today(posts: Iterable[Seen], language: str = "fr") -> str:
    """The page of a tag as X's site has it now, with what stands around the posts."""
    words = WORDS[language]
    articles = "".join(
        f'<div data-testid="cellInnerDiv" class="css-175oi2r">{_article(one, words)}</div>'
        for one in posts
    )
    return (
        f'<meta charset="utf-8"><html lang="{words.code}" dir="{words.direction}"><body>'
        f'<nav role="navigation"><a href="{SITE}/home" role="link"><span>Home</span></a>'
        f'<a href="{SITE}/moi_meme" role="link"><span>Moi</span><span>@moi_meme</span></a></nav>'
        f'<main role="main"><section role="region"><h1>Timeline</h1><div>{articles}</div>'
        f'</section></main><aside><a href="{SITE}/search?q=x"><span lang="en">Trends</span></a>'
        f'<a href="{SITE}/suggere"><span>À suivre</span></a></aside></body></html>'
    )


def _article(one: Seen, words: PageWords) -> str:
    post, at = one.post, f"{SITE}/{one.post.author}/status/{one.post.id}"
    profile = f"{SITE}/{post.author}"
    social = (
        f'<a href="{SITE}/{one.reposted_by}" role="link"><span>{one.reposted_by} '
        f"{words.reposted}</span></a>"
        if one.reposted_by
        else ""
    )
    quote = ""
    if one.quotes is not None:
        name, account, text = map(html.escape, one.quotes)
        quote = (
            f'<div role="link" tabindex="0"><div><span>{name}</span></div><div>'
            f'<span>@{account}</span><span>·</span><time datetime="2026-12-01T08:00:00.000Z">1 déc.'
            f'</time></div><div lang="fr" dir="auto"><span>{text}</span></div></div>'
        )
    picture = (
        f'<a href="{at}/photo/1" role="link"><div aria-label="{words.image}"><img alt='
        f'"{words.image}" src="https://pbs.twimg.com/media/x.jpg"></div></a>'
        if one.picture
        else ""
    )
    said = f'<div lang="{words.code}" dir="auto" data-testid="tweetText">{_said(one.said)}</div>'
    return (
        '<article aria-labelledby="id__1" role="article" tabindex="0" data-testid="tweet" '
        f'class="css-175oi2r r-18u37iz"><div>{social}</div>'
        f'<div><a href="{profile}" role="link" aria-hidden="true"><img alt="" src="https://'
        'pbs.twimg.com/profile_images/1/a_normal.jpg"></a></div>'
        f'<div data-testid="User-Name"><div><a href="{profile}" role="link"><div><span><span>'
        f'{html.escape(post.author_name)}</span></span></div></a></div><div><a href="{profile}" '
        f'role="link" tabindex="-1"><span>@{post.author}</span></a><div><span>·</span></div>'
        f'<a href="{at}" role="link" aria-label="{words.ago}"><time datetime='
        f'"{_stamp(post.created_at)}">{words.ago}</time></a></div></div>'
        '<button aria-label="…" role="button" type="button"><svg></svg></button>'
        f"{_answering(one.answered, words)}{said if one.said else ''}"
        f'<button role="button"><span>{words.more}</span></button>{picture}{quote}'
        f'<div aria-label="{words.actions}" role="group"><button role="button"><span>2</span>'
        f'</button><button role="button"><span>5</span></button><a href="{at}/analytics" '
        'role="link"><span>1,2 k</span></a></div></article>'
    )


def _answering(names: tuple[str, ...], words: PageWords) -> str:
    if not names:
        return ""
    links = [f'<div><a href="{SITE}/{one}"><span>@{one}</span></a></div>' for one in names]
    return f"<div>{words.answering}<div>{words.conj.join(links)}</div></div>"


def _said(text: str) -> str:
    """The text as X parts it: names in boxes, tags and links as links, emoji as pictures."""
    parts = []
    for word in html.escape(text, quote=False).replace(" ", "\0 \0").split("\0"):
        if word.startswith("@") and word[1:].isascii() and word[1:].isidentifier():
            parts.append(f'<div><span><a href="{SITE}/{word[1:]}">{word}</a></span></div>')
        elif word.startswith("#") and word[1:].isalnum():
            parts.append(f'<span><a href="{SITE}/hashtag/{word[1:]}?src=x">{word}</a></span>')
        elif word and all(ord(letter) > 0x1F000 for letter in word):
            parts.append(
                f'<img alt="{word}" draggable="false" src="https://abs-0.twimg.com/e.svg">'
            )
        else:
            parts.append(f"<span>{word}</span>")
    return "".join(parts)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def other(posts: Iterable[Seen], language: str = "fr") -> str:
    """The same in another form: no articles, no languages of texts, other names of everything."""
    words = WORDS[language]
    return f"<div class='zz'>{''.join(_plain_item(one, words) for one in posts)}</div>"


def _plain_item(one: Seen, words: PageWords) -> str:
    post = one.post
    answering = " ".join(f'<a href="/{name}">@{name}</a>' for name in one.answered)
    lines = "<br>".join(html.escape(line) for line in one.said.split("\n"))
    return (
        f'<li class="q1"><a href="/{post.author}"><b>{html.escape(post.author_name)}</b></a> '
        f'<a href="/{post.author}"><i>@{post.author}</i></a> — <a href="/{post.author}/status/'
        f'{post.id}"><time datetime="{_stamp(post.created_at)}">{words.ago}</time></a>'
        + (f"<p class=k>{words.answering}{answering}</p>" if one.answered else "")
        + f"<p class=w>{lines}</p><div class=c>2</div><div class=c>1,2 k</div></li>"
    )


def as_text(posts: Iterable[Seen], language: str = "fr") -> str:
    """What a browser copies of such a page as plain text: there are no addresses in it."""
    words = WORDS[language]
    return "\n".join(
        f"{one.post.author_name}\n@{one.post.author}\n·\n{words.ago}\n{one.said}\n2\n5\n1,2 k"
        for one in posts
    )


ELSEWHERE = (
    '<html lang="fr"><body><article><a href="https://mastodon.example/@awa"><b>Awa</b></a>'
    '<a href="https://mastodon.example/@awa/112233445566778899"><time datetime='
    '"2026-12-05T20:05:00Z">3 min</time></a><p lang="fr">Bonjour #UnionsPrécoces</p></article>'
    '<a href="https://fxtwitter.com/awa/status/1996312345678901234">fx</a>'
    '<a href="https://x.com.example.org/awa/status/1996312345678901234">faux</a>'
    '<a href="https://nitter.example/awa/status/1996312345678901234#m">n</a></body></html>'
)
"""A page of another site, with links that look like those of X."""
