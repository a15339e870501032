"""How figures are printed: median and spread, and the goal beside."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def line(name: str, values: Sequence[float], unit: str) -> None:
    """Print median, 99th percentile and extremes of a measure."""
    print(
        f"  {name:<38} median {statistics.median(values):9.2f} {unit}"
        f"   p99 {percentile(values, 0.99):9.2f}   min {min(values):9.2f}   n={len(values)}"
    )


def goal(name: str, value: float, limit: float, unit: str = "") -> bool:
    """Print whether a goal is met."""
    met = value <= limit
    print(f"  {name:<38} {value:9.2f}{unit}  goal ≤ {limit}{unit}  {'met' if met else 'MISSED'}")
    return met


def ratio_of(values: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the ratios of values measured in turns: what slows the machine slows both."""
    return statistics.median(mine / least for mine, least in zip(values, floor, strict=True))


def ratio(name: str, values: Sequence[float], floor: Sequence[float]) -> None:
    """Print such a ratio, for which there is no goal."""
    print(f"  {name:<38} {ratio_of(values, floor):9.2f}")
