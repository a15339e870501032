"""What a frozen app brings along of licences."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_library_the_app_needs_brings_its_licence(licences: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [Requirement(line) for line in project["dependencies"]]
    wanted = {one.name.lower() for one in asked if one.marker is None or one.marker.evaluate()}
    told = {Path(folder).name for _path, folder in licences.datas()}
    assert wanted <= told
    assert {"tchat-desktop", "python", "shiboken6", "urllib3"} <= told
    assert all(Path(path).read_bytes().strip() for path, _folder in licences.datas())


def test_a_library_without_a_text_is_named(
    licences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences, "_WITHOUT_TEXT", set())
    with pytest.raises(ValueError, match="pyside6-essentials, shiboken6"):
        licences.datas()
