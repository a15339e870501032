"""An organiser with keys, by the French names on screen: connects, posts, forgets the keys.

Run by the system's Python, which has pyatspi: keys_journey.py PID FOLDER, four keys on standard
input. Prints each step; exits 1 at the first thing that is not on screen in time.
"""

from __future__ import annotations

import sys

from journey import Journey, travel

FIELDS = ("Clé de l’application", "Secret de l’application", "Clé du compte", "Secret du compte")


def walk(journey: Journey) -> None:
    """From the example to a post that left by itself, and a computer without keys again."""
    keys = sys.stdin.read().split()
    journey.press("Essayer avec l’exemple (10 min ou plus)")
    journey.press("Étape 9 ", whole=False)
    journey.press("Avec les clés d’accès de l’organisation")
    for field, key in zip(FIELDS, keys, strict=True):
        journey.type(field, key, shown=field)
    journey.press("Tester et enregistrer")
    journey.find("Les clés sont enregistrées dans le trousseau de l’ordinateur.")
    journey.press("Étape 11 ", whole=False)
    journey.press("Publier un message avant le tchat…")
    journey.press("Publier maintenant")
    journey.find("✓ Publié le", whole=False)
    journey.press("Étape 9 ", whole=False)
    journey.press("Effacer les clés", whole=False)
    journey.press("Oui, les effacer")
    journey.find("Tester et enregistrer")


if __name__ == "__main__":
    sys.exit(travel(walk, Journey(int(sys.argv[1]), sys.argv[2])))
