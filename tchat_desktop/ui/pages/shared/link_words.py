"""The sentences about a link to a post that was copied on X."""

from __future__ import annotations

from tchat_desktop.domain.by_hand import LinkProblem
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.x import links
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.step_titles import step_title

LINK_LOOKS = f"{links.X}/…/status/…"
"""The form of a link to a post, as placeholder of an empty field."""

_PROBLEMS = {
    LinkProblem.NOT_A_POST: N_(
        "This is not the link of a message on X. Paste another, or leave it empty."
    ),
    LinkProblem.OF_ANOTHER: N_("This message is not yours: another account wrote it."),
    LinkProblem.USED: N_("This link belongs to another message already."),
    LinkProblem.EARLIER: N_(
        "This message was published long before: it is another one. "
        "Paste the right link, or leave it empty."
    ),
    LinkProblem.BEFORE_PAGE: N_(
        "By this computer’s clock, this message is older than its page. "
        "If it is the right one, confirm again."
    ),
    LinkProblem.BEFORE_ANSWERED: N_(
        "This message is older than the one that it should answer: it is another one. "
        "Paste the right link."
    ),
    LinkProblem.OTHER_WORDS: N_(
        "Under this link, another text was read on X. If it is the right one, confirm again."
    ),
    LinkProblem.OF_A_LATER_PAGE: N_(
        "Another message, opened later, waits too. If this link is right, confirm again."
    ),
    LinkProblem.AHEAD_OF_CLOCK: N_(
        "By this computer’s clock, this message is from a time still to come. "
        "If it is the right one, confirm again."
    ),
    LinkProblem.TO_COME: N_(
        "This link tells a time that is still to come: copy it again on X, or leave it empty."
    ),
}


def link_words(problem: LinkProblem, account: str) -> str:
    """Return why a link cannot be that of a post, and what to do; `account` is the chat's own."""
    if problem is LinkProblem.OF_ANOTHER and account:
        return _(
            "This message is not by @{account}, the account of your chat. If your account is "
            "another one, correct it at the step “{step}”; or leave the link empty."
        ).format(account=account, step=step_title(StepId.CONNECTION))
    return _(_PROBLEMS[problem])
