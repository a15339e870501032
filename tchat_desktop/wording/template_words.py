"""How templates are shown and typed: their blanks have names in the language of the screens."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.own_texts import TemplateCheck
from tchat_desktop.wording.i18n import N_, _

GROUP_TITLES = {
    "post": N_("Posts of the hour"),
    "reply": N_("Replies and private answers"),
    "canned": N_("Short replies at hand"),
    "x": N_("Announcements on X"),
    "facebook": N_("Facebook event"),
    "email": N_("E-mail to your contacts"),
    "whatsapp": N_("WhatsApp message"),
    "again": N_("Invitations to those who came before"),
    "press": N_("Press release"),
    "letter": N_("Letters to guests"),
    "guest": N_("Sentences inside the letters"),
    "pack": N_("Guest pack"),
    "visual": N_("Pictures"),
    "thread": N_("Thread of the recap"),
}
"""The groups of texts, in the order in which they are shown."""

_BLANKS = {
    "tag": N_("tag of the chat"),
    "topic": N_("topic of the chat"),
    "topic_ended": N_("topic with a full stop"),
    "organisation": N_("your organisation"),
    "account": N_("your account"),
    "duration": N_("length of the chat"),
    "greeting": N_("good morning or evening"),
    "guests": N_("guests of the chat"),
    "guest_lines": N_("one line per guest"),
    "day": N_("day of the chat"),
    "hour": N_("bare hour"),
    "hours": N_("hours by town"),
    "here": N_("hour of the guest"),
    "when": N_("day and hours"),
    "link": N_("link to share"),
    "event": N_("occasion of the chat"),
    "summary": N_("sentence on the topic"),
    "question": N_("first question"),
    "questions": N_("list of questions"),
    "name": N_("name of the person"),
    "names": N_("names of the people"),
    "source": N_("link of the source"),
    "helplines": N_("helplines of the chat"),
    "number": N_("number of the question"),
    "text": N_("text of the answer"),
    "via": N_("way of the answer"),
    "needs": N_("what the guest needs"),
    "ask": N_("what the guest is asked"),
    "check": N_("what the guest checks"),
    "did": N_("what they did"),
    "first_time": N_("welcome of a first time"),
    "recap": N_("link of the recap"),
    "coming": N_("recap to come"),
    "count": N_("how many"),
    "introduction": N_("figures of the chat"),
    "quote": N_("words quoted"),
    "conclusion": N_("your conclusion"),
}
"""The blanks, by the names that the templates have for them."""

_BLANK = re.compile(r"\{([^{}\n]*)\}")


def blank_name(name: str) -> str:
    """How a blank is called on screen; one that is not known, as it is."""
    return _(_BLANKS[name]) if name in _BLANKS else name


def shown_template(template: str) -> str:
    """A template with its blanks as the screen names them: "{topic}" is "{sujet}"."""
    return _BLANK.sub(lambda found: "{" + blank_name(found[1]) + "}", template)


def typed_template(shown: str) -> str:
    """A template as it is stored; a blank that is not known stays as it was typed."""
    names = {fold(_(words)): name for name, words in _BLANKS.items()}
    return _BLANK.sub(lambda found: "{" + names.get(fold(found[1]), found[1]) + "}", shown)


def template_problem(check: TemplateCheck, allowed: Sequence[str]) -> str:
    """Why a template cannot be used; "" when it can."""
    if check.empty:
        return _("This text is empty: write it, or go back to the proposed one.")
    if check.unknown:
        typed = check.unknown[0]
        near = difflib.get_close_matches(fold(typed), [fold(blank_name(one)) for one in allowed], 1)
        meant = next((blank_name(one) for one in allowed if fold(blank_name(one)) in near), "")
        if meant:
            words = _("Nothing fills in {typed}. Did you mean {meant}?")
            return words.format(typed=f"{{{typed}}}", meant=f"{{{meant}}}")
        words = _("Nothing fills in {typed}: choose a blank from the list.")
        return words.format(typed=f"{{{typed}}}")
    if check.stray:
        return _("A brace stands alone: a blank begins with one and ends with the other.")
    return ""


def lost_blanks_words(check: TemplateCheck) -> str:
    """What a usable template no longer says; "" when it says all that the proposed one does."""
    if not check.missing:
        return ""
    blanks = ", ".join(f"{{{blank_name(one)}}}" for one in check.missing)
    return _("No longer in your text: {blanks}. That may be on purpose.").format(blanks=blanks)
