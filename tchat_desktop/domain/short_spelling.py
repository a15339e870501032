"""Words as they are typed on a telephone, put as a dictionary has them: to be read, never shown.

"jai 14an on ve me marié" is read as "j'ai 14 ans on veut me marie". The lists are ours, French and
English, made to be read and bettered. One pass a rule over bounded pieces: time is linear.
"""

from __future__ import annotations

import re

_TYPED = """
    j'ai: jai jaii
    je suis: jsui jsuis jss jsus chui chuis
    je veux: jve jveu jveux
    je vais: jvai jvais
    je peux: jpeu jpeux
    je sais: jsai jsais jse jc chai chais
    veut: ve veu veus
    veulent: veule veulen
    vont: von
    j'avais: javais
    j'en: jen
    plus: pu plu
    peux: peu
    disparaitre: disparetre disparaite
    finir: fini
    j'etais: jetais
    d'aide: daide
    m'enferme: menferme
    m'enfuir: menfuir
    me sauver: msauver
    m'ont: mont
    etre: etr
    mon: mn
    parents: parent
    qui: ki
    quel: kel
    quelle: kelle
    que: ke
    quoi: koi
    pas: pa
    pour: pr
    avec: ac avk avc
    trop: tro
    moi: mwa moa
    numero: nimero num
    petite: ptite
    petit: ptit
    soeur: seur
    vieux: vieu
    envie: envi
    frappe: frape fraper
    aidez: aide aidee aider aides ede eder edez
    tuer: tue
    bat: ba
    donne: done
    donner: doner
    appeler: appele apele apeler apel appel
    rentrer: rentre
    fuguer: fugue
    mourir: mourire mouri
    11: onze
    12: douze twelve
    13: treize thirteen
    14: quatorze fourteen
    15: quinze fifteen
    16: seize sixteen
    i'm: im
    i have: ive
    i don't know: idk
    don't: dont
    want to: wanna
    going to: gonna
    they're: theyre
    he is: hes
    little: lil
    sister: sis
    brother: bro
    please: plz pls
"""
_SPELT = {
    word: full.strip()
    for full, _, words in (line.partition(":") for line in _TYPED.strip().splitlines())
    for word in words.split()
}
_WORD = re.compile(r"[a-z0-9']+")

_HARMED = r"(?:frap|viol|touch|tap|bat|menac|agress|forc|oblig|abus|excis|vend|promi|enferm|chass)"
_OF_AGE = re.compile("[0-9] ?an")
_AGES = (
    # "14an", "14ans"
    (re.compile(r"\b([0-9]{1,2}) ?ans?\b"), r"\1 ans"),
    # "g 13 ans", "je 13 ans" for "j'ai"; not "5 g".
    (re.compile(r"(?<![0-9] )(?<![0-9])\b(?:g|j|je)(?= (?:que |juste )?[0-9]{1,2} ans\b)"), "j'ai"),
)
"""How ages are typed, where `_OF_AGE` says that there may be one."""
_RULES = (
    (
        "g ",
        re.compile(
            r"(?<![0-9] )\bg(?= (?:peur|ete|besoin|envie?|tres|trop?|mal|honte|eu|plus|pas?)\b)"
        ),
        "j'ai",
    ),
    ("je c", re.compile(r"\bje c\b"), "je sais"),
    ("j ai", re.compile(r"\bj (?=ai\b)"), "j'"),
    ("je ve", re.compile(r"\bje (?:veut|veu|ve)\b"), "je veux"),
    # "on ma violé": "ma" is no possessive before such a word.
    ("ma ", re.compile(rf"\bma (?=(?:deja |encore )?{_HARMED})"), "m'a "),
    ("m a ", re.compile(rf"\bm (?=a {_HARMED})"), "m'"),
    ("m ont ", re.compile(rf"\bm (?=ont {_HARMED})"), "m'"),
    # "I want 2 die"
    (
        " 2 ",
        re.compile(
            r"(?<=[a-z] )2(?= (?:marry|go|get|tell|die|be|an?|my|him|kill|talk|cut|run|force)\b)"
        ),
        "to",
    ),
    ("i m ", re.compile(r"\bi m(?= )"), "i'm"),
)
"""What stands in every text that a pattern matches, and is quick to look for; the pattern; and what
is read for it."""


def spelt_out(folded: str) -> str:
    """The folded text with such words written in full; the same text when it has none."""
    text = folded
    if not _SPELT.keys().isdisjoint(_WORD.findall(folded)):
        text = _WORD.sub(lambda word: _SPELT.get(word[0], word[0]), folded)
    if _OF_AGE.search(text):
        for pattern, words in _AGES:
            text = pattern.sub(words, text)
    for needed, pattern, words in _RULES:
        if needed in text:
            text = pattern.sub(words, text)
    return text
