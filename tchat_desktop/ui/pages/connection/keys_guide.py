"""A guide in pictures for getting the four keys from X for the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.domain.x import links
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.picture import Drawing
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import N_, _

PICTURE = (208, 132)
LARGE_TEXT = 1.6
"""From this text scale on, the words stand below the drawing for lack of room beside it."""


_CONSOLE = links.CONSOLE.removeprefix("https://")
"""The address of X's page as a person types it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the guide; its texts are marked by `N_`."""

    picture: str
    title: str
    text: str
    alt: str
    on_x: str = ""
    """What X's page calls it: quoted, never translated."""
    with_address: bool = False
    """Whether the step has a button that copies the address to which X's page leads back."""


GUIDE_STEPS = (
    _Step(
        "account",
        N_("1. Register your organisation"),
        N_(
            "Open X’s page for apps and sign in with the account that will post. X asks what for: "
            "write that you publish the posts of your own public conversations."
        ),
        N_("Drawing: a browser on X’s page, with the button to sign in."),
        _CONSOLE,
    ),
    _Step(
        "credit",
        N_("2. Buy a little credit"),
        N_(
            "X is paid in advance, by bank card. Five dollars are enough for a first chat. Leave "
            "the automatic refill off: then nothing more can be taken."
        ),
        N_("Drawing: a bank card, an amount, and automatic refill switched off."),
        "Billing → Credits",
    ),
    _Step(
        "app",
        N_("3. Create an app"),
        N_(
            "It is only a name for your keys, such as the name of your organisation and “chat”. If "
            "asked for an environment, take “Production”. X then shows keys at once: close that "
            "window, the right ones are made in step 5."
        ),
        N_("Drawing: the button for a new app, and a field with its name."),
        "New App / Create App",
    ),
    _Step(
        "write",
        N_("4. Allow it to write"),
        N_(
            "Open your app, and press “Set up”. Choose reading and writing before you make the "
            "keys: otherwise they can only read. X also wants a kind of app, take “Native App”; "
            "a “Callback URI”, paste the address below; and the address of your site."
        ),
        N_("Drawing: three choices, the second one, “Read and write”, is ticked."),
        "User authentication settings → Set up → Read and write",
        with_address=True,
    ),
    _Step(
        "keys",
        N_("5. Make the four keys"),
        N_(
            "Two for the app, two for the account; the long “Bearer Token” is not one of them. X "
            "shows them once only: copy each one here before you close its page."
        ),
        N_("Drawing: four lines with a key each, and a button to copy."),
        "Keys and tokens → Regenerate / Generate",
    ),
    _Step(
        "paste",
        N_("6. Paste them below"),
        N_(
            "One by one, or all at once in any field: they go to their places by themselves. Then "
            "press “Test and keep”."
        ),
        N_("Drawing: four keys go into the keyring of the laptop, which is closed by a lock."),
    ),
)


class KeysGuide(QWidget):
    """Six steps, each with a drawing. `address` is the one to which X's page leads back."""

    def __init__(self, open_page: Callable[[str], None], address: str) -> None:
        super().__init__()
        self._open_page = open_page
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(theme.Space.NEAR))
        layout.setSpacing(theme.px(theme.Space.INNER))
        layout.addWidget(
            Text(
                _(
                    "Count a quarter of an hour, once for all your chats. Have a bank card of the "
                    "organisation at hand. X’s page is in English."
                )
            )
        )
        layout.addLayout(FlowLayout(Button(_("Open {page}").format(page=_CONSOLE),
            icon_name="outside", clicked=self._on_open)))  # fmt: skip
        for step in GUIDE_STEPS:
            layout.addWidget(_GuideStep(step, address))
        layout.addWidget(
            HintNotice(
                _(
                    "Never give these keys to anybody, not by e-mail nor by message, not even to "
                    "someone who offers help: whoever has them can post in your name. Nobody from "
                    "X or from this app will ask for them."
                ),
                "stop",
            )
        )

    def _on_open(self) -> None:
        self._open_page(links.CONSOLE)


class _GuideStep(QWidget):
    """The drawing of a step and its texts."""

    def __init__(self, step: _Step, address: str) -> None:
        super().__init__()
        self._address = address
        picture = Drawing("guide", step.picture, _(step.alt), *PICTURE)
        words = QVBoxLayout()
        words.setSpacing(theme.px(theme.Space.LINE))
        words.addWidget(Text(_(step.title), "strong"))
        words.addWidget(Text(_(step.text)))
        if step.on_x:
            words.addWidget(Text(_("On X’s page: “{name}”").format(name=step.on_x), "small"))
        if step.with_address:
            copy = Button(_("Copy the address of return"), "link", "copy", self._on_copy)
            words.addLayout(FlowLayout(copy))
        words.addStretch(1)
        directions = QBoxLayout.Direction
        below = theme.scale() >= LARGE_TEXT
        box = QBoxLayout(directions.TopToBottom if below else directions.LeftToRight, self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(theme.Space.BESIDE if below else theme.Space.INNER))
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
