"""A thank-you to read and change, then to open on X or copy."""

from __future__ import annotations

from tchat_desktop.ui.pages.shared.word_draft import WordDraft
from tchat_desktop.wording.i18n import N_


class ThanksDraft(WordDraft):
    """The text of a thank-you."""

    copied_words = N_("Copied. Paste it where you thank them.")
