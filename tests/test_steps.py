"""Every step of the guide is whole: what one lacks is told in a sentence."""

from __future__ import annotations

from importlib.util import find_spec

from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.step_states import Detail, StepState
from tchat_desktop.domain.steps import STEPS, StepStatus
from tchat_desktop.start.steps import PAGES
from tchat_desktop.ui.pages.shared.preflight_lines import ITEMS
from tchat_desktop.wording import i18n
from tchat_desktop.wording.status_words import status_words

NOT_LISTED = {
    Missing.NO_PURPOSE,
    Missing.NO_TOPIC,
    Missing.NO_ANNOUNCEMENT,
    Missing.NOT_REHEARSED,
}
"""What is wanted, and nothing to put right on the day itself."""


def missing() -> list[str]:
    """What a step lacks, or has too much of."""
    found = []
    for step in STEPS:
        if find_spec(f"tchat_desktop.ui.pages.{step}.page") is None:
            found.append(f"ui/pages/{step}/page.py is not there")
        if step not in PAGES:
            found.append(f"start/steps.py: PAGES has no page for “{step}”")
    listed = [kind for item in ITEMS for kind in item.kinds]
    for kind in Missing:
        if listed.count(kind) + (kind in NOT_LISTED) != 1:
            found.append(
                f"ui/pages/shared/preflight_lines.py: “{kind}” is to be in one line of ITEMS, "
                "or in NOT_LISTED of tests/test_steps.py"
            )
    i18n.activate("fr")
    plain = status_words(StepStatus(STEPS[0], StepState.TODO))
    for detail in Detail:
        words = status_words(StepStatus(STEPS[0], StepState.TODO, detail, 1, 2))
        if words == plain and detail is not Detail.NONE:
            found.append(f"wording/status_words.py has no words for “{detail}”")
    return found


def test_no_step_lacks_anything() -> None:
    lacking = missing()
    assert not lacking, "\n" + "\n".join(lacking)


def test_steps_are_in_the_order_of_the_parts() -> None:
    stages = [step.stage for step in STEPS]
    assert stages == sorted(stages, key=stages.index)
