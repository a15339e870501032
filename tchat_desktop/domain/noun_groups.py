"""The noun groups of a topic, from which tags are made; rules of thumb that miss rather than err.

A group is cut in chunks of words that stand side by side: "mariage précoce des filles" is
[mariage précoce] [des filles]. A tag begins where its group begins and ends where a chunk ends, so
that no adjective loses its noun. What is refused is never named without its refusal: "en parler
sans honte" gives [sans honte]. Words that are no part of a name for something end a group: verbs,
question words, adverbs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from unicodedata import combining, normalize

from tchat_desktop.domain.folding import fold

_LINKS = {
    "fr": "à au aux d de des du en pour dans sur contre chez entre sans avec sous vers par",
    "en": "of in on for to at with against by from about into without",
}
"""Words that link the parts of one group."""

_LIGHT = {"fr": "à au aux d de des du", "en": "of in at"}
"""Link words that a tag may leave out; without any of the others it would say something else."""

_AND = {"fr": "et ou ni", "en": "and or nor"}
"""Words after which nothing is used up to the next pause: it may belong to the noun before."""

_ARTICLES = {
    "fr": "l la le les un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre "
    "vos leur leurs quel quelle quels quelles",
    "en": "a an the my your his her its our their this that these those",
}
"""Words that open a group, and go."""

_NEVER = {
    "fr": """afin ai ainsi alors après aujourd aussi autant avant beaucoup bien c car ceci cela ces
        chaque ci comme comment demain depuis donc elle elles encore ensemble est eux fois hier hui
        ici il ils j je jusqu jusque là lorsqu lorsque lui m mais me même mêmes mieux moi moins n ne
        non nous on or où parce pas pendant peu plus plusieurs plutôt pourquoi près presque
        puis puisque qu quand que quelques quoi qui s se selon seulement si souvent t tant tard te
        tel telle tels telles toi tôt toujours tous tout toute toutes très trop tu vous vraiment y
        jamais
        a ai ont avons avez avait avaient as aura auront avoir es est êtes était étaient étant été
        être furent fut sera seront serait soient sois soit sommes sont suis eu
        agir agissons agit agissez aide aident aider aidons aidez allons aller allez ira va vais
        vont arrêter arrêtons arrive arrivent arriver changer changeons comprendre croire
        connaître devait devez devons devrait devraient dire dis dit dites doit doivent disent dû
        donne donnent donner donnez donnons échanger éviter fait faire faisons faites fais feront
        fera font faudra faudrait faut finir garder grandir lutter luttons manque manquent marche
        mettre met mettent mettons parler parlons parlez parle parlent partager partageons penser
        pense pensent peut peuvent pouvoir pouvons pouvez pourrait pourraient prend prendre
        prennent prévenir protéger protègent protégeons refuser rend rendre reste restent rester
        réussir sait savent savoir sert servir sortir tenir trouver venir vient viennent vivre vit
        vivent voir voit voient veulent veut voulez vouloir voulons voudrait bref cher chère moyen
        possible nécessaire important importante bon bonne bons bonnes mauvais mauvaise seul seule
        nouveau nouvelle nouveaux nouvelles vieux vieille grand grande grands grandes petit petite
        petits petites autre autres premier première dernier dernière meilleur meilleure""",
    "en": """after again all also always am any are as be been before being better between both but
        can cannot could did do does doing done during each else ever every few get gets getting
        give go goes going good great had has have he help here how i if is it just keep kept let
        made make makes making many may me might more most much must need needs never new no not
        now often old one only other out over own she should so some such talk talking than them
        then there they think too together under until up us use very was we were what when where
        which while who whom whose why will would you
        ending stopping keeping helping talking speaking understanding acting""",
}
"""Words never in a tag made by the app: verbs, question words, adverbs, some adjectives."""

_REFUSING = {
    "fr": "sans contre non stop halte fini finie finis finies zéro",
    "en": "without against no stop stopping end ending zero",
}
"""Words that refuse the next one, and stay with it: "contre l’excision", "zéro violence"."""

_DENYING = {
    "fr": """n ne pas jamais plus finir arrêter arrêtons refuser refusons éviter évitons prévenir
        prévenons combattre combattons empêcher empêchons abandonner abandonnons interdire
        interdisons rejeter rejetons dénoncer dénonçons""",
    "en": "not never cannot don avoid avoiding prevent preventing refuse ban banning fighting",
}
"""Words of denial: nothing after them is used up to the next pause, or the tag would deny it."""

_NOT_FOLDED = {"à"}
"""Links that are a verb without their accent: "à l’école", "elle a"."""

_WEAK = {
    "fr": """accès importance rôle place promotion question questions enjeu enjeux défi défis
        situation problème problèmes problématique cause causes conséquence conséquences effet
        effets impact sujet thème débat journée campagne""",
    "en": """access importance role place promotion question questions challenge challenges issue
        issues situation problem problems causes effects impact subject debate day campaign""",
}
"""Words that only lead to what a topic is about: "l’accès des filles à l’école"."""

_EVERY = (_REFUSING, _DENYING, _LINKS, _AND, _ARTICLES, _NEVER)

_ELIDED = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ](?!abord|accord)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_BETWEEN = re.compile(r"[\s\u00a0\u202f]*['’ʼ]?[\s\u00a0\u202f]*")
_MOST_WORDS = 200
"""Words of a topic that are looked at: a tag is made of its beginning."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words side by side, and the small words that link them to what is before."""

    links: tuple[str, ...]
    words: list[str]
    refused: bool = False
    """Whether its first word refuses the others: "sans honte"."""


Group = list[Chunk]


