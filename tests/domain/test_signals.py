"""What asks for care is noticed, and an ordinary conversation is left alone."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tchat_desktop.domain.chat import Chat, Person, Role
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.signals import (
    Care,
    Signal,
    care_for,
    countable,
    delicate_authors,
    exposes,
    is_confidence,
    is_grave,
    noticed,
    people_to_spare,
    signals_in,
    signals_of,
)
from tests.work_time import work_time

CONFIDED = (
    "J’ai 15 ans et mes parents ont décidé de mes fiançailles. Je ne sais pas quoi faire.",
    "Une camarade de 15 ans ne vient plus en cours, on parle de fiançailles. Que puis-je faire ?",
    "Mon père veut me marier à un homme que je ne connais pas.",
    "ma famille va me donner en mariage apres les examens",
    "On m’a violée et personne ne me croit.",
    "Il me frappe quand je parle d’école",
    "R1 Mon oncle me bat, je ne sais pas à qui parler.",
    "Ma petite sœur va être mariée de force le mois prochain, elle a 13 ans.",
    "Je suis fiancée depuis mes 14 ans.",
    "J'ai été mariée à seize ans. Je n'en ai jamais parlé.",
    "J’ai peur de rentrer chez moi ce soir.",
    "Aidez-moi svp",
    "J’ai besoin d’aide pour quelqu’un de ma famille et je ne veux pas en parler ici.",
    "Je veux mourir.",
    "I am 15 and my parents want to marry me to a man I never met.",
    "My 14-year-old sister has to get married next month.",
    "He beats me when I talk about school.",
    "I was married at 15. Nobody knows.",
    "I’m scared to go home.",
    "Please help me",
    "A friend of mine is 16 and is being beaten at home.",
    "Qui appeler ? Une amie est battue chez elle.",
    "Qui puis-je appeler si ma voisine va être mariée de force ?",
    "Qui appeler pour une élève de 14 ans qui est fiancée ?",
    "Who can I call? My sister is being beaten.",
)
OF_A_MINOR = (CONFIDED[0], CONFIDED[1], CONFIDED[7], CONFIDED[14], CONFIDED[15], CONFIDED[20])
INSULTING = (
    "Encore un tchat pour parler dans le vide. Vous n’êtes qu’une bande de rêveurs.",
    "Another chat to talk to the wall. You are just a bunch of dreamers.",
    "Bande de menteurs !",
    "tu es ridicule",
    "Fermez-la avec vos histoires",
    "You’re all liars",
    "Shut up, nobody cares",
    "Sale con",
    "Retournez à la cuisine",
    "Vous allez le payer",
)
ORDINARY = (
    "Qui appeler quand une élève est fiancée ?",
    "R5 À qui en parler ? Quel numéro appeler quand une amie est en danger ?",
    "Qui faut-il alerter si une enfant est battue ?",
    "Who should we call when a student is being beaten?",
    "R3 Ma grand-mère a été mariée à 14 ans. C’est elle qui défend ses petites-filles aujourd’hui.",
    "Chez nous, trois filles sur dix sont mariées avant 15 ans.",
    "Question directe : sur 100 francs que vous recevez, combien arrivent vraiment ?",
    "Je ne suis pas d’accord : ce projet ne sert à rien sans les pères.",
    "J’ai 15 ans d’expérience dans l’enseignement.",
    "Mon père a refusé une demande pour ma sœur. Il en parle aujourd’hui avec fierté.",
    "Notre comité a aidé à reporter deux mariages l’an dernier, en parlant avec les familles.",
    "Je suis mariée et mère de trois enfants, je vous suis depuis Bamako.",
    "Bonsoir, nous sommes 12 autour du téléphone.",
    "There is no stupid question. I am 100 % with you.",
    "My daughter loves school, and our group helps thirty girls a year.",
    "On va parler de tout, comme mariage, école, santé.",
    "Merci à l’équipe, j’ai appris beaucoup de choses !",
    "Faut-il mettre le tag dans chaque réponse ?",
    "The pros and cons of a new law: let us talk about them.",
    "Un engagement public du village a tout changé.",
    "J’aide ma mère au marché.",
    "",
)


@pytest.mark.parametrize("text", CONFIDED)
def test_a_confidence_is_noticed(text: str) -> None:
    assert Signal.DISCLOSURE in signals_in(text)
    assert care_for(signals_in(text)) == (Care.ANSWER_IN_PRIVATE, Care.HIDE, Care.NO_REPOST)


@pytest.mark.parametrize("text", OF_A_MINOR)
def test_a_minor_is_noticed(text: str) -> None:
    assert Signal.MINOR in signals_in(text)


@pytest.mark.parametrize("text", INSULTING)
def test_an_insult_is_noticed(text: str) -> None:
    assert signals_in(text) == (Signal.INSULT,)
    assert care_for(signals_in(text)) == (Care.HIDE, Care.NO_REPOST)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_post_is_left_alone(text: str) -> None:
    assert signals_in(text) == ()
    assert care_for(()) == ()


def test_the_same_words_are_noticed_however_they_are_typed() -> None:
    apart = "J'AI 15 ANS et mes parents parlent de mes fianc\u0327ailles"
    assert signals_in(apart) == (Signal.DISCLOSURE, Signal.MINOR)
    assert Signal.MINOR in signals_in("J’ai\u00a015\u202fans")


def test_a_named_child_is_one_of_the_signals() -> None:
    assert signals_in("Aminata, 12 ans, a quitté l’école") == (Signal.NAMED_CHILD,)
    assert care_for((Signal.NAMED_CHILD,))[0] is Care.ANSWER_IN_PRIVATE


def _post(author: str, text: str) -> FeedPost:
    return FeedPost(Post(author, author, author, text, datetime(2026, 11, 20, tzinfo=UTC)))


def test_who_confides_or_insults_is_spared_and_nobody_else() -> None:
    guest = Person("1", Role.GUEST, "Dr Sy", "dr_sy")
    chat = Chat("1", "fr", people=(guest,), account="nous")
    posts = (
        _post("Lectrice", CONFIDED[0]),
        _post("grincheux", INSULTING[0]),
        _post("paul", ORDINARY[2]),
        _post("dr_sy", CONFIDED[1]),
        _post("nous", CONFIDED[1]),
    )
    assert people_to_spare(chat, delicate_authors(posts)) == {"lectrice", "grincheux"}


def test_time_grows_with_the_length() -> None:
    def took(unit: str, size: int) -> float:
        text, least = (unit * size)[:size], math.inf
        for _time in range(3):
            start = work_time()
            signals_in.__wrapped__(text)
            least = min(least, work_time() - start)
        return least

    # Eight times the text: a noisy machine may double a time, and a square would be 64.
    for unit in ("a", "je ", "ma soeur ", "vous etes ", "on veut me "):
        assert took(unit, 32_000) < 24 * max(took(unit, 4_000), 0.002), unit


def test_what_the_organiser_finds_harmless_is_noticed_no_more() -> None:
    at = datetime(2026, 12, 5, tzinfo=UTC)
    told = FeedPost(Post("1", "awa_ex", "Awa", "J’ai 15 ans.", at))
    cleared = replace(told, harmless=True)
    assert delicate_authors([told]) == {"awa_ex"}
    assert delicate_authors([cleared]) == frozenset()
    other = replace(told.post, text="J’ai 14 ans.")
    assert cleared.corrected(told.post, "q").harmless
    assert not cleared.corrected(other, "q").harmless, "that was said of other words"


def test_what_the_organiser_says_is_a_confidence_is_one_whatever_its_words() -> None:
    at = datetime(2026, 12, 5, tzinfo=UTC)
    chat = Chat("1", "fr")
    plain = FeedPost(Post("1", "awa_ex", "Awa", "R1 Bonsoir.", at))
    said = replace(plain, confided=True)
    assert noticed(plain) == ()
    assert noticed(said) == signals_of(said, chat) == (Signal.DISCLOSURE,)
    assert is_confidence(said, chat)
    assert countable(chat, [plain, said]) == [plain]
    assert delicate_authors([said]) == {"awa_ex"}
    # It goes before what was said of it earlier, and stays when its words are put right.
    assert noticed(replace(said, harmless=True)) == (Signal.DISCLOSURE,)
    assert said.corrected(replace(plain.post, text="R1 Bonjour."), "q").confided


def test_what_the_organiser_says_names_a_child_does_and_is_counted() -> None:
    plain = _post("paul", "R1 Bonsoir.")
    said = replace(plain, names_child=True)
    assert noticed(said) == signals_of(said, KNOWN) == (Signal.NAMED_CHILD,)
    assert signals_of(replace(said, post=replace(said.post, author="nous")), KNOWN)
    assert noticed(replace(said, harmless=True)) == (Signal.NAMED_CHILD,)
    assert noticed(replace(said, confided=True)) == (Signal.DISCLOSURE, Signal.NAMED_CHILD)
    assert countable(KNOWN, [said]) == [said]


@pytest.mark.parametrize(
    ("signal", "grave", "harmful"),
    [
        (Signal.DISCLOSURE, True, True),
        (Signal.MINOR, True, True),
        (Signal.NAMED_CHILD, False, True),
        (Signal.INSULT, False, False),
    ],
)
def test_what_may_harm_somebody_is_answered_in_private_and_not_shown_to_more_people(
    signal: Signal, grave: bool, harmful: bool
) -> None:
    assert is_grave([signal]) is grave
    assert exposes([signal]) is harmful
    assert (Care.ANSWER_IN_PRIVATE in care_for([signal])) is harmful
    assert Care.ANSWER_IN_PRIVATE in care_for([signal, Signal.MINOR])
    assert is_grave([Signal.INSULT, signal]) is grave
    assert exposes([Signal.INSULT, signal]) is harmful


def test_nothing_is_grave_where_nothing_was_noticed() -> None:
    assert not is_grave(())
    assert not exposes(())


KNOWN = Chat("1", "fr", people=(Person("1", Role.GUEST, "Dr Sy", "dr_sy"),), account="nous")


@pytest.mark.parametrize(
    ("author", "marks", "kept"),
    [
        ("lectrice", {}, True),
        ("dr_sy", {}, False),
        ("nous", {}, False),
        ("lectrice", {"harmless": True}, False),
        ("lectrice", {"harmless": True, "confided": True}, True),
        ("dr_sy", {"confided": True}, True),
        ("", {"assigned_to": "1"}, False),
        ("lectrice", {"assigned_to": "1"}, True),
    ],
)
def test_a_confidence_is_kept_apart_unless_the_organiser_or_who_wrote_it_denies_it(
    author: str, marks: dict[str, Any], kept: bool
) -> None:
    post = replace(_post(author, CONFIDED[0]), **marks)
    assert is_confidence(post, KNOWN) is kept
    assert countable(KNOWN, [post]) == ([] if kept else [post])
    plain = replace(_post(author, ORDINARY[0]), **marks)
    assert is_confidence(plain, KNOWN) is bool(marks.get("confided"))


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize("confided", [True, False])
def test_a_post_is_counted_if_it_is_neither_hidden_nor_a_confidence(
    hidden: bool, confided: bool
) -> None:
    post = replace(_post("paul", ORDINARY[0]), hidden=hidden, confided=confided)
    assert bool(countable(KNOWN, [post])) is (not hidden and not confided)


@pytest.mark.parametrize(("author", "known"), [("dr_sy", True), ("nous", True), ("paul", False)])
def test_what_guests_and_the_organiser_write_is_left_to_them_but_for_a_childs_name(
    author: str, known: bool
) -> None:
    told = _post(author, "Mon père veut me marier. Aminata, 12 ans, aussi.")
    every = signals_in(told.post.text)
    assert {Signal.DISCLOSURE, Signal.NAMED_CHILD} <= set(every)
    assert signals_of(told, KNOWN) == ((Signal.NAMED_CHILD,) if known else every)
    assert signals_of(replace(told, confided=True), KNOWN) == every
    assert signals_of(_post(author, ORDINARY[0]), KNOWN) == ()


@pytest.mark.parametrize(("letters", "told"), [(60, True), (120, True), (121, False)])
def test_what_harms_somebody_close_is_read_within_a_hundred_and_twenty_letters(
    letters: int, told: bool
) -> None:
    harm = " est battu"
    text = "une amie " + "x" * (letters - 1 - len(harm)) + harm
    assert (Signal.DISCLOSURE in signals_in(text)) is told


def test_only_as_much_is_read_as_the_longest_post_holds() -> None:
    end = " Mon père veut me marier"
    assert signals_in("x" * (25_000 - len(end)) + end) == (Signal.DISCLOSURE,)
    assert signals_in("x" * 25_000 + end) == ()
    child = " Aminata, 12 ans,"
    assert signals_in("x" * (25_000 - len(child)) + child) == (Signal.NAMED_CHILD,)
    assert signals_in("x" * 25_000 + child) == ()
