"""An hour without keys: 300 people arrive by pasted pages only.

Run by the system's Python, which has pyatspi: crowd_pages.py PYTHON FOLDER, with the chat, its
pages and what is expected in the folder, as test_crowd.py puts them there.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from crowd_hour import COUNTED, END, START, Organiser, expected
from journey import travel

MINUTE = timedelta(minutes=1)
MOST_CLICKS = 45
"""In the app and in the browser, in the first 45 minutes."""
REPLIES = (("curieuse_0", 18), ("demande_20", 33))
"""Who is answered, and the page after which they are."""
STARRED = (9, 21, 30, 42)
"""The pages after which the newest post becomes a highlight."""
TROLL, TROLL_SEEN = "troll_0", 15


def walk(me: Organiser) -> None:
    """From twenty minutes before the chat to its end."""
    me.clock.set_to(START - 20 * MINUTE, 1)
    me.open_app("crowd", f"{me.folder}/crowd.tchat")
    me.press("Étape 11 ", whole=False)
    me.press("Ouvrir le tchat")
    me.meet("Modifier ce message")
    told = expected(me.folder)
    me.click("Voir le tag sur X")
    for minute in told["pages"]:
        publish_until(me, minute)
        me.go_to(START + minute * MINUTE)
        print(f"pasted   minute {minute}: {me.paste_page(minute)}", flush=True)
        act(me, minute)
    publish_until(me, 61)
    me.go_to(END)
    me.check_own_posts()
    check_pages(me)
    me.check_filters(told["filters"])
    tell(me)


def publish_until(me: Organiser, minute: int) -> None:
    """Publish what is due before a minute of the chat, on its page."""
    for row in me.rows():
        if row.state == "planned" and row.due_at <= START + minute * MINUTE:
            me.leaves(row, "handed_over")
            me.publish_on_page(row.slot)


def act(me: Organiser, minute: int) -> None:
    """What the organiser does about the posts of a page."""
    if minute in STARRED:
        me.click("Moment fort : Nom de ", whole=False)
    if minute == TROLL_SEEN:
        mute(me)
    for author, after in REPLIES:
        if after == minute:
            reply(me, author)


def mute(me: Organiser) -> None:
    """Hide the one who insults, and whatever they write later."""
    me.click(f"Plus d’actions : Nom de {TROLL}", whole=False)
    me.choose(f"Si @{TROLL} perturbe le tchat", "Masquer tous ses messages, aussi à venir")


def reply(me: Organiser, author: str) -> None:
    """Answer somebody on the page that opens for it."""
    me.click(f"Répondre à Nom de {author}", whole=False)
    me.write(f"Votre réponse à Nom de {author}", f"Voici notre guide, {author}. #UnionsPrécoces")
    me.chord("ctrl+Return")
    slot = ""

    def opens() -> bool:
        nonlocal slot
        found = [row for row in me.rows() if row.target_author == author]
        slot = found[0].slot if found else ""
        return me.state(slot) == "handed_over"

    me.until(opens, f"the page of the reply to {author}")
    me.publish_on_page(slot)


def check_pages(me: Organiser) -> None:
    """The page of each post opened once, and no other one."""
    texts = [parse_qs(urlsplit(page).query)["text"][0] for page in me.pages() if "intent" in page]
    assert sorted(texts) == sorted(row.text for row in me.rows()), texts


def tell(me: Organiser) -> None:
    """Print what the hour asked of the organiser, and hold it to the goal."""
    done = me.effort
    clicks = done.clicks + done.clicks_in_browser
    minutes = COUNTED // MINUTE
    print(
        f"in {minutes} minutes: {clicks} clicks ({done.clicks} in the app,"
        f" {done.clicks_in_browser} in the browser), {done.chords} combinations of keys in the app"
        f" and {done.chords_in_browser} in the browser, {done.switches} changes of window"
    )
    assert clicks <= MOST_CLICKS, f"{clicks} clicks"


def main() -> int:
    """Walk, and leave nothing running."""
    me = Organiser(sys.argv[1], sys.argv[2])
    try:
        return travel(walk, me)
    finally:
        me.end()


if __name__ == "__main__":
    sys.exit(main())
