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

from tchat_desktop.adapters.x.web_page import AssistedPublisher, page_of
from tchat_desktop.domain import languages
from tchat_desktop.domain.chat import Chat, HelpLine, Person, Question, Route
from tchat_desktop.domain.conversation import (
    FeedPost,
    Post,
    is_from_guest,
    is_question,
)
from tchat_desktop.domain.debrief import Answered, Cut, RehearsalReport
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason
from tchat_desktop.domain.signals import Signal, signals_in
from tchat_desktop.domain.x.post_text import weighted_length
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.ports import (
    Published,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)
from tchat_desktop.services.rehearsal import CUT_AT, Happened, SimulatedX
from tchat_desktop.services.rehearsal_pages import NowhereBrowser, SimulatedPages, link_of
from tchat_desktop.services.rehearsal_report import rehearsal_report
from tchat_desktop.services.rehearsal_script import Script, filled, load_script, words_of
from tests.contracts.publisher import PublisherContract
from tests.fakes.clock import START, FakeClock
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

LANGUAGES = tuple(one.code for one in languages.LANGUAGES)
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
    return load_script(resource("languages", language, "rehearsal.toml"))


def question(number: int) -> OutboxPost:
    text = f"Q{number} {CHAT.questions[number - 1].text} #UnionsPrécoces"
    return planned(
        f"q{number}", slot=f"q:q{number}", number=number, text=text,
        route=Route.REHEARSAL,
    )  # fmt: skip


class Bench:
    """A simulated network and its clock."""

    def __init__(self, chat: Chat = CHAT, seed: int = 0, language: str = "fr") -> None:
        self.clock = FakeClock()
        self.x = SimulatedX(script(language), self.clock, chat, NETWORK, seed, timedelta(minutes=4))

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


WORDS = {
    "topic": "L’eau potable",
    "asked": "Comment la garder propre",
    "guest": "Dr Sy",
    "greeting": "Bonsoir",
}


