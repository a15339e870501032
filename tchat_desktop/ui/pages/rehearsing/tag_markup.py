"""The made-up page of the tag as a browser would copy it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.people import profile_page
from tchat_desktop.services.rehearsal_pages import link_of
from tchat_desktop.ui.network import NETWORK


def page_markup(posts: Iterable[Post], chat: Chat) -> str:
    """Return the markup of a page with these posts: links, instants and texts as on X."""
    return "".join(_article(post, chat) for post in posts)


def page_text(posts: Iterable[Post]) -> str:
    """Return the plain text of the same page."""
    return "\n".join(f"{post.author_name}\n@{post.author}\n{post.text}" for post in posts)


def _article(post: Post, chat: Chat) -> str:
    profile = escape(profile_page(post.author, NETWORK))
    link, at = escape(link_of(post, NETWORK)), post.created_at.isoformat()
    name = escape(post.author_name or f"@{post.author}")
    text = escape(post.text).replace("\n", "<br>")
    return (
        f'<article><a href="{profile}">{name}</a> <a href="{profile}">@{escape(post.author)}</a> '
        f'<a href="{link}"><time datetime="{at}">·</time></a>'
        f'<div lang="{escape(chat.language)}">{text}</div></article>'
    )
