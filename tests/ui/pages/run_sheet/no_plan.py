"""A plan of the day that is saved nowhere."""

from __future__ import annotations

from tchat_desktop.ui.pages.run_sheet.day_plan_card import DayPlanFiles
from tchat_desktop.ui.pages.shared.saving import Export

NO_PLAN = DayPlanFiles(
    (Export("Save", "Save", "plan", "html", "Page", lambda _chat, path: path),), lambda _path: True
)
