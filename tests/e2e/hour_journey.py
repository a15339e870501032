"""A whole hour without keys, with all that goes wrong in one, by the names on screen.

Run by the system's Python, which has pyatspi: hour_journey.py PYTHON FOLDER, with the chats
hour.tchat and late.tchat of test_hour.py in the folder. At each step the screen must count what
waits as the outbox does, and no page may open that was not due. Exits 1 at the first thing that
is not so.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import pyatspi
from journey import everything, travel
from window import Window

START = datetime(2026, 12, 5, 20, tzinfo=UTC)
LATE_START = datetime(2026, 12, 5, 22, tzinfo=UTC)
"""The starts of the two chats, of an hour each."""

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
SLOWLY = 0.6
"""Seconds of the chat to one of the world, while something is done on the screen."""
X_BEGAN = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
"""The instant the ids of posts on X count from."""


def walk(window: Window) -> None:
    """From forty minutes before the chat to the late answers, and another chat opened late."""
    # A machine that has much to do must not come too late for a post.
    window.pace = SLOWLY
    window.clock.set_to(START - 40 * MINUTE, SLOWLY)
    window.open_app("hour", f"{window.folder}/hour.tchat")
    open_the_chat(window)
    dropped_before(window)
    edited_at_zero(window)
    dropped_during(window)
    answered(window)
    replied_while_paused(window)
    closed(window)
    killed(window)
    ended(window)
    answers_after_the_end(window)
    arrived_late(window)


def open_the_chat(window: Window) -> None:
    """To the cockpit, where everything is counted down."""
    window.press("Étape 11 ", whole=False)
    window.press(window.say("Open the chat"))
    window.find(window.say("Change this post"))
    window.agree()


def dropped_before(window: Window) -> None:
    """A post that is brought back before the chat has its own time again."""
    keep_and_bring_back(window, "welcome")


def dropped_during(window: Window) -> None:
    """The same during the chat."""
    publish_next(window)
    keep_and_bring_back(window, "q:q1")
    publish_next(window)
    keep_and_bring_back(window, "q:q2")


def keep_and_bring_back(window: Window, slot: str) -> None:
    """Put the next post in reserve, and take it back."""
    at = window.row(slot).due_at
    window.press(window.say("Keep this post in reserve"))
    window.until(lambda: window.state(slot) == "skipped", f"{slot} in reserve")
    window.agree()
    kept = window.say("Word of welcome")
    if slot.startswith("q:"):
        quoted = window.say("“{text}”", text=window.row(slot).text)
        kept = f"{window.say('Question in reserve')}, {quoted}"
    window.press(f"{window.say('Put into the run sheet')} – {kept}")
    window.until(lambda: window.state(slot) == "planned", f"{slot} brought back")
    window.agree()
    assert window.row(slot).due_at == at, f"{slot} has another time: {window.row(slot)}, not {at}"


def edited_at_zero(window: Window) -> None:
    """A post being changed when its time comes is held; Escape changes nothing."""
    before = window.row("welcome")
    name = window.say("Word of welcome")
    window.wind_to(before.due_at - 20 * SECOND)
    window.press(window.say("Change this post"))
    window.find(window.say("{post}: it does not leave while you write.", post=name))
    window.type(window.say("Text of the next post"), "Un texte à moitié")
    window.wind_to(before.due_at + 30 * SECOND)
    held = "{post}: it leaves a minute after you finish, and the rest as much later."
    window.find(window.say(held, post=name))
    assert window.row("welcome").text == before.text
    window.agree()
    assert focused(window) == window.say("Text of the next post"), focused(window)
    window.key("space")
    window.key("Escape")
    window.find(window.say("Change this post"))
    assert focused(window) == window.say("Change this post"), focused(window)
    window.agree()
    left = window.row("welcome").due_at - window.clock.now()
    assert timedelta() < left <= MINUTE, f"it leaves in {left}"
    assert publish_next(window) == "welcome"
    assert window.row("welcome").text == before.text


def answered(window: Window) -> None:
    """A reply is half typed, the filter changes; another is sent within a filter and after it."""
    add_post(window, "awa", "Comment aider une voisine\u00a0?")
    add_post(window, "moussa", "Où trouver un refuge\u00a0?")
    typed = "Une réponse à moitié"
    press_reply(window, "awa")
    window.type(window.say("Your reply to {who}", who="@awa"), typed)
    for name in ("To answer", "Highlights", "All"):
        press_filter(window, name)
        assert half_typed(window, "awa") == typed, half_typed(window, "awa")
        window.agree()
    press_filter(window, "To answer")
    send_reply(window, "moussa", "Voici une adresse. #UnionsPrécoces")
    confirm_reply(window, "moussa")
    press_filter(window, "All")
    press_reply(window, "moussa")
    window.find(window.say("Your reply to {who}", who="@moussa"))
    close_reply(window)
    press_reply(window, "awa")
    assert half_typed(window, "awa") == typed, half_typed(window, "awa")
    close_reply(window)
    window.agree()


def replied_while_paused(window: Window) -> None:
    """What is written while everything is on hold waits, is seen to wait, and outlives a kill."""
    window.press(window.say("Pause the messages"))
    window.find(window.say("Resume"))
    send_reply(window, "awa", "Une réponse entière. #UnionsPrécoces")
    window.agree()
    window.wind_to(window.clock.now() + 2 * MINUTE)
    window.agree()
    window.kill_app()
    window.open_app("hour")
    window.press(window.say("Go on with the chat"))
    window.find(window.say("Resume"))
    window.agree()
    window.press(window.say("Resume"))
    confirm_reply(window, "awa")


def closed(window: Window) -> None:
    """The window is closed and opened again: nothing leaves meanwhile, and it goes on."""
    window.agree()
    window.close_app(asks=True)
    window.wind_to(window.clock.now() + MINUTE)
    window.open_app("hour")
    window.press(window.say("Go on with the chat"))
    window.agree()
    publish_next(window)


def killed(window: Window) -> None:
    """The app dies while a page waits for its word: it is asked about, and not opened again."""
    slot = window.next_slot()
    window.opens(slot)
    window.kill_app()
    window.open_app("hour")
    window.press(window.say("Go on with the chat"))
    window.agree()
    window.confirm(slot)


def ended(window: Window) -> None:
    """To the end; the last page still waits for its word, and can have it afterwards."""
    while window.next_slot() != "thanks":
        publish_next(window)
    window.opens("thanks")
    window.wind_to(START + 61 * MINUTE)
    window.find(window.say("It is over."))
    window.agree()
    thanks = window.say("Thanks to everyone")
    window.press(f"{window.say('Yes, it is published')} – {thanks}")
    window.until(lambda: window.state("thanks") == "sent", "thanks published")
    window.find(window.say("It is over. Well done!"))
    window.agree()


def answers_after_the_end(window: Window) -> None:
    """The best answers come late: added on the board of the end, and after another start."""
    add_post(window, "fatou", "J’ai lu tout cela ce soir, merci.")
    window.agree()
    window.close_app(asks=False)
    window.open_app("hour")
    window.press(window.say("Add answers, see what waits"))
    window.find(begins(window, "fatou"), whole=False)
    add_post(window, "ibou", "Chez nous, l’école a gagné.")
    window.find(begins(window, "moussa"), whole=False)
    window.agree()
    window.close_app(asks=False)


def arrived_late(window: Window) -> None:
    """Another chat, opened 23 minutes late: a shorter one is proposed before anything opens."""
    window.clock.set_to(LATE_START + 23 * MINUTE, SLOWLY)
    window.open_app("late", f"{window.folder}/late.tchat")
    window.press("Étape 11 ", whole=False)
    window.press(window.say("Open the chat"))
    window.find(window.say("A shorter chat, in order, that ends in time:"))
    window.agree()
    window.wind_to(window.clock.now() + MINUTE)
    window.agree()
    window.press(window.say("Take these times"))
    window.until(lambda: window.state("welcome") == "planned", "the shorter chat")
    planned = [row for row in window.rows() if row.state == "planned"]
    assert window.clock.now() < planned[0].due_at, planned[0]
    assert planned[-1].due_at < LATE_START + 60 * MINUTE, planned[-1]
    asked = [row.slot for row in planned if row.kind == "question"]
    assert asked == sorted(asked), asked
    assert [row.slot for row in planned if row.kind in ("closing", "thanks")] == [
        "closing",
        "thanks",
    ]
    assert publish_next(window) == "welcome"
    publish_next(window)


def publish_next(window: Window) -> str:
    """Let the next post open, and say that it is published; its key."""
    slot = window.next_slot()
    window.opens(slot)
    window.confirm(slot)
    return slot


# --- the conversation ----------------------------------------------------------------------


def begins(window: Window, author: str) -> str:
    """How a post of that author is called, up to its words."""
    return window.say("{name}: {words}", name=f"@{author}", words="")


def add_post(window: Window, author: str, text: str) -> None:
    """Enter a participant's post by its link."""
    at = window.clock.now() - 10 * SECOND
    post_id = int((at - X_BEGAN) / timedelta(milliseconds=1)) << 22
    window.press(window.say("Add a post by its link"))
    window.type(window.say("Link of the post"), f"https://x.com/{author}/status/{post_id}")
    window.type(window.say("Its text"), text)
    window.press(window.say("Add this post"))
    window.find(begins(window, author), whole=False)
    window.press(window.say("Close without adding"))
    window.until(lambda: not window.sees(window.say("Add this post")), "the panel closed")


