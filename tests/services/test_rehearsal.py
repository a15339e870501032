"""The rehearsal: its script, its simulated network, and what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tchat_desktop.domain.chat import Chat, Person, Question, Route
from tchat_desktop.domain.conversation import FeedPost, Post, is_from_guest, is_question
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.post_text import weighted_length
from tchat_desktop.paths import resource
from tchat_desktop.services.ports import (
    Published,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)
from tchat_desktop.services.rehearsal import (
    CUT,
    Script,
    SimulatedX,
    load_script,
    rehearsal_report,
)
from tests.contracts.publisher import PublisherContract
from tests.fakes.clock import START, FakeClock
from tests.fakes.outgoing import planned

LANGUAGES = ("fr", "en")
CHAT = Chat(
    id="chat",
    topic="Mariage des enfants : agir à Dakar",
    hashtag="UnionsPrécoces",
    organisation="Voix des filles",
    account="voixfilles_ex",
    starts_at=START,
    questions=tuple(
        Question(f"q{n}", text)
        for n, text in enumerate(
            [
                "Quelles sont les causes du mariage des enfants ?",
                "Que manque-t-il à la loi ?",
                "Que peut faire l’école ?",
                "Comment parler aux parents ?",
                "Et la santé des filles ?",
                "Qui peut agir, et comment ?",
                "Une dernière idée ?",
            ],
            1,
        )
    ),
    people=(
        Person("sage", name="Sage-femme, Dakar", handle="sagefemme_ex"),
        Person("sans", name="Sans compte"),
    ),
)


def script(language: str = "fr") -> Script:
    return load_script(resource("rehearsal", f"{language}.toml"))


def question(number: int) -> OutboxPost:
    text = f"Q{number} {CHAT.questions[number - 1].text} #UnionsPrécoces"
    return planned(f"q{number}", label=f"Q{number}", text=text, route=Route.REHEARSAL)


class Bench:
    """A simulated network and its clock."""

    def __init__(self, chat: Chat = CHAT, seed: int = 0, language: str = "fr") -> None:
        self.clock = FakeClock()
        self.x = SimulatedX(script(language), self.clock, chat, seed)

    def heard(self, since_id: str = "") -> list[Post]:
        return [one for one in self.x.read(since_id) if one.author != "voixfilles_ex"]

    def hour(self) -> list[Post]:
        """Welcome, seven questions from minute to minute with the cut left out, thanks."""
        self.x.publish(planned("welcome", kind=PostKind.WELCOME))
        for number in range(1, 8):
            self.clock.advance(180)
            self.x.publish(question(number))
        self.clock.jump(600)
        self.x.publish(planned("thanks", kind=PostKind.THANKS))
        self.clock.advance(600)
        return self.heard()


class TestContract(PublisherContract):
    @pytest.fixture
    def publisher(self) -> SimulatedX:
        return Bench().x


# --- the script ----------------------------------------------------------------------------


def texts(script: Script) -> list[str]:
    every: list[str] = [
        *script.greetings,
        *script.guest_greetings,
        *script.answers,
        *script.guest_answers,
        *script.when_answered,
        *script.thanks,
    ]
    for subject in script.subjects:
        for theme in subject.themes:
            every += [*theme.answers, *theme.guest_answers]
    incidents = [*script.incidents, *(one for s in script.subjects for one in s.incidents)]
    every += [one.text for one in incidents]
    every += [one.when_answered for one in incidents if one.when_answered]
    return every


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_participants_are_many_and_cannot_be_taken_for_real(language: str) -> None:
    made = script(language)
    handles = [one.handle for one in made.people]
    handles += [one.handle for one in made.incidents]
    handles += [one.handle for subject in made.subjects for one in subject.incidents]
    assert len(made.people) >= 20
    assert len(set(handles)) == len(handles)
    assert all(re.fullmatch(r"[a-z0-9_]{1,12}_ex", handle) for handle in handles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_in_a_post_and_is_said_once(language: str) -> None:
    every = texts(script(language))
    assert len(set(every)) == len(every)
    for text in every:
        assert weighted_length(f"R10 {text} #{'x' * 30}") <= 280, text
        assert "@" not in text
        assert "http" not in text


def test_french_posts_are_set_with_no_break_spaces() -> None:
    for text in texts(script("fr")):
        assert not re.search(r"(?<!\u00a0)[?!:;](?!\S)", text), text
        assert "'" not in text
        assert "\u202f" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_no_questions_and_some_incidents_are(language: str) -> None:
    made = script(language)
    answers = [*made.answers, *made.guest_answers]
    answers += [text for s in made.subjects for theme in s.themes for text in theme.answers]
    assert not [text for text in answers if is_question(text)]
    assert sum(is_question(one.text) for one in made.incidents) >= 3


def test_a_script_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fr.toml"
    path.write_text('greeting = ["Bonsoir"]\n', encoding="utf-8")
    with pytest.raises(msgspec.ValidationError):
        load_script(path)


# --- the conversation ----------------------------------------------------------------------


def test_the_welcome_is_greeted() -> None:
    bench = Bench()
    bench.x.publish(planned("welcome", kind=PostKind.WELCOME))
    assert bench.heard() == []
    bench.clock.advance(180)
    heard = bench.heard()
    assert len(heard) == 8
    assert all(one.text.endswith("#UnionsPrécoces") for one in heard)
    assert any(is_from_guest(one, CHAT) for one in heard)


def test_a_question_is_answered_in_chat_time_by_participants_and_guests() -> None:
    bench = Bench()
    sent = bench.x.publish(question(2))
    bench.clock.advance(300)
    heard = bench.heard()
    assert 5 <= len(heard) <= 8
    assert all(START < one.created_at <= START + timedelta(seconds=240) for one in heard)
    assert [one.created_at for one in heard] == sorted(one.created_at for one in heard)
    assert any(one.text.startswith("R2 ") for one in heard)
    assert [one.author for one in heard if is_from_guest(one, CHAT)] == ["sagefemme_ex"]
    assert {one.in_reply_to for one in heard} <= {"", sent.remote_id}


def test_answers_are_about_the_question() -> None:
    """A question about the law is answered about the law."""
    bench = Bench()
    bench.x.publish(question(2))
    bench.clock.advance(300)
    themes = [t for s in script().subjects for t in s.themes if "loi" in t.words]
    about_it = [text for theme in themes for text in (*theme.answers, *theme.guest_answers)]
    assert sum(any(text in one.text for text in about_it) for one in bench.heard()) >= 4


def test_marriage_alone_is_not_a_question_about_husbands() -> None:
    bench = Bench()
    text = "Q1 Quels signes annoncent un mariage précoce ? #UnionsPrécoces"
    bench.x.publish(replace(question(1), text=text))
    bench.clock.advance(300)
    about_men = [t.answers for s in script().subjects for t in s.themes if "garçon" in t.words]
    assert about_men
    assert not [one for one in bench.heard() if any(said in one.text for said in about_men[0])]


def test_a_chat_about_something_else_hears_nothing_of_marriage() -> None:
    other = replace(CHAT, topic="L’eau potable", hashtag="EauPourTous", summary="")
    special = {text for s in script().subjects for t in s.themes for text in t.answers}
    heard = Bench(other).hour()
    assert len(heard) > 30
    assert not [one for one in heard if any(text in one.text for text in special)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_hour_has_its_surprises_and_its_thanks(language: str) -> None:
    heard = Bench(language=language).hour()
    made = script(language)
    said = {one.author: one.text for one in heard}
    for incident in made.incidents:
        assert said[incident.handle].startswith(incident.text)
    assert any(one.text.startswith(made.thanks) for one in heard)


def test_nobody_says_what_another_said() -> None:
    said = [re.sub(r"^R\d ", "", one.text) for one in Bench().hour()]
    assert len(said) > 40
    assert len(set(said)) == len(said)


def test_the_same_seed_gives_the_same_hour_and_another_another() -> None:
    assert Bench(seed=1).hour() == Bench(seed=1).hour()
    assert Bench(seed=1).hour() != Bench(seed=2).hour()


def test_someone_who_is_answered_answers_back() -> None:
    bench = Bench()
    bench.x.publish(question(1))
    bench.clock.advance(300)
    newcomer = next(one for one in bench.heard() if one.author == "nouvelle_ex")
    reply = planned("reply", kind=PostKind.REPLY, target_id=newcomer.id, text="Oui, toujours")
    published = bench.x.publish(reply)
    bench.clock.advance(150)
    back = bench.heard(published.remote_id)
    assert [(one.author, one.in_reply_to) for one in back] == [("nouvelle_ex", published.remote_id)]


def test_a_nudge_brings_more_answers() -> None:
    bench = Bench()
    bench.x.publish(question(7))
    bench.clock.advance(300)
    last = bench.heard()[-1].id
    bench.x.publish(planned("nudge", kind=PostKind.NUDGE))
    bench.clock.advance(300)
    assert len(bench.heard(last)) == 2


def test_only_what_is_new_is_read_and_our_posts_are_among_it() -> None:
    bench = Bench()
    published = bench.x.publish(question(1))
    everything = bench.x.read("")
    assert [one.id for one in everything] == [published.remote_id]
    bench.clock.advance(300)
    assert all(int(one.id) > int(published.remote_id) for one in bench.x.read(published.remote_id))


def test_nothing_looks_like_a_real_post() -> None:
    bench = Bench()
    assert bench.x.publish(planned("first")).url == ""
    heard = bench.hour()
    assert heard
    assert not [one for one in heard if one.url]


def test_the_same_post_is_not_taken_twice() -> None:
    bench = Bench()
    bench.x.publish(question(1))
    with pytest.raises(PublishRefused) as refused:
        bench.x.publish(question(1))
    assert refused.value.reason is Reason.DUPLICATE


# --- the cut -------------------------------------------------------------------------------


def test_in_the_cut_one_answer_is_lost_and_the_rest_must_wait() -> None:
    bench = Bench()
    bench.clock.jump(CUT[0].total_seconds())
    with pytest.raises(PublishUnknown):
        bench.x.publish(question(1))
    with pytest.raises(PublishLater) as later:
        bench.x.publish(question(2))
    assert later.value.reason is Reason.NETWORK
    assert later.value.until > bench.clock.now()
    for blind in (lambda: bench.x.read(""), lambda: bench.x.look_up(question(1), ())):
        with pytest.raises(PublishLater):
            blind()
    bench.clock.jump((CUT[1] - CUT[0]).total_seconds())
    unknown = replace(question(1), changed_at=bench.clock.now(), state=PostState.UNKNOWN)
    found = bench.x.look_up(unknown, ())
    assert isinstance(found.published, Published)
    absent = bench.x.look_up(replace(question(2), changed_at=bench.clock.now()), ())
    assert (absent.published, absent.certain) == (None, True)


def test_what_an_earlier_run_took_is_not_said_to_be_absent() -> None:
    bench = Bench()
    before = replace(question(1), changed_at=START - timedelta(minutes=5))
    interrupted = replace(question(1), changed_at=START, reason=Reason.INTERRUPTED)
    assert bench.x.look_up(before, ()).certain is False
    assert bench.x.look_up(interrupted, ()).certain is False


# --- what came of it -----------------------------------------------------------------------


def fed(name: str, text: str = "R1 Oui", **marks: object) -> FeedPost:
    post = Post(name, f"{name}_ex", name, text, START)
    return replace(FeedPost(post), **marks)  # type: ignore[arg-type]


def test_the_report_counts_what_happened() -> None:
    before = [planned(name, 60 * n) for n, name in enumerate(["a", "b", "c", "d"])]
    before.append(planned("spare", 3600, state=PostState.DRAFT))
    a, b, c, d, spare = before
    rows: Sequence[OutboxPost] = [
        replace(a, state=PostState.SENT, changed_at=a.due_at + timedelta(seconds=3)),
        replace(b, state=PostState.SENT, changed_at=b.due_at + timedelta(minutes=4)),
        replace(c, state=PostState.SKIPPED),
        replace(d, due_at=d.due_at + timedelta(minutes=5), state=PostState.EXPIRED),
        replace(spare, due_at=START, state=PostState.SENT, changed_at=START),
        planned("r", kind=PostKind.REPLY, slot="reply:1", state=PostState.SENT),
        planned("p", kind=PostKind.REPOST, slot="repost:1", state=PostState.SENT),
        planned("u", kind=PostKind.REPLY, slot="reply:2", state=PostState.UNKNOWN),
    ]
    posts = [
        fed("un", starred=True),
        fed("deux", "Comment faire ?", answered=True),
        fed("trois", "Et après ?"),
        fed("sagefemme", "Et vous ?"),
        fed("un", hidden=True),
    ]
    report = rehearsal_report(CHAT, before, rows, posts)
    assert json.loads(msgspec.json.encode(report)) == {
        "planned": 4,
        "sent": 3,
        "skipped": 1,
        "postponed": 1,
        "held_up": 1,
        "undecided": 2,
        "replies": 1,
        "reposts": 1,
        "participants": 4,
        "received": 5,
        "audience_questions": 2,
        "audience_answered": 1,
        "stars": 1,
        "hidden": 1,
    }


def test_an_hour_that_never_began_reports_nothing() -> None:
    report = rehearsal_report(CHAT, [], [], [])
    assert (report.planned, report.sent, report.participants) == (0, 0, 0)
