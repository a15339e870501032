"""Faults that are known and not mended yet, each with its reason; one that is gone is taken out."""

from __future__ import annotations

BOTH: dict[str, str] = {}
"""Page and fault, as a journey prints them -> why it is still there."""

BY_KEYS: dict[str, str] = {}
"""Those that only somebody meets who goes by the keyboard."""

SOMETIMES: dict[str, str] = {}
"""Those that depend on what comes first; they need not occur."""
