"""What everything on screen is made of: colours, spaces, heights and round corners.

Nothing of Qt is imported here, so that the window has its ground before anything is in it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

BODY: Final = 15
"""Size of body text in pixels at a text scale of 1."""


class Space:
    """The rhythm of every page, in pixels at a text scale of 1."""

    TITLE_LEAD: Final = 6
    """Between the title of a page and the sentence that says why."""
    LEAD_CONTENT: Final = 24
    """Between that sentence and what the page is about."""
    SECTION: Final = 32
    """Above the heading of a section."""
    UNDER_HEADING: Final = 12
    """Between a heading and what it heads."""
    GAP: Final = 14
    """Between cards."""
    HAIR: Final = 2
    """Between a name and the line that belongs to it."""
    LINE: Final = 4
    """Between lines of one thing."""
    NEAR: Final = 6
    """Between a label and what it is of."""
    BESIDE: Final = 8
    """Between things side by side."""
    PART: Final = 10
    """Between the parts of a card."""
    CARD: Final = 18
    """Between the edge of a card that stands for itself and what is in it."""
    PAGE: Final = 26
    """Round a page."""
    COLUMNS: Final = 34
    """Between a page and what stands beside it."""
    INDENT: Final = 36
    """Before what hangs under a dot of a line."""
    INNER: Final = 16
    """Between the edge of a card and what stands in it, and between a text and its button."""


class Width:
    """How wide some things are, in pixels at a text scale of 1."""

    FIGURE: Final = 110
    """A number with its unit at the end of a bar."""
    PLACE: Final = 132
    """The card of a town with its hour."""
    AMOUNT: Final = 150
    """A field for a sum of money."""


class Height:
    """How high things are, in pixels at a text scale of 1."""

    BUTTON: Final = 36
    TARGET: Final = 32
    """The least of what is pressed."""
    HERO_BUTTON: Final = 44
    """A button of the home screen's own question."""
    PLAIN_BUTTON: Final = 28
    """A quiet action on each of many things, such as the posts of a feed."""
    NEWS: Final = 32
    """The bar that tells of new posts."""
    STRIP: Final = 48
    """The strip of the hour."""
    HOUR_CARD: Final = 148
    """The two cards of the hour above the feed: what left last, and what leaves next."""
    RAIL_ROW: Final = 36
    RUN_ROW: Final = 60
    QUESTION: Final = 84


class Radius:
    """How round corners are, in pixels at a text scale of 1."""

    CARD: Final = 14
    CONTROL: Final = 10
    """Buttons, fields, notices."""
    CHIP: Final = 9
    TICK: Final = 5


class Tokens(NamedTuple):
    """The only colours there are."""

    name: str
    ink: str
    muted: str
    line: str
    paper: str
    sand: str
    plum: str
    plum_hover: str
    on_plum: str
    tint: str
    teal: str
    teal_ground: str
    amber: str
    amber_ground: str
    coral: str
    coral_ground: str
    field_line: str
    """Edge of what can be filled in or pressed: at least 3 to 1 against its ground."""

    def tone(self, tone: str) -> tuple[str, str]:
        """Text and ground of a tone: "well", "look", "stop", "plum" or "plain"."""
        return {
            "well": (self.teal, self.teal_ground),
            "look": (self.amber, self.amber_ground),
            "stop": (self.coral, self.coral_ground),
            "plum": (self.plum, self.tint),
            "plain": (self.muted, self.tint),
        }[tone]


LIGHT = Tokens(
    name="light",
    ink="#231a36",
    muted="#625b73",
    line="#e3dcea",
    paper="#ffffff",
    sand="#faf6f1",
    plum="#4b2e83",
    plum_hover="#5d3c9c",
    on_plum="#ffffff",
    tint="#f1ebfa",
    teal="#0b7a75",
    teal_ground="#e3f4f2",
    amber="#9a5b00",
    amber_ground="#fff3dc",
    coral="#c0392e",
    coral_ground="#fdecea",
    field_line="#8f869f",
)
DARK = Tokens(
    name="dark",
    ink="#f1ecf8",
    muted="#b3a9c4",
    line="#3b3050",
    paper="#1f182d",
    sand="#171121",
    plum="#b79cf0",
    plum_hover="#c8b3f5",
    on_plum="#1d1430",
    tint="#33264d",
    teal="#5fd0c5",
    teal_ground="#17383a",
    amber="#ffca7a",
    amber_ground="#43310f",
    coral="#ff9a8f",
    coral_ground="#4a2220",
    field_line="#8578a0",
)
HIGH_CONTRAST_LIGHT = Tokens(
    name="high-contrast-light",
    ink="#000000",
    muted="#2b2440",
    line="#000000",
    paper="#ffffff",
    sand="#fffffe",
    plum="#32186a",
    plum_hover="#4b2e83",
    on_plum="#ffffff",
    tint="#efe6ff",
    teal="#004d49",
    teal_ground="#ffffff",
    amber="#5c3500",
    amber_ground="#ffffff",
    coral="#8a0f06",
    coral_ground="#ffffff",
    field_line="#000000",
)
HIGH_CONTRAST_DARK = Tokens(
    name="high-contrast-dark",
    ink="#ffffff",
    muted="#ece6f7",
    line="#ffffff",
    paper="#000000",
    sand="#000001",
    plum="#d6c4ff",
    plum_hover="#e9deff",
    on_plum="#000000",
    tint="#241a3a",
    teal="#8ff0e6",
    teal_ground="#000000",
    amber="#ffdca3",
    amber_ground="#000000",
    coral="#ffbdb5",
    coral_ground="#000000",
    field_line="#ffffff",
)
ALL = (LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)
