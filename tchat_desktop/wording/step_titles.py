"""What the screens call the stages and steps of the guide."""

from __future__ import annotations

from tchat_desktop.domain.step_states import Stage
from tchat_desktop.domain.steps import STEPS, StepId, step_number
from tchat_desktop.wording.i18n import N_, _

_STAGES = {Stage.BEFORE: N_("Before"), Stage.DURING: N_("During"), Stage.AFTER: N_("After")}


def stage_title(stage: Stage) -> str:
    """The name of a stage: Avant, Pendant, Après."""
    return _(_STAGES[stage])


def step_title(step: StepId) -> str:
    """The name of a step, as in the rail and above its page."""
    return _(step.heading)


def place_words(step: StepId) -> str:
    """Which step it is, out of how many: "Step 4 of 14, The questions"."""
    return _("Step {number} of {count}, {title}").format(
        number=step_number(step), count=len(STEPS), title=step_title(step)
    )
