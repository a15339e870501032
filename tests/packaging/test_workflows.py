"""What the workflows run is there, and nothing in them can be changed behind our back.

They run elsewhere than here: `.github/lint` reads their grammar, and this what they stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FILES}
JOBS = [
    pytest.param(job, id=f"{name}-{key}")
    for name, workflow in WORKFLOWS.items()
    for key, job in workflow["jobs"].items()
]
PATH = re.compile(r"(?<![\w/.-])((?:\.ci|\.github|packaging|tests|docs)/[\w./-]*\w|out\b)")
MODULE = re.compile(r"python3? -m ((?:tests|tchat_desktop|benchmarks)[\w.]*)")
MADE = "build/"
"""What a workflow makes itself."""


def commands() -> Iterator[str]:
    """Every line a workflow runs, whole where it goes on in the next."""
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                yield from step.get("run", "").replace("\\\n", " ").splitlines()


def test_there_are_both() -> None:
    assert set(WORKFLOWS) == {"release", "test"}


def test_every_script_and_every_module_that_is_run_is_there() -> None:
    named = {path for line in commands() for path in PATH.findall(line)} - {"out"}
    modules = {module for line in commands() for module in MODULE.findall(line)}
    assert len(named) > 8
    assert len(modules) > 3
    assert not sorted(path for path in named if not (ROOT / path).exists())
    assert not sorted(module for module in modules if find_spec(module) is None)


def test_a_script_that_is_run_by_its_name_can_be() -> None:
    started = {line.split()[0] for line in commands() if line and PATH.match(line.split()[0])}
    scripts = [ROOT / path for path in started if not path.endswith(".ps1")]
    assert scripts
    assert not [path.name for path in scripts if path.read_bytes()[:2] != b"#!"]
    assert not [path.name for path in scripts if path.stat().st_mode & 0o100 == 0]


def test_the_tests_run_on_every_system_with_every_python() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    matrix = WORKFLOWS["test"]["jobs"]["systems"]["strategy"]["matrix"]
    assert [one.split("-")[0] for one in matrix["system"]] == ["ubuntu", "windows", "macos"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert f'requires-python = ">={matrix["python"][0]}"' in project


def test_the_debians_are_those_the_app_is_tried_on() -> None:
    from tests.fresh_machine import RELEASES

    assert WORKFLOWS["test"]["jobs"]["debian"]["strategy"]["matrix"]["release"] == [*RELEASES]
    tried = {line.split()[-1] for line in commands() if "packaging/linux/try.sh" in line}
    assert tried == set(RELEASES)


def test_actions_and_images_of_others_are_pinned() -> None:
    """By what cannot be moved to something else, with the version for people in a comment."""
    for path in FILES:
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
            if "image:" in line:
                assert re.search(r"@sha256:[0-9a-f]{64}$", line), line


def test_one_action_is_in_one_version_everywhere() -> None:
    text = "".join(path.read_text("utf-8") for path in FILES)
    versions: dict[str, set[str]] = {}
    for action, version in re.findall(r"uses: (\S+)@(.+)", text):
        versions.setdefault(action, set()).add(version)
    assert not [action for action, found in versions.items() if len(found) > 1]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_read_and_no_more(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    more = {key for key, job in WORKFLOWS[name]["jobs"].items() if "permissions" in job}
    assert more == ({"publish"} if name == "release" else set())
    assert "concurrency" in WORKFLOWS[name]


@pytest.mark.parametrize("job", JOBS)
def test_a_job_ends_and_keeps_no_credentials(job: dict[str, Any]) -> None:
    assert 0 < job["timeout-minutes"] <= 120
    checkouts = [one for one in job["steps"] if "actions/checkout@" in one.get("uses", "")]
    assert len(checkouts) == 1
    assert checkouts[0]["with"]["persist-credentials"] is False


def test_nothing_is_published_that_was_not_tried_on_its_system() -> None:
    jobs = WORKFLOWS["release"]["jobs"]
    assert set(jobs["publish"]["needs"]) == {"windows-tried", "macos", "linux"}
    assert jobs["windows-tried"]["runs-on"].startswith("windows")
    assert [one["kind"] for one in jobs["macos"]["strategy"]["matrix"]["include"]] == [
        "arm64",
        "x86_64",
    ]
    for job in ("windows-tried", "macos", "linux"):
        assert any("/try." in step.get("run", "") for step in jobs[job]["steps"])
    assert jobs["publish"]["if"] == "github.ref_type == 'tag'"
    assert any("--draft" in step.get("run", "") for step in jobs["publish"]["steps"])


def test_the_python_in_the_windows_app_is_the_one_that_compiles_for_it() -> None:
    windows = WORKFLOWS["release"]["jobs"]["windows"]
    (version,) = set(re.findall(r"\d+\.\d+\.\d+", windows["env"]["PYTHON_ZIP"]))
    with_python = [one["with"] for one in windows["steps"] if "setup-python" in one.get("uses", "")]
    assert [one["python-version"] for one in with_python] == [version.rpartition(".")[0]]
    assert re.fullmatch(r"[0-9a-f]{64}", windows["env"]["PYTHON_ZIP_SHA256"])


def test_what_is_uploaded_has_the_names_the_builds_give() -> None:
    """Each pattern against the name in the script that makes the file."""
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    for pattern, script, name in (
        ("build/windows/Tchat-*-setup.exe", "windows/build.py", '"Tchat-{__version__}-setup.exe"'),
        ("build/windows/Tchat-*-portable.zip", "windows/build.py", "-portable.zip"),
        ("build/macos/Tchat-*.dmg", "macos/build.sh", "$out/Tchat-$version-$kind.dmg"),
        ("build/linux/*.deb", "linux/packages.py", ".deb"),
        ("build/linux/*.tar.xz", "linux/packages.py", ".tar.xz"),
    ):
        assert pattern in text
        assert name in (ROOT / "packaging" / script).read_text("utf-8"), script


def test_the_libraries_and_the_actions_are_looked_after() -> None:
    told = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    assert {one["package-ecosystem"] for one in told["updates"]} == {"github-actions", "pip"}
