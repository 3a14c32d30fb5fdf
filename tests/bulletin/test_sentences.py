"""Zeros, ones, twos and the borders of singular and plural, in each language."""

from __future__ import annotations

import pytest

from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.services.bulletin import sentences, words
from avrr_desktop.services.bulletin.sentences import Sentence, Told
from avrr_desktop.services.bulletin.shown import Said, Shown

FR, AR, EN = Language.FR, Language.AR, Language.EN
PERIOD = parse_period("2023-S1")
GENERAL = (
    sentences.registrations,
    sentences.returns_from_morocco,
    sentences.direct_assistance,
    sentences.reintegration,
    sentences.cash_on_return,
    sentences.returns_to_morocco,
    sentences.referrals,
    sentences.resettlement,
)
OPTIONAL = (
    sentences.all_funds,
    sentences.unaccompanied,
    sentences.reintegration_in_morocco,
    sentences.other_admissions,
)


def told(language: Language, *counts: int, period: str = "2023-S1") -> Told:
    """Men, women, boys, girls, undetermined."""
    filled = [*counts, *[0] * (len(GROUPS) - len(counts))]
    groups = {g.value: Shown(n) for g, n in zip(GROUPS, filled, strict=True)}
    return Told(Shown(sum(counts)), groups, parse_period(period), translator(language))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "counts", "expected"),
    [
        (FR, (), "Personne ne s’est enregistré au programme entre janvier et juin 2023."),
        (
            FR,
            (1,),
            (
                "Entre janvier et juin 2023, 1 migrant (1 homme) a contacté l’OIM Maroc et s’est"
                " enregistré au programme."
            ),
        ),
        (
            FR,
            (0, 1),
            (
                "Entre janvier et juin 2023, 1 migrante (1 femme) a contacté l’OIM Maroc et s’est"
                " enregistrée au programme."
            ),
        ),
        (
            FR,
            (0, 0, 0, 0, 1),
            (
                "Entre janvier et juin 2023, 1 migrant-e (1 personne de groupe non déterminé) a"
                " contacté l’OIM Maroc et s’est enregistré-e au programme."
            ),
        ),
        (
            FR,
            (0, 1, 0, 1),
            (
                "Entre janvier et juin 2023, 2 migrantes (1 femme et 1 fille) ont contacté "
                "l’OIM Maroc"
                " et se sont enregistrées au programme."
            ),
        ),
        (
            FR,
            (1, 0, 2),
            (
                "Entre janvier et juin 2023, 3 migrants (1 homme et 2 garçons) ont "
                "contacté l’OIM Maroc"
                " et se sont enregistrés au programme."
            ),
        ),
        (
            FR,
            (1017, 428, 145, 142),
            (
                "Entre janvier et juin 2023, 1 732 migrant-e-s (1 017 hommes, 428 femmes, "
                "145 garçons"
                " et 142 filles) ont contacté l’OIM Maroc et se sont enregistré-e-s au programme."
            ),
        ),
        (EN, (), "Nobody registered with the programme between January and June 2023."),
        (
            EN,
            (0, 0, 1),
            (
                "Between January and June 2023, 1 migrant (1 boy) contacted IOM Morocco and was"
                " registered with the programme."
            ),
        ),
        (
            EN,
            (0, 2, 0, 0, 1),
            (
                "Between January and June 2023, 3 migrants (2 women and 1 person of undetermined"
                " group) contacted IOM Morocco and were registered with the programme."
            ),
        ),
        (AR, (), "لم يتسجل أحد في البرنامج بين يناير ويونيو 2023."),
        (
            AR,
            (0, 1),
            (
                "بين يناير ويونيو 2023، شمل التسجيل في البرنامج بعد الاتصال بالمنظمة الدولية للهجرة"
                " بالمغرب مهاجرة واحدة (امرأة واحدة)."
            ),
        ),
        (
            AR,
            (1, 1),
            (
                "بين يناير ويونيو 2023، شمل التسجيل في البرنامج بعد الاتصال بالمنظمة الدولية للهجرة"
                " بالمغرب مهاجرين اثنين (رجل واحد وامرأة واحدة)."
            ),
        ),
        (
            AR,
            (3, 2, 11, 1),
            (
                "بين يناير ويونيو 2023، شمل التسجيل في البرنامج بعد الاتصال بالمنظمة الدولية للهجرة"
                " بالمغرب 17 مهاجرا (3 رجال، امرأتان، 11 فتى وفتاة واحدة)."
            ),
        ),
    ],
)
def test_registrations_agree_with_their_figures(
    language: Language, counts: tuple[int, ...], expected: str
) -> None:
    assert plain(sentences.registrations(told(language, *counts))) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "مهاجرا واحدا"),
        (2, "مهاجرين اثنين"),
        (3, "3 مهاجرين"),
        (10, "10 مهاجرين"),
        (11, "11 مهاجرا"),
        (99, "99 مهاجرا"),
        (100, "100 مهاجر"),
        (102, "102 مهاجر"),
        (103, "103 مهاجرين"),
        (111, "111 مهاجرا"),
        (1732, "1 732 مهاجرا"),
    ],
)
def test_arabic_has_six_forms(count: int, expected: str) -> None:
    assert plain(words.counted(words.migrants, Shown(count), translator(AR))) == expected


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        (FR, 1, "1 personne est retournée dans son pays"),
        (FR, 2, "2 personnes sont retournées dans leur pays"),
        (FR, 11, "11 personnes sont retournées dans leur pays"),
        (FR, 1_000_000, "1 000 000 personnes sont retournées"),
        (EN, 1, "1 individual has returned"),
        (EN, 2, "2 individuals have returned"),
        (AR, 1, "شخصا واحدا."),
        (AR, 2, "شخصين اثنين."),
        (AR, 3, "3 أشخاص."),
        (AR, 10, "10 أشخاص."),
        (AR, 11, "11 شخصا."),
        (AR, 100, "100 شخص."),
        (AR, 103, "103 أشخاص."),
    ],
)
def test_running_totals_agree(language: Language, count: int, expected: str) -> None:
    said = sentences.returned_since(translator(language), 2005, Shown(count), is_more=False)
    assert expected in plain(said)


