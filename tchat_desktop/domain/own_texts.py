"""The ready-made texts that the organiser has changed: templates, with their named blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tchat_desktop.domain.chat import Chat, OwnText, Purpose
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.numbering import bare_text
from tchat_desktop.domain.texts import (
    GROUPS,
    GUEST_PARTS,
    VARIED,
    Texts,
    When,
    fill,
    key_for,
    placeholders,
    values,
)

_KEPT_AS_THEY_ARE = frozenset({"post.question", "post.guest_answer", "post.guest_word"})
"""Texts by whose form the app recognises numbers and answers again."""

EDITABLE_GROUPS = tuple(name for name in GROUPS if name not in ("word", "blank"))
"""The groups whose texts can be changed; the others are words inside of texts."""

MOST_OWN_TEXTS = 500
"""The most changed texts of a chat: all of them, in every language."""

_BLANK = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What is wrong with a changed template."""

    unknown: tuple[str, ...] = ()
    """Blanks that nothing would fill in, as written."""
    missing: tuple[str, ...] = ()
    """Names of blanks that the proposed text has and this one no longer has."""
    stray: bool = False
    """There is a brace that belongs to no blank."""
    empty: bool = False

    @property
    def can_be_used(self) -> bool:
        """Whether texts can be made of it; a missing blank is told, but may be meant."""
        return not (self.unknown or self.stray or self.empty)


def editable(texts: Texts, group: str, purpose: Purpose | None) -> tuple[str, ...]:
    """The keys of a group whose texts can be changed, in the order of the file.

    Of the variants of a text, only the one for that purpose: the others are not used.
    """
    used = {key_for(texts, key, purpose) for key in VARIED}
    varied = {key for key in texts.messages for one in VARIED if f"{key}.".startswith(f"{one}.")}
    left_out = _KEPT_AS_THEY_ARE | (varied - used)
    return tuple(
        key for key in texts.messages if key.split(".")[0] == group and key not in left_out
    )


def allowed_blanks(key: str, texts: Texts) -> tuple[str, ...]:
    """The names of the blanks a text may have, those it has as proposed first."""
    own = placeholders(texts.messages[key])
    return (*sorted(own), *sorted(GROUPS[key.split(".", maxsplit=1)[0]] - own))


def check_template(template: str, key: str, texts: Texts) -> TemplateCheck:
    """What is wrong with a template in place of the proposed one of `texts`."""
    allowed = GROUPS[key.split(".", maxsplit=1)[0]]
    found = tuple(dict.fromkeys(_BLANK.findall(template)))
    bare = _BLANK.sub("", template)
    return TemplateCheck(
        unknown=tuple(name for name in found if name not in allowed),
        missing=tuple(sorted(placeholders(texts.messages[key]) - set(found))),
        stray="{" in bare or "}" in bare,
        empty=not fold(template),
    )


def own_text(chat: Chat, language: str, key: str) -> str:
    """The changed template of a key in a language, "" when the proposed one is used."""
    found = (one.text for one in chat.own_texts if (one.language, one.key) == (language, key))
    return next(found, "")


def changed_text(chat: Chat, language: str, key: str, template: str) -> Chat:
    """The chat with a template changed; "" goes back to the proposed one."""
    own = OwnText(language, key, template)
    return replace(chat, own_texts=_put(chat.own_texts, own))


def _put(own_texts: Iterable[OwnText], own: OwnText) -> tuple[OwnText, ...]:
    others = (one for one in own_texts if (one.language, one.key) != (own.language, own.key))
    return (*others, own) if own.text else tuple(others)


def kept_with(kept: Iterable[OwnText], own: OwnText) -> tuple[OwnText, ...]:
    """The templates kept for other chats, with one more or another one in its place."""
    return _put(kept, own)


def sample(chat: Chat, texts: Texts, key: str, when: When, example: Mapping[str, str]) -> str:
    """How a text will read in this chat; `example` stands for what is not known beforehand.

    `texts` has the template as changed.
    """
    told = [text for one in chat.questions if (text := bare_text(chat, one))]
    guest = next((one.name.strip() for one in chat.guests if one.name.strip()), "")
    filled = {
        **dict.fromkeys(GROUPS[key.split(".", maxsplit=1)[0]], ""),
        **{part: texts.messages[f"guest.on_x.{part}"] for part in GUEST_PARTS},
        **example,
        **values(chat, texts, when),
    }
    if guest:
        filled["name"] = guest
    if told:
        filled |= {"question": told[0], "text": told[0], "questions": f"\n– {told[0]}"}
    return fill(texts, key, **filled)
