import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.reading import pictures, sieve, upgrades
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.catching_up import missed
from tchat_desktop.domain.chat import (
    Chat,
    Design,
    Picture,
    Question,
    Rhythm,
    Role,
    RunEdit,
    VisualDraft,
)
from tchat_desktop.domain.clean_text import clean_value
from tchat_desktop.domain.conversation import asked_questions
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    PostState,
    Reason,
    confirmed_at,
    left_at,
    told_at,
)
from tchat_desktop.domain.x.pictures import LARGEST_PICTURE, LONGEST_ALT_TEXT
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, ChatFileNewer
from tests.adapters.samples import FULL, HOUR, NOON, PAGE, PNG, PNG_ID, chats, feed_post
from tests.fakes.texts import load_texts


def document(chat: dict | None = None, **changes: object) -> bytes:
    """A document from outside with a nearly empty chat."""
    written = {
        "format": "tchat",
        "version": upgrades.VERSION,
        "chat": {"id": "c", **(chat or {})},
        **changes,
    }
    return json.dumps(written).encode()


def read(chat: dict | None = None, **changes: object) -> ChatFile:
    return codec.decode(document(chat, **changes), from_outside=True)


@given(chats)
def test_any_chat_comes_back_as_it_was(chat: Chat) -> None:
    chat = clean_value(chat)
    assert codec.decode(codec.encode(ChatFile(chat)), from_outside=True) == ChatFile(chat)


def test_everything_comes_back_with_the_posts() -> None:
    posts = (feed_post("1", "Oui\nnon"), replace(feed_post("2"), starred=True))
    file = ChatFile(FULL, posts, (PNG,), hour=HOUR, hour_at=NOON)
    assert codec.decode(codec.encode(file, pretty=True), from_outside=True) == file


def test_what_is_not_known_is_left_out_by_name() -> None:
    file = read(
        {"colour": "red", "questions": [{"id": "q", "api_key": "hunter2"}]}, password="hunter2"
    )
    assert set(file.left_out) == {"password", "chat.colour", "chat.questions[0].api_key"}
    assert b"hunter2" not in codec.encode(file)
    assert "hunter2" not in repr(file)


def test_the_key_of_a_run_edit_is_not_taken_for_a_secret() -> None:
    file = read({"run_edits": [{"key": "q:1", "included": False}]})
    assert file.chat.run_edits[0].key == "q:1"
    assert file.left_out == ()


def test_a_flood_of_unknown_fields_is_not_all_named() -> None:
    file = read({f"field{number}" * 50: 1 for number in range(1000)})
    assert len(file.left_out) == sieve.MOST_NOTES
    assert max(map(len, file.left_out)) <= 100


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../../etc/passwd", "Africa", "a\0b", "é"])
def test_an_unknown_zone_becomes_utc(zone: str) -> None:
    file = read({"time_zone": zone, "audience_zones": [zone, "Europe/Paris"]})
    assert file.chat.time_zone == "UTC"
    assert file.chat.audience_zones == ("Europe/Paris",)
    assert set(file.left_out) == {"chat.time_zone", "chat.audience_zones"}


def test_the_unknown_zone_of_a_person_becomes_the_organisers() -> None:
    file = read({"people": [{"id": "p", "time_zone": "Mars/Phobos"}]})
    assert file.chat.people[0].time_zone == ""
    assert file.left_out == ("chat.people[0].time_zone",)


@pytest.mark.parametrize(
    "instant", ["2026-12-05T20:00:00", "tomorrow", "0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z"]
)
def test_an_instant_that_cannot_be_used_is_dropped(instant: str) -> None:
    file = read({"starts_at": instant})
    assert file.chat.starts_at is None
    assert file.left_out == ("chat.starts_at",)


def test_an_instant_is_brought_to_utc() -> None:
    starts_at = read({"starts_at": "2026-12-05T21:00:00+01:00"}).chat.starts_at
    assert starts_at == datetime(2026, 12, 5, 20, tzinfo=UTC)
    assert starts_at.tzinfo is UTC


