"""Reads Windows' programs and libraries (PE files): what they want of others, what they offer."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = {".exe", ".dll", ".pyd"}

EXPORTS, IMPORTS, LATE_IMPORTS = 0, 1, 13
"""Places of the tables in the directory of a PE file."""

SYSTEM = {
    *("advapi32", "authz", "bcrypt", "bcryptprimitives", "combase", "comctl32", "comdlg32"),
    *("crypt32", "d3d11", "d3d12", "d3d9", "dbghelp", "dnsapi", "dwmapi", "dwrite", "dxgi"),
    *("gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "msvcrt", "mswsock", "ncrypt"),
    *("netapi32", "normaliz", "ntdll", "ole32", "oleaut32", "pdh", "powrprof", "propsys"),
    *("psapi", "rpcrt4", "secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase"),
    *("uiautomationcore", "user32", "userenv", "uxtheme", "version", "winhttp", "winmm"),
    *("ws2_32", "wtsapi32"),
}
"""Libraries every Windows 10 (1809 and newer) has, without ".dll"."""


class Image:
    """One PE file, read whole. Raises ValueError for anything that is none for 64 bits."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_headers()
        except struct.error as error:
            raise ValueError("cut short") from error

    def _read_headers(self) -> None:
        if self._content[:2] != b"MZ":
            raise ValueError("not a program or library of Windows")
        (header,) = struct.unpack_from("<I", self._content, 0x3C)
        if self._content[header : header + 4] != b"PE\0\0":
            raise ValueError("not a program or library of Windows")
        sections, optional_size = struct.unpack_from("<2xH12xH", self._content, header + 4)
        optional = header + 24
        (magic,) = struct.unpack_from("<H", self._content, optional)
        if magic != 0x20B:
            raise ValueError("not for 64 bits")
        (self.subsystem,) = struct.unpack_from("<H", self._content, optional + 68)
        (count,) = struct.unpack_from("<I", self._content, optional + 108)
        self._tables: list[int] = [
            struct.unpack_from("<I", self._content, optional + 112 + 8 * number)[0]
            for number in range(count)
        ]
        self._sections = [
            struct.unpack_from("<8xIIII", self._content, optional + optional_size + 40 * number)
            for number in range(sections)
        ]

    def imports(self) -> list[str]:
        """The libraries it wants, at its start or later, in small letters and sorted."""
        # An entry of 20 bytes names its library at 12, one of 32 bytes (late) at 4.
        names = {*self._names(IMPORTS, 20, 12), *self._names(LATE_IMPORTS, 32, 4)}
        return sorted(one.lower() for one in names)

    def exports(self) -> list[str]:
        """The names it offers, sorted."""
        table = self._table(EXPORTS)
        if not table:
            return []
        (count, names) = struct.unpack_from("<I4xI", self._content, self._offset(table) + 24)
        start = self._offset(names)
        return sorted(
            self._text(struct.unpack_from("<I", self._content, start + 4 * number)[0])
            for number in range(count)
        )

    def _names(self, which: int, size: int, name_at: int) -> Iterator[str]:
        table = self._table(which)
        if not table:
            return
        place = self._offset(table)
        while any(self._content[place : place + size]):
            yield self._text(struct.unpack_from("<I", self._content, place + name_at)[0])
            place += size

    def _table(self, which: int) -> int:
        """Where in memory a table will be; 0 when there is none."""
        return self._tables[which] if which < len(self._tables) else 0

    def _offset(self, address: int) -> int:
        """Where in the file lies what will be at an address in memory."""
        for memory_size, start, file_size, place in self._sections:
            if start <= address < start + max(memory_size, file_size):
                return int(place + address - start)
        raise ValueError(f"nothing is at {address:#x}")

    def _text(self, address: int) -> str:
        start = self._offset(address)
        return self._content[start : self._content.index(b"\0", start)].decode("ascii")


def is_of_windows(library: str) -> bool:
    """Whether every Windows 10 has that library."""
    name = library.lower()
    return name.startswith(("api-ms-win-", "ext-ms-win-")) or name.removesuffix(".dll") in SYSTEM


def programs(folder: Path) -> list[Path]:
    """Every program and library under a folder, sorted."""
    return sorted(one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES)


def unmet(folder: Path, beside: Iterable[Path] = ()) -> list[str]:
    """A line for each library that a program wants and that is neither there nor Windows' own.

    Windows looks in the folder of the one that wants it, and in `beside`.
    """
    found = []
    shared = {one.name.lower() for place in beside for one in place.iterdir()}
    for path in programs(folder):
        near = {one.name.lower() for one in path.parent.iterdir()}
        found += [
            f"{path.relative_to(folder).as_posix()} wants {library}"
            for library in Image(path.read_bytes()).imports()
            if library not in near | shared and not is_of_windows(library)
        ]
    return found
