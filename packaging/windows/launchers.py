"""Compiles the two programs of the app: `Tchat.exe`, and `tchat-cli.exe` for a console."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from files import ROOT, run
from interpreter import NAME

SOURCE = Path(__file__).with_name("launcher.c")
WINDOWED, CONSOLE = "Tchat.exe", "tchat-cli.exe"

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
<trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
<requestedExecutionLevel level="asInvoker" uiAccess="false"/>
</requestedPrivileges></security></trustInfo>
<compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
<supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
</application></compatibility>
<application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
<dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
<dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
<longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
<activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
</windowsSettings></application>
<dependency><dependentAssembly>
<assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
 processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
</dependentAssembly></dependency>
</assembly>
"""
"""Windows 10 or newer, as many points an inch as each screen has, long paths, no administrator."""

RESOURCES = """\
#pragma code_page(65001)
1 24 "launcher.manifest"
{icons}
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE 1
{{
  BLOCK "StringFileInfo" {{
    BLOCK "040C04B0" {{
      VALUE "CompanyName", "Tchat Desktop contributors"
      VALUE "FileDescription", "{about}"
      VALUE "FileVersion", "{version}"
      VALUE "InternalName", "tchat-desktop"
      VALUE "LegalCopyright", "MPL-2.0"
      VALUE "OriginalFilename", "{name}"
      VALUE "ProductName", "Tchat"
      VALUE "ProductVersion", "{version}"
    }}
  }}
  BLOCK "VarFileInfo" {{ VALUE "Translation", 0x040C, 1200 }}
}}
"""


def numbers(version: str) -> str:
    """The four numbers Windows wants of a version: "1.2.3rc1" is 1,2,3,0."""
    found = [int(one) for one in re.match(r"[\d.]*", version)[0].split(".") if one]  # type: ignore[index]
    return ",".join(str(one) for one in [*found, 0, 0, 0, 0][:4])


def resources(name: str, version: str, icons: dict[int, Path]) -> str:
    """The text the resources of a program are compiled from."""
    return RESOURCES.format(
        about="Tchat" if name == WINDOWED else "Tchat (console)",
        icons="\n".join(f'{number} ICON "{path.name}"' for number, path in icons.items()),
        name=name,
        numbers=numbers(version),
        version=version,
    )


def compile_launchers(target: Path, version: str) -> None:
    """Put both programs into a folder, with icon, version and manifest."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        icons = draw_icons(folder)
        (folder / "launcher.manifest").write_text(MANIFEST, "utf-8")
        for name in (WINDOWED, CONSOLE):
            (folder / "launcher.rc").write_text(resources(name, version, icons), "utf-8")
            run("x86_64-w64-mingw32-windres", "launcher.rc", "launcher.o", cwd=folder)
            kind = ["-mconsole", "-DCONSOLE"] if name == CONSOLE else ["-mwindows"]
            run(
                *("x86_64-w64-mingw32-gcc", "-O2", "-s", "-Wall", "-Wextra", "-Werror"),
                *("-Wno-cast-function-type", "-ffreestanding", "-nostdlib", "-e", "begin"),
                *("-Wl,--no-insert-timestamp", "-Wl,--dynamicbase", "-Wl,--nxcompat"),
                *("-Wl,--high-entropy-va", f'-DPYTHON=L"{NAME}"', *kind),
                *("-o", target / name, SOURCE, "launcher.o", "-lkernel32", "-luser32"),
                cwd=folder,
            )


def draw_icons(folder: Path) -> dict[int, Path]:
    """The icons in a program by their number: of the app, and of its files."""
    run(sys.executable, ROOT / "packaging" / "icon.py", folder, quiet=True)
    return {1: folder / "tchat.ico", 2: folder / "document.ico"}
