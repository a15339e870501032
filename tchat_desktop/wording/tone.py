"""How a sentence is meant, for whoever shows it: all is well, look at it, stop."""

from __future__ import annotations

from typing import Literal

Tone = Literal["well", "look", "stop", "plum", "plain"]
