"""What is wrong with a name on X, in a sentence that gives the figures."""

from __future__ import annotations

from tchat_desktop.domain.people import (
    LONGEST_HANDLE,
    HandleProblem,
    handle_problem,
    normalise_handle,
)
from tchat_desktop.wording.i18n import N_, _

_WORDS = {
    HandleProblem.SEVERAL_WORDS: N_(
        "A name on X is one word: copy it from the profile as it stands there."
    ),
    HandleProblem.TOO_LONG: N_(
        "{count} characters: a name on X has {most} at most. It is kept as typed: check it on the "
        "profile."
    ),
    HandleProblem.FORBIDDEN_CHARACTERS: N_(
        "A name on X has only letters without accents, digits and _. It is kept as typed: check "
        "it on the profile."
    ),
}


def handle_words(typed: str) -> str:
    """The sentence for a name that cannot be one on X; "" for one that can, and for none."""
    problem = handle_problem(typed)
    if problem is None or problem is HandleProblem.EMPTY:
        return ""
    count = len(normalise_handle(typed))
    return _(_WORDS[problem]).format(count=count, most=LONGEST_HANDLE)
