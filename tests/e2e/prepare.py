"""A chat prepared from nothing to ready by the French names on screen, with its files on the way.

Run by the system's Python, which has pyatspi: prepare.py PID FOLDER. Prints each step; exits 1 at
the first thing that is not on screen in time, after a picture of the screen.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from journey import NARROW, PATIENCE, Journey, travel

FILE_NAME = "Nom de fichier"
STEPS = (
    "L’objectif",
    "Sujet, jour et heure",
    "Le tag",
    "Les questions",
    "Invité·es et équipe",
    "La protection",
    "La promotion",
    "Le déroulé",
    "L’envoi des messages",
)
QUESTIONS = (
    "Quels signes montrent qu’une fille risque un mariage précoce\u00a0?",
    "Qui peut parler aux parents, et comment\u00a0?",
    "Que peut faire une enseignante dans sa classe\u00a0?",
    "Où trouver de l’aide près de chez vous\u00a0?",
    "Quelle loi protège les filles dans votre pays\u00a0?",
    "Quelle action avez-vous vue réussir\u00a0?",
)

BEGUN = {"La promotion": "commencée, 1 annoncée sur ", "Le déroulé": "commencée, À relire"}
"""The steps that are not ready, and what the list says of them."""


class Preparing(Journey):
    """What a volunteer does who prepares a chat."""

    def go_on(self, title: str) -> None:
        """Go to the next step, by the button that names it."""
        self.press(f"Continuer{NARROW}: {title}")
        self.find(title, "heading")
        print(f"reached  {title}", flush=True)

    def save(self, button: str, name: str, whole: bool = True) -> None:
        """Press a button that saves a file, and say in the dialog where it goes."""
        self.press(button, whole)
        path = Path(self.folder, name)
        field = self.find(FILE_NAME, whole=False, interface="EditableText")
        field.queryEditableText().setTextContents(str(path))
        self.press("Enregistrer")
        until = time.monotonic() + PATIENCE
        while not path.is_file():
            if time.monotonic() > until:
                raise LookupError(f"not on disk: {name}")
            time.sleep(0.1)
        print(f"saved    {name}", flush=True)


def walk(me: Preparing) -> None:
    """From an empty home screen to a chat that is ready."""
    me.find(f"Bonjour. On prépare un tchat{NARROW}?")
    me.press("Nouveau tchat")
    me.find("L’objectif", "heading")
    for prepare in (purpose, schedule, hashtag, questions, people, protection, promotion):
        prepare(me)
    me.go_on("Le déroulé")
    me.save("Enregistrer le plan du jour", "plan.pdf")
    me.go_on("L’envoi des messages")
    me.press("Par le navigateur (conseillé)")
    me.type("Le compte qui publie le tchat, sur X", "@voixdesfilles")
    ready(me)


def purpose(me: Preparing) -> None:
    """What the chat is for, and for whom."""
    me.press("Partager des informations")
    me.type("Votre organisation", "Voix des filles")
    me.type(f"Qui voulez-vous toucher{NARROW}?", "Les parents et les enseignantes du Sénégal")
    me.type(f"Qu’est-ce qui en ferait une réussite{NARROW}?", "Trente personnes répondent.")
    me.press("Changer les textes tout prêts…")
    me.type("Votre texte", "{bonjour ou bonsoir} à vous, et bienvenue ! {tag}")
    me.press("Fermer")


def schedule(me: Preparing) -> None:
    """What it is about, and three weeks from now."""
    me.go_on("Sujet, jour et heure")
    me.type("Sujet", "Mariage des enfants")
    day = datetime.now() + timedelta(days=21)  # noqa: DTZ005
    me.type("Jour", f"{day.day}/{day.month}/{day.year}")
    me.type("Heure", "20h")
    me.press("Oui, c’est ma ville")


def hashtag(me: Preparing) -> None:
    """The tag."""
    me.go_on("Le tag")
    me.type("Votre tag", "UnionsPrécoces")


def questions(me: Preparing) -> None:
    """Six of them."""
    me.go_on("Les questions")
    for number, text in enumerate(QUESTIONS, 1):
        me.press("Ajouter une question")
        me.type(f"Question {number}", text)


def people(me: Preparing) -> None:
    """A guest who has accepted, with the guest pack on disk."""
    me.go_on("Invité·es et équipe")
    me.press("Ajouter un·e invité·e")
    me.type("Nom – Invité·e 1", "Awa Ndiaye")
    me.type("Nom sur X – Awa Ndiaye", "@awa_ndiaye")
    for said in ("invitation envoyée", "a accepté", "a reçu les questions"):
        me.press(f"Awa Ndiaye{NARROW}: {said}")
    me.press("Rappel et dossier pour Awa Ndiaye")
    me.save("Enregistrer le dossier de l’invité·e", "dossier.pdf", whole=False)


def protection(me: Preparing) -> None:
    """The rules for children, and whom to tell."""
    me.go_on("La protection")
    me.press("J’ai lu ceci avec mon équipe")
    me.press(f"Ajouter un numéro pour{NARROW}: Sénégal")
    me.type("Numéro – Sénégal (1)", "116")
    me.type(f"Pour qui{NARROW}? – Sénégal (1)", "enfants")
    me.press("Vérifié – Sénégal (1)")
    me.type(f"Qui prévenir tout de suite{NARROW}?", "Awa Ndiaye")


def promotion(me: Preparing) -> None:
    """The announcements, their reminders, a picture and the page for the public."""
    me.go_on("La promotion")
    me.press("Proposer mes annonces")
    me.press("C’est fait – ", whole=False)
    me.save("Rappels pour mon agenda (.ics)", "rappels.ics")
    me.press("Vos images", whole=False)
    me.save("Enregistrer l’image", "image.png", whole=False)
    me.save("Enregistrer la page pour le public", "public.html")


def ready(me: Preparing) -> None:
    """Every step of the preparation is ready, but for the promotion, the run sheet, the rehearsal.

    Of the announcements one is out; the run sheet is read once its last row was in sight, and
    nobody has scrolled to it.
    """
    me.find("✓ Enregistré")
    for number, step in enumerate(STEPS, 1):
        state = BEGUN.get(step, "prête")
        me.find(f"Étape {number} sur 14, {step}, {state}", whole=False)
        print(f"ready    {step}", flush=True)


if __name__ == "__main__":
    sys.exit(travel(walk, Preparing(int(sys.argv[1]), sys.argv[2])))
