"""The scripts in packaging/, which is no package of Python's."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent


def script(name: str) -> ModuleType:
    """A script of packaging/ by its path there without the ending: "linux/package".

    It finds those beside it, and those of packaging/, as it does when it is run.
    """
    path = ROOT / "packaging" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name.replace("/", "_"), path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses of it look their module up.
    sys.modules[spec.name] = module
    folders = [str(path.parent), str(ROOT / "packaging")]
    sys.path[:0] = folders
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.path[: len(folders)]
    return module
