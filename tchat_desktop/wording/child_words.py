"""What to say of a text of ours that may name a child."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.wording.i18n import _


def naming_words(found: Sequence[str]) -> str:
    """Tell what was noticed, before it is public; "" when there is nothing."""
    if not found:
        return ""
    words = _("This text seems to name a child: {names}. It does not leave without your word.")
    return words.format(names=names_words(found))


def names_words(found: Sequence[str]) -> str:
    """The pieces that were noticed, each in quotation marks."""
    return ", ".join(_("“{text}”").format(text=piece) for piece in found)