def keywords(text: str, language: str) -> list[str]:
    """The words that carry meaning, once each, in order."""
    stop = frozenset().union(*(_words(one, language) for one in _EVERY))
    kept = [word for word in re.findall(r"[^\W\d_]+|\d+", text) if len(word) > 1]
    unique = {fold(word): word for word in reversed(kept) if fold(word) not in stop}
    return list(unique.values())[::-1]


def refuses(text: str, language: str) -> bool:
    """Whether the text names something in order to refuse it: "Sans honte"."""
    turning = _words(_REFUSING, language) | _words(_DENYING, language)
    return any(fold(word) in turning for word in whole_words(text, language))


def whole_words(text: str, language: str) -> list[str]:
    """Every word, small ones too; of an elided one ("l’école") only what follows it."""
    text = _ELIDED.sub(" ", text) if language[:2] == "fr" else text
    return re.findall(r"[^\W_]+", text)


def noun_groups(text: str, language: str) -> list[Group]:
    """The groups of the text, in order, each with at least one chunk."""
    reader = _Reader(language)
    for match in list(_WORD.finditer(_ELIDED.sub(_parted, text)))[:_MOST_WORDS]:
        reader.read(match)
    return [group for group in reader.groups if group]


class _Reader:
    """Takes one word after another to the group it belongs to."""

    def __init__(self, language: str) -> None:
        self.groups: list[Group] = [[]]
        self._agreeing = language[:2] == "fr"
        self._small, self._links = _words(_ARTICLES, language), _words(_LINKS, language)
        self._and, self._never = _words(_AND, language), _words(_NEVER, language)
        self._refusing = _words(_REFUSING, language)
        self._denying = _words(_DENYING, language)
        self._waiting: list[str] = []
        self._refusal = ""
        self._denied = False
        self._deaf = False
        self._end = 0

    def read(self, match: re.Match[str]) -> None:
        word, key = match[0], fold(match[0])
        between = match.string[self._end : match.start()]
        self._end = match.end()
        if not _BETWEEN.fullmatch(between):
            self._deaf = self._denied = False
            self._refusal = ""
            self._close()
        if key in self._denying:
            self._close()
            self._denied, self._refusal = True, ""
        elif key in self._refusing and not (key in self._links and self.groups[-1]):
            self._close()
            self._denied, self._refusal = True, word
        elif key in self._and:
            self._close()
            self._deaf = True
        elif (key in self._never and word.lower() not in _NOT_FOLDED) or word.isdigit():
            self._close()
        elif key in self._links:
            self._waiting.append(word)
        elif key in self._small:
            # "les filles quittent | l’école": without a linking word, something else begins.
            if not self._waiting:
                self._close()
            self._waiting.append(word)
        elif not self._deaf:
            self._take(word)

    def _take(self, word: str) -> None:
        group = self.groups[-1]
        if not group and self._denied:
            if self._refusal:
                group.append(Chunk((), [self._refusal, word], refused=True))
            self._waiting, self._refusal = [], ""
        elif self._waiting or not group:
            group.append(Chunk(tuple(self._waiting), [word]))
            self._waiting = []
        elif not self._agreeing or _agree(group[-1].words[-1], word):
            group[-1].words.append(word)
        else:
            # Not an adjective of the word before: likely a verb.
            self._close()

    def _close(self) -> None:
        self.groups.append([])
        self._waiting = []


def without_lead(group: Group, language: str) -> Group:
    """The group without a first word that only leads to the next: "(accès) des filles"."""
    lead, light = group[0], _words(_LIGHT, language) | _words(_ARTICLES, language)
    leads = len(lead.words) == 1 and fold(lead.words[0]) in _words(_WEAK, language)
    if leads and group[1:] and all(fold(word) in light for word in group[1].links):
        return [replace(group[1], links=()), *group[2:]]
    return group


def joined_tags(group: Group, language: str) -> list[str]:
    """Tags of two or three words from the beginning of a group: as it stands, and in short."""
    light = _words(_LIGHT, language) | _words(_ARTICLES, language)
    first = group[0].words
    if language[:2] == "en" and len(first) > 2:
        first = first[: group[0].refused] + first[-2:]
    whole, short, count = [*first], [*first], len(first)
    found = ["".join(map(capital, whole))] if count in (2, 3) else []
    for chunk in group[1:]:
        count += len(chunk.words)
        if count > 3:
            break
        whole += [word for word in chunk.links if len(word) > 1] + chunk.words
        found.append("".join(map(capital, whole)))
        if all(fold(word) in light for word in chunk.links):
            short += chunk.words
            found.append("".join(map(capital, short)))
        else:
            short = [*whole]
    return [tag for tag in dict.fromkeys(found) if tag.lower() != tag.upper()]


def capital(word: str) -> str:
    """The word as part of a tag: a capital first, no accents, no sign inside."""
    word = plain(re.sub(r"['’-]", "", word))
    return word if word.isupper() else word[0].upper() + word[1:].lower()


def plain(text: str) -> str:
    """The text with its Latin letters less their accents, which some keyboards do not have."""
    kept: list[str] = []
    for letter in normalize("NFD", text.replace("œ", "oe").replace("Œ", "Oe")):
        if not (combining(letter) and kept and kept[-1].isascii()):
            kept.append(letter)
    return normalize("NFC", "".join(kept))


def _agree(noun: str, word: str) -> bool:
    """Whether a French word may be the adjective of the noun before it: same number."""
    plural = ("s", "x", "z")
    return fold(noun).endswith(plural) == fold(word).endswith(plural)


def _parted(elided: re.Match[str]) -> str:
    """ "l’école" as "l école", in as many characters."""
    return elided[0][:-1] + " "


def _words(lists: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(map(fold, lists.get(language[:2].lower(), lists["fr"]).split()))
