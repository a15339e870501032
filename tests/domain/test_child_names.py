"""A child's name is noticed as people type it, and a grown-up's is left alone."""

from __future__ import annotations

import math

import pytest

from tchat_desktop.domain.child_names import child_hints, name_in
from tchat_desktop.domain.signals import Signal, signals_in
from tests.work_time import work_time

NAMED = (
    # French: with an age
    ("Aminata, 12 ans, a dit non", "Aminata"),
    ("Je connais Fatou (14 ans)", "Fatou"),
    ("Awa Diop a 9 ans", "Awa"),
    ("Mariam\u00a013 ans", "Mariam"),
    ("Ma fille Awa, 6 ans, a peur des piqûres", "Awa"),
    ("Merci ! Le petit Moussa, 4 ans, va bien", "Moussa"),
    ("Khardiata Ndour, âgée de 11 ans, a quitté l’école", "Khardiata"),
    ("Awa et Moussa, 6 et 8 ans, vont bien", "Moussa"),
    ("Une fille de 12 ans, Awa, ne vient plus en cours", "Awa"),
    ("une fillette de 7 ans prénommée Ndella", "Ndella"),
    ("aminata diop 12 ans a été vaccinée", "aminata"),
    ("AMINATA DIOP, 12 ANS, EST GUÉRIE", "AMINATA"),
    ("Ibou, 18 mois, a eu de la fièvre", "Ibou"),
    ("Awa n’a que douze ans", "Awa"),
    # French: with a word for a child
    ("R1 Le petit Ibou Diop, école Keur Madior, a eu de la fièvre après le vaccin", "Ibou"),
    ("Mon élève Fatou Ba du CM2 à l’école Manguiers 2", "Fatou"),
    ("La petite Awa Diop, 7 ans, de mon école", "Awa"),
    ("Ma petite sœur Khady a été malade", "Khady"),
    ("Notre fille Maïmouna est guérie", "Maïmouna"),
    ("Mes élèves Fatou, Awa et Moussa ont été vaccinés", "Fatou"),
    ("mon eleve fatou ba est malade", "fatou"),
    ("MON ELEVE FATOU BA EST MALADE", "FATOU"),
    ("mn eleve ibou a de la fievre", "ibou"),
    ("le pti moussa va mieu", "moussa"),
    ("ma ptite soeur awa a pleuré", "awa"),
    ("La mère du petit Ousmane refuse le vaccin", "Ousmane"),
    ("Une élève de CM2, Fatou Ba, a disparu", "Fatou"),
    ("Mon fils s’appelle Omar et il a eu mal au bras", "Omar"),
    ("Une fillette nommée Ndella a été excisée", "Ndella"),
    ("Bébé Awa a eu son premier vaccin", "Awa"),
    ("Ma nièce Ndella a peur", "Ndella"),
    ("L’élève Cheikh Fall a été renvoyé", "Cheikh"),
    ("Fatou Ba, ma fille, a été vaccinée", "Fatou"),
    ("Awa Diop est une élève de Thiès", "Awa"),
    ("Mon fils Lamine a 5 ans", "Lamine"),
    ("Ma camarade de classe Awa ne vient plus", "Awa"),
    # French: with a class or a school
    ("Fatou Ba, CM2, ne vient plus", "Fatou"),
    ("fatou ba du cm2 ne vient plus", "fatou"),
    ("Awa est en 6e à Thiès", "Awa"),
    ("Moussa Sow, élève de 4e B, a été frappé", "Moussa"),
    ("Aïssatou Bah, en classe de troisième, est fiancée", "Aïssatou"),
    ("Ibrahima, terminale, cherche de l’aide", "Ibrahima"),
    ("Coumba en petite section de maternelle a eu de la fièvre", "Coumba"),
    ("Ibou Diop, école Keur Madior, a eu de la fièvre", "Ibou"),
    ("Ibou Diop va à l’école Manguiers 2", "Ibou"),
    ("Au CM2, Fatou Ba a pleuré", "Fatou"),
    ("FATOU BA DU CM2 A PLEURE", "FATOU"),
    ("fatoumata diallo 13ans de kolda va etre mariée", "fatoumata"),
    ("Djibril (CM2, école Sacré-Cœur) est guéri", "Djibril"),
    # English
    ("Mary, 15 years old, said no", "Mary"),
    ("Mary, aged 9, said no", "Mary"),
    ("7-year-old Awa was vaccinated", "Awa"),
    ("Awa (7) has a fever", "Awa"),
    ("My student Fatou Ba had a fever", "Fatou"),
    ("my pupil fatou ba had a fever", "fatou"),
    ("MY DAUGHTER AWA IS FINE", "AWA"),
    ("Our daughter Ndella is fine", "Ndella"),
    ("Little Moussa is better", "Moussa"),
    ("My little sister Khady cried", "Khady"),
    ("A boy called Ibou ran away", "Ibou"),
    ("My son’s name is Omar", "Omar"),
    ("Fatou Ba from grade 5 is absent", "Fatou"),
    ("Fatou Ba, a pupil at Manguiers school, is absent", "Fatou"),
    ("Ibou Diop goes to Keur Madior school", "Ibou"),
    ("my kids Awa and Moussa are fine", "Awa"),
)
NOBODY = (
    "Une fille de 12 ans est mariée",
    "Avant 15 ans, c’est trop tôt",
    "Les filles de moins de 18 ans",
    "Aminata, 32 ans, témoigne",
    "Elle a 12 ans",
    "Depuis 10 ans, nous agissons",
    "",
    "La petite enfance compte",
    "La Petite Enfance, notre priorité",
    "L’école Manguiers a vacciné 200 enfants",
    "l’école Manguiers 2 est propre",
    "L’école Cheikh Anta Diop a ouvert ses portes",
    "Le lycée Blaise Diagne de Dakar accueille la campagne",
    "Mme Fatou Ba, maîtresse du CM2 à l’école Manguiers 2",
    "Moussa Sow, enseignant à l’école Manguiers 2, nous répond",
    "Moussa Sow enseigne en CM2 depuis 4 ans",
    "La maîtresse Fatou Ba du CM2 a parlé aux parents",
    "M. Ndiaye, directeur de l’école Keur Madior",
    "Dr. Awa Sy répond à nos élèves de CM2",
    "Bonsoir, je suis Fatou Ba de l’école Manguiers 2",
    "Ici Moussa Sow, école Keur Madior à Kaolack",
    "Bonsoir Awa, mon fils a eu de la fièvre après le vaccin",
    "Merci Fatou Ba de l’école Manguiers pour ces chiffres",
    "Fatou Ba est présidente de notre association",
    "Awa Diop, sage-femme à Dakar, répondra à vos questions",
    "Mon élève travaille bien",
    "Mes élèves de Thiès sont là",
    "La fille de Fatou va mieux",
    "Les enfants de Moussa Diop vont bien",
    "Ma fille est en CM2 à l’école Manguiers 2",
    "En CM2, les élèves apprennent l’hygiène",
    "À Dakar, 10 ans de lutte ont porté leurs fruits",
    "Aminata, 12 ans de mariage, a tout vu",
    "Mariame a 15 ans d’expérience",
    "Notre fils Ismaël, 24 ans, est infirmier",
    "On marie les filles de 12 ans",
    "ma mère se marie à 15 ans",
    "Voix des Filles Debout organise ce tchat",
    "Les filles Sénégalaises ont parlé",
    "La Petite Côte est belle",
    "Le Petit Prince se lit en classe",
    "Nos élèves sont vaccinés, Dieu merci",
    "Chers élèves, Bonsoir et bienvenue",
    "Mon grand-père Moussa a 90 ans",
    "Ma sœur Awa est infirmière",
    "La directrice de l’école, Mme Diop, a ouvert la classe de CM2",
    "@fatou_ba ma fille est guérie",
    "La terminale, c’est dur",
    "R3 À l’école primaire, tout commence",
    "MON ELEVE EST MALADE DEPUIS HIER",
    "LES FILLES DE 12 ANS NE SONT PAS DES EPOUSES",
    "mon eleve est malade",
    "Cheikh Anta Diop a écrit sur l’école",
    "Rendez-vous à 20 h, école Manguiers",
    "Q3 Awa, les élèves de CM2 sont-ils concernés ?",
    "Une jeune Sénégalaise sur trois",
    "Mes enfants et Moussa vous remercient",
    "Petite question pour Awa Sy",
    "Je suis Awa Diop, maman d’une élève de CM2",
    "Le Dr Moussa Fall dit que dès 9 ans, les filles peuvent l’avoir",
    # English
    "The Children Act protects them",
    "Young Women Lead is here",
    "Early childhood matters",
    "My student works hard",
    "Mrs Fatou Ba teaches grade 5 at Manguiers school",
    "Fatou Ba, a teacher at Manguiers school, answers",
    "I am Fatou Ba from Keur Madior school",
    "The girls of Kolda are with us",
    "Our daughter is 7 and loves school",
    "Young Africans Rise is our partner",
    "Awa’s mother called us",
    "Thanks Mary, my son had a fever",
    "15 years later, Mary leads the group",
    "In Kaolack, 12 years ago, it began",
    "The school in Thiès is open",
    "Malick is a nurse in Dakar",
)


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_named_child_is_noticed(text: str, name: str) -> None:
    assert name in map(name_in, child_hints(text))
    assert Signal.NAMED_CHILD in signals_in(text)


