"""An hour with keys in front of 300 people: the keys are kept, it is rehearsed, held, and ended.

Run by the system's Python, which has pyatspi: crowd_keys.py PYTHON FOLDER URL, with the chat and
what is expected in the folder, as test_crowd.py puts them there, and four keys on standard input.
"""

from __future__ import annotations

import re
import sys
from datetime import timedelta

from crowd_hour import END, START, Organiser, expected
from items import plain
from journey import travel

MINUTE = timedelta(minutes=1)
FIELDS = ("Clé de l’application", "Secret de l’application", "Clé du compte", "Secret du compte")
MUTED, STARRED, REPLIED, REPOSTED = 15, 16, 20, 31
"""The minutes at which something is done about the posts that came."""
TROLL, ASKS = "troll_0", "curieuse_0"
NEW = re.compile(r"\d+ nouveaux? messages?")


def walk(me: Organiser) -> None:
    """From the keys to a computer without keys again."""
    me.clock.set_to(START - timedelta(days=2), 1)
    me.open_app("crowd", f"{me.folder}/crowd.tchat", "--x-api-url", sys.argv[3])
    connect(me)
    rehearse(me)
    me.clock.set_to(START - 20 * MINUTE, 1)
    me.press("Étape 11 ", whole=False)
    me.press("Ouvrir le tchat")
    me.meet("Modifier ce message")
    acts = {MUTED: mute, STARRED: star, REPLIED: reply, REPOSTED: repost}
    for minute, act in acts.items():
        hold_until(me, minute)
        act(me)
    hold_until(me, 61)
    me.go_to(END)
    me.check_own_posts()
    me.check_filters(expected(me.folder)["filters"])
    forget(me)


def connect(me: Organiser) -> None:
    """Keep the keys in the keyring of the computer."""
    me.press("Étape 9 ", whole=False)
    me.press("Avec les clés d’accès de l’organisation")
    for field, key in zip(FIELDS, sys.stdin.read().split(), strict=True):
        me.type(field, key, shown=field)
    me.press("Tester et enregistrer")
    me.meet("Les clés sont enregistrées dans le trousseau de l’ordinateur.")


def rehearse(me: Organiser) -> None:
    """The whole hour, jumping from message to message, with the network cut and mended."""
    me.press("Étape 10 ", whole=False)
    me.press("Commencer la répétition", whole=False)
    me.meet("Aller au prochain message")
    while me.rehearsed("thanks") != "sent":
        step(me)
    me.press("Terminer la répétition")
    me.meet("Terminer la répétition maintenant ?")
    me.press("Terminer la répétition")
    me.press("Fermer la répétition")


def step(me: Organiser) -> None:
    """Mend the network, or go on to the next message, where that can be done at this moment."""
    for name in ("Rétablir le réseau", "Aller au prochain message"):
        if me.try_to_press(name):
            return
    me.until(lambda: True, "a turn")


def hold_until(me: Organiser, minute: int) -> None:
    """Watch the posts leave by themselves until a minute of the chat."""
    for row in me.rows():
        if row.state == "planned" and row.due_at <= START + minute * MINUTE:
            me.leaves(row, "sent")
    me.go_to(START + minute * MINUTE)


def show_new(me: Organiser) -> None:
    """Let the new posts in, which wait behind a bar."""

    bars: list[str] = []

    def come() -> bool:
        names = (plain(one.name) for one in me._named("", ("push button",), False))
        bars[:] = [name for name in names if NEW.fullmatch(name)]
        return bool(bars)

    me.until(come, "new posts")
    me.click(bars[0])


def mute(me: Organiser) -> None:
    """Hide the one who insults, and whatever they write later."""
    show_new(me)
    me.click(f"Plus d’actions : Nom de {TROLL}", whole=False)
    me.choose(f"Si @{TROLL} perturbe le tchat", "Masquer tous ses messages, aussi à venir")


def star(me: Organiser) -> None:
    """Make the newest post a highlight."""
    show_new(me)
    me.click("Moment fort : Nom de voix_2", whole=False)


def reply(me: Organiser) -> None:
    """Answer who asks the account by its name: that leaves by itself."""
    me.click(f"{me.words.pgettext('filter', 'To answer')} ", "radio button", whole=False)
    me.click(f"Répondre à Nom de {ASKS}", whole=False)
    me.write(f"Votre réponse à Nom de {ASKS}", f"Voici notre guide, {ASKS}. #UnionsPrécoces")
    me.chord("ctrl+Return")
    me.until(lambda: any(r.kind == "reply" and r.state == "sent" for r in me.rows()), "the reply")
    me.click(f"{me.words.pgettext('filter', 'All')} ", "radio button", whole=False)


def repost(me: Organiser) -> None:
    """Repost an answer."""
    show_new(me)
    me.click("Reposter : Nom de voix_3", whole=False)
    me.until(lambda: any(row.kind == "repost" for row in me.rows()), "the repost")


def forget(me: Organiser) -> None:
    """Take the keys off the computer."""
    me.press("Étape 9 ", whole=False)
    me.press("Effacer les clés", whole=False)
    me.press("Oui, les effacer")
    me.meet("Tester et enregistrer")


def main() -> int:
    """Walk, and leave nothing running."""
    me = Organiser(sys.argv[1], sys.argv[2])
    try:
        return travel(walk, me)
    finally:
        me.end()


if __name__ == "__main__":
    sys.exit(main())
