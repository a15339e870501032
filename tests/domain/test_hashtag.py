"""The tag: what X accepts, what people remember, and what is suggested."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Announcement, Chat
from tchat_desktop.domain.hashtag import (
    SUGGESTIONS,
    Level,
    TagCheck,
    TagVerdict,
    accented,
    as_tag,
    normalise,
    suggestions,
    tags_out,
    variants,
    verdicts,
    year_variant,
)
from tchat_desktop.domain.x.rules import X_RULES
from tests.fakes.network import NETWORK

CAMEL = TagCheck.CAMEL_CASE


def level(tag: str, check: TagCheck) -> Level | None:
    return next((v.level for v in verdicts(tag, 2026, NETWORK) if v.check is check), None)


def value(tag: str, check: TagCheck) -> str | int:
    return next(v.value for v in verdicts(tag, 2026, NETWORK) if v.check is check)


def test_normalise_drops_the_sign_and_spaces() -> None:
    assert normalise(" # Unions\u00a0Précoces ") == "UnionsPrécoces"
    assert normalise("##a") == "a"
    assert normalise("Règles sans honte") == "RèglesSansHonte"
    assert normalise("mes filles") == "MesFilles"
    assert normalise("e\u0301cole") == "école"
    assert normalise("\u2068#Filles\u200d\u2069\ufe0f") == "Filles"
    assert normalise("Fil\u00adles") == "Filles"
    assert normalise("می\u200cخواهم\u200c") == "می\u200cخواهم", "between letters it is read"


def test_nothing_typed_has_no_verdict() -> None:
    assert verdicts("", 2026, NETWORK) == ()
    assert not NETWORK.is_tag("")


@pytest.mark.parametrize(
    "tag", ["UnionsPrécoces", "EndChildMarriage", "AFD", "Filles2026", "تعليم"]
)
def test_a_good_tag_is_valid_on_x(tag: str) -> None:
    assert NETWORK.is_tag(tag)
    assert level(tag, TagCheck.VALID) is Level.GOOD
    assert Level.BAD not in {v.level for v in verdicts(tag, 2026, NETWORK)}


@pytest.mark.parametrize(
    ("tag", "unwanted"), [("filles&co", "&"), ("a-b!", "-!"), ("l’école", "’")]
)
def test_signs_x_refuses_are_named(tag: str, unwanted: str) -> None:
    assert not NETWORK.is_tag(tag)
    assert TagVerdict(TagCheck.VALID, Level.BAD, unwanted) in verdicts(tag, 2026, NETWORK)


def test_only_digits_is_told_as_such() -> None:
    assert level("2026", TagCheck.NOT_ONLY_DIGITS) is Level.BAD
    assert level("2026", TagCheck.VALID) is Level.GOOD
    assert not NETWORK.is_tag("2026")


def test_fifteen_characters_are_short_and_sixteen_are_not() -> None:
    assert level("A" + "b" * 14, TagCheck.SHORT) is Level.GOOD
    assert level("A" + "b" * 15, TagCheck.SHORT) is Level.HINT
    assert value("Abcd", TagCheck.SHORT) == 4


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("UnionsPrécoces", Level.GOOD),
        ("École", Level.GOOD),
        ("AFD", Level.GOOD),
        ("تعليم", Level.GOOD),
        ("UnionsPrécoces2026", Level.GOOD),
        ("unionsprecoces", Level.HINT),
        ("Unionsprecoces", Level.HINT),
        ("unionsPrécoces", Level.HINT),
        ("UNIONSPRECOCES", Level.HINT),
        # One word of nine letters is still read at once, as is an acronym of six.
        ("Education", Level.GOOD),
        ("Educations", Level.HINT),
        ("education", Level.HINT),
        ("UNICEF", Level.GOOD),
        ("UNICEFS", Level.HINT),
        ("ONG2026", Level.GOOD),
    ],
)
def test_each_word_has_its_capital(tag: str, expected: Level) -> None:
    assert level(tag, TagCheck.CAMEL_CASE) is expected


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("mariage_enfants", "MariageEnfants"),
        ("a_b", "AB"),
        ("_filles", "Filles"),
        ("école", "École"),
        ("education", "Education"),
        ("unionsPrécoces", "UnionsPrécoces"),
        ("filles2026", "Filles2026"),
        # Its words cannot be told apart.
        ("educations", ""),
        ("unionsprecoces", ""),
        ("unionsprecoces2026", ""),
        ("Unionsprecoces2026", ""),
        ("MARIAGES_ENFANTS", ""),
        # It is well written, or not possible on X at all.
        ("MariageEnfants", "Mariage Enfants"),
        ("filles&co", ""),
    ],
)
def test_a_better_writing_is_proposed_when_the_words_can_be_told(tag: str, better: str) -> None:
    assert value(tag, TagCheck.CAMEL_CASE) == better


@given(st.text("aéZ_9", min_size=1, max_size=14))
def test_a_better_writing_is_not_told_to_be_written_better(tag: str) -> None:
    better = next(
        (
            v.value
            for v in verdicts(tag, 2026, NETWORK)
            if v.value and v.check is CAMEL and v.level is Level.HINT
        ),
        "",
    )
    assert not better or level(str(better), TagCheck.CAMEL_CASE) is Level.GOOD


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Filles2026", Level.GOOD),
        ("Filles1998", Level.HINT),
        ("O2Filles", Level.HINT),
        ("Mes_Filles", Level.HINT),
        ("UnDeuxTroisQuatre", Level.GOOD),
        ("UnDeuxTroisQuatre2026", Level.GOOD),
        ("UnDeuxTroisQuatreCinq", Level.HINT),
        # From last year's to the one after the next.
        ("Filles2024", Level.HINT),
        ("Filles2025", Level.GOOD),
        ("Filles2028", Level.GOOD),
        ("Filles2029", Level.HINT),
        ("Filles20260", Level.HINT),
    ],
)
def test_easy_to_say(tag: str, expected: Level) -> None:
    assert level(tag, TagCheck.SAYABLE) is expected


def test_words_that_blur_where_they_meet() -> None:
    assert value("FillesSages", TagCheck.JOINED) == "ss"
    assert level("FillesSages", TagCheck.SAYABLE) is None, "not praised beside it"
    for joined in ("O2", "o2", "I2", "l2"):
        assert value(f"Mot{joined}Filles", TagCheck.JOINED) == joined
    assert level("Filles2026", TagCheck.JOINED) is None
    assert level("2026Filles", TagCheck.JOINED) is None
    assert value("ÉcoleEnfants", TagCheck.JOINED) == "ee"
    assert value("ÉtéÉcole", TagCheck.JOINED) == "éé"
    assert level("UnionsPrécoces", TagCheck.JOINED) is None
    assert level("Filles_Sages", TagCheck.JOINED) is None


def test_accents_are_pointed_out_in_latin_only() -> None:
    assert value("UnionsPrécoces", TagCheck.ACCENTS) == "é"
    assert level("UnionsPrecoces", TagCheck.ACCENTS) is None
    assert level("تعليم", TagCheck.ACCENTS) is None
    assert value("ÉlèvesÀlÉcole", TagCheck.ACCENTS) == "ÉèÀ", "each once"


TOPIC = "L’accès des filles à l’école à Thiès"


def test_a_tag_that_lost_the_accents_of_its_topic_is_told() -> None:
    found = verdicts("AccesDesFilles", 2026, NETWORK, TOPIC)
    assert TagVerdict(TagCheck.ACCENTS_LOST, Level.HINT, "AccèsDesFilles") in found
    assert {one.check for one in found if one.mark} == {TagCheck.ACCENTS_LOST}
    whole = verdicts("AccèsDesFilles", 2026, NETWORK, TOPIC)
    assert TagCheck.ACCENTS_LOST not in {one.check for one in whole}
    assert TagCheck.ACCENTS in {one.check for one in whole}
    assert TagCheck.ACCENTS_LOST not in {
        one.check for one in verdicts("Foot", 2026, NETWORK, TOPIC)
    }


@pytest.mark.parametrize(
    ("tag", "spelled"),
    [
        ("AccesDesFilles", "AccèsDesFilles"),
        ("TchatEcole2026", "TchatÉcole2026"),
        ("ThiesAGIT", "ThièsAGIT"),
        ("Filles", "Filles"),
        ("🌸", "🌸"),
        ("", ""),
    ],
)
def test_the_accents_are_those_of_the_topic(tag: str, spelled: str) -> None:
    assert accented(tag, TOPIC) == spelled


def test_variants_are_the_same_tag_otherwise() -> None:
    assert variants("AccesDesFilles", TOPIC, 2026, NETWORK) == (
        *("AccesDesFilles2026", "AccèsDesFilles", "AccesFilles"),
    )
    assert "AccesDesFilles" in variants("AccèsDesFilles", TOPIC, 2026, NETWORK)
    assert variants("a-b", TOPIC, 2026, NETWORK) == variants("", TOPIC, 2026, NETWORK) == ()


def test_a_word_that_only_leads_to_the_topic_is_left_out() -> None:
    found = suggestions(TOPIC, "Voix des filles", 2026, "fr", NETWORK)
    assert found[0] == "FillesEcole"
    assert not any("Acces" in tag for tag in found)
    assert suggestions("L’accès", "", 2026, "fr", NETWORK) != ()


@pytest.mark.parametrize("topic", ["🌸🌸", "Et si on en parlait ?", "2026", "", "تعليم البنات"])
def test_a_topic_with_nothing_usable_has_the_organisation_alone(topic: str) -> None:
    assert suggestions(topic, "🌸" * 60, 2026, "fr", NETWORK) == ()
    assert "TostanChat" in suggestions(topic, "Tostan", 2026, "en", NETWORK)


def test_announcements_that_are_out_with_another_tag_are_known() -> None:
    told = (
        Announcement("a", done=True, tag="Ancien"),
        Announcement("b", done=True, text="Venez ! #Ancien"),
        Announcement("c", done=True, tag="nouveau"),
        Announcement("d", text="#Ancien"),
        Announcement("e", done=True),
        Announcement("f"),
    )
    chat = Chat(
        "c",
        hashtag="Nouveau",
        announcements=told,
        announced=("f",),
        announced_tags=(("f", "Vieux"),),
    )
    assert [(one.id, tag) for one, tag in tags_out(chat, NETWORK)] == [
        ("a", "Ancien"),
        ("b", "Ancien"),
        ("f", "Vieux"),
    ]


def test_the_year_is_added_once() -> None:
    assert year_variant("Filles", 2026) == "Filles2026"
    assert year_variant("Filles2025", 2026) == "Filles2026"


def test_search_page_is_on_x() -> None:
    page = NETWORK.links.search("UnionsPrécoces")
    assert page == "https://x.com/search?q=%23UnionsPr%C3%A9coces&f=live"


def test_suggestions_come_from_the_topic_without_its_small_words() -> None:
    found = suggestions("Mariage des enfants : agir à Dakar", "Filles Debout", 2026, "fr", NETWORK)
    # "MariageEnfants" would be told to blur at "ee", were it typed.
    assert found == (
        *("MariageDesEnfants", "TchatMariage", "TchatDakar", "MariageDakar"),
        "MariageDesEnfants2026",
    )
    english = suggestions("Ending child marriage in Ghana", "", 2026, "en", NETWORK)
    assert english[0] == "EndingChildMarriage"
    assert suggestions("", "", 2026, "fr", NETWORK) == ()
    assert any("AJS" in tag for tag in suggestions("L’éducation", "AJS", 2026, "fr", NETWORK))


@pytest.mark.parametrize(
    ("organisation", "short"),
    [
        ("AJ", "AJ"),
        ("Réseau AJ", "AJ"),
        ("Réseau UNICEF", "UNICEF"),
        ("Réseau UNICEFS", ""),
        ("Réseau Filles", ""),
        ("debouter", "Debouter"),
        ("deboutern", ""),
        ("Sans honte", ""),
        ("", ""),
    ],
)
def test_the_organisation_is_named_by_its_acronym_or_one_short_word(
    organisation: str, short: str
) -> None:
    found = suggestions("Santé, Dakar", organisation, 2026, "fr", NETWORK)
    named = (f"Sante{short}", f"Dakar{short}") if short else ()
    assert found == ("TchatSante", "TchatDakar", *named, "SanteDakar", "TchatSante2026")


def test_the_organisation_goes_with_the_two_first_nouns_only() -> None:
    found = suggestions("Riz, Mil, Thé", "AJS", 2026, "en", NETWORK)
    assert [tag for tag in found if "AJS" in tag] == ["RizAJS", "MilAJS"]


@pytest.mark.parametrize(
    ("topic", "joined"),
    [
        ("Travail, Mil, Bus", "TravailMilBus"),
        ("Travail, Thé, Toit, Mil", "TravailTheToit"),
    ],
)
def test_the_three_first_nouns_make_a_tag_together(topic: str, joined: str) -> None:
    # "TchatTravail" would be told to blur at "tt", which leaves room for it.
    assert suggestions(topic, "", 2026, "fr", NETWORK)[-2] == joined


def test_at_most_six_are_suggested_and_the_last_one_has_the_year() -> None:
    found = suggestions("Riz, Mil, Blé, Thé, Sel, Eau", "AJS", 2026, "fr", NETWORK)
    assert len(found) == SUGGESTIONS
    assert [tag for tag in found if "2026" in tag] == [found[-1]]


@pytest.mark.parametrize(
    ("topic", "length", "dated"),
    [
        ("Droits des jeunes adultes", 22, False),
        ("Droit des jeunes adultes", 21, True),
        ("Éducation des jeunes adultes", 25, False),
        ("Éducations des jeunes adultes", 26, None),
    ],
)
def test_no_suggestion_has_more_than_25_characters_with_the_year(
    topic: str, length: int, dated: bool | None
) -> None:
    found = suggestions(topic, "", 2026, "fr", NETWORK)
    assert (length in map(len, found)) is (dated is not None)
    assert max(map(len, found)) <= 25
    assert any("2026" in tag for tag in found) is bool(dated)


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("École des filles", "EcoleDesFilles"),
        ("Les unions précoces des filles : que faire ?", "UnionsPrecoces"),
        ("Santé sexuelle et reproductive des adolescentes", "SanteSexuelle"),
        ("Les filles quittent l’école, comment les aider ?", "TchatFilles"),
        ("L’hygiène menstruelle à l’école", "HygieneMenstruelle"),
        ("Éducation sans violence", "EducationSansViolence"),
    ],
)
def test_a_suggestion_is_a_whole_noun_group_without_accents(topic: str, expected: str) -> None:
    assert expected in suggestions(topic, "", 2026, "fr", NETWORK)


@pytest.mark.parametrize(
    "topic",
    [
        "Les mariages précoces, on fait quoi ?",
        "Filles et mariages précoces : on fait quoi ?",
        "Mariages des filles précoces fait mal",
        "Quand les filles précoces quittent l’école",
        "Violences faites aux femmes",
    ],
)
def test_words_that_do_not_belong_together_are_never_joined(topic: str) -> None:
    for tag in suggestions(topic, "Voix des filles", 2026, "fr", NETWORK):
        assert not re.search("PrecocesF|FillesM|Fait|Quoi|Quittent|Quand", tag), tag
        assert tag.isascii()


@pytest.mark.parametrize(
    ("topic", "refused", "expected"),
    [
        ("Les règles à l’école : en parler sans honte", "Honte", "SansHonte"),
        ("Contre le mariage précoce", "Mariage", "ContreMariagePrecoce"),
        ("Non à l’excision", "Excision", "NonExcision"),
        ("Stop aux violences à l’école", "Violences", "StopViolences"),
        ("Agir contre toutes les violences", "Violences", "ContreViolences"),
        ("Fini la honte", "Honte", "FiniHonte"),
        ("Halte au viol", "Viol", "HalteViol"),
        ("École sans peur", "Peur", "EcoleSansPeur"),
        ("L’égalité, pas la charité", "Charite", "TchatEgalite"),
        ("En finir avec l’excision", "Excision", ""),
        ("Plus jamais de violences", "Violences", ""),
    ],
)
def test_what_is_refused_is_never_named_alone(topic: str, refused: str, expected: str) -> None:
    refusals = "Sans|Contre|Non|Stop|Halte|Fini"
    found = suggestions(topic, "Sans honte", 2026, "fr", NETWORK)
    assert not expected or expected in found
    for tag in found:
        assert refused not in tag or re.search(f"({refusals}){refused}", tag), tag


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("No to child marriage", "NoChildMarriage"),
        ("Periods at school: no shame", "NoShame"),
        ("Against violence", "AgainstViolence"),
    ],
)
def test_what_is_refused_in_english(topic: str, expected: str) -> None:
    found = suggestions(topic, "", 2026, "en", NETWORK)
    assert expected in found
    assert not {"ChildMarriage", "ShameChat", "ViolenceChat"} & set(found)


def test_a_suggestion_comes_out_as_if_it_were_typed() -> None:
    for topic in ("Mariage des enfants", "Parents sages", "Où vont nos impôts ?", "AIDES"):
        for tag in suggestions(topic, "AJS", 2026, "fr", NETWORK):
            told = {
                one.check for one in verdicts(tag, 2026, NETWORK) if one.level is not Level.GOOD
            }
            assert told <= {TagCheck.SHORT}, tag


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("école-des-filles", "EcoleDesFilles"),
        ("l’école des filles", "EcoleDesFilles"),
        ("filles&co", "FillesCo"),
        ("filles dakar", ""),
        ("SchoolForGirls", ""),
        ("2026", ""),
        ("–", ""),
    ],
)
def test_a_tag_x_refuses_has_a_better_writing(typed: str, better: str) -> None:
    assert as_tag(typed, "fr", NETWORK) == better


@given(st.text(max_size=80), st.text(max_size=30), st.sampled_from(["fr", "en", "wo"]))
def test_every_suggestion_is_a_tag_on_x(topic: str, organisation: str, language: str) -> None:
    found = suggestions(topic, organisation, 2026, language, NETWORK)
    assert len(found) <= SUGGESTIONS
    assert not as_tag(topic, language, NETWORK) or NETWORK.is_tag(as_tag(topic, language, NETWORK))
    assert len(set(found)) == len(found)
    for tag in found:
        assert X_RULES.hashtags(f"avec #{tag} ici") == [tag]


@given(st.text(max_size=30))
def test_verdicts_agree_with_x_on_anything_typed(typed: str) -> None:
    tag = normalise(typed)
    bad = any(verdict.level is Level.BAD for verdict in verdicts(tag, 2026, NETWORK))
    assert NETWORK.is_tag(tag) == X_RULES.is_tag(tag) == (bool(tag) and not bad)


def test_ideas_hold_the_nouns_of_the_topic() -> None:
    found = suggestions("Pourquoi les filles quittent l’école à Thiès", "", 2026, "fr", NETWORK)
    assert any("Ecole" in tag for tag in found)
    assert any("Thies" in tag for tag in found)