@pytest.mark.parametrize("text", NOBODY)
def test_where_no_child_is_named_nothing_is_said(text: str) -> None:
    assert child_hints(text) == ()


@pytest.mark.parametrize("text", [pair[0] for pair in NAMED[14:23]])
def test_letter_case_accents_and_signs_matter_little(text: str) -> None:
    assert child_hints(text.replace("’", "'"))
    plain = text.translate(str.maketrans("éèï", "eei")).replace("œ", "oe")
    assert child_hints(plain)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mon élève […] Ba du CM2", "Ba"),
        ("Mes élèves […], Awa et Moussa", "Awa"),
        ("Mon élève […] du CM2", ""),
        ("Le petit […], 4 ans, va bien", ""),
        ("Le petit […] Diop va bien", "Diop"),
        ("[…] Diop a 9 ans", "Diop"),
    ],
)
def test_what_is_masked_tells_no_name_and_the_rest_still_does(text: str, left: str) -> None:
    assert next(map(name_in, child_hints(text)), "") == left


@pytest.mark.parametrize(
    ("hint", "name"), [("Aminata, 12 ans", "Aminata"), ("Awa Diop a 9 ans", "Awa"), ("12 ans", "")]
)
def test_the_name_in_a_hint_is_the_first_one(hint: str, name: str) -> None:
    assert name_in(hint) == name


