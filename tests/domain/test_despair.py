"""Somebody who cannot go on is heard, in their words; what only sounds like it is left alone."""

from __future__ import annotations

import pytest

from tchat_desktop.domain.signals import Signal, signals_in

DESPAIR = (
    "Je n’en peux plus, je veux disparaître",
    "je n'en peux plus",
    "J'EN PEUX PLUS !",
    "jen peu plus jveu disparetre",
    "Je n’en peux plus de vivre comme ça.",
    "Je veux mourir",
    "je veux juste mourir",
    "j’ai envie de mourir",
    "J’aimerais mourir cette nuit",
    "Je veux en finir",
    "je veu en finir avec la vie",
    "J’ai pensé à en finir : j’ai envie d’en finir avec tout",
    "Je vais en finir ce soir.",
    "Je n’ai plus envie de vivre",
    "jai plus envie de vivre",
    "Je n’ai plus aucune raison de vivre",
    "plus la force de vivre",
    "Je ne veux plus vivre",
    "je veux plus exister",
    "Je veux me faire du mal",
    "j'ai envie de me faire du mal",
    "Je me fais du mal le soir",
    "Je me scarifie depuis un an",
    "Je pense à me suicider",
    "J’ai des idées suicidaires",
    "Je pense souvent au suicide",
    "Je vais mettre fin à mes jours",
    "J’aimerais ne plus me réveiller",
    "Tout le monde serait mieux sans moi",
    "Ma vie n’a plus de sens",
    "Autant mourir que de l’épouser",
    "Je suis à bout",
    "Mon amie veut mourir",
    "Ma cousine parle de se suicider",
    "Une élève se scarifie dans ma classe",
    "I want to die",
    "i just want to disappear",
    "I wanna end it all",
    "I'm thinking about killing myself",
    "I keep hurting myself",
    "I don’t want to live anymore",
    "i dont wanna be here anymore",
    "I have no reason to live",
    "I'm tired of living",
    "They would be better off without me",
    "I wish I was dead",
    "I can't go on",
    "I can’t take it anymore",
    "I feel suicidal",
    "I want to end my life",
    "My friend wants to kill herself",
    "A student cuts herself in my class",
)
FALSE_FRIENDS = (
    "Les éléphants vont disparaître",
    "Il faut en finir avec les mariages précoces",
    "Je veux en finir avec les mariages précoces",
    "je veux en finir avec l’excision dans mon village",
    "En finir avec la vie chère, voilà le sujet",
    "La polio peut disparaître d’Afrique",
    "Ces pratiques doivent disparaître",
    "Je voudrais voir disparaître ces pratiques",
    "Je veux disparaître de cette liste de diffusion",
    "Je n’en peux plus de ces coupures de courant",
    "Je n’en peux plus de rire",
    "Le vaccin peut me faire du mal ?",
    "Est-ce que ça va me faire mal ?",
    "On ne va pas mourir d’un vaccin",
    "Sans soins, des enfants vont mourir",
    "Plus envie de voir des filles quitter l’école",
    "Nous voulons mettre fin aux mutilations",
    "Le suicide des jeunes, parlons-en",
    "Je suis à bout de souffle en montant chez vous",
    "Je n’ai plus de réseau, à demain",
    "Je veux finir ma phrase",
    "j'ai fini, merci",
    "Elephants will disappear",
    "We want to end child marriage",
    "I want to end it with a question",
    "These customs must die out",
    "My phone is about to die",
    "I’m tired of these power cuts",
    "I can’t take part tonight",
    "People die of malaria",
    "Let us put an end to it",
    "Suicide prevention matters",
)


@pytest.mark.parametrize("text", DESPAIR)
def test_who_cannot_go_on_is_heard(text: str) -> None:
    assert Signal.DISCLOSURE in signals_in(text)


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert Signal.DISCLOSURE not in signals_in(text)
