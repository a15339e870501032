"""What the home screen is told of a chat. Nothing of Qt: it is made on the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain.chat import Chat, ChatPhase
from tchat_desktop.domain.steps import StepId


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What a card shows of a chat. `changed_at` is UTC; `progress` is from 0 to 1."""

    chat: Chat
    changed_at: datetime
    phase: ChatPhase
    progress: float
    next_step: StepId | None
