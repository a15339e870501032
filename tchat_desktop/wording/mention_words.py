"""What to say of an @name or a tag in a text that is not one of the chat."""

from __future__ import annotations

from tchat_desktop.domain.etiquette import Stranger
from tchat_desktop.wording.i18n import _


def stranger_words(stranger: Stranger) -> str:
    """Tell it at once: published, it would tag somebody who has nothing to do with the chat."""
    if stranger.meant:
        words = _("@{name} is nobody in your chat. Did you mean @{meant}?")
        return words.format(name=stranger.name, meant=stranger.meant)
    words = _("Nobody in your chat is called @{name}: X would tag a stranger.")
    return words.format(name=stranger.name)


def mistyped_words(typed: str, tag: str) -> str:
    """Tell that a tag, both without their sign, is nearly that of the chat."""
    return _("#{typed} is not your tag: it is written #{tag}.").format(typed=typed, tag=tag)
