"""What keeps the computer running, on `psutil`."""

from __future__ import annotations

from tchat_desktop.domain.preflight import Power


def power() -> Power | None:
    """The battery as it is now; None when there is none. Raises OSError when it does not tell."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, psutil.Error, ValueError) as error:
        # Some systems have no such call; a battery that is being taken out has half its values.
        raise OSError(type(error).__name__) from error
    if battery is None:
        return None
    if battery.power_plugged is None:
        raise OSError("not known whether it is plugged in")
    return Power(plugged_in=bool(battery.power_plugged), percent=round(battery.percent))