def test_a_post_without_an_instant_is_left_out_and_the_others_stay() -> None:
    written = json.loads(codec.encode(ChatFile(FULL, (feed_post("1"), feed_post("2")), (PNG,))))
    written["posts"][0]["post"]["created_at"] = "2026-12-05T20:00:00"
    file = codec.decode(json.dumps(written).encode(), from_outside=True)
    assert file.posts == (feed_post("2"),)
    assert file.left_out == ("posts[0].post.created_at",)


def test_numbers_no_screen_could_handle_are_replaced() -> None:
    file = read(
        {
            "minutes": 10**15,
            "spending_limit_cents": -1,
            "questions": [{"id": "q", "minutes": -5}],
            "announcements": [{"id": "a", "minutes_before": 10**15}],
            "run_edits": [{"key": "q", "minutes": 10**15}],
        }
    )
    chat = file.chat
    assert (chat.minutes, chat.spending_limit_cents, chat.questions[0].minutes) == (60, 0, 6)
    assert chat.announcements[0].minutes_before == 7 * 24 * 60
    assert chat.run_edits[0].minutes is None
    assert len(file.left_out) == 5


def test_parts_of_one_id_are_told_apart_the_same_way_each_time() -> None:
    parts = {"questions": [{"id": "q"}, {"id": "q"}, {"id": ""}, {"id": "q-2"}]}
    first, second = read(parts).chat, read(parts).chat
    assert len({question.id for question in first.questions}) == 4
    assert first == second


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.com/awa_ex/status/42", "https://x.com/awa_ex/status/42"),
        ("https://twitter.com/awa_ex/status/42", "https://x.com/awa_ex/status/42"),
        ('https://x.com/a/status/42?x="><script>', "https://x.com/a/status/42"),
        ("", ""),
        ("https://x.com.example.org/awa_ex/status/42", ""),
        ("https://example.org/?https://x.com/awa_ex/status/42", ""),
        ("http://x.com/awa_ex/status/42", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_see_on_x_leads_to_x_in_a_file_from_outside(url: str, kept: str) -> None:
    item = feed_post("1")
    file = ChatFile(FULL, (replace(item, post=replace(item.post, url=url)),))
    read_back = codec.decode(codec.encode(file), from_outside=True)
    assert read_back.posts[0].post.url == kept
    assert ("posts[0].post.url" in read_back.left_out) is bool(url and not kept)


def test_control_characters_go_and_line_ends_are_one() -> None:
    chat = read({"topic": "a\x00b\x1b[31m\u0085c", "summary": "un\r\ndeux\rtrois\tquatre"}).chat
    assert chat.topic == "ab[31m\nc"
    assert chat.summary == "un\ndeux\ntrois quatre"


def test_the_line_break_of_word_does_not_glue_two_words() -> None:
    chat = read({"topic": "un\vdeux", "summary": "co\u00adopération e\u0301cole\u2028fin"}).chat
    assert chat.topic == "un\ndeux"
    assert chat.summary == "coopération école\nfin"


def test_a_file_that_would_fill_the_memory_is_not_even_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = b'{"format": "tchat", "posts": [' + b"[]," * (codec.MOST_COMMAS + 1) + b"[]]}"

    def decode(_document: bytes) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(msgspec.json, "decode", decode)
    with pytest.raises(ChatFileDamaged):
        codec.decode(bomb, from_outside=True)


@pytest.mark.parametrize(
    "chat",
    [
        {"topic": "x" * (sieve.LONGEST_TEXT + 1)},
        {"questions": [{"id": str(number)} for number in range(201)]},
        {"people": [{"id": str(number)} for number in range(201)]},
    ],
)
def test_absurd_sizes_are_refused_from_outside_only(chat: dict) -> None:
    with pytest.raises(ChatFileDamaged):
        read(chat)
    # A chat that the app itself has saved must open again whatever is in it.
    codec.decode(document(chat), from_outside=False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"<!DOCTYPE html><html></html>",
        b"\xff\xfe{\x00",
        b'{"format": "tchat", "version": 1}',
        b'{"format": "tchat", "version": 1, "chat": []}',
        b'{"format": "tchat", "version": 1, "chat": {}}',
        b'{"format": "tchat", "version": 0, "chat": {"id": "c"}}',
        b'{"format": "tchat", "version": true, "chat": {"id": "c"}}',
        b'{"format": "tchat", "version": 1, "chat": {"id": "c"}, "posts": {}}',
        b'{"format": "tchat", "version": 1, "chat": {"id": "c", "minutes": "60"}}',
        b'{"format": "tchat", "version": 1, "chat": {"id": "c", "topic": null}}',
        b'{"format": "other", "version": 1, "chat": {"id": "c"}}',
        b"[" * 100_000,
        codec.encode(ChatFile(FULL))[:-40],
    ],
)
def test_what_is_not_a_document_is_refused(raw: bytes) -> None:
    with pytest.raises(ChatFileDamaged):
        codec.decode(raw, from_outside=True)


