"""Prints what the accessibility bus tells of a window, and of a tab that is pressed by it.

Run by the system's Python, which has pyatspi: roles_heard.py PID FOLDER.
"""

from __future__ import annotations

import sys

import pyatspi
from journey import Journey, everything


def words(item: pyatspi.Accessible) -> str:
    """What is told of one thing: what it is, its name, how deep, where in its list, and chosen."""
    said = f"{item.getRoleName()} {item.name!r}"
    levels = [one.split(":")[1] for one in item.getAttributes() if one.startswith("level:")]
    said += "".join(f" level {level}" for level in levels)
    said += f" {item.description}" if item.description else ""
    chosen = item.getState().contains(pyatspi.STATE_SELECTED)
    said += " selected" if chosen else ""
    return said


def main() -> int:
    """Print every thing in the order in which it is told."""
    journey = Journey(int(sys.argv[1]), sys.argv[2])
    journey.find("Les questions")
    app = journey.app()
    assert app is not None
    for item in everything(app):
        print(words(item))
    journey.press("Autre étape")
    journey.type("Votre tag", "deux mots")
    field = journey.find("Votre tag", interface="EditableText")
    print(f"holds {field.queryText().getText(0, -1)}")
    print(f"pressed: {words(journey.find('Autre étape'))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
