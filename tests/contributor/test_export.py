"""A made-up export, by the list of CONTRIBUTING.md; and what is told of half of one."""

from __future__ import annotations

from pathlib import Path

from tests.contributor.clone import Clone, unlisted

WORDS = {
    "As plain words": "En toutes lettres",
    "Save the words": "Enregistrer les mots",
    "words": "mots",
    "Words to read": "Mots à lire",
    "For a radio": "Pour une radio",
}

WRITER = '''"""What was highlighted, in plain words."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.recap import Recap


def write_words(recap: Recap, path: Path) -> Path:
    """Write the words whole or not at all; returns the path. Raises OSError."""
    return write_whole(path, "\\n".join([recap.title, *(one.text for one in recap.highlights)]))
'''

ROW = """        Export(
            N_("As plain words"),
            N_("Save the words"),
            N_("words"),
            "txt",
            N_("Words to read"),
            write_words,
            reader=N_("For a radio"),
        ),
"""

TABLE = "tchat_desktop/start/exports.py"


def the_writer(clone: Clone, source: str = WRITER) -> None:
    clone.write("tchat_desktop/adapters/exports/recap_words.py", source)


def the_row(clone: Clone) -> None:
    clone.add(
        TABLE,
        "import recap_wordpress, write_wordpress\n",
        "from tchat_desktop.adapters.exports.recap_words import write_words\n",
    )
    last = "            copied=lambda recap: recap_markdown(recap, paper),\n        ),\n"
    clone.add(TABLE, last, ROW)


def the_french(clone: Clone) -> None:
    clone.translate("fr", WORDS.get)


def test_an_export_added_by_the_list_works_whole(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    the_writer(clone)
    the_row(clone)
    the_french(clone)
    assert unlisted(clone.touched, "Add an export") == []
    clone.is_translated()
    clone.passes("tests/contributor/seen/export.py", "tests/test_exports.py")


def test_a_writer_without_a_row_is_named(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    the_writer(clone)
    code, said = clone.test("tests/test_exports.py")
    assert code != 0
    assert "adapters/exports/recap_words.py: write_words has no row in start/exports.py" in said


def test_a_row_without_a_writer_is_named(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    the_row(clone)
    code, said = clone.test("tests/test_exports.py")
    assert code != 0
    assert "No module named 'tchat_desktop.adapters.exports.recap_words'" in said


def test_an_export_that_names_who_is_hidden_is_named(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    told, hidden = "[recap.title, *(one.text for one in recap.highlights)]", '["zzcachee"]'
    the_writer(clone, WRITER.replace(told, hidden))
    the_row(clone)
    code, said = clone.test("tests/test_exports.py")
    assert code != 0
    assert "As plain words names somebody who is hidden" in said


def test_an_export_without_its_french_fails(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    the_writer(clone)
    the_row(clone)
    code, said = clone.run("packaging/translations.py", "--check")
    assert code != 0
    assert "fr: not translated: 'As plain words'" in said
