"""The steps to follow when somebody confides something serious, before and during the chat."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.protection import (
    countries_not_given,
    countries_with_none,
    lines_to_give,
    whom_to_tell,
)
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _, countries_of

_STEPS = (
    N_("Do not repost it, highlight it or quote it: that would show it to many more people."),
    N_("Immediate danger? Call the police or the emergency services of that country."),
    N_("Answer in private if you can. In public, the ready answer and nothing else."),
    N_("Ask for no details, and do not promise to keep it secret."),
)  # fmt: skip


def minor_rule() -> str:
    """Return the rule for somebody who may be a child."""
    return _(
        "A minor’s account? Do not answer alone: be two adults, from the organisation’s account. "
        "No photo, no address, no meeting."
    )


def care_words(chat: Chat) -> tuple[str, ...]:
    """Return the steps in order, with the person to tell in the organisation."""
    who = whom_to_tell(chat)
    tell = _("Tell {who} at once.").format(who=who) if who else ""
    tell = tell or _("Tell the person responsible for protection in your organisation at once.")
    first, second, *rest = map(_, _STEPS)
    return (first, second, tell, *without_number_words(chat), *rest, minor_rule())


def without_number_words(chat: Chat) -> tuple[str, ...]:
    """Return the steps for countries without a help number; empty when every country has one."""
    if not (countries := countries_with_none(chat)):
        return ()
    words = _("No help number for {countries}: your organisation looks for help near them.")
    return (words.format(countries=", ".join(countries)),)


def numbers_words(chat: Chat) -> str:
    """Return which countries the ready answer has a number for and which not; "" if none lacks one.

    Both are said, because nobody knows in which country the person who confides lives.
    """
    lacking = ", ".join(countries_not_given(chat, countries_of(chat)))
    if not lacking:
        return ""
    given = ", ".join(dict.fromkeys(line.country.strip() for line in lines_to_give(chat)))
    words = _("No checked number for: {lacking}.")
    if given:
        words = _("Checked numbers: {given}. None for: {lacking}.")
    return words.format(given=given, lacking=lacking)


_NAMED_CHILD = (
    N_("Do not repost it, highlight it or quote it: that would show it to many more people."),
    N_("Ask its author in private to delete it, and to publish it again without the name."),
    N_("Blame nobody, and do not write the name yourself, not even in your answer."),
    N_("To hide it here does not take it away from X: as long as it is there, ask again."),
)


def named_child_words() -> tuple[str, ...]:
    """Return the steps to follow when a child is named, in order."""
    return tuple(map(_, _NAMED_CHILD))


class CareSteps(QWidget):
    """A numbered list of steps: for a confidence, or for a post that merely names a child."""

    def __init__(self, *, named_child: bool = False) -> None:
        super().__init__()
        self._named_child = named_child
        self._lines: list[Text] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.LINE))

    def show_chat(self, chat: Chat) -> None:
        """Show the steps with the names from this chat."""
        words = named_child_words() if self._named_child else care_words(chat)
        while len(self._lines) < len(words):
            line = Text("")
            self._lines.append(line)
            self._layout.addWidget(line)
        for number, (line, text) in enumerate(zip(self._lines, words, strict=False), start=1):
            line.setText(f"{number}. {text}")
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(words))