def test_a_later_version_is_told_apart_from_damage() -> None:
    with pytest.raises(ChatFileNewer):
        read(version=upgrades.VERSION + 1)


def test_an_older_version_is_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    def name_the_topic(raw: dict) -> dict:
        chat = dict(raw["chat"])
        chat["topic"] = chat.pop("title")
        return {**raw, "chat": chat}

    monkeypatch.setattr(upgrades, "UPGRADES", (name_the_topic,))
    monkeypatch.setattr(upgrades, "VERSION", 2)
    file = read({"title": "Mariage"}, version=1)
    assert file.chat.topic == "Mariage"
    assert file.left_out == ()


def test_a_document_without_a_wall_clock_is_taken_as_it_is() -> None:
    file = read({"starts_at": "2026-12-17T20:00:00Z", "time_zone": "Africa/Dakar"}, version=1)
    assert file.chat.starts_at == datetime(2026, 12, 17, 20, tzinfo=UTC)
    assert file.chat.moved_from is None
    assert file.left_out == ()


@pytest.mark.parametrize(
    ("wall", "hour", "moved"),
    [
        ("2026-12-17T20:00:00", 20, False),
        ("2026-12-17T21:00:00", 21, True),
        ("2026-12-17T19:00:00", 19, True),
        ("2026-12-27T19:00:00", 20, False),
        ("2026-12-17T19:00:00+01:00", 19, True),
        ("soon", 20, False),
        (7, 20, False),
        (None, 20, False),
        ("9999-12-31T23:59:59", 20, False),
    ],
)
def test_the_hour_that_was_announced_stays_when_the_rules_of_its_zone_change(
    wall: object, hour: int, moved: bool
) -> None:
    chat = {"starts_at": "2026-12-17T20:00:00Z", "time_zone": "Africa/Dakar"}
    file = read(chat, version=upgrades.VERSION, wall=wall)
    announced = datetime(2026, 12, 17, 20, tzinfo=UTC)
    assert file.chat.starts_at == announced.replace(hour=hour)
    assert file.chat.moved_from == (announced if moved else None)
    again = codec.decode(codec.encode(ChatFile(file.chat)), from_outside=False).chat
    assert again == file.chat


def test_a_chat_that_is_over_does_not_move() -> None:
    chat = {"starts_at": "2026-12-17T20:00:00Z", "closed_at": "2026-12-17T21:00:00Z"}
    file = read(chat, version=upgrades.VERSION, wall="2026-12-17T19:00:00")
    assert file.chat.moved_from is None


def test_a_wall_clock_is_written_beside_the_instant() -> None:
    chat = Chat("c", starts_at=datetime(2026, 12, 17, 19, tzinfo=UTC), time_zone="Europe/Paris")
    assert json.loads(codec.encode(ChatFile(chat)))["wall"] == "2026-12-17T20:00:00"


def test_towns_of_zones_there_are_not_are_left_out() -> None:
    towns = [["Africa/Dakar", "Thiès"], ["No/Where", "x"], ["Europe/Paris", "y" * 101]]
    file = read({"towns": towns})
    assert file.chat.towns == (("Africa/Dakar", "Thiès"),)
    assert file.left_out == ("chat.towns",)


def test_halves_of_characters_do_not_stop_a_save() -> None:
    chat = replace(FULL, topic="\ud83d\ude00 \ud800 é", questions=(Question("q", "\udc00"),))
    read_back = codec.decode(codec.encode(ChatFile(chat)), from_outside=False).chat
    assert read_back.topic == "😀 \ufffd é"
    assert read_back.questions[0].text == "\ufffd"


