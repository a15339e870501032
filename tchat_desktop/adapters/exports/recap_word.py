"""Writes the recap as a document of Word, with its own styles, to be changed by whoever gets it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters.exports.links import pieces
from tchat_desktop.adapters.exports.recap_blocks import (
    Block,
    Counts,
    Divider,
    Heading,
    Line,
    Prose,
    Quotation,
    blocks,
)
from tchat_desktop.adapters.exports.recap_page import heading
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.visuals import is_right_to_left

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_FACE = "Calibri"
_PLUM, _MUTED = "4B2E83", "625B73"
_BYLINE = "Quote Author"
"""The style of who wrote a quotation; it is ours, the others are Word's own."""

_LOCALES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "pt": "pt-PT", "ar": "ar-SA"}
"""The language as Word calls it, with a country, by which it checks the spelling."""

_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_SCRIPTS = re.compile(f"[{_RIGHT_TO_LEFT}]+(?:[^\\w]+[{_RIGHT_TO_LEFT}]+)*")
"""Words written from right to left, with the blanks and signs between them."""


_FROM_LEFT, _FROM_RIGHT = "\u200e", "\u200f"


def write_word(recap: Recap, path: Path, stationery: ExportTemplates) -> Path:
    """Write the document completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, recap_word(recap, stationery))


def recap_word(recap: Recap, stationery: ExportTemplates) -> bytes:
    """The recap as the content of a .docx file."""
    labels = stationery.labels(recap.language)
    written = _Writer(recap, labels)
    for block in blocks(recap, labels):
        written.add(block)
    return written.content()


class _Writer:
    """A document that grows from top to bottom."""

    def __init__(self, recap: Recap, labels: Labels) -> None:
        # Not above: it takes a fifth of a second, and needs lxml.
        from docx import Document

        self._recap = recap
        self._labels = labels
        self._turned = labels.direction == "rtl"
        self._document = Document()
        title = one_line(heading(recap, labels))
        _describe(self._document, title, recap, labels)
        _style(self._document, labels, self._turned)
        self._say(self._paragraph("Heading 1", title), title)

    def content(self) -> bytes:
        """The document as bytes."""
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def add(self, block: Block) -> None:
        """Write one block below the others."""
        match block:
            case Heading():
                number = f"Q{block.number} " if block.number else ""
                self._say(self._paragraph("Heading 2", block.text), number + block.text)
            case Prose():
                self._link_all(self._paragraph("Normal", block.text), block.text)
            case Line():
                paragraph = self._paragraph("Normal", block.text)
                if block.strong:
                    self._say(paragraph, f"{block.strong} ", bold=True)
                self._say(paragraph, block.text)
            case Counts():
                for number, what in block.rows:
                    paragraph = self._paragraph("List Bullet", what)
                    self._say(paragraph, number, bold=True)
                    self._say(paragraph, f" {what}")
            case Quotation():
                self._quote(block)
            case Divider():
                _edge(self._paragraph("Normal", ""), "bottom", "single", 4)

    def _quote(self, quoted: Quotation) -> None:
        paragraph = self._paragraph("Quote", quoted.text)
        paragraph.paragraph_format.keep_with_next = True
        self._link_all(paragraph, quoted.text)
        byline = self._paragraph(_BYLINE, "")
        self._say(byline, "— ")
        self._say(byline, quoted.name, quoted.author_address, bold=bool(quoted.when))
        # Without the marks, names and hours of two scripts would change places.
        mark = _FROM_RIGHT if self._turned else ""
        if quoted.handle:
            self._say(byline, f"{mark} ")
            handle = _marked(quoted.handle, self._turned)
            self._say(byline, handle, quoted.author_address)
        if quoted.role:
            self._say(byline, f"{mark} · {mark}{quoted.role}")
        if quoted.when:
            self._say(byline, f"{mark} · {mark}")
            self._say(byline, quoted.when, quoted.address)
        if quoted.address:
            self._say(byline, f"{mark} · {mark}")
            self._say(byline, self._labels("see_on_x"), quoted.address)

    def _paragraph(self, style: str, text: str) -> Paragraph:
        """A paragraph in the direction of the text it is to hold."""
        from docx.oxml.parser import OxmlElement

        paragraph = self._document.add_paragraph(style=style)
        turned = self._is_turned(text)
        if turned != self._turned:
            bidi: BaseOxmlElement = OxmlElement("w:bidi", {_w("val"): "1" if turned else "0"})
            paragraph._p.get_or_add_pPr().insert_element_before(bidi, *_AFTER_BIDI)
        return paragraph

    def _is_turned(self, text: str) -> bool:
        """Whether a text goes right to left; without letters it goes as the language does."""
        strong = any(letter.isalpha() for letter in text)
        return is_right_to_left(text) if strong else self._turned

    def _link_all(self, paragraph: Paragraph, text: str) -> None:
        """Write a text with its tags, mentions and https addresses linked."""
        turned = self._is_turned(text)
        for piece in pieces(clean(text), not self._recap.simulated):
            linked = bool(piece.address) or piece.is_tag
            shown = _marked(piece.text, turned) if linked else piece.text
            self._say(paragraph, shown, piece.address)

    def _say(
        self, paragraph: Paragraph, text: str, address: str = "", *, bold: bool = False
    ) -> None:
        """Write a text, as a link where there is an address."""
        for part, turned in _by_direction(clean(text)):
            run = paragraph.add_run(part)
            if bold:
                run.bold = True
                run.font.cs_bold = True
            if turned:
                run.font.rtl = True
            if address:
                _as_link(paragraph, run, address)


_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip
"""What stands after the direction of a paragraph, in the order Word insists on."""


def _by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut where its direction changes: each part with whether it goes right to left."""
    place = 0
    for found in _SCRIPTS.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], False
        yield found[0], True
        place = found.end()
    if place < len(text):
        yield text[place:], False


