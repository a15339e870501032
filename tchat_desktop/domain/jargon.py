"""Words of the trade in a question, which people who live the subject do not use or know.

A rule of thumb, which rather misses a word than blames a plain one: a short list for each language
with a plainer word, and acronyms that neither everybody nor this chat knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tchat_desktop.domain.folding import fold


@dataclass(frozen=True, slots=True)
class Jargon:
    """A word as it was written, and a plainer one; "" for an acronym nobody has a word for."""

    word: str
    plainer: str = ""


_PLAINER = {
    "fr": {
        "bénéficiaires?": "les personnes aidées",
        "parties? prenantes?": "les personnes concernées",
        "renforcement des? capacités?": "la formation",
        "renforcer les capacités": "former",
        "redevabilité": "rendre des comptes",
        "autonomisation": "décider soi-même",
        "holistique": "complet",
        "approche intégrée": "agir ensemble",
        "multi-?sectoriel(?:le)?s?": "avec l’école, la santé et la justice",
        "synergies?": "travailler ensemble",
        "paradigmes?": "façon de voir",
        "problématiques?": "problème",
        "leviers?": "moyens",
        "mise en œuvre": "faire",
        "opérationnalis\\w+": "faire",
        "impact(?:er|e|ent|ez)": "toucher, changer",
        "déperdition scolaire": "quitter l’école",
        "taux de prévalence|prévalence": "combien de personnes",
        "gouvernance": "qui décide",
        "cohésion sociale": "vivre ensemble",
        "communautés? hôtes?": "les gens du lieu",
        "vbg": "violences faites aux femmes",
        "mgf": "excision",
        "dssr|ssr": "santé sexuelle",
        "odd": "objectifs de l’ONU",
        "ptf": "les organismes qui financent",
        "ovc|oev": "enfants vulnérables",
    },
    "en": {
        "stakeholders?": "the people concerned",
        "beneficiar(?:y|ies)": "the people helped",
        "capacity[- ]building": "training",
        "empowerment": "deciding for oneself",
        "mainstreaming": "thinking of it everywhere",
        "holistic": "complete",
        "multi-?sectoral": "with schools, health and justice",
        "synerg(?:y|ies)": "working together",
        "paradigms?": "way of seeing",
        "leverage": "use",
        "implementation": "doing it",
        "impactful": "useful",
        "prevalence": "how many people",
        "governance": "who decides",
        "accountability": "answering for it",
        "gbv": "violence against women",
        "fgm": "cutting",
        "srhr|srh": "sexual health",
        "sdgs?": "the goals of the UN",
        "ovc": "vulnerable children",
    },
}


def _as_searched(terms: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(rf"(?<![#@\w])(?:{fold(term)})(?!\w)"), plainer)
        for term, plainer in terms.items()
    ]


_SEARCHED = {language: _as_searched(terms) for language, terms in _PLAINER.items()}
_KNOWN = frozenset(
    re.findall(
        r"\w+",
        "ong onu oms unicef unesco unfpa vih sida hiv aids ngo who sms faq usa rdc bac cem covid "
        "www radio sos http https",
    )
)
"""Acronyms in folded letters that everybody knows."""
_ACRONYM = re.compile(r"(?<![#@\w])[A-ZÀ-ÖØ-Þ]{3,6}s?(?![\w@])")


def jargon_in(text: str, language: str, known: str) -> Jargon | None:
    """The first word of the trade in a text; None without any.

    `known` are words that the chat itself explains, such as its topic and its organisation.
    """
    explained = set(re.findall(r"\w+", fold(known)))
    plain = fold(text)
    for term, plainer in _SEARCHED.get(language[:2].lower(), ()):
        found = term.search(plain)
        if found and not set(found[0].split()) <= explained:
            return Jargon(_as_written(found[0], text), plainer)
    if text == text.upper():
        # Written in capitals throughout: no word of it stands out as an acronym.
        return None
    for found in _ACRONYM.finditer(text):
        if fold(found[0]) not in _KNOWN | explained and not re.match(r"[QR]\d", found[0]):
            return Jargon(found[0])
    return None


def _as_written(folded: str, text: str) -> str:
    """The words of a text that fold to these; the folded ones when they cannot be told."""
    count = len(folded.split())
    words = text.split()
    for start in range(len(words) - count + 1):
        piece = " ".join(words[start : start + count]).strip(' ,.;:!?…«»“”"()\u00a0\u202f')
        piece = re.sub(r"^(?:[dlnsDLNS]|[Qq]u)['’]", "", piece)
        if fold(piece) == folded:
            return piece
    return folded
