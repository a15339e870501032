"""Write what the files of a release are made of, as a bill of materials in CycloneDX 1.6.

python packaging/sbom.py FOLDER    FOLDER/Tchat-<version>.cdx.json

Libraries, versions and hashes are those of requirements.lock, read by the tool of CycloneDX, which
also says whether the result is what the format allows. Python and Qt are added here: no file of
requirements names them. The Python is the one this runs with: run it with that of the release.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from release import version
from shipped import locked, uv

TOOL = ("tool", "run", "--quiet", "--from", "cyclonedx-bom==7.5.0")
US = "tchat-desktop"
CHECK = """\
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
with open(sys.argv[1], encoding="utf-8") as stream:
    sys.exit(JsonStrictValidator(SchemaVersion.V1_6).validate_str(stream.read()))
"""


def libraries(folder: Path) -> dict[str, Any]:
    """The bill as the tool writes it from what was locked."""
    wanted, written = folder / "requirements.txt", folder / "libraries.json"
    wanted.write_text("".join(locked()), "utf-8")
    form = ["--sv", "1.6", "--output-reproducible", "--output-file", str(written)]
    uv(*TOOL, "cyclonedx-py", "requirements", str(wanted), *form)
    bill: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return bill


def completed(bill: dict[str, Any]) -> dict[str, Any]:
    """The same bill with us, with Python and Qt, and with the system a library is for."""
    components = bill["components"] = [one for one in bill["components"] if _is_of_python(one)]
    for one in components:
        condition = _condition(one)
        del one["description"]
        if condition and not condition.startswith("python_full_version"):
            one["properties"] = [{"name": f"{US}:only", "value": condition}]
    qt = next(one["version"] for one in components if one["name"] == "pyside6-essentials")
    components += [
        _component("python", platform.python_version(), "PSF-2.0"),
        _component("qt", qt, "LGPL-3.0-only"),
    ]
    us = {**_component(US, version(), "MPL-2.0"), "type": "application"}
    bill.setdefault("metadata", {})["component"] = us
    needed = [one["bom-ref"] for one in components]
    bill["dependencies"] = [
        {"ref": us["bom-ref"], "dependsOn": sorted(needed)},
        *({"ref": one} for one in sorted(needed)),
    ]
    return bill


def _condition(one: dict[str, Any]) -> str:
    """Where a library is wanted only; of "requirements line 7: name==1.0 ; condition --hash=…"."""
    found = re.search(r" ; (.+?) +--hash", one["description"])
    return found[1] if found else ""


def _is_of_python(one: dict[str, Any]) -> bool:
    """Whether the Python this runs with is not one that the library is not for."""
    asked = re.fullmatch(r"python_full_version (<|>=) '3\.(\d+)'", _condition(one))
    if asked is None:
        return True
    return (sys.version_info < (3, int(asked[2]))) == (asked[1] == "<")


def _component(name: str, number: str, licence: str) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": name,
        "name": name,
        "version": number,
        "purl": f"pkg:generic/{name}@{number}",
        "licenses": [{"license": {"id": licence}}],
    }


def make(folder: Path) -> Path:
    """Write the bill into a folder; raises CalledProcessError when it is not of the format."""
    target = folder / f"Tchat-{version()}.cdx.json"
    with tempfile.TemporaryDirectory() as place:
        bill = completed(libraries(Path(place)))
        text = json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        target.write_text(text, "utf-8", newline="\n")
        check = Path(place, "check.py")
        check.write_text(CHECK, "utf-8")
        uv(*TOOL, "python", str(check), str(target))
    return target


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