def test_an_instant_without_its_zone_is_never_written() -> None:
    with pytest.raises(ValueError, match="zone"):
        codec.encode(ChatFile(replace(FULL, starts_at=NOON.replace(tzinfo=None))))


def test_an_instant_of_another_zone_is_written_as_the_same_instant() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    written = codec.encode(ChatFile(replace(FULL, starts_at=elsewhere), pictures=(PNG,)))
    assert codec.decode(written, from_outside=True).chat == FULL


def test_a_picture_that_cannot_be_one_is_left_out() -> None:
    sound = {"id": PNG_ID, "kind": "image/png", "alt_text": "Une école", "token": "hunter2"}
    wrong = [{**sound, "id": "../../etc/passwd"}, {**sound, "kind": "text/html"}]
    edits = [{"key": f"k{index}", "picture": one} for index, one in enumerate([sound, *wrong])]
    file = read({"run_edits": edits}, pictures=[base64.b64encode(PNG).decode()])
    assert [edit.picture is not None for edit in file.chat.run_edits] == [True, False, False]
    assert set(file.left_out) == {
        "chat.run_edits[0].picture.token",
        "chat.run_edits[1].picture",
        "chat.run_edits[1].picture.token",
        "chat.run_edits[2].picture",
        "chat.run_edits[2].picture.token",
    }


def with_picture(
    content: bytes, kind: str = "image/png", alt_text: str = "", key: str = "welcome"
) -> dict:
    picture = {"id": hashlib.sha256(content).hexdigest(), "kind": kind, "alt_text": alt_text}
    return {"run_edits": [{"key": key, "picture": picture}]}


@pytest.mark.parametrize(
    "written",
    [
        7,
        None,
        "pas du base64 !",
        base64.b64encode(b"%PDF-1.7").decode(),
        base64.b64encode(PNG + bytes(LARGEST_PICTURE)).decode(),
        "",
    ],
)
def test_a_content_x_would_not_take_is_left_out_with_what_shows_it(written: object) -> None:
    file = read(with_picture(PNG), pictures=[written])
    assert file.pictures == ()
    assert file.chat.run_edits == (RunEdit("welcome"),)
    assert set(file.left_out) == {"pictures[0]", "chat.run_edits[0].picture"}


def test_a_picture_named_but_not_brought_along_is_taken_away() -> None:
    file = read(with_picture(PNG))
    assert file.chat.run_edits == (RunEdit("welcome"),)
    assert file.left_out == ("chat.run_edits[0].picture",)


def test_a_content_no_post_shows_is_not_kept() -> None:
    file = read(pictures=[base64.b64encode(PNG).decode()])
    assert (file.pictures, file.left_out) == ((), (f"pictures: {PNG_ID[:12]}",))


def test_the_look_of_the_pictures_is_read_with_its_logo_or_put_right() -> None:
    logo = {"id": PNG_ID, "kind": "image/png"}
    look = {"design": "full", "colour": "#0b7a75", "logo": logo, "alt_text": "Une annonce"}
    file = read({"visuals": look}, pictures=[base64.b64encode(PNG).decode()])
    assert file.left_out == ()
    assert file.chat.visuals == VisualDraft(
        Design.FULL, "#0b7a75", Picture(PNG_ID, "image/png"), "Une annonce"
    )
    assert read({"visuals": look}).left_out == ("chat.visuals.logo",)
    wrong = {**look, "colour": "url(x)", "logo": {"id": "../x", "kind": "image/png"}}
    file = read({"visuals": wrong})
    assert file.chat.visuals == VisualDraft(Design.FULL, alt_text="Une annonce")
    assert set(file.left_out) == {"chat.visuals.colour", "chat.visuals.logo"}


def test_a_flood_of_pictures_is_cut_short() -> None:
    many = [base64.b64encode(PNG + b"%d" % number).decode() for number in range(110)]
    contents = [base64.b64decode(one) for one in many]
    edits = [
        edit
        for number, one in enumerate(contents)
        for edit in with_picture(one, key=f"q:{number}")["run_edits"]
    ]
    file = read({"run_edits": edits}, pictures=many)
    assert file.pictures == tuple(contents[: pictures.MOST_PICTURES])
    assert sum(edit.picture is not None for edit in file.chat.run_edits) == pictures.MOST_PICTURES
    with pytest.raises(ChatFileDamaged):
        read(pictures={"a": "b"})


