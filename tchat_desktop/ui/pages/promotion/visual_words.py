"""The words for the choices of the pictures, and for what is still missing on them."""

from __future__ import annotations

from tchat_desktop.domain.chat import Design
from tchat_desktop.domain.visuals import Shape, Visual
from tchat_desktop.wording.i18n import N_, _

SHAPES = {
    Shape.WIDE: N_("X, Facebook, a website (wide)"),
    Shape.SQUARE: N_("Instagram, a group (square)"),
    Shape.TALL: N_("WhatsApp status, story (tall)"),
    Shape.QUESTIONS: N_("All the questions, in advance (portrait)"),
    Shape.POSTER: N_("A poster to print (A4)"),
}
FILE_STEMS = {
    Shape.WIDE: N_("picture wide"),
    Shape.SQUARE: N_("picture square"),
    Shape.TALL: N_("picture tall"),
    Shape.QUESTIONS: N_("picture questions"),
    Shape.POSTER: N_("poster"),
}
"""How the names of the files begin: one of another shape does not take the place of the first."""
DESIGNS = {
    Design.BUBBLE: N_("Speech bubble"),
    Design.FULL: N_("All in colour"),
    Design.PAPER: N_("White paper"),
}
COLOURS = {
    "#4b2e83": N_("Plum"),
    "#0b7a75": N_("Teal"),
    "#b3372c": N_("Brick red"),
    "#1d3a6e": N_("Night blue"),
    "#22633a": N_("Forest green"),
    "#8a5100": N_("Ochre"),
    "#a8246a": N_("Raspberry"),
    "#2b2833": N_("Black"),
}
"""Our own colours as #rrggbb, all readable under white text."""


def missing_words(visual: Visual, *, with_questions: bool) -> str:
    """What the picture does not say yet; "" when it says all it should."""
    missing = [
        words
        for words, value in (
            (_("the topic"), visual.title),
            (_("the day"), visual.day),
            (_("the tag"), visual.tag),
            (_("the questions"), visual.questions or not with_questions),
        )
        if not value
    ]
    if not missing:
        return ""
    return _("Not on it yet: {parts}. It comes by itself once you have chosen it.").format(
        parts=", ".join(missing)
    )
