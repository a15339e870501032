"""python -m tests.visuals_gallery OUT: the pictures of a chat in every design, shape and language.

Each once as the example has it, and once with all that strains it: a topic of 120 characters, an
organisation of 60, twelve guests, emoji, a long tag. `--sheet` puts those of a language and a case
on one sheet, to be looked at in one go.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Design, Invitation, Person
from tchat_desktop.domain.visuals import Shape, more_guests, visual_of
from tchat_desktop.platform.paths import resource
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.ui.visuals.rendering import picture
from tchat_desktop.wording.when_words import when_of

LANGUAGES = ("fr", "en", "ar")
COLOURS = ("#4b2e83", "#ffe066", "#0b7a75")
"""One a design: dark, very light, middling; texts must be readable on each."""
_LONG = {
    "fr": (
        "Mariage des enfants et scolarité des filles : qu’est-ce qui fait vraiment changer "
        "d’avis une famille près de vous ? 👧🏾📚",
        "🌍 Fédération des associations de jeunes filles du grand fleuve",
        "sage-femme et formatrice à la maternité de Ziguinchor",
    ),
    "en": (
        "Child marriage and the schooling of girls: what really makes a family change its mind "
        "in the place where you live? 👧🏾📚",
        "🌍 Federation of the associations of young girls of the great river",
        "midwife and trainer at the maternity ward of Ziguinchor",
    ),
    "ar": (
        "زواج الأطفال وتعليم الفتيات: ما الذي يجعل أسرة قريبة منكم تغيّر رأيها حقًا في "
        "المكان الذي تعيشون فيه اليوم؟ 👧🏾📚",
        "🌍 اتحاد جمعيات الفتيات الشابات على ضفاف النهر الكبير",
        "قابلة ومكوّنة في قسم الولادة بمستشفى المدينة",
    ),
}
"""A topic of 120 characters, an organisation of 60, a line on each guest."""


def cases(language: str) -> Iterator[tuple[str, Chat]]:
    """The chats of a language, each with what it is called."""
    chat = TchatFiles().read(resource("languages", language, "example.tchat")).chat
    usual = replace(
        chat,
        people=tuple(replace(one, invitation=Invitation.ACCEPTED) for one in chat.people),
        registration_link="https://example.org/inscription",
    )
    topic, organisation, bio = _LONG[language]
    yield "usual", usual
    yield (
        "strained",
        replace(
            usual,
            topic=topic,
            organisation=organisation,
            people=tuple(
                Person(
                    f"p{number}",
                    name=f"Marie-Antoinette Ouédraogo {number}",
                    bio=bio,
                    invitation=Invitation.ACCEPTED,
                )
                for number in range(12)
            ),
            hashtag="PourQueChaqueFilleDecide",
            audience_zones=("Europe/Paris", "Africa/Abidjan", "Africa/Kinshasa", "Asia/Kolkata"),
        ),
    )
    yield "bare", Chat("bare", language=language, topic="?")


def drawn(chat: Chat, shape: Shape, design: Design, colour: str) -> QImage:
    """The picture, in half its size."""
    texts = texts_of(chat.language)
    visual = visual_of(chat, texts, when_of(chat))
    return picture(visual, shape, design, colour, QImage(), more_guests(visual, texts), 600)


def main() -> int:
    """Draw every picture; print how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.visuals_gallery")
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", nargs="*", default=list(LANGUAGES), choices=LANGUAGES)
    parser.add_argument("--sheet", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    _qt = QApplication([])
    count = 0
    for language in options.lang:
        for name, chat in cases(language):
            images = {
                (design, shape): drawn(chat, shape, design, colour)
                for design, colour in zip(Design, COLOURS, strict=True)
                for shape in Shape
            }
            count += len(images)
            if options.sheet:
                sheet_of(images).save(str(options.out / f"{language}-{name}.png"))
                continue
            for (design, shape), image in images.items():
                image.save(str(options.out / f"{language}-{name}-{design}-{shape}.png"))
    print(f"{count} pictures in {options.out}")
    return 0


def sheet_of(images: dict[tuple[Design, Shape], QImage]) -> QImage:
    """All the pictures of a chat on one sheet, a design a row."""
    small = {key: image.scaledToWidth(380) for key, image in images.items()}
    rows = [[small[design, shape] for shape in Shape] for design in Design]
    heights = [max(image.height() for image in row) + 10 for row in rows]
    sheet = QImage(390 * len(Shape), sum(heights), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    try:
        for place, row in enumerate(rows):
            for column, image in enumerate(row):
                painter.drawImage(QPoint(390 * column, sum(heights[:place])), image)
    finally:
        painter.end()
    return sheet


if __name__ == "__main__":
    sys.exit(main())