def test_a_picture_is_called_what_it_is_and_described_within_bounds() -> None:
    file = read(
        with_picture(PNG, "image/gif", "é" * (LONGEST_ALT_TEXT + 1)),
        pictures=[base64.b64encode(PNG).decode()],
    )
    assert file.chat.run_edits[0].picture == Picture(PNG_ID, "image/png", "é" * LONGEST_ALT_TEXT)
    assert file.pictures == (PNG,)


def test_a_chat_without_pictures_is_written_as_before_there_were_any() -> None:
    chat = Chat("c", run_edits=(RunEdit("welcome", text="Bonsoir"),))
    written = json.loads(codec.encode(ChatFile(chat)))
    assert list(written) == ["format", "version", "chat", "wall", "posts"]
    assert written["chat"]["run_edits"] == [{"key": "welcome", "text": "Bonsoir", "included": True}]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("116", ["116"]),
        ("Sénégal : 116\n\nFrance : 119 ", ["Sénégal : 116", "France : 119"]),
        ("[numéros d’aide]", []),
        ("", []),
        ("\n".join(str(n) for n in range(300)), None),
    ],
)
def test_help_numbers_of_before_become_lines_to_check(
    written: str, numbers: list[str] | None
) -> None:
    file = read({"helplines": written}, version=1)
    assert file.left_out == ()
    lines = file.chat.help_lines
    assert not any(line.verified for line in lines)
    if numbers is None:
        assert " ".join(line.number for line in lines) == written.replace("\n", " ")
    else:
        assert [line.number for line in lines] == numbers
    again = codec.decode(codec.encode(file), from_outside=True)
    assert again.chat == file.chat


@pytest.mark.parametrize("written", [None, 116, ["116"], {}])
def test_help_numbers_that_are_no_text_are_left(written: object) -> None:
    assert read({"helplines": written}, version=1).chat.help_lines == ()


@pytest.mark.parametrize("language", ["zz", "", "a:b", "../../etc", "fr_FR@euro"])
def test_a_language_posts_cannot_be_written_in_is_french(language: str) -> None:
    document = json.loads(codec.encode(ChatFile(FULL)))
    document["chat"]["language"] = language
    file = codec.decode(json.dumps(document).encode(), from_outside=True)
    assert file.chat.language == "fr"
    assert "chat.language" in file.left_out


@pytest.mark.parametrize("part_id", ["a:b", "q:1", "a/b", " ", "x" * 65, "é"])
def test_an_id_that_is_no_part_of_a_key_is_replaced(part_id: str) -> None:
    document = json.loads(codec.encode(ChatFile(FULL)))
    document["chat"]["questions"][0]["id"] = part_id
    file = codec.decode(json.dumps(document).encode(), from_outside=True)
    assert file.chat.questions[0].id == "part-1"
    assert file.chat.questions[0].text == FULL.questions[0].text
    assert "chat.questions[0].id" in file.left_out


def strange_ids() -> ChatFile:
    """FULL, its hour and two posts, in a file that calls its first question "a:b" and Awa "é"."""
    thanked = replace(FULL, thanked=("g",), invited_again=(("g", "email"),))
    item = replace(feed_post("1"), question_id="a", assigned_to="g")
    file = ChatFile(thanked, (item,), (PNG,), hour=HOUR[:2], hour_at=NOON)
    document = json.loads(codec.encode(file))
    chat, [_welcome, row] = document["chat"], document["hour"]["rows"]
    chat["questions"][0]["id"] = "a:b"
    chat["people"][0]["id"] = chat["thanked"][0] = chat["invited_again"][0][0] = "é"
    chat["run_order"] = ["welcome", "q:a:b"]
    chat["run_edits"] = [{"key": "q:a:b", "text": "Autrement"}]
    chat["recap"]["comments"] = [["a:b", "Beau"]]
    chat["people"][0]["answers"] = [["a:b", "Le silence."]]
    document["posts"][0] |= {"question_id": "a:b", "assigned_to": "é"}
    row["slot"] = "q:a:b"
    return codec.decode(json.dumps(document).encode(), from_outside=True)


