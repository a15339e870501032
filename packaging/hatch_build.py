"""Compile the translation catalogues while the package is built, so that a wheel carries them."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[misc] # no types where it is checked
    """Write a .mo beside every .po of translations/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # Babel would date them now, and the same source make another wheel every time.
        moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
        for po in Path(self.root, "translations").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                catalogue = read_po(source)
                catalogue.creation_date = catalogue.revision_date = moment
                write_mo(target, catalogue)
        build_data["artifacts"].append("translations/**/*.mo")