@pytest.mark.parametrize(
    ("count", "is_more", "expected"),
    [
        (1, False, "بالمغرب شخصا واحدا على إعادة التوطين"),
        (2, False, "بالمغرب شخصين اثنين على إعادة التوطين"),
        (10, True, "بالمغرب أكثر من 10 أشخاص على إعادة التوطين"),
        (360, True, "بالمغرب أكثر من 360 شخصا على إعادة التوطين"),
    ],
)
def test_arabic_object_of_the_verb_is_accusative(count: int, is_more: bool, expected: str) -> None:
    said = sentences.resettled_since(translator(AR), 2011, Shown(count), is_more=is_more)
    assert expected in plain(said)


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        (FR, 1, "Parmi ces personnes figure 1 enfant non accompagné-e ou séparé-e."),
        (FR, 2, "Parmi ces personnes figurent 2 enfants non accompagné-e-s ou séparé-e-s."),
        (EN, 1, "1 unaccompanied or separated child is among them."),
        (EN, 2, "2 unaccompanied or separated children are among them."),
        (AR, 1, "ويشمل هذا العدد طفلا واحدا غير مصحوب أو منفصلا عن ذويه."),
        (AR, 2, "ويشمل هذا العدد طفلين غير مصحوبين أو منفصلين عن ذويهما."),
        (AR, 10, "ويشمل هذا العدد 10 أطفال غير مصحوبين أو منفصلين عن ذويهم."),
        (AR, 100, "ويشمل هذا العدد 100 طفل غير مصحوب أو منفصل عن ذويه."),
    ],
)
def test_children_agree(language: Language, count: int, expected: str) -> None:
    assert plain(sentences.unaccompanied(told(language, 0, 0, count))) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Shown(3, Said.BELOW, 5), "moins de 5 femmes"),
        (Shown(9, Said.AT_LEAST, 5), "5 femmes ou plus"),
        (Shown(1), "1 femme"),
    ],
)
def test_masked_figures_are_said_in_words(shown: Shown, expected: str) -> None:
    assert plain(words.counted(words.women, shown, translator(FR))) == expected


@pytest.mark.parametrize("sentence", GENERAL)
@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_said_without_a_number(sentence: Sentence, language: Language) -> None:
    text = sentence(told(language))
    assert text.endswith(".")
    assert "0" not in text.replace("2023", "")


@pytest.mark.parametrize("sentence", OPTIONAL)
@pytest.mark.parametrize("language", list(Language))
def test_details_are_left_out_at_zero(sentence: Sentence, language: Language) -> None:
    assert sentence(told(language)) == ""


@pytest.mark.parametrize("sentence", [*GENERAL, *OPTIONAL])
@pytest.mark.parametrize("count", [1, 2, 3, 10, 11, 99, 100, 101, 102, 103])
@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_is_whole(sentence: Sentence, count: int, language: Language) -> None:
    text = sentence(told(language, count, count))
    assert text.endswith(".")
    assert "{" not in text
    said = language is AR and count == 1
    assert said or str(2 * count) in text


@pytest.mark.parametrize("sentence", [*GENERAL, *OPTIONAL])
def test_french_says_one_gender_when_it_is_known(sentence: Sentence) -> None:
    for counts in ((2,), (0, 2)):
        assert "-e" not in sentence(told(FR, *counts)).replace("accompagné-e", "").replace(
            "séparé-e", ""
        )


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("2023-06", FR, "En juin 2023"),
        ("2023-06", EN, "In June 2023"),
        ("2023-06", AR, "في يونيو 2023"),
        ("2023", FR, "Entre janvier et décembre 2023"),
        ("2022-03-04..2023-02-05", FR, "Du 4 mars 2022 au 5 février 2023"),
        ("2022-12-01..2023-01-31", EN, "Between December 2022 and January 2023"),
    ],
)
def test_period_begins_a_sentence(code: str, language: Language, expected: str) -> None:
    assert plain(words.when(parse_period(code), translator(language))) == expected
