"""What macOS is told of the app: its Info.plist, with the type of .tchat files.

python packaging/macos/bundle_info.py    print it; `packaging/tchat.spec` puts it into the app
"""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tchat_desktop import __version__  # noqa: E402
from tchat_desktop.domain.languages import FALLBACK, SCREEN_LANGUAGES  # noqa: E402

NAME = "Tchat"
IDENTIFIER = "tchat-desktop"
DOCUMENT = f"{IDENTIFIER}.chat"
"""The type of a .tchat file in macOS's own naming."""

MINIMUM = "14.0"
"""The oldest macOS: what the wheels of PySide6 6.12 ask for. A test holds it to them."""


def info() -> dict[str, Any]:
    """The keys of Info.plist; the name of the icon and of the executable come from PyInstaller.

    None against App Nap: Apple describes no such key, and `adapters/awake.py` asks during the hour.
    """
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleShortVersionString": __version__,
        "CFBundleVersion": __version__,
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        # As in the apps that Qt's own tools make.
        "NSPrincipalClass": "NSApplication",
        "CFBundleDevelopmentRegion": FALLBACK,
        "CFBundleLocalizations": [one.code for one in SCREEN_LANGUAGES],
        # Qt's file dialog then speaks the language of the person, as the app does.
        "CFBundleAllowMixedLocalizations": True,
        "LSMinimumSystemVersion": MINIMUM,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "NSHumanReadableCopyright": "Tchat Desktop contributors, MPL 2.0",
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticGraphicsSwitching": True,
        # The app has a dark look of its own.
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": NAME,
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "document.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DOCUMENT],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DOCUMENT,
                "UTTypeDescription": NAME,
                "UTTypeIconFile": "document.icns",
                "UTTypeConformsTo": ["public.data", "public.content"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["tchat"],
                    "public.mime-type": ["application/x-tchat-desktop"],
                },
            }
        ],
    }


if __name__ == "__main__":
    sys.stdout.write(plistlib.dumps(info()).decode())