def test_whatever_refers_to_an_id_that_was_replaced_follows_it() -> None:
    file = strange_ids()
    chat, [item] = file.chat, file.posts
    question, guest = chat.questions[0].id, chat.people[0].id
    assert (question, guest) == ("part-1", "part-1")
    assert chat.run_order == ("welcome", "q:part-1")
    assert [edit.key for edit in chat.run_edits] == ["q:part-1"]
    assert chat.recap.comments == (("part-1", "Beau"),)
    assert chat.people[0].answers == (("part-1", "Le silence."),)
    assert chat.thanked == ("part-1",)
    assert chat.invited_again == (("part-1", "email"),)
    assert (item.question_id, item.assigned_to) == (question, guest)
    sheet = run_sheet.build_run_sheet(chat, load_texts("fr"))
    assert sheet.item("q:part-1").text == "Autrement"


def test_a_question_whose_id_had_a_colon_is_known_as_asked() -> None:
    file = strange_ids()
    assert [one.question_id for one in asked_questions(file.chat, file.hour, X_RULES)] == ["part-1"]


def test_of_two_parts_with_one_id_what_refers_to_it_means_the_first() -> None:
    parts = [{"id": "a", "text": "Un"}, {"id": "a", "text": "Deux"}]
    chat = read({"questions": parts, "run_order": ["q:a"]}).chat
    assert [one.id for one in chat.questions] == ["a", "a-2"]
    assert chat.run_order == ("q:a",)


def test_a_chat_whose_id_is_no_part_of_a_path_is_the_same_at_each_reading() -> None:
    first, second = (read({"id": "../c"}).chat.id for _ in range(2))
    assert first == second
    assert first.isalnum()
    assert read({"id": "c"}).chat.id == "c"


def test_british_english_is_english() -> None:
    file = read({"language": "en-GB"})
    assert (file.chat.language, file.left_out) == ("en", ("chat.language",))


def test_a_word_of_a_later_version_is_left_out_where_there_is_a_usual_one() -> None:
    file = read(
        {
            "purpose": "celebrate",
            "rhythm": "daily",
            "route": "pigeon",
            "people": [{"id": "p", "role": "singer"}],
            "rehearsal": {"cut": "mended", "planned": 3},
        }
    )
    chat = file.chat
    assert (chat.purpose, chat.rhythm, chat.route) == (None, Rhythm.ONCE, None)
    assert chat.people[0].role is Role.GUEST
    assert chat.rehearsal == RehearsalReport(planned=3)
    assert len(file.left_out) == 5


def test_counts_that_cannot_be_counts_are_none() -> None:
    file = read({"to_thank": -1, "rehearsal": {"planned": 2**63, "stars": -4, "said": 7}})
    assert file.chat.to_thank == 0
    assert file.chat.rehearsal == RehearsalReport(said=7)
    assert set(file.left_out) == {
        "chat.to_thank",
        "chat.rehearsal.planned",
        "chat.rehearsal.stars",
    }


def test_only_fields_there_are_stand_as_the_edition_before_left_them() -> None:
    file = read({"carried_over": ["topic", "__class__"]})
    assert (file.chat.carried_over, file.left_out) == (("topic",), ("chat.carried_over",))


def test_of_two_edits_of_a_post_the_one_that_shows_stays() -> None:
    edits = [{"key": "welcome", "text": text} for text in ("Un", "Deux")]
    file = read({"run_edits": edits})
    assert [edit.text for edit in file.chat.run_edits] == ["Deux"]
    assert file.left_out == ("chat.run_edits[1]",)


@pytest.mark.parametrize("name", ["audience_zones", "run_order", "run_edits", "towns"])
def test_a_flood_of_anything_a_page_has_a_row_for_is_refused(name: str) -> None:
    one = {"audience_zones": "UTC", "run_edits": {"key": "k"}, "towns": ["UTC", "x"]}.get(name, "k")
    with pytest.raises(ChatFileDamaged):
        read({name: [one] * 1000})


