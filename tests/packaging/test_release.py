"""What a release must hold to: tag, notes, checksums, and what it is made of."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tchat_desktop import __version__
from tchat_desktop.adapters.reading.new_version import read_version
from tchat_desktop.adapters.version_file import load_version_address
from tchat_desktop.domain.new_version import LONGEST_NEWS, MOST_NEWS, NewVersion
from tests.packaging.scripts import ROOT, script

release = script("release")
NEWS = """\
# Changelog

## [Unreleased]

## [1.2.0] - 2026-12-01
### Added
A tag.

## [1.1.0]
Old.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tchat_desktop").mkdir()
    (tmp_path / "tchat_desktop" / "__init__.py").write_text('"""T."""\n\n__version__ = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(NEWS, "utf-8")
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "versions.toml").write_text('address = ""\n')
    return tmp_path


ADDRESS = "https://tchat.example.org/tchat/version.json"
TOLD = """
version = "1.2.0"
page = "https://tchat.example.org/nouveau"
[news]
fr = ["Le résumé se partage.", "Plus court."]
en = ["Shorter."]
"""


@pytest.fixture
def telling(project: Path) -> Path:
    """The project of a publisher whose app tells of new versions."""
    (project / "resources" / "versions.toml").write_text(f'address = "{ADDRESS}"\n')
    (project / "packaging").mkdir()
    (project / "packaging" / "news.toml").write_text(TOLD, "utf-8")
    return project


def test_the_version_is_that_of_the_app() -> None:
    assert release.version() == __version__


def test_a_tag_that_is_the_version_and_told_can_be_published(project: Path) -> None:
    assert release.faults("v1.2.0", project) == []
    assert release.notes(project) == "### Added\nA tag."


def test_one_line_publishes_what_stands_under_unreleased(project: Path) -> None:
    """The first step of docs/releasing.md, with the news there are today."""
    news = (ROOT / "CHANGELOG.md").read_text("utf-8")
    named = news.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.2.0] - 2026-12-31\n", 1)
    (project / "CHANGELOG.md").write_text(named, "utf-8")
    assert release.faults("v1.2.0", project) == []
    assert release.notes(project).startswith("### ")
    assert "right under `## [Unreleased]`" in (ROOT / "docs" / "releasing.md").read_text("utf-8")


@pytest.mark.parametrize("tag", ["v1.2.1", "1.2.0", "v1.2.0-1", "V1.2.0", ""])
def test_another_tag_cannot(project: Path, tag: str) -> None:
    (fault,) = release.faults(tag, project)
    assert "v1.2.0 is wanted" in fault


@pytest.mark.parametrize(
    "news", ["# Changelog\n## [Unreleased]\nMuch.\n", "## [1.2.0]\n\n## [1]\nX"]
)
def test_nor_one_of_which_nothing_is_told(project: Path, news: str) -> None:
    (project / "CHANGELOG.md").write_text(news, "utf-8")
    (fault,) = release.faults("v1.2.0", project)
    assert "CHANGELOG.md has nothing" in fault


def test_the_app_reads_what_is_written_for_it(telling: Path) -> None:
    assert release.faults("v1.2.0", telling) == []
    content = json.dumps(release.news(telling), ensure_ascii=False, indent=2).encode()
    assert read_version(content, "https://tchat.example.org") == NewVersion(
        "1.2.0",
        date(2026, 12, 1),
        "https://tchat.example.org/nouveau",
        {"fr": ("Le résumé se partage.", "Plus court."), "en": ("Shorter.",)},
    )
    assert (release.MOST_NEWS, release.LONGEST_NEWS) == (MOST_NEWS, LONGEST_NEWS)


@pytest.mark.parametrize(
    ("told", "instead", "fault"),
    [
        ('"1.2.0"', '"1.1.0"', "is about 1.1.0, not 1.2.0"),
        ('"1.2.0"', '""', "is about no version"),
        ("https://tchat.example.org/", "https://example.org/", "the page must begin with"),
        ('["Shorter."]', "[]", "“en” wants one to 3"),
        ('["Shorter."]', '["1", "2", "3", "4"]', "“en” wants one to 3"),
        ("Plus court.", "x" * 141, "“fr” wants one to 3"),
    ],
)
def test_news_that_the_app_could_not_tell_stop_the_tag(
    telling: Path, told: str, instead: str, fault: str
) -> None:
    (telling / "packaging" / "news.toml").write_text(TOLD.replace(told, instead), "utf-8")
    (found,) = release.faults("v1.2.0", telling)
    assert fault in found
    with pytest.raises(ValueError, match=re.escape(fault)):
        release.news(telling)


def test_a_version_without_a_day_stops_it_too(telling: Path) -> None:
    (telling / "CHANGELOG.md").write_text(NEWS.replace(" - 2026-12-01", ""), "utf-8")
    (found,) = release.faults("v1.2.0", telling)
    assert "no day" in found


def test_what_the_project_says_of_itself_can_be_read() -> None:
    assert release.address() == load_version_address()
    assert release.faults_of_news() == []
    assert set(release._told(ROOT)) == {"version", "page", "news"}


def test_the_workflow_stops_at_such_a_tag() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "release.py"), "check", "v0.0.0"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1


def test_the_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"b")
    (tmp_path / "a.exe").write_bytes(b"a" * 1_000_000)
    (tmp_path / "SHA256SUMS").write_text("of before")
    lines = release.sums(tmp_path).splitlines()
    assert [line.split("  ") for line in lines] == [
        [hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(), name]
        for name in ("a.exe", "b.zip")
    ]


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a release is made of, as its tool finds it; the tool has checked it itself."""
    folder = tmp_path_factory.mktemp("release")
    try:
        made = script("sbom").make(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the tool for the bill of materials could not be fetched: {error}")
    assert made.name == f"Tchat-{__version__}.cdx.json"
    told: dict[str, Any] = json.loads(made.read_text("utf-8"))
    return told


def test_the_bill_names_us_python_qt_and_every_library(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    us = bill["metadata"]["component"]
    assert (us["name"], us["version"], us["type"]) == ("tchat-desktop", __version__, "application")
    told = {one["name"]: one["version"] for one in bill["components"]}
    assert len(told) == len(bill["components"])
    assert told["python"] == platform.python_version()
    assert told["qt"] == told["pyside6-essentials"] == told["shiboken6"]
    # Of one system alone, and of all.
    assert {"pywin32-ctypes", "secretstorage", "tweepy", "certifi", "keyring"} <= told.keys()
    assert not {"pytest", "mypy", "ruff", "pyinstaller"} & told.keys()


def test_the_bill_has_the_versions_that_were_locked(bill: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    of_registry = [one for one in bill["components"] if one["purl"].startswith("pkg:pypi/")]
    assert len(of_registry) > 25
    for one in of_registry:
        assert f"\n{one['name']}=={one['version']} " in "\n" + lock
        hashes = [
            part["content"] for place in one["externalReferences"] for part in place["hashes"]
        ]
        assert hashes
        assert all(f"sha256:{value}" in lock for value in hashes)


def test_the_bill_says_what_is_in_what(bill: dict[str, Any]) -> None:
    (whole,) = [one for one in bill["dependencies"] if one["ref"] == "tchat-desktop"]
    assert set(whole["dependsOn"]) == {one["bom-ref"] for one in bill["components"]}
