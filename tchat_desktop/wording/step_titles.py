"""What the screens call the stages and steps of the guide."""

from __future__ import annotations

from tchat_desktop.domain.step_states import Stage
from tchat_desktop.domain.steps import StepId
from tchat_desktop.wording.i18n import N_, _

_STAGES = {Stage.BEFORE: N_("Before"), Stage.DURING: N_("During"), Stage.AFTER: N_("After")}


def stage_title(stage: Stage) -> str:
    """The name of a stage: Avant, Pendant, Après."""
    return _(_STAGES[stage])


def step_title(step: StepId) -> str:
    """The name of a step, as in the rail and above its page."""
    return _(step.heading)
