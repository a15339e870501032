"""In which language a post is written, by its commonest words: a hint with its doubt.

It knows the languages of `languages.py`. Two words of one language, and more than of any other,
tell it; so a short post, or one in a language that is not known here (Wolof, Bambara, Lingala), is
not told. Arabic is told by its letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST_WORDS = 2
"""How many different words of a language tell it."""

_SPOKEN = {
    "fr": """
        le la les des du de et est une un que qui dans en pour pas sur avec sont nous vous ils elles
        elle il leur leurs mais ou où ce cette ces aux au à plus chez être été fait faire je j l d
        qu c n s notre nos votre vos mon ma mes ses son sans très aussi comme quand merci bonjour
        bonsoir parce on ne se même tout tous toutes avoir ont avons avez doit peut après avant si
        par y a
    """,
    "en": """
        the and is are of to in that it for with on not this was have has we you they their our your
        my her his she he be been from by at an a as but what when how who which will can should
        would there them us all if or so do does thank thanks hello more about because i me
    """,
    "es": """
        el la los las de y en una un que para con por no su sus es son lo como pero más mas al del a
        ha han hay nosotros ustedes ellos ellas muy también tambien cuando donde dónde porque está
        esta este están nuestra nuestro nuestras nuestros mi mis yo gracias hola buenos todas todos
        ser fue sin niñas niña qué cómo se le les nos me te si ya o quién quien siempre vivo hablar
    """,
    "pt": """
        o os a as de e em um uma que para com por não nao seu sua seus suas é são sao mas mais ao
        aos à da do das dos no na nos nas há nós eles elas muito também tambem quando onde porque
        está isso este esta nossa nosso nossas nossos meu minha eu obrigada obrigado olá bom boa
        todas todos ser foi sem meninas menina você vocês se me ou vos já quem como sempre ler
    """,
}
_WORDS = {code: frozenset(words.split()) for code, words in _SPOKEN.items()}
_CODES = tuple(_WORDS)
_EVERY = frozenset().union(*_WORDS.values())
_ARABIC = re.compile(r"[\u0621-\u064a]{2,}")
_LATIN = re.compile(r"[a-zà-ÿ]{2,}")


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many posts are in a language."""

    code: str
    """The code of `languages.LANGUAGES`; "" for the posts whose language is not told."""
    posts: int


def language_of_post(text: str) -> str:
    """The code of the language of a text; "" where it is not told."""
    lowered = text.lower()
    said = _EVERY.intersection(lowered.replace("’", " ").replace("'", " ").split())
    if len(said) < FEWEST_WORDS:
        # A tag in other letters is often added.
        return "ar" if len(_ARABIC.findall(lowered)) > len(_LATIN.findall(lowered)) else ""
    scores = [len(said & words) for words in _WORDS.values()]
    best = max(scores)
    if best < FEWEST_WORDS or scores.count(best) > 1:
        return ""
    return _CODES[scores.index(best)]


def count_languages(texts: Iterable[str]) -> tuple[LanguageCount, ...]:
    """How many of the texts are in each language, the most first; last those not told."""
    found = Counter(map(language_of_post, texts))
    untold = found.pop("", 0)
    told = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    counts = [LanguageCount(code, posts) for code, posts in told]
    return (*counts, LanguageCount("", untold)) if untold else tuple(counts)