def posts_of(*changes: dict[str, object]) -> ChatFile:
    """A file with posts that differ from a usual one by that."""
    written = json.loads(codec.encode(ChatFile(FULL, (feed_post("1"),))))["posts"][0]
    posts = []
    for change in changes:
        marks = {name: value for name, value in change.items() if name in ("asks", "harmless")}
        marks |= {"confided": True} if "confided" in change else {}
        inner = {name: value for name, value in change.items() if name not in marks}
        posts.append({**written, **marks, "post": {**written["post"], **inner}})
    return read(posts=posts)


@pytest.mark.parametrize("post_id", ["", "a", "../1", "1 or 1", "٣", "9" * 21])
def test_a_post_nobody_could_answer_under_its_id_is_left_out(post_id: str) -> None:
    file = posts_of({"id": post_id}, {"id": "2"})
    assert [one.post.id for one in file.posts] == ["2"]
    assert file.left_out == ("posts[0].post.id",)


def test_a_post_is_there_once() -> None:
    file = posts_of({"id": "1", "text": "Un"}, {"id": "1", "text": "Deux"})
    assert [one.post.text for one in file.posts] == ["Un"]
    assert file.left_out == ("posts[1].post.id",)


def test_an_author_who_can_be_nobody_on_x_is_a_name_and_tagged_by_nothing() -> None:
    [named, entered] = posts_of(
        {"author": "Awa Diop", "author_name": "Awa"},
        {"id": "2", "author": "a b", "author_name": "@a b"},
    ).posts
    assert (named.post.author, named.post.author_name) == ("", "Awa")
    assert (entered.post.author, entered.post.author_name) == ("", "a b")


def test_marks_that_say_nothing_are_none() -> None:
    file = posts_of({"asks": "perhaps", "in_reply_to": "a", "harmless": True, "confided": True})
    [item] = file.posts
    assert (item.asks, item.post.in_reply_to) == ("", "")
    assert (item.confided, item.harmless) == (True, False), "the one that protects stays"
    assert set(file.left_out) == {
        "posts[0].asks",
        "posts[0].post.in_reply_to",
        "posts[0].harmless",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"slot": "welcome"},
        {"kind": "reply"},
        {"route": "rehearsal"},
        {"planned_route": "rehearsal"},
        {"planned_state": "sent"},
    ],
)
def test_a_copied_hour_that_makes_no_sense_is_refused(changes: dict[str, str]) -> None:
    """The second row of a slot would be forgotten, and it may be the one that is out."""
    document = json.loads(codec.encode(ChatFile(FULL, hour=HOUR[:2], hour_at=NOON)))
    document["hour"]["rows"][1] |= changes
    with pytest.raises(ChatFileDamaged):
        codec.decode(json.dumps(document).encode(), from_outside=True)


def test_what_says_nothing_is_not_written() -> None:
    """An older version of the app would have to leave it out, and say so."""
    document = json.loads(codec.encode(ChatFile(Chat("c"), (feed_post("1"),))))
    assert document["chat"] == {
        "id": "c",
        "rhythm": "once",
        "language": "fr",
        "time_zone": "Africa/Dakar",
        "minutes": 60,
        "spending_limit_cents": 500,
        "recap": {},
    }
    assert list(document["posts"][0]) == ["post"]


def test_what_was_leaving_when_it_was_copied_is_perhaps_out() -> None:
    leaving = replace(HOUR[2], state=PostState.SENDING)
    due = replace(HOUR[3], state=PostState.DUE)
    file = ChatFile(FULL, hour=(leaving, due), hour_at=NOON)
    read = codec.decode(codec.encode(file), from_outside=True)
    assert [row.state for row in read.hour] == [PostState.UNKNOWN, PostState.PLANNED]


def test_an_hour_from_outside_brings_no_address_but_those_of_posts() -> None:
    row = replace(HOUR[1], url="https://evil.example/status/1", page="https://evil.example")
    file = ChatFile(FULL, hour=(row,), hour_at=NOON)
    [read] = codec.decode(codec.encode(file), from_outside=True).hour
    assert (read.url, read.page) == ("", PAGE)


def copied(row: OutboxPost, **changes: object) -> OutboxPost:
    """A row as it comes out of a file it was written to."""
    file = ChatFile(FULL, hour=(replace(row, **changes),), hour_at=NOON)  # type: ignore[arg-type]
    [read] = codec.decode(codec.encode(file), from_outside=True).hour
    return read