def _marked(text: str, turned: bool) -> str:
    """A tag or mention, with a mark that keeps its sign in front where the text goes otherwise."""
    own = is_right_to_left(text)
    if own == turned:
        return text
    return f"{_FROM_RIGHT if own else _FROM_LEFT}{text}"


def _as_link(paragraph: Paragraph, run: Run, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.parser import OxmlElement

    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink", {_r("id"): known})
    paragraph._p.append(link)
    link.append(run._r)
    run.style = "Hyperlink"


def _describe(document: Document, title: str, recap: Recap, labels: Labels) -> None:
    """Say what the document is, and who made it; not the program that wrote it, nor its day."""
    about = document.core_properties
    about.title = title[:255]
    about.author = one_line(recap.organisation)[:255]
    about.last_modified_by = about.author
    about.language = _locale(labels)
    about.comments = ""
    about.keywords = f"#{recap.hashtag}" if recap.hashtag else ""
    for name in ("created", "modified"):
        for one in about._element.findall(f"{{http://purl.org/dc/terms/}}{name}"):
            about._element.remove(one)


def _locale(labels: Labels) -> str:
    return _LOCALES.get(labels.language, labels.language)


def _style(document: Document, labels: Labels, turned: bool) -> None:
    """Give the styles of Word our colours, the language, and the direction of the language."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm, Pt

    styles = document.styles
    styles.add_style(_BYLINE, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    _colour(link, _PLUM)
    link.font.underline = True
    sizes = {"Normal": 11, "Heading 1": 22, "Heading 2": 14, "Quote": 11, "List Bullet": 11}
    for name, size in (*sizes.items(), (_BYLINE, 9.5)):
        one: ParagraphStyle = styles[name]
        _set_face(one, size)
        if turned:
            bidi = OxmlElement("w:bidi")
            one.element.get_or_add_pPr().insert_element_before(bidi, *_AFTER_BIDI)
    for name in ("Heading 1", "Heading 2"):
        styles[name].font.cs_bold = True
        _colour(styles[name], _PLUM)
    _colour(styles[_BYLINE], _MUTED)
    space = {"Normal": (0, 6), "Heading 1": (0, 10), "Heading 2": (20, 6), "Quote": (10, 2)}
    for name, (before, after) in (*space.items(), (_BYLINE, (0, 10))):
        form = styles[name].paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    for name in ("Quote", _BYLINE):
        styles[name].paragraph_format.left_indent = Cm(0.8)
    styles["Quote"].font.italic = styles["Quote"].font.cs_italic = False
    _colour(styles["Quote"], "231A36")
    tongue = OxmlElement("w:lang", {_w("val"): _locale(labels), _w("bidi"): "ar-SA"})
    normal = styles["Normal"].element.get_or_add_rPr()
    normal.append(tongue)
    defaults = styles.element.find(f".//{_w('rPrDefault')}//{_w('lang')}")
    if defaults is not None:
        defaults.set(_w("val"), _locale(labels))
        defaults.set(_w("bidi"), "ar-SA")
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2)
    if turned:
        page._sectPr.append(OxmlElement("w:bidi"))


def _set_face(style: ParagraphStyle, size: float) -> None:
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    style.font.name = _FACE
    style.font.size = Pt(size)
    letters = style.element.get_or_add_rPr()
    for old in letters.findall(_w("szCs")):
        letters.remove(old)
    # Of letters from right to left Word keeps the size apart.
    letters.find(_w("sz")).addnext(OxmlElement("w:szCs", {_w("val"): f"{size * 2:.0f}"}))
    fonts = letters.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(name), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(_w(name), _FACE)


def _colour(style: ParagraphStyle, colour: str) -> None:
    from docx.shared import RGBColor

    style.font.color.rgb = RGBColor.from_string(colour)


def _edge(paragraph: Paragraph, side: str, kind: str, size: int) -> None:
    """Draw a line at one side of a paragraph."""
    from docx.oxml.parser import OxmlElement

    values = {"val": kind, "sz": str(size), "space": "1", "color": "B3A9C4"}
    edges = OxmlElement("w:pBdr")
    edges.append(OxmlElement(f"w:{side}", {_w(name): value for name, value in values.items()}))
    paragraph._p.get_or_add_pPr().append(edges)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _r(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"
