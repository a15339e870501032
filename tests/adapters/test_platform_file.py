"""The file of prices and limits is whole, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tchat_desktop.adapters.platform_file import load_rules
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.platform.paths import resource


def test_every_action_has_a_price() -> None:
    cents = load_rules(X_RULES).platform.cents
    assert cents.keys() == X_RULES.priced
    assert min(cents.values()) > 0


@pytest.mark.parametrize("name", ["repost", "replies_per_day"])
def test_a_file_with_a_hole_is_refused(tmp_path: Path, name: str) -> None:
    text = resource("platform.toml").read_text(encoding="utf-8")
    without, taken = re.subn(rf"^{name} = .*$", "", text, flags=re.MULTILINE)
    assert taken == 1
    (tmp_path / "platform.toml").write_text(without, encoding="utf-8")
    with pytest.raises(ValueError, match=r"price|limits"):
        load_rules(X_RULES, tmp_path / "platform.toml")
