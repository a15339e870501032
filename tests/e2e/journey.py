"""A volunteer's journey by the French names on screen, through the accessibility bus.

Run by the system's Python, which has pyatspi: journey.py PID FOLDER. Prints each step; exits 1 at
the first thing that is not on screen in time, after a picture of the screen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pyatspi

PATIENCE = 60.0
"""Seconds until something must have come on screen."""

NARROW = "\u202f"


def everything(root: pyatspi.Accessible, depth: int = 0) -> Iterator[pyatspi.Accessible]:
    """All that is shown below `root`, in order; nothing is where what holds it is hidden."""
    try:
        count = root.childCount
    except Exception:
        return
    for index in range(count):
        try:
            child = root.getChildAtIndex(index)
        except Exception:
            continue
        if child is None or depth > 40 or not showing(child):
            continue
        yield child
        yield from everything(child, depth + 1)


def showing(item: pyatspi.Accessible) -> bool:
    """Whether the item is on screen, or would be after scrolling."""
    try:
        states = item.getState()
    except Exception:
        return False
    return states.contains(pyatspi.STATE_VISIBLE) and states.contains(pyatspi.STATE_SHOWING)


class Journey:
    """What a person does: look for a name, press it, type into a field."""

    def __init__(self, pid: int, folder: str) -> None:
        self._pid = pid
        self.folder = folder

    def app(self) -> pyatspi.Accessible | None:
        """The app on the accessibility bus."""
        for one in pyatspi.Registry.getDesktop(0):
            try:
                if one is not None and one.get_process_id() == self._pid:
                    return one
            except Exception:
                continue
        return None

    def find(
        self, name: str, role: str = "", whole: bool = True, interface: str = ""
    ) -> pyatspi.Accessible:
        """The first thing on screen of that name (or beginning so); waits for it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            app = self.app()
            for item in everything(app) if app is not None else ():
                try:
                    label = item.name or ""
                    fits = label == name if whole else label.startswith(name)
                    if not (fits and (not role or item.getRoleName() == role)):
                        continue
                    if interface and interface not in pyatspi.listInterfaces(item):
                        continue
                    return item
                except Exception:
                    continue
            time.sleep(0.1)
        raise LookupError(f"not on screen: {name!r} {role}")

    def press(self, name: str, whole: bool = True) -> None:
        """Press the button of that name."""
        button = self.find(name, "", whole, interface="Action")
        for candidate in ("press", "click", "Press", "Click", "toggle", "Toggle"):
            actions = button.queryAction()
            for index in range(actions.nActions):
                if actions.getName(index) == candidate:
                    actions.doAction(index)
                    print(f"pressed  {button.name}", flush=True)
                    return
        raise LookupError(f"cannot be pressed: {name!r}")

    def type(self, name: str, text: str, shown: str = "") -> None:
        """Replace the text of the field of that name; prints `shown` in place of a secret."""
        field = self.find(name, interface="EditableText")
        field.queryEditableText().setTextContents(text)
        print(f"typed    {name}: {shown or text}", flush=True)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen, to look at when something failed; needs ImageMagick."""
        if shutil.which("import") is not None:
            subprocess.run(["import", "-window", "root", f"{self.folder}/{name}.png"], check=False)


Traveller = TypeVar("Traveller", bound=Journey)


def walk(journey: Journey) -> None:
    """From the home screen to a recap, as a volunteer who has never done it."""
    journey.find(f"Bonjour. On prépare un tchat{NARROW}?")
    journey.press("Essayer avec l’exemple (10 min ou plus)")
    journey.find("L’objectif", "heading")
    for title in (
        "Sujet, jour et heure",
        "Le tag",
        "Les questions",
        "Invité·es et équipe",
        "La protection",
        "La promotion",
        "Le déroulé",
        "L’envoi des messages",
        "Répétition",
    ):
        journey.press(f"Continuer{NARROW}: {title}")
        journey.find(title, "heading")
        print(f"reached  {title}", flush=True)
    journey.press("Étape 4 ", whole=False)
    journey.type(
        "Question 1", "Quels signes montrent qu’une fille risque un mariage précoce\u00a0?"
    )
    journey.find("✓ Enregistré")
    journey.press("Étape 10 ", whole=False)
    journey.press("Commencer la répétition", whole=False)
    journey.find("Suspendre les messages")
    journey.press("Publier (répétition)")
    # Without keys, as in the real hour: a page, its button, and the word that it is out.
    journey.press("Poster")
    journey.press("Fermer cette page")
    journey.press("Oui, c’est publié")
    journey.find("✓ Mot d’accueil, confirmé", whole=False)
    journey.press("Terminer la répétition")
    journey.press("Après, ", whole=False)
    journey.press("Étape 13 ", whole=False)
    journey.find("Le résumé", "heading")


def travel(walk: Callable[[Traveller], None], journey: Traveller) -> int:
    """Walk; 0 when the journey came to its end."""
    try:
        walk(journey)
    except (LookupError, AssertionError) as error:
        print(f"STOPPED  {error}", flush=True)
        journey.picture("stopped")
        app = journey.app()
        names = [i.name for i in everything(app) if i.name] if app else ["no app"]
        print("on screen: " + " | ".join(names[:120]), flush=True)
        return 1
    journey.picture("end")
    print("arrived", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(travel(walk, Journey(int(sys.argv[1]), sys.argv[2])))
