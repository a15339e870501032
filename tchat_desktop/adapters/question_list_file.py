"""Reads the text of a list of questions from a file of Word (.docx) or of plain text."""

from __future__ import annotations

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from tchat_desktop.services.ports import ListFormatUnknown, ListUnreadable

READ_ENDINGS = ("docx", "txt", "md", "text")
LARGEST_LIST = 20_000_000
"""Bytes of a file, and of what is packed in one of Word; a list with its pictures has far fewer."""

_BULLET = "• "


def read_question_list(path: Path) -> str:
    """The text of a list, a question a line; items of a list of Word begin with a bullet.

    Raises ListFormatUnknown for another kind of file, ListUnreadable for one that is damaged,
    empty or no list, OSError. It reads the disk: never call it on the GUI thread.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in READ_ENDINGS:
        raise ListFormatUnknown(ending)
    if path.stat().st_size > LARGEST_LIST:
        raise ListUnreadable("too large")
    data = path.read_bytes()
    text = _from_word(data) if ending == "docx" else _decoded(data)
    if not text.strip():
        raise ListUnreadable("empty")
    return text


def _decoded(data: bytes) -> str:
    """Text as Windows, Mac and Linux write it: UTF-16 with its mark, UTF-8, else Windows' own."""
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ListUnreadable("no text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _from_word(data: bytes) -> str:
    import mammoth

    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_LIST:
                raise ListUnreadable("too large")
        page = mammoth.convert_to_html(BytesIO(data), convert_image=_without_pictures)
    except ListUnreadable:
        raise
    except Exception as error:
        # Whatever is wrong inside, of the archive or of its XML: the file says nothing.
        raise ListUnreadable(str(error)) from error
    lines = _Lines()
    lines.feed(page.value)
    lines.close()
    return lines.text


def _without_pictures(_picture: object) -> list[object]:
    return []


class _Lines(HTMLParser):
    """The paragraphs of a page, one a line; those of a list alone, where there is a list."""

    _PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "br"})

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[bool, str]] = [(False, "")]
        self._depth = 0

    @property
    def text(self) -> str:
        written = [(listed, line.strip()) for listed, line in self._lines if line.strip()]
        if sum(listed for listed, _line in written) > 1:
            items = (" ".join(line.split()) for listed, line in written if listed)
            return "\n".join(_BULLET + item for item in items)
        return "\n".join(line for _listed, line in written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._depth += tag == "li"
        if tag == "br" and self._depth:
            # Within an item of a list the line is broken, and the item goes on.
            self._add(" ")
        elif tag in self._PARAGRAPHS:
            self._lines.append((self._depth > 0, ""))

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "li"
        if tag in self._PARAGRAPHS and tag != "br":
            self._lines.append((self._depth > 0, ""))

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        listed, line = self._lines[-1]
        self._lines[-1] = (listed, line + text)
