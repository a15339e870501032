"""What the pictures of a recap say, their descriptions in the language of the chat, their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tchat_desktop.adapters.exports.recap_page import RecapCard, facts_of, heading, parts_of
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.picture_cards import CardKind, PictureCard, cut_to_fit
from tchat_desktop.domain.recap import Highlight, Recap
from tchat_desktop.domain.visuals import is_right_to_left
from tchat_desktop.domain.x.pictures import LONGEST_ALT_TEXT

_FACTS = 3
"""How many figures stand on a picture: those who took part, their posts, the questions."""


def picture_cards(recap: Recap, stationery: ExportTemplates) -> tuple[PictureCard, ...]:
    """The pictures of a recap: its figures, our thanks, and one of each highlight.

    None for a recap without posts. Raises OSError.
    """
    labels = stationery.labels(recap.language)
    tag = f"#{recap.hashtag}" if recap.hashtag else ""
    base = PictureCard(
        CardKind.FIGURES,
        "",
        "",
        kicker=one_line(heading(recap, labels)),
        banner=labels("rehearsal") if recap.simulated else "",
        tag=tag,
        organisation=one_line(recap.organisation),
        right_to_left=labels.direction == "rtl",
    )
    made = [*_figures(recap, labels, base), *_thanks(recap, labels, base)]
    doubtful = {one.post_id for one in recap.highlights if one.doubts}
    cards = [card for part in parts_of(recap, labels) for card in part.cards]
    for highlight, card in zip(recap.highlights, cards, strict=True):
        quote = _quote(card, highlight, labels, base)
        made.append(replace(quote, doubtful=highlight.post_id in doubtful))
    return tuple(made)


def write_card(picture: bytes, description: str, path: Path, word: str) -> Path:
    """Write a picture, and its description as a text file beside it: "name (word).txt".

    Both are written or neither is new. Returns the path of the picture. Raises OSError.
    """
    beside = path.with_name(f"{path.stem} ({word}).txt")
    was_there = beside.exists()
    # With the mark by which Windows' Notepad knows UTF-8.
    write_whole(beside, f"\ufeff{clean(description)}")
    try:
        return write_whole(path, picture)
    except OSError:
        if not was_there:
            beside.unlink(missing_ok=True)
        raise


def _quote(card: RecapCard, highlight: Highlight, labels: Labels, base: PictureCard) -> PictureCard:
    name = one_line(card.name) or labels("anonymous")
    said = (f"\u2066@{card.handle}\u2069" if card.handle else "",)
    edited = labels("edited") if highlight.edited else ""
    told = (*said, labels("guest") if card.is_guest else "", edited)
    text = "\n".join(line for line in map(one_line, card.text.splitlines()) if line)
    shown = card.address.removeprefix("https://")
    return replace(
        base,
        kind=CardKind.QUOTE,
        key=highlight.post_id,
        text=text,
        name=name,
        detail=" · ".join(one for one in told if one),
        read_on=labels("card_read_on", address=f"\u2066{shown}\u2069") if shown else "",
        alt_text=_description("card_alt_quote", labels, base, text, name=name),
        address=card.address,
        right_to_left=is_right_to_left(text),
    )


def _figures(recap: Recap, labels: Labels, base: PictureCard) -> Iterator[PictureCard]:
    facts = [
        (fact.number, f"{fact.label}\n{fact.detail}" if fact.detail else fact.label)
        for fact in facts_of(recap, labels)[:_FACTS]
    ]
    if facts:
        told = labels("list_comma").join(f"{number} {one_line(label)}" for number, label in facts)
        yield replace(
            base,
            key="figures",
            heading=labels("figures"),
            facts=tuple(facts),
            alt_text=_description("card_alt_figures", labels, base, told),
        )


def _thanks(recap: Recap, labels: Labels, base: PictureCard) -> Iterator[PictureCard]:
    if not recap.figures.participants:
        return
    # Some names have a comma: "Midwife, Dakar".
    names = " · ".join(one_line(guest.name) for guest in recap.guests if guest.name)
    words = labels("card_thanks_words")
    if names:
        words = f"{words}\n{labels('guests')}{labels('colon')}{names}"
    told = f"{labels('card_thanks')} {one_line(words)}".rstrip(".")
    yield replace(
        base,
        kind=CardKind.THANKS,
        key="thanks",
        heading=labels("card_thanks"),
        text=words,
        alt_text=_description("card_alt_thanks", labels, base, told),
    )


def _description(key: str, labels: Labels, base: PictureCard, text: str, **said: str) -> str:
    """The description, as long as X takes at most: of a long one the words are cut."""

    def told(words: str) -> str:
        parts = (
            f"{base.banner}." if base.banner else "",
            labels(key, words=words, **said),
            labels("card_alt_by", organisation=base.organisation) if base.organisation else "",
            base.tag,
        )
        return " ".join(part for part in parts if part)

    words = one_line(text)
    return told(cut_to_fit(words, lambda cut: len(told(cut)) <= LONGEST_ALT_TEXT))
