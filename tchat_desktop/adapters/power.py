"""Reads the state of the battery, with `psutil`."""

from __future__ import annotations

from tchat_desktop.domain.preflight import Power


def power() -> Power | None:
    """The state of the battery; None without a battery. Raises OSError when it is not known."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, psutil.Error, ValueError) as error:
        # Some systems lack the call; a battery that is being removed gives incomplete values.
        raise OSError(type(error).__name__) from error
    if battery is None:
        return None
    if battery.power_plugged is None:
        raise OSError("not known whether it is plugged in")
    return Power(plugged_in=bool(battery.power_plugged), percent=round(battery.percent))
