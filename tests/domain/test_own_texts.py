"""Templates that the organiser has changed: checked, used in every text, kept for later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain import letters, promotion, protection, thanks
from tchat_desktop.domain.chat import Announcement, Channel, Chat, OwnText, Person, Purpose
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.own_texts import (
    EDITABLE_GROUPS,
    TemplateCheck,
    allowed_blanks,
    changed_text,
    check_template,
    editable,
    kept_with,
    own_text,
    sample,
)
from tchat_desktop.domain.prepared_answers import ReadyAnswer, your_turn
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.texts import (
    KEYS,
    When,
    key_for,
    placeholders,
    reply_thanks,
    reply_welcome,
    with_own_texts,
)
from tchat_desktop.domain.visuals import visual_of
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("samedi 5 décembre", "20 h", "20 h à Dakar", "20 h à Dakar")


def own(key: str, text: str, language: str = "fr") -> Chat:
    return changed_text(a_chat(), language, key, text)


def test_every_text_can_be_changed_but_words_and_what_the_app_reads_again() -> None:
    every = {key for group in EDITABLE_GROUPS for key in editable(FR, group, None)}
    words = {key for key in KEYS if key.split(".")[0] in ("word", "blank")}
    assert KEYS - every - words == {"post.question", "post.guest_answer", "post.guest_word"}


@pytest.mark.parametrize("purpose", Purpose)
def test_of_the_variants_only_the_one_in_use_is_changed(purpose: Purpose) -> None:
    key = key_for(FR, "post.welcome", purpose)
    keys = editable(FR, "post", purpose)
    assert [one for one in keys if one.startswith("post.welcome")] == [key]
    chat = replace(own(key, "Ensemble {tag}"), purpose=purpose)
    assert build_run_sheet(chat, FR).item("welcome").text == "Ensemble #UnionsPrécoces"


@pytest.mark.parametrize("group", EDITABLE_GROUPS)
def test_a_proposed_text_has_nothing_wrong(group: str) -> None:
    for key in editable(FR, group, Purpose.MEETING):
        assert check_template(FR.messages[key], key, FR) == TemplateCheck()
        assert set(placeholders(FR.messages[key])) <= set(allowed_blanks(key, FR))


@pytest.mark.parametrize(
    ("template", "check"),
    [
        ("Fin ! {tag}", TemplateCheck()),
        ("Fin !", TemplateCheck(missing=("tag",))),
        ("Fin {tagg} {tag}", TemplateCheck(unknown=("tagg",))),
        ("Fin {tag:>9999} {tag}", TemplateCheck(unknown=("tag:>9999",))),
        ("Fin {tag} {", TemplateCheck(stray=True)),
        ("Fin } {tag}", TemplateCheck(stray=True)),
        (" \n ", TemplateCheck(missing=("tag",), empty=True)),
    ],
)
def test_what_is_wrong_with_a_template_is_found(template: str, check: TemplateCheck) -> None:
    assert check_template(template, "post.closing", FR) == check
    used = with_own_texts(own("post.closing", template), FR).messages["post.closing"]
    assert (used == template) is check.can_be_used


def test_a_changed_text_is_used_wherever_it_stands() -> None:
    person, answer = Person("p", name="Awa"), "Encore {tag}"
    said = {
        "post.closing": lambda chat: build_run_sheet(chat, FR).item("closing").text,
        "x.week": lambda chat: promotion.proposed_text(
            chat, Announcement("a", Channel.X, 7 * 1440), FR, WHEN
        ),
        "email.subject": lambda chat: promotion.subject_of(
            chat, Announcement("a", Channel.EMAIL), FR, WHEN
        ),
        "letter.invitation.body": lambda chat: letters.invitation(chat, person, FR, WHEN).body,
        "letter.reminder.message": lambda chat: letters.reminder_message(chat, person, FR, WHEN),
        "letter.thanks.subject": lambda chat: letters.thanks_letter(chat, "Awa", FR).subject,
        "pack.title": lambda chat: letters.guest_pack(chat, person, FR, WHEN).title,
        "pack.in_advance": lambda chat: letters.questions_in_advance(chat, FR, WHEN),
        "pack.your_turn": lambda chat: your_turn(chat, ReadyAnswer(person, "q", 1, "Oui"), FR),
        "reply.disclosure": lambda chat: protection.answer(chat, FR),
        "reply.private": lambda chat: protection.private_answer(chat, FR),
        "reply.child_named": lambda chat: protection.name_out_request(chat, FR),
        "reply.welcome": lambda chat: reply_welcome(chat, "@awa", FR),
        "reply.thanks": lambda chat: reply_thanks(chat, ("@awa",), FR),
        "post.thanks": lambda chat: thanks.grouped_thanks(chat, (), FR).general,
        "visual.join": lambda chat: visual_of(chat, FR, WHEN).join,
    }
    for key, text in said.items():
        changed = text(own(key, answer))
        assert "Encore #UnionsPrécoces" in changed, key
        assert "Encore" not in text(a_chat()), key
        assert "Encore" not in text(own(key, answer, language="en")), key


def test_the_next_edition_has_them_and_the_proposed_one_comes_back() -> None:
    chat = own("post.closing", "Fin ! {tag}")
    assert new_edition(chat, None).own_texts == chat.own_texts
    again = changed_text(chat, "fr", "post.closing", "Au revoir ! {tag}")
    assert own_text(again, "fr", "post.closing") == "Au revoir ! {tag}"
    assert changed_text(again, "fr", "post.closing", "").own_texts == ()


def test_a_text_kept_for_other_chats_takes_the_place_of_the_one_before() -> None:
    first, other = OwnText("fr", "x.week", "A"), OwnText("en", "x.week", "B")
    kept = kept_with(kept_with((), first), other)
    assert kept_with(kept, OwnText("fr", "x.week", "C")) == (other, OwnText("fr", "x.week", "C"))
    assert kept_with(kept, OwnText("fr", "x.week", "")) == (other,)


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar", "pt"])
def test_every_text_has_a_sample(language: str) -> None:
    texts, chat = load_texts(language), a_chat(language=language)
    for group in EDITABLE_GROUPS:
        for key in editable(texts, group, Purpose.GIVE_ACCESS):
            example = {name: f"[{name}]" for name in allowed_blanks(key, texts)}
            text = sample(chat, texts, key, WHEN, example)
            assert text
            assert "{" not in text