def press_filter(window: Window, name: str) -> None:
    """Show other posts."""
    button = window.find(f"{window.words.pgettext('filter', name)} ", whole=False)
    window.press(button.name)
    window.until(lambda: button.getState().contains(pyatspi.STATE_CHECKED), f"the filter {name}")


def press_reply(window: Window, author: str) -> None:
    """Open the reply to somebody's post."""
    window.press(window.say("Reply to {post}", post=begins(window, author)), whole=False)


def send_reply(window: Window, author: str, text: str) -> None:
    """Write and send it."""
    press_reply(window, author)
    window.type(window.say("Your reply to {who}", who=f"@{author}"), text)
    window.press(window.say("Send"))
    window.until(lambda: any(row.text == text for row in window.rows()), f"the reply to {author}")


def confirm_reply(window: Window, author: str) -> None:
    """Its page opens at once; it is published."""
    slot = next(
        row.slot
        for row in reversed(window.rows())
        if row.kind == "reply" and row.target_author == author
    )
    window.opens(slot)
    window.confirm(slot)


def half_typed(window: Window, author: str) -> str:
    """What stands in the reply to somebody."""
    reply = window.say("Your reply to {who}", who=f"@{author}")
    return window.find(reply, interface="EditableText").queryText().getText(0, -1)


def close_reply(window: Window) -> None:
    """Put the reply away."""
    window.press(window.say("Close the reply"))
    window.until(lambda: not window.sees(window.say("Close the reply")), "the reply closed")


def focused(window: Window) -> str:
    """What has the keyboard."""
    app = window.app()
    for item in everything(app) if app is not None else ():
        if item.getState().contains(pyatspi.STATE_FOCUSED):
            return item.name or item.getRoleName()
    return ""


def main() -> int:
    """Walk, and leave nothing running."""
    window = Window(sys.argv[1], sys.argv[2])
    try:
        return travel(walk, window)
    finally:
        window.end()


if __name__ == "__main__":
    sys.exit(main())
