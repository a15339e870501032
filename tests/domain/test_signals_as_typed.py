"""Calls for help as young people type them on a telephone, and what looks like them and is not."""

import pytest

from tchat_desktop.domain.short_spelling import spelt_out
from tchat_desktop.domain.signals import Signal, signals_in
from tests.work_time import work_time

CALLS = (
    "jai 14an mon papa ve me marié avec 1 vieux aidé moi svp",
    "g 13 ans et mon oncle me touche",
    "mon oncle me touche",
    "on va me marier",
    "on va me marié la semaine prochaine",
    "ON VEU ME MARIÉ",
    "aidé moi svp",
    "aide mwa stp",
    "aider moi je vous en prie",
    "jve pa me marié",
    "je veux pas me marier",
    "jveu mourir",
    "g envi de mourir",
    "il me frape tou les jour",
    "mon pere me ba",
    "mon mari me bat",
    "il ma violé",
    "on ma excisé quand jetais petite",
    "mon prof ma touché",
    "ma famille ma promise a un vieux",
    "mes parent veule me doné a un vieux",
    "on ma forcé a me marié a 15ans",
    "jsui enceinte g 16 ans",
    "g peur de rentré chez moi",
    "jai tro peur de mon pere",
    "ma soeur a 12an il von la marié",
    "ma ptite soeur va etre excisé",
    "ma copine 15 ans é enceinte",
    "je c pa a ki parlé",
    "jai besoin daide",
    "mon tonton menferme a la maison",
    "jsuis en danger",
    "jvai me tué",
    "je veu fugué",
    "a 14 ans g été marié de force",
    "kel numero jpeu appelé pr moi svp",
    "slt jai 16 ans jsuis fiancé malgré moi",
    "le vieu a deja payé ma dot",
    "mon cousin abuse de moi",
    "sos on veut me marier",
    "mon grand frere me tape",
    "im 14 and they wanna marry me off",
    "my dad wants 2 marry me to an old man pls help",
    "im 15 n my uncle touches me",
    "he beats me evryday",
    "plz help me",
    "i wanna die",
    "dont wanna get married",
    "theyre gonna marry me",
    "my uncle keeps touching me",
    "im pregnant",
    "i got raped",
    "my lil sis is 13 they are forcing her to marry",
    "idk who to tell",
    "im so scared 2 go home",
    "i wanna kill myself",
)
MINORS = (
    "jai 14an",
    "g 13 ans",
    "jai 15ans",
    "JAI QUE 12 AN",
    "j ai 16 ans",
    "j’ai quatorze ans",
    "j'ai à peine 15 ans",
    "im 14",
    "i m 15",
    "im only fifteen",
    CALLS[0],
    CALLS[1],
    CALLS[22],
)
HARMLESS = (
    "j'ai 14 ans d'expérience",
    "jai 14 ans dexperience",
    "J’ai 15 ans dans l’enseignement.",
    "R1 À 14 ans on est trop jeune pour se marier",
    "a 14 an on é tro jeune pr se marié",
    "aidez-nous à partager",
    "Aidez-moi à partager ce message !",
    "aidez moi a comprendre la question svp",
    "Aide-moi à trouver le tag",
    "Ce témoignage me touche beaucoup",
    "ca me touche bcp merci",
    "Vos messages me touchent.",
    "Ce qui me frappe, c’est le nombre de filles qui arrêtent l’école.",
    "ce qui m’a frappé dans ce chiffre",
    "On va me donner la parole ?",
    "Qui va me donner le lien ?",
    "jai pas compris la question",
    "g rien compris",
    "jsui daccord avec vous",
    "jveu participé cmt on fait ?",
    "slt a tous jsuis de Kaolack",
    "je c pa koi repondre a Q2",
    "ma mère m’a donné le courage d’étudier",
    "mon papa ve ke jetudie merci a lui",
    "ma maman ma soutenu tjrs",
    "Il faut 5 g de sel par litre",
    "la loi fixe l'age a 18 ans",
    "R2 Les parents veulent marier leurs filles tôt à cause de la pauvreté.",
    "on doit en parlé ds les école",
    "La dot est trop chère, tout le monde le dit.",
    "kel heure le tchat commence ?",
    "kel numero pour les victimes dans votre pays ?",
    "Je suis enseignante, j’ai 16 élèves dans ma classe.",
    "J’ai 12 questions pour vous.",
    "Je suis mariée depuis 10 ans, heureuse et active.",
    "je veux me marier un jour, quand je l’aurai choisi",
    "ma ville a 14 ecoles",
    "Aider les filles, c’est aider le pays",
    "Help us share this!",
    "help me understand the question please",
    "Please help me find the tag",
    "I'm 10 minutes late, sorry",
    "im 5 min late",
    "im 100% with u",
    "I wanna thank everyone",
    "my sis is a teacher and she loves this chat",
    "This story touches me deeply",
    "we are gonna share this with our club",
    "im happy 2 be here",
    "my uncle supports girls education",
)


@pytest.mark.parametrize("text", CALLS)
def test_a_call_for_help_is_noticed_however_it_is_typed(text: str) -> None:
    assert Signal.DISCLOSURE in signals_in(text)


@pytest.mark.parametrize("text", MINORS)
def test_an_age_is_noticed_however_it_is_typed(text: str) -> None:
    assert Signal.MINOR in signals_in(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert signals_in(text) == ()


def test_ordinary_words_stay_as_they_are() -> None:
    text = "les parents veulent que leurs filles aillent a l'ecole, 5 g de sel, ma famille aussi"
    assert spelt_out(text) == text


def test_reading_it_so_takes_time_that_grows_with_the_length() -> None:
    def once(texts: list[str]) -> float:
        start = work_time()
        for text in texts:
            signals_in.__wrapped__(text)
        return work_time() - start

    def took(size: int) -> float:
        units = ("g ", "jai 14an ", "ma ", "mon oncle a ", "2 ")
        # The least of three: another process may have had the memory in between.
        return min(once([(unit * size)[:size] for unit in units]) for _ in range(3))

    assert took(24_000) < 3 * max(took(12_000), 0.01)