def test_what_was_confirmed_by_hand_left_at_its_time_in_a_copy_too() -> None:
    later = NOON + timedelta(minutes=9)
    row = replace(HOUR[0], state=PostState.SENT, reason=Reason.BY_HAND, changed_at=later)
    row = replace(row, remote_id="")
    assert left_at(copied(row), X_RULES) == left_at(row, X_RULES) == NOON
    assert confirmed_at(copied(row), X_RULES) == later
    told = told_at(copied(row), X_RULES)
    assert told == told_at(row, X_RULES) == later, "every screen tells that one hour"
    linked = replace(row, remote_id="2129307821798326272")
    assert told_at(linked, X_RULES) == left_at(linked, X_RULES) != later


def test_what_came_too_late_is_among_the_posts_missed_in_a_copy_too() -> None:
    row = replace(HOUR[2], state=PostState.EXPIRED, reason=Reason.TOO_LATE)
    assert len(missed([copied(row)], NOON + timedelta(minutes=30))) == 1


@pytest.mark.parametrize("reason", [Reason.KEYS_REFUSED, Reason.NO_CREDIT])
def test_what_was_told_of_the_keys_there_is_not_held_against_those_here(reason: Reason) -> None:
    row = copied(HOUR[2], state=PostState.FAILED, reason=reason, attempts=1)
    assert (row.state, row.reason) == (PostState.FAILED, Reason.NONE)


def test_what_waits_in_a_copy_is_tried_anew_with_its_picture() -> None:
    row = copied(HOUR[2], reason=Reason.RATE_LIMIT, attempts=1)
    assert (row.state, row.reason, row.picture) == (PostState.PLANNED, Reason.NONE, HOUR[2].picture)


def test_a_page_too_long_to_be_opened_again_is_none() -> None:
    assert copied(HOUR[1], text="é" * 1000).page == ""


def test_an_hour_copied_by_an_earlier_version_tells_no_reasons() -> None:
    document = json.loads(codec.encode(ChatFile(FULL, (), (PNG,), hour=HOUR[:2], hour_at=NOON)))
    assert not {"reason", "picture"} & document["hour"]["rows"][0].keys()
    document["hour"]["rows"][0]["reason"] = "a reason of later"
    file = codec.decode(json.dumps(document).encode(), from_outside=True)
    assert file.hour == HOUR[:2]
    assert file.left_out == ()


def test_a_picture_of_a_copied_post_is_one_or_none() -> None:
    document = json.loads(codec.encode(ChatFile(FULL, pictures=(PNG,), hour=HOUR, hour_at=NOON)))
    document["hour"]["rows"][2]["picture"]["id"] = "../x"
    file = codec.decode(json.dumps(document).encode(), from_outside=True)
    assert file.hour[2].picture is None
    assert file.left_out == ("hour.rows[2].picture",)


def test_the_picture_only_a_copied_post_shows_comes_along() -> None:
    bare = replace(FULL, run_edits=())
    file = ChatFile(bare, pictures=(PNG,), hour=HOUR, hour_at=NOON)
    assert codec.decode(codec.encode(file), from_outside=True) == file


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "gone"), ("kind", 3), ("due_at", "tomorrow"), ("planned_route", None)],
)
def test_an_hour_that_cannot_be_read_is_not_half_believed(name: str, value: object) -> None:
    document = json.loads(codec.encode(ChatFile(FULL, hour=HOUR, hour_at=NOON)))
    document["hour"]["rows"][0][name] = value
    with pytest.raises(ChatFileDamaged):
        codec.decode(json.dumps(document).encode(), from_outside=True)


def test_a_post_once_marked_as_reposted_is_read_without_a_word() -> None:
    """Nobody wrote that mark any more: what was reposted is read from the outbox."""
    said = {"id": "7", "author": "awa_ex", "author_name": "Awa", "text": "Oui"}
    post = {
        "post": {**said, "created_at": "2026-12-17T20:10:00Z"},
        "starred": True,
        "reposted": True,
    }
    for version, left_out in ((3, ()), (upgrades.VERSION, ("posts[0].reposted",))):
        file = read(version=version, posts=[dict(post)])
        assert [one.starred for one in file.posts] == [True]
        assert file.left_out == left_out