def texts(script: Script) -> list[str]:
    """Everything that may be said, with words filled in."""
    every: list[str] = [
        *script.greetings,
        *script.guest_greetings,
        *script.answers,
        *script.guest_answers,
        *script.when_answered,
        *script.thanks,
    ]
    for sort in script.sorts:
        every += sort.answers
    every += [one.text for one in script.incidents]
    every += [one.when_answered for one in script.incidents if one.when_answered]
    return [filled(one, WORDS, "", rules=NETWORK) for one in every]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_participants_are_many_and_cannot_be_taken_for_real(language: str) -> None:
    made = script(language)
    handles = [one.handle for one in made.people]
    handles += [one.handle for one in made.incidents]
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
    answers += [text for sort in made.sorts for text in sort.answers]
    assert not [text for text in answers if is_question(filled(text, WORDS, "", rules=NETWORK))]
    assert sum(is_question(one.text) for one in made.incidents) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_at_stake_is_noticed_by_its_words_and_nothing_else_is(language: str) -> None:
    made = script(language)
    noticed = {one.what: signals_in(one.text) for one in made.incidents}
    assert noticed["disclosure"] == (Signal.DISCLOSURE, Signal.MINOR)
    assert noticed["troll"] == (Signal.INSULT,)
    assert noticed["named_child"] == (Signal.NAMED_CHILD,)
    careful = ("disclosure", "troll", "named_child")
    at_stake = {one.text for one in made.incidents if one.what in careful}
    assert not [text for text in texts(made) if text not in at_stake and signals_in(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_whose_word_is_missing_is_not_said(language: str) -> None:
    assert filled("Avec {guest}", {"guest": ""}, "", rules=NETWORK) == ""
    nobody = replace(CHAT, people=(), topic="")
    said = [one.text for one in Bench(nobody, language=language).hour()]
    assert said
    assert not [text for text in said if "{" in text or "«\u00a0\u00a0»" in text or "“”" in text]


def test_a_quoted_topic_asks_mentions_and_tags_nothing() -> None:
    words = words_of(replace(CHAT, topic="#Eau pour @tous,\nque faire ? Dites !"), script("fr"))
    assert words["topic"] == "Eau pour tous, que faire"
    assert len(words_of(replace(CHAT, topic="mot " * 100), script("fr"))["topic"]) <= 101


@pytest.mark.parametrize(
    ("language", "hour", "said", "not_said"),
    [
        ("fr", 11, "Bonjour", "Bonsoir"),
        ("fr", 20, "Bonsoir", "Bonjour"),
        ("en", 11, "Hello", "Good evening"),
        ("en", 20, "Good evening", "Hello"),
        ("es", 20, "Buenas noches", "Hola"),
        ("pt", 11, "Olá", "Boa noite"),
        ("ar", 20, "مساء الخير", "مرحبًا"),
    ],
)
def test_the_public_greets_by_the_hour_of_the_chat(
    language: str, hour: int, said: str, not_said: str
) -> None:
    begins = START.replace(hour=hour)
    chat = replace(CHAT, starts_at=begins, time_zone="Africa/Dakar")
    made = script(language)
    words = words_of(chat, made)
    greetings = [
        filled(one, words, "", rules=NETWORK) for one in (*made.greetings, *made.guest_greetings)
    ]
    assert sum(said in one for one in greetings) >= 8
    assert not [one for one in greetings if not_said in one]
    assert not [one for one in greetings if "ce soir" in one or "tonight" in one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_tells_a_woman_from_a_man(language: str) -> None:
    gendered = r"\b(contente?|heureu(x|se)|ravie?|prête?|débutante?)\b"
    assert not [text for text in texts(script(language)) if re.search(gendered, text)]


ASKED = {
    "fr": (
        ("Quels sont les signes du paludisme ?", "plusieurs"),
        ("Où se faire vacciner ?", ""),
        ("Qui décide du menu de la cantine ?", ""),
        ("Les enfants qui travaillent : que faire ?", "Étape"),
        ("Faut-il interdire le téléphone en classe ?", "Je dirais oui"),
        ("Comment garder les semences ?", "exemple"),
        ("Quel est le prix du mil chez vous ?", ""),
        ("Qu’est-ce qu’un mot de passe sûr ?", ""),
        ("Avez-vous déjà reçu un faux message ?", ""),
        ("Pourquoi l’eau manque-t-elle ?", "raisons"),
        ("Quelles sont les causes du mariage des enfants ?", "C’est grave"),
        ("Que faire si une amie est menacée ?", "écouter la personne"),
    ),
    "en": (
        ("What are the signs of malaria?", "several"),
        ("Where can I see a doctor?", ""),
        ("Who decides what pupils eat?", ""),
        ("Should we ban phones in class?", "I would say yes"),
        ("How do you keep seeds?", "example"),
        ("What is a safe password?", ""),
        ("Have you ever received a false message?", ""),
        ("Why is water scarce?", "reasons"),
        ("Why are girls married early?", "grave"),
        ("What to do when a friend is threatened?", "listen to the person"),
    ),
    "es": (
        ("¿Cuáles son los signos de la malaria?", "varias"),
        ("¿Dónde vacunarse?", ""),
        ("¿Quién decide el menú de la escuela?", ""),
        ("¿Hay que prohibir el teléfono en clase?", "Diría que sí"),
        ("¿Cómo guardar las semillas?", "ejemplo"),
        ("¿Por qué falta el agua?", "razones"),
        ("¿Cuáles son las causas del matrimonio infantil?", "Es grave"),
        ("¿Qué hacer si amenazan a una amiga?", "escuchar a la persona"),
    ),
    "pt": (
        ("Quais são os sinais da malária?", "várias"),
        ("Onde me posso vacinar?", ""),
        ("Quem decide a ementa da escola?", ""),
        ("É preciso proibir o telefone na aula?", "Diria que sim"),
        ("Como guardar as sementes?", "exemplo"),
        ("Porque falta a água?", "razões"),
        ("Quais são as causas do casamento infantil?", "É grave"),
        ("O que fazer se ameaçam uma amiga?", "ouvir a pessoa"),
    ),
    "ar": (
        ("ما هي علامات الملاريا؟", "أكثر من شيء"),
        ("من يقرر قائمة الطعام في المدرسة؟", ""),
        ("هل يجب منع الهاتف في القسم؟", "أقول نعم"),
        ("كيف نحفظ البذور؟", "مثالًا"),
        ("لماذا ينقص الماء؟", "أسبابًا"),
        ("ما أسباب زواج الأطفال؟", "الأمر خطير"),
        ("ماذا نفعل أمام تهديد صديقة؟", "الإصغاء"),
    ),
}


@pytest.mark.parametrize(
    ("language", "asked", "begins"),
    [(language, *one) for language in LANGUAGES for one in ASKED[language]],
)
def test_an_answer_fits_the_question_it_answers(language: str, asked: str, begins: str) -> None:
    """It fits the way the question begins, quotes it, or fits every question there is."""
    made = script(language)
    sort = made.sort_of(asked)
    assert begins in sort.answers[0] if sort is not None else begins == ""
    chat = replace(CHAT, topic="Chez nous", questions=(Question("q1", asked),))
    words = words_of(chat, made, asked)
    possible = {*made.answers, *made.guest_answers, *(sort.answers if sort is not None else ())}
    fitting = {filled(text, words, "", rules=NETWORK) for text in possible}
    incidents = {one.handle for one in made.incidents}
    for seed in range(20):
        bench = Bench(chat, seed, language)
        bench.x.publish(planned("q1", slot="q:q1", number=1, text=asked, route=Route.REHEARSAL))
        bench.clock.advance(300)
        said = [one.text for one in bench.heard() if one.author not in incidents]
        plain = {re.sub(r"^[RA]\d |\ #UnionsPrécoces$", "", text) for text in said}
        assert plain <= fitting


def test_a_question_that_sounds_like_a_confidence_is_not_quoted() -> None:
    asked = "Mon père veut me marier, que faire ?"
    assert words_of(CHAT, script(), asked)["asked"] == ""
    assert words_of(CHAT, script(), "Que faire ?")["asked"] == "Que faire"


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("fr", "Qui appeler quand une élève est en danger ?"),
        ("fr", "Comment réagir aux violences ?"),
        ("fr", "Que peut faire l’école quand une élève va être mariée ?"),
        ("en", "Whom to call when a pupil is in danger?"),
        ("en", "How to act against violence?"),
        ("es", "¿Cómo reaccionar ante la violencia?"),
        ("pt", "Como agir contra a violência?"),
        ("ar", "كيف نواجه العنف؟"),
    ],
)
def test_to_a_grave_question_only_grave_answers_are_given(language: str, asked: str) -> None:
    made = script(language)
    sort = made.sort_of(asked)
    assert sort is not None
    assert sort.grave
    chat = replace(CHAT, questions=(Question("q1", asked),))
    bench = Bench(chat, language=language)
    bench.x.publish(planned("q1", slot="q:q1", number=1, text=asked, route=Route.REHEARSAL))
    bench.clock.advance(300)
    usual = {incident.handle for incident in made.incidents}
    said = [one.text for one in bench.heard() if one.author not in usual]
    assert len(said) >= 3
    assert all(any(text in one for text in sort.answers) for one in said), said


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
    assert len(heard) == 5
    assert all(one.text.endswith("#UnionsPrécoces") for one in heard)
    assert any(is_from_guest(one, CHAT) for one in heard)


def test_a_question_is_answered_in_chat_time_by_participants_and_guests() -> None:
    bench = Bench()
    sent = bench.x.publish(question(2))
    bench.clock.advance(300)
    heard = bench.heard()
    assert 4 <= len(heard) <= 6
    assert all(START < one.created_at <= START + timedelta(seconds=240) for one in heard)
    assert [one.created_at for one in heard] == sorted(one.created_at for one in heard)
    assert any(one.text.startswith("R2 ") for one in heard)
    assert [one.author for one in heard if is_from_guest(one, CHAT)] == ["sagefemme_ex"]
    assert {one.in_reply_to for one in heard} <= {"", sent.remote_id}


OTHER = replace(
    CHAT,
    topic="L’eau potable",
    hashtag="EauPourTous",
    questions=(
        Question("q1", "Pourquoi l’eau manque-t-elle ?"),
        Question("q2", "Comment garder un puits ?"),
    ),
    people=(),
)


def test_every_answer_is_to_a_question_of_this_chat() -> None:
    """Whatever it is about: nothing of another subject is said, and it fits how it is put."""
    bench = Bench(OTHER)
    said = []
    for number, question_ in enumerate(OTHER.questions, start=1):
        bench.x.publish(
            planned(question_.id, slot=f"q:{question_.id}", number=number,
                    text=f"Q{number} {question_.text}", route=Route.REHEARSAL)
        )  # fmt: skip
        bench.clock.advance(300)
    said = [one.text for one in bench.heard()]
    assert not [text for text in said if re.search("mari|fille|union", text, re.IGNORECASE)]
    why, how = (script().sort_of(question_.text) for question_ in OTHER.questions)
    assert why is not None
    assert how is not None
    assert why != how
    for sort in (why, how):
        assert any(one in text for one in sort.answers for text in said)


def test_a_short_chat_has_every_surprise_too() -> None:
    """Two questions, and still the awkward one, the troll and the confidence."""
    bench = Bench(OTHER)
    for number in (1, 2):
        bench.x.publish(
            planned(f"q{number}", slot=f"q:q{number}", number=number, text="Q",
                    route=Route.REHEARSAL)
        )  # fmt: skip
        bench.clock.advance(300)
    bench.heard()
    assert set(bench.x.happened().incidents.values()) == {
        "awkward", "troll", "disclosure", "named_child"
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_hour_has_its_surprises_and_its_thanks(language: str) -> None:
    heard = Bench(language=language).hour()
    made = script(language)
    said = {one.author: one.text for one in heard}
    for incident in made.incidents:
        assert said[incident.handle].startswith(incident.text.split("{")[0])
    assert any(one.text.startswith(made.thanks) for one in heard)
    assert 30 < len(heard) < 60


def test_nobody_says_what_another_said() -> None:
    said = [re.sub(r"^R\d ", "", one.text) for one in Bench().hour()]
    assert len(said) > 30
    assert len(set(said)) == len(said)


def test_the_same_seed_gives_the_same_hour_and_another_another() -> None:
    assert Bench(seed=1).hour() == Bench(seed=1).hour()
    assert Bench(seed=1).hour() != Bench(seed=2).hour()


def test_someone_who_is_answered_answers_back() -> None:
    bench = Bench()
    bench.x.publish(question(1))
    bench.clock.advance(300)
    newcomer = next(one for one in bench.heard() if one.author == "paul_mer_ex")
    reply = planned("reply", kind=PostKind.REPLY, target_id=newcomer.id, text="Oui, toujours")
    published = bench.x.publish(reply)
    bench.clock.advance(150)
    back = bench.heard(published.remote_id)
    assert [(one.author, one.in_reply_to) for one in back] == [("paul_mer_ex", published.remote_id)]


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


def test_an_id_tells_its_instant_as_on_x_and_is_of_nothing_yet() -> None:
    bench = Bench()
    assert NETWORK.posted_at(bench.x.publish(planned("first")).remote_id) == START


# --- the pages ------------------------------------------------------------------------------


class Paged(Bench):
    """The way without keys: every post opens a page first."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.pages = SimulatedPages(AssistedPublisher(NowhereBrowser()), self.x, self.opened.append)


def test_a_page_is_the_one_of_the_real_hour_and_publishes_nothing_by_itself() -> None:
    bench = Paged()
    handed = bench.pages.publish(question(1))
    assert handed.page == page_of(question(1))
    assert bench.opened == [handed.page]
    assert bench.x.row_of(handed.page) == question(1)
    bench.clock.advance(300)
    assert bench.x.under_tag() == ()
    assert bench.x.happened().posted == {}


def test_the_button_of_the_page_posts_the_text_as_it_was_changed_once() -> None:
    bench = Paged()
    page = bench.pages.publish(question(1)).page
    ours = bench.x.send_page(page, "Q1 Autrement dit ?")
    assert ours.text == "Q1 Autrement dit ?"
    assert NETWORK.links.read(link_of(ours, NETWORK)) == NETWORK.links.post(
        "voixfilles_ex", ours.id
    )
    with pytest.raises(PublishRefused):
        bench.x.send_page(page, "Q1 Encore")
    bench.clock.advance(300)
    assert len(bench.x.under_tag()) > 3
    assert bench.x.happened().posted == {"q1": START}


# --- the cut -------------------------------------------------------------------------------


def test_the_cut_waits_for_somebody_to_do_something() -> None:
    clock = FakeClock()
    x = SimulatedX(script(), clock, CHAT, NETWORK)
    x.page_ready("page", question(1))
    clock.jump(CUT_AT * 3600 - 1)
    assert not x.is_cut
    x.reconnect()
    clock.jump(3600)
    assert x.is_cut
    for blind in (
        x.under_tag,
        lambda: x.send_page("page", "Q1"),
        lambda: x.tell_privately("1", "Merci"),
    ):
        with pytest.raises(PublishLater):
            blind()
    x.reconnect()
    assert not x.is_cut
    clock.jump(3600)
    assert x.send_page("page", "Q1").text == "Q1"


def test_in_the_cut_one_answer_is_lost_and_the_rest_must_wait() -> None:
    bench = Bench()
    bench.clock.jump(CUT_AT * 3600)
    with pytest.raises(PublishUnknown):
        bench.x.publish(question(1))
    with pytest.raises(PublishLater) as later:
        bench.x.publish(question(2))
    assert later.value.reason is Reason.NETWORK
    assert later.value.until > bench.clock.now()
    for blind in (lambda: bench.x.read(""), lambda: bench.x.look_up(question(1), ())):
        with pytest.raises(PublishLater):
            blind()
    bench.clock.jump(240)
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


def said(name: str, text: str = "R1 Oui") -> Post:
    return Post(name, f"{name}_ex", name, text, START)


def test_the_report_counts_what_really_happened() -> None:
    before = [planned(name, 60 * n) for n, name in enumerate(["a", "b", "c", "d", "e"])]
    before.append(planned("spare", 3600, state=PostState.DRAFT))
    a, b, c, d, e, spare = before
    rows: Sequence[OutboxPost] = [
        replace(a, state=PostState.SENT),
        replace(b, state=PostState.SENT),
        replace(c, state=PostState.SKIPPED),
        replace(d, state=PostState.SENT),
        replace(e, state=PostState.HANDED_OVER),
        replace(spare, due_at=START, state=PostState.SENT),
        planned("r", kind=PostKind.REPLY, slot="reply:1", state=PostState.SENT, target_id="deux"),
        planned("u", kind=PostKind.REPLY, slot="reply:2", state=PostState.UNKNOWN),
        planned("g", kind=PostKind.GUEST_ANSWER, slot="guest:1", state=PostState.SENT),
        planned("s", kind=PostKind.REPOST, slot="repost:1", state=PostState.SENT, target_id="un"),
    ]
    posted = {
        "g": START,
        "s": START,
        "a": a.due_at - timedelta(minutes=4),
        "b": b.due_at + timedelta(minutes=4),
        "e": e.due_at,
        "spare": START,
        "r": START,
    }
    public = (
        said("un"),
        said("deux", "Comment ?"),
        said("trois", "Et ?"),
        said("quatre", "D’où ?"),
        said("cinq", "La petite Nafi, 13 ans"),
    )
    happened = Happened(
        posted,
        {"trois": "Oui", "cinq": "Pourriez-vous enlever le nom ?"},
        public,
        {"quatre": "awkward", "cinq": "named_child"},
        {},
        START,
        START + timedelta(seconds=170),
        repaired=True,
        held=frozenset({"b"}),
    )
    posts = [FeedPost(public[0], starred=True), FeedPost(public[1], answered=True)]
    report = rehearsal_report(CHAT, before, rows, posts, happened, lambda row: row.id, by_hand=True)
    assert json.loads(msgspec.json.encode(report)) == {
        "by_hand": True,
        "planned": 5,
        "posted": 3,
        "on_time": 1,
        "extra": 1,
        "for_guests": 1,
        "reposted": 1,
        "early": ["a"],
        "late": ["b"],
        "missing": ["c", "d"],
        "said_only": ["d"],
        "unconfirmed": 1,
        "undecided": 1,
        "said": 5,
        "taken_in": 2,
        "questions": 3,
        "answered": 2,
        "unanswered": ["quatre"],
        "cut": "repaired",
        "cut_minutes": 3,
        "cut_held": 1,
        "stars": 1,
        "disclosure": "not_said",
        "disclosure_spread": False,
        "troll": "not_said",
        "named_child": "in_private",
        "named_child_spread": False,
    }


@pytest.mark.parametrize(
    ("put_off_at", "posted_at", "on_time"),
    [
        # Five minutes more, asked for before its time, or a moment after it.
        (0, 15, True),
        (11, 15, True),
        # Gone by when it is published after all, it is late.
        (20, 20, False),
        (15, 20, False),
    ],
)
def test_what_was_put_off_in_time_is_not_late_and_nothing_else(
    put_off_at: int, posted_at: int, on_time: bool
) -> None:
    clock = FakeClock(START)
    x = SimulatedX(script(), clock, CHAT, NETWORK)
    row = planned("q", 600)
    x.expect([row])
    clock.jump(60 * put_off_at)
    again = replace(row, due_at=START + timedelta(minutes=posted_at), state=PostState.PLANNED)
    if put_off_at > 11:
        x.expect([replace(row, state=PostState.EXPIRED)])
    x.expect([again])
    posted = {"q": again.due_at + timedelta(seconds=20)}
    happened = replace(x.happened(), posted=posted)
    sent = replace(again, state=PostState.SENT)
    report = rehearsal_report(CHAT, [row], [sent], [], happened, lambda one: one.id, by_hand=True)
    assert (report.posted, report.on_time) == (1, int(on_time))


def test_what_is_sent_before_its_time_is_early_and_what_is_brought_forward_is_not() -> None:
    clock = FakeClock(START)
    x = SimulatedX(script(), clock, CHAT, NETWORK)
    now, soon = planned("now", 1200), planned("soon", 1200)
    x.expect([now, soon])
    clock.jump(60)
    # One is sent at once; the other comes closer, as when the sheet closes up.
    x.expect(
        [
            replace(now, due_at=clock.now()),
            replace(soon, due_at=clock.now() + timedelta(minutes=5)),
        ]
    )
    clock.jump(300)
    posted = {"now": START + timedelta(seconds=70), "soon": clock.now()}
    happened = replace(x.happened(), posted=posted)
    rows = [replace(one, state=PostState.SENT) for one in (now, soon)]
    report = rehearsal_report(
        CHAT, [now, soon], rows, [], happened, lambda one: one.id, by_hand=True
    )
    assert (report.early, report.late, report.on_time) == (("now",), (), 1)


@pytest.mark.parametrize(
    ("lasts", "repair_after", "looked_after", "cut", "minutes"),
    [
        (None, None, -1, Cut.NOT_REACHED, 0),
        (None, None, 5, Cut.NOT_REPAIRED, 0),
        (None, 3, 9, Cut.REPAIRED, 3),
        (4, None, 9, Cut.BY_ITSELF, 4),
    ],
)
def test_what_became_of_the_cut_is_told(
    lasts: int | None, repair_after: int | None, looked_after: int, cut: Cut, minutes: int
) -> None:
    clock = FakeClock(START)
    x = SimulatedX(script(), clock, CHAT, NETWORK, 0, timedelta(minutes=lasts) if lasts else None)
    at = CUT_AT * CHAT.minutes
    x.page_ready("page", question(1))
    if looked_after > 0:
        clock.jump(60 * (at + 1))
        with pytest.raises(PublishLater):
            x.send_page("page", "Q1")
        clock.jump(-60)
    else:
        clock.jump(60 * at)
    if repair_after is not None:
        clock.jump(60 * repair_after)
        x.reconnect()
    clock.jump(60 * (looked_after - (repair_after or 0)))
    report = rehearsal_report(CHAT, [], [], [], x.happened(), lambda one: one.id, by_hand=True)
    assert (report.cut, report.cut_minutes) == (cut, minutes)
    assert report.cut_held == (looked_after > 0)


def answered(text: str | None, private: str = "", **marks: bool) -> RehearsalReport:
    """A rehearsal in which a confidence was answered like that."""
    chat = replace(
        CHAT,
        help_lines=(
            HelpLine("a", "Sénégal", "116", "enfants", verified=True),
            HelpLine("b", "Sénégal", "17", "tout le monde", verified=True),
            HelpLine("c", "Mali", "999", "enfants"),
        ),
    )
    rows = []
    if text is not None:
        rows = [
            planned("r", kind=PostKind.REPLY, slot="reply:1", text=text, state=PostState.SENT,
                    target_id="elle")
        ]  # fmt: skip
    post = said("elle", "J’ai 15 ans")
    happened = Happened(
        {row.id: START for row in rows},
        {"elle": private} if private else {},
        (post,),
        {"elle": "disclosure"},
    )
    posts = [FeedPost(post, **marks)]
    return rehearsal_report(chat, [], rows, posts, happened, lambda row: row.id, by_hand=True)


def reposted(*, out: bool) -> RehearsalReport:
    """A rehearsal in which a repost of the confidence was asked for."""
    row = planned("r", kind=PostKind.REPOST, slot="repost:elle", target_id="elle")
    post = said("elle", "J’ai 15 ans")
    happened = Happened({row.id: START} if out else {}, {}, (post,), {"elle": "disclosure"})
    return rehearsal_report(
        CHAT, [], [row], [FeedPost(post)], happened, lambda one: one.id, by_hand=True
    )


def test_how_a_confidence_was_answered_is_told() -> None:
    assert answered(None).disclosure is Answered.NOT_AT_ALL
    assert answered(None, private="Courage !").disclosure is Answered.IN_PRIVATE
    with_number = answered(None, private="Appelez le 116.").disclosure
    assert with_number is Answered.IN_PRIVATE_WITH_NUMBER
    assert answered("Courage !").disclosure is Answered.IN_PUBLIC
    for other in ("R1 : courage, à 16 ans rien n’est perdu", "le 11 juin, dans 6 jours"):
        assert answered(other).disclosure is Answered.IN_PUBLIC
    for there in ("Appelez le 116", "le 1-1-6", "le 17, tout de suite", "17"):
        assert answered(there).disclosure is Answered.IN_PUBLIC_WITH_NUMBER
    assert answered("Appelez le 1 1 6.").disclosure is Answered.IN_PUBLIC_WITH_NUMBER
    assert not answered("Courage !").disclosure_spread
    assert reposted(out=True).disclosure_spread
    assert not reposted(out=False).disclosure_spread
    assert answered(None, starred=True).disclosure_spread


def test_an_hour_that_never_began_reports_nothing() -> None:
    report = rehearsal_report(CHAT, [], [], [], Happened(), lambda row: row.id, by_hand=True)
    assert (report.planned, report.posted, report.said) == (0, 0, 0)
