"""What to say of an @name in a text that is nobody's of the chat."""

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
