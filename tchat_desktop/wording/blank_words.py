"""The sentence about what is still to be filled in, for every place a text could leave from."""

from __future__ import annotations

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.wording.i18n import _


def blank_words(*texts: str) -> str:
    """What must be filled in before these texts leave; "" when nothing."""
    found = unfilled("\n".join(texts))
    if not found:
        return ""
    return _("Still to fill in: {blanks}. Until then this text does not leave.").format(
        blanks=", ".join(found)
    )
