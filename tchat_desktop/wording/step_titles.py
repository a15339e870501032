"""What the screens call the stages and steps of the guide."""

from __future__ import annotations

from tchat_desktop.domain.steps import Stage, StepId
from tchat_desktop.wording.i18n import N_, _

_STAGES = {Stage.BEFORE: N_("Before"), Stage.DURING: N_("During"), Stage.AFTER: N_("After")}

_TITLES = {
    StepId.PURPOSE: N_("The purpose"),
    StepId.SCHEDULE: N_("Topic, day and hour"),
    StepId.HASHTAG: N_("The tag"),
    StepId.QUESTIONS: N_("The questions"),
    StepId.PEOPLE: N_("Guests and team"),
    StepId.PROTECTION: N_("Protection"),
    StepId.PROMOTION: N_("Promotion"),
    StepId.RUN_SHEET: N_("The run sheet"),
    StepId.CONNECTION: N_("How posts leave"),
    StepId.REHEARSAL: N_("Rehearsal"),
    StepId.HOUR: N_("The chat"),
    StepId.THANKS: N_("Thank"),
    StepId.RECAP: N_("The recap"),
    StepId.REPORT: N_("Results and what’s next"),
}


def stage_title(stage: Stage) -> str:
    """The name of a stage: Avant, Pendant, Après."""
    return _(_STAGES[stage])


def step_title(step: StepId) -> str:
    """The name of a step, as in the rail and above its page."""
    return _(_TITLES[step])
