"""How long the preview of a picture takes to follow one change that is typed."""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks import report

ROUNDS = 25
GOAL_MS = 50


def run() -> bool:
    """Print the figures; whether the goal is met."""
    from PySide6.QtGui import QGuiApplication, QImage
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.adapters.tchat_file import TchatFiles
    from tchat_desktop.domain.chat import Design, Invitation
    from tchat_desktop.domain.visuals import Shape, look_of, more_guests, visual_of
    from tchat_desktop.platform.paths import resource
    from tchat_desktop.start.data_directory import texts_of
    from tchat_desktop.ui.pages.promotion.visuals_card import PREVIEW_WIDTHS
    from tchat_desktop.ui.visuals.rendering import picture
    from tchat_desktop.wording.when_words import when_of

    qt = QGuiApplication.instance() or QApplication([])
    chat = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    people = tuple(replace(one, invitation=Invitation.ACCEPTED) for one in chat.people)
    chat, texts, when = replace(chat, people=people), texts_of("fr"), when_of(chat)
    colour = look_of(chat).colour

    def typed(topic: str, shape: Shape, design: Design) -> float:
        """The milliseconds from a letter typed in the topic to the preview drawn."""
        began = time.perf_counter()
        visual = visual_of(replace(chat, topic=topic), texts, when)
        more = more_guests(visual, texts)
        picture(visual, shape, design, colour, QImage(), more, PREVIEW_WIDTHS[shape])
        return (time.perf_counter() - began) * 1e3

    print("preview of a picture, drawn anew for one change typed")
    all_taken: list[float] = []
    for shape in PREVIEW_WIDTHS:
        taken = [
            typed(chat.topic + " " + "a" * turn, shape, design)
            for design in Design
            for turn in range(ROUNDS + 1)
            # The first one also finds the fonts.
            if turn or typed(chat.topic, shape, design)
        ]
        report.line(shape.value, taken, "ms")
        all_taken += taken
    del qt
    return report.goal("p99", report.percentile(all_taken, 0.99), GOAL_MS, " ms")
