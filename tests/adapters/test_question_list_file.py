"""A list of questions as a file: of Word, of a text editor, or of something else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tchat_desktop.adapters.question_list_file import LARGEST_LIST, read_question_list
from tchat_desktop.domain.pasted_list import questions_in
from tchat_desktop.services.ports import ListFormatUnknown, ListUnreadable

TWO = ("Que vit-on ?", "Qui peut agir ?")
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, numbered: bool = False) -> str:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{number if numbered else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_file(path: Path, *paragraphs: str) -> Path:
    """A file as Word writes it, with what is needed to read it."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    to_document = (
        f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    to_numbers = (
        f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/numbering" Target="numbering.xml"/></Relationships>'
    )
    numbers = (
        f'<w:numbering {_NS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = f"<w:document {_NS}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", types)
        packed.writestr("_rels/.rels", to_document)
        packed.writestr("word/document.xml", body)
        packed.writestr("word/_rels/document.xml.rels", to_numbers)
        packed.writestr("word/numbering.xml", numbers)
    return path


@pytest.mark.parametrize(
    "paragraphs",
    [
        (paragraph("Que vit-on ?", True), paragraph("Qui peut agir ?", True)),
        (
            paragraph("Questions pour notre tchat"),
            paragraph(""),
            paragraph("Que vit-on ?", True),
            paragraph("Qui peut agir ?", True),
            paragraph("Merci de relire !"),
        ),
        (paragraph("1. Que vit-on ?"), paragraph("2. Qui peut agir ?")),
        (paragraph("Q1. Que vit-on ?"), paragraph(""), paragraph("Q2. Qui peut agir ?")),
        (paragraph("Que vit-on ?"), paragraph("Qui peut agir ?")),
        (paragraph("– Que vit-on ?</w:t><w:br/><w:t>– Qui peut agir ?"),),
        (
            paragraph("Que </w:t><w:br/><w:t>vit-on ?", True),
            paragraph("Qui peut agir ?", True),
        ),
        (
            "<w:tbl><w:tr><w:tc>" + paragraph("Que vit-on ?") + "</w:tc></w:tr><w:tr><w:tc>"
            + paragraph("Qui peut agir ?") + "</w:tc></w:tr></w:tbl>",
        ),
    ],
)  # fmt: skip
def test_a_list_of_word_is_several_questions(tmp_path: Path, paragraphs: tuple[str, ...]) -> None:
    path = word_file(tmp_path / "Liste.DOCX", *paragraphs)
    assert questions_in(read_question_list(path)) == TWO


def test_what_was_struck_out_in_word_is_not_read_and_what_was_added_is(tmp_path: Path) -> None:
    changed = (
        '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>Que vit-on ?</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>Rien</w:delText></w:r></w:del></w:p>'
    )
    path = word_file(tmp_path / "a.docx", changed, paragraph("Qui peut agir ?"))
    assert questions_in(read_question_list(path)) == TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_as_any_system_writes_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.txt"
    path.write_bytes("1. Où vit-on l’été ?\r\n2. Qui peut agir ?\r\n".encode(encoding))
    assert questions_in(read_question_list(path)) == ("Où vit-on l’été ?", "Qui peut agir ?")


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.pdf", "a"])
def test_another_kind_of_file_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(ListFormatUnknown, match=path.suffix.removeprefix(".") or "^$"):
        read_question_list(path)


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    damaged, empty, binary = tmp_path / "a.docx", tmp_path / "b.txt", tmp_path / "c.txt"
    damaged.write_bytes(b"PK\3\4 cut")
    empty.write_text(" \n", "utf-8")
    binary.write_bytes(b"\0\1\2")
    hollow = tmp_path / "d.docx"
    with zipfile.ZipFile(hollow, "w") as packed:
        packed.writestr("word/other.xml", "<a/>")
    vast = tmp_path / "e.docx"
    with zipfile.ZipFile(vast, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (LARGEST_LIST + 1))
    for path in (damaged, empty, binary, hollow, vast, word_file(tmp_path / "f.docx")):
        with pytest.raises(ListUnreadable):
            read_question_list(path)


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_question_list(tmp_path / "gone.docx")
