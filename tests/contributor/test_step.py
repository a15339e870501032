"""A made-up step, by the list of CONTRIBUTING.md; and what is told of half of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contributor.clone import Clone, unlisted

WORDS = {
    "The budget": "Le budget",
    "What is there to spend?": "De quoi disposez-vous\u202f?",
    "Where the budget is written": "Où le budget est noté",
    "The budget is written down": "Le budget est noté",
    "The budget is not written down yet": "Le budget n’est pas encore noté",
    "See the budget": "Voir le budget",
    "No budget yet": "Pas encore de budget",
}

PAGE = '''"""The budget: what there is to spend."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.step_titles import step_title


class BudgetPage(Page):
    """Where the budget is written."""

    step = StepId.BUDGET

    def __init__(self, editor: ChatEditor) -> None:
        super().__init__(step_title(StepId.BUDGET), _("What is there to spend?"))
        self._editor = editor
        self.link = LineEdit()
        self.link.textEdited.connect(self._on_edited)
        card = Card()
        card.add(Field(_("Where the budget is written"), self.link))
        self.add(card)
        self.content.addStretch(1)

    def show_chat(self, chat: Chat) -> None:
        if self.link.text() != chat.registration_link:
            self.link.setText(chat.registration_link)

    def _on_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, registration_link=text), "registration_link")
'''

RULE = '''

def budget(chat: Chat, _sheet: RunSheet, _now: datetime) -> Outcome:
    """It is said where the budget is written."""
    if not chat.registration_link:
        return StepState.STARTED, Detail.NO_BUDGET, 0
    return StepState.READY, Detail.NONE, 0
'''

ITEM = """    Item(
        StepId.BUDGET,
        N_("The budget is written down"),
        N_("The budget is not written down yet"),
        N_("See the budget"),
        frozenset({Missing.NO_BUDGET}),
    ),
"""


def the_row(clone: Clone) -> None:
    clone.add(
        "tchat_desktop/domain/steps.py",
        '    HASHTAG = _step("hashtag", Stage.BEFORE, "The tag", rules.hashtag)\n',
        '    BUDGET = _step("budget", Stage.BEFORE, "The budget", rules.budget)\n',
    )


def the_rule(clone: Clone) -> None:
    name = "tchat_desktop/domain/step_rules.py"
    clone.write(name, (clone.folder / name).read_text("utf-8") + RULE)


def the_folder(clone: Clone) -> None:
    clone.write("tchat_desktop/ui/pages/budget/__init__.py", "")
    clone.write("tchat_desktop/ui/pages/budget/page.py", PAGE)


def the_page(clone: Clone) -> None:
    name = "tchat_desktop/start/steps.py"
    first = "from tchat_desktop.ui.models.live_rows import LiveRows\n"
    clone.add(name, first, "from tchat_desktop.ui.pages.budget.page import BudgetPage\n")
    clone.add(
        name,
        "        desk.outside.coming_again().count,\n    ),\n",
        "    StepId.BUDGET: lambda desk: BudgetPage(desk.editor),\n",
    )


def the_detail(clone: Clone) -> None:
    name = "tchat_desktop/domain/step_states.py"
    clone.add(name, '    TAG_INVALID = "tag_invalid"\n', '    NO_BUDGET = "no_budget"\n')


def the_words_of_the_detail(clone: Clone) -> None:
    clone.add(
        "tchat_desktop/wording/status_words.py",
        '    Detail.TAG_INVALID: N_("X refuses this tag"),\n',
        '    Detail.NO_BUDGET: N_("No budget yet"),\n',
    )


def what_is_wanted(clone: Clone) -> None:
    name = "tchat_desktop/domain/guide.py"
    clone.add(name, '    NO_TAG = "no_tag"\n', '    NO_BUDGET = "no_budget"\n')
    clone.add(
        name,
        "        (Missing.NO_TAG, StepId.HASHTAG, not chat.hashtag),\n",
        "        (Missing.NO_BUDGET, StepId.BUDGET, not chat.registration_link),\n",
    )


def its_line_of_the_day(clone: Clone) -> None:
    clone.add("tchat_desktop/ui/pages/shared/preflight_lines.py", "ITEMS = (\n", ITEM)


def the_french(clone: Clone) -> None:
    clone.translate("fr", WORDS.get)


PARTS: tuple[Callable[[Clone], None], ...] = (
    the_row,
    the_rule,
    the_folder,
    the_page,
    the_detail,
    the_words_of_the_detail,
    what_is_wanted,
    its_line_of_the_day,
)


def test_a_step_added_by_the_list_works_whole(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for part in (*PARTS, the_french):
        part(clone)
    assert unlisted(clone.touched, "Add a step of the guide") == []
    clone.is_translated()
    # Fourteen steps fill the rail of a small laptop: a fifteenth makes its list scroll.
    room = "tests/ui/test_rail.py::test_all_steps_are_in_sight_on_a_small_laptop"
    seen = ("tests/contributor/seen/step.py", "tests/test_steps.py", "tests/ui/test_rail.py")
    clone.passes(*seen, "--deselect", room)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (the_rule, "has no attribute 'budget'"),
        (the_folder, "No module named 'tchat_desktop.ui.pages.budget'"),
        (the_page, "start/steps.py: PAGES has no page for “budget”"),
        (the_words_of_the_detail, "wording/status_words.py has no words for “no_budget”"),
        (its_line_of_the_day, "ui/pages/shared/preflight_lines.py: “no_budget” is to be in"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_half_a_step_fails_and_the_missing_place_is_named(
    tmp_path: Path, left_out: Callable[[Clone], None], said: str
) -> None:
    clone = Clone(tmp_path)
    for part in PARTS:
        if part is not left_out:
            part(clone)
    code, output = clone.test("tests/test_steps.py")
    assert code != 0
    assert said in output


def test_a_step_without_its_french_fails(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for part in PARTS:
        part(clone)
    code, output = clone.run("packaging/translations.py", "--check")
    assert code != 0
    assert "fr: not translated: 'The budget'" in output
