"""What a line about a grown-up may tell of them that is hard to take back once it is public.

A hint and no more, read by words as in `signals.py`: it misses much, and nothing is forbidden.
"""

from __future__ import annotations

import re

from tchat_desktop.domain.child_words import AGES
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.signals import signals_in

_AGE = 18
_AT_AGE = re.compile(
    r"\b(?:a|des|avant|agee?|aged|at|before|los|aos|com|con)(?: l'age de| the age of| de)?"
    r" (\w+) (?:ans|years?|anos)\b"
    r"|\b(?:at|aged?)(?: the age of)? (\w+)\b"
)
_LIVED = re.compile(
    r"\b(?:victimes?|survivante?s?|rescapee?s?|violees?|excisee?s?|mutilee?s?|seropositi\w+|vih"
    r"|sida|mariee?s? de force|mariage force|agressee?s?|abusee?s?|refugiee?s?|ancienne? enfant"
    r"|victims?|survivors?|raped|hiv|aids|child bride|forced marriage|refugees?"
    r"|victimas?|sobrevivientes?|superviviente?s?|sobreviventes?|violada|ناجية|ضحية)\b"
)


def tells_delicate_fact(text: str) -> bool:
    """Whether a line tells what somebody lived through, or of them under 18.

    "mariée à 15 ans" does; "sage-femme depuis quinze ans" does not.
    """
    if signals_in(text):
        return True
    folded = fold(text)
    ages = (AGES.get(one[1] or one[2]) for one in _AT_AGE.finditer(folded))
    return bool(_LIVED.search(folded)) or any(age is not None and age < _AGE for age in ages)
