"""Authors whose posts come hidden."""

from __future__ import annotations

from tchat_desktop.domain.muting import is_muted, with_muted
from tests.domain.chats import a_chat


def test_an_author_is_muted_whatever_the_letters_and_no_longer_once_heard() -> None:
    chat = with_muted(with_muted(a_chat(), "Grincheux_ex", True), "grincheux_EX", True)
    assert chat.muted_authors == ("grincheux_EX",)
    assert is_muted("GRINCHEUX_ex", chat)
    assert not is_muted("prof_ex", chat)
    assert with_muted(chat, "Grincheux_ex", False).muted_authors == ()


def test_nobody_without_a_name_is_muted() -> None:
    assert with_muted(a_chat(), "", True).muted_authors == ()
    assert not is_muted("", a_chat())