def test_the_time_grows_with_the_length() -> None:
    units = ("Awa ", "mon élève ", "école Awa ", "12 ans Awa, ", "Awa, ", "[…] ", "l’", "CM2 de ")

    def took(unit: str, size: int) -> float:
        text, least = (unit * size)[:size], math.inf
        for _time in range(3):
            start = work_time()
            child_hints.__wrapped__(text)
            least = min(least, work_time() - start)
        return least

    # Eight times the text: a noisy machine may double a time, and a square would be 64.
    for unit in units:
        assert took(unit, 32_000) < 24 * max(took(unit, 4_000), 0.002), unit


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Dr. Awa Diop, école Keur Madior, répond", False),
        ("Mme. Fatou Ba du CM2 répond", False),
        ("Fatou Ba du CM2 répond", True),
        ("Il y a Mme. Ba. Fatou, 12 ans, a dit non", True),
        ("Merci Awa, école Keur Madior", False),
        ("Merci à Awa de l’école Keur Madior", True),
        ("Une jeune de 17 ans, Awa, a parlé", True),
        ("Une jeune de 18 ans, Awa, a parlé", False),
        # No first name we know: only "nommée" tells that it is one.
        ("Une fille de 12 ans, Zorbine, a parlé", False),
        ("Une fille de 12 ans nommée Zorbine a parlé", True),
        ("Au CM2 B, Fatou Ba ne vient plus", True),
        ("Au CM2, Fatou Ba ne vient plus", True),
    ],
)
def test_a_title_a_thank_you_and_an_age_decide(text: str, named: bool) -> None:
    assert bool(child_hints(text)) is named
