"""What is wrong with a name on X, in a sentence that gives the figures."""

from __future__ import annotations

from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.people import (
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


def handle_words(typed: str, rules: NetworkRules) -> str:
    """The sentence for a name that cannot be one on X; "" for one that can, and for none."""
    problem = handle_problem(typed, rules)
    if problem is None or problem is HandleProblem.EMPTY:
        return ""
    count = len(normalise_handle(typed, rules))
    return _(_WORDS[problem]).format(count=count, most=rules.longest_handle)
