"""How the summary names its measures, groups, terms and periods; nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Final

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, COHORT_TO
from avrr_desktop.core.ages import GROUPS, TOTAL, Group
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.months import MONTH_NAMES, SHORT_MONTH_NAMES
from avrr_desktop.core.periods import Period, PeriodKind
from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.cells import (
    ACROSS,
    CHANGING_GROUP,
    COHORT,
    COUNTED,
    DEPARTED,
    NOT_STATED,
    OPENING,
    RUNNING_TOTAL,
    RUNNING_TOTALS,
    UNACCOMPANIED,
    CellKey,
)
from avrr_desktop.services.summary.measures import (
    AGE_BANDS_LIST,
    DELAY_LEFT_OUT,
    LEFT_OUT,
    MEAN_AGE,
    MEDIAN_DELAY,
    MONTHS,
    RUNNING,
    Measure,
    measure_of,
)

GROUP_LABELS: Final[dict[str, Label]] = {
    Group.MEN.value: Label("Hommes", "رجال", "Men"),
    Group.WOMEN.value: Label("Femmes", "نساء", "Women"),
    Group.BOYS.value: Label("Garçons", "فتيان", "Boys"),
    Group.GIRLS.value: Label("Filles", "فتيات", "Girls"),
    Group.UNDETERMINED.value: Label("Non dét.", "غير محدد", "Undet."),
    TOTAL: Label("Total", "المجموع", "Total"),
}
UNDETERMINED_LABEL: Final = Label("Non déterminé", "غير محدد", "Undetermined")
PREVIOUS_LABEL: Final = Label("Période précédente", "الفترة السابقة", "Previous period")
CHANGE_LABEL: Final = Label("Écart", "الفرق", "Change")
PERCENT_LABEL: Final = Label("%", "%", "%")
SERVICES_LABEL: Final = Label("Services", "الخدمات", "Services")
NOT_STATED_LABEL: Final = Label("Non précisé", "غير مذكور", "Not stated")

_MEASURES: Final[dict[str, Label]] = {
    "persons": Label("Personnes", "الأشخاص", "Persons"),
    "services": SERVICES_LABEL,
    "cases": Label("Dossiers", "الملفات", "Cases"),
    "families": Label(
        "Familles (deux membres ou plus)", "الأسر (فردان أو أكثر)", "Families (two members or more)"
    ),
    UNACCOMPANIED: Label(
        "dont non accompagné-e-s ou séparé-e-s",
        "منهم أطفال غير مصحوبين أو منفصلون",
        "of whom unaccompanied or separated",
    ),
    MEAN_AGE: Label("Âge moyen", "متوسط العمر", "Mean age"),
    LEFT_OUT: Label(
        "Personnes hors de l’âge moyen",
        "أشخاص خارج متوسط العمر",
        "Persons left out of the mean age",
    ),
    MEDIAN_DELAY: Label(
        "Délai médian depuis l’enregistrement (jours)",
        "الأجل الوسيط منذ التسجيل (أيام)",
        "Median delay since registration (days)",
    ),
    DELAY_LEFT_OUT: Label(
        "Personnes hors du délai médian",
        "أشخاص خارج الأجل الوسيط",
        "Persons left out of the median delay",
    ),
    "number_of_countries": Label("Nombre de pays", "عدد البلدان", "Number of countries"),
    "number_of_nationalities": Label(
        "Nombre de nationalités", "عدد الجنسيات", "Number of nationalities"
    ),
    CHANGING_GROUP: Label(
        "Personnes qui changent de groupe", "أشخاص تتغير فئتهم", "Persons changing group"
    ),
    DEPARTED: Label(
        "Parti-e-s parmi les enregistré-e-s de la période",
        "المغادرون من بين مسجَّلي الفترة",
        "Departed among those registered in the period",
    ),
    OPENING: Label("Repris", "الرصيد الافتتاحي", "Carried over"),
    COUNTED: Label("Comptés ici", "المحصى هنا", "Counted here"),
    RUNNING_TOTAL: Label("Cumul", "المجموع التراكمي", "Running total"),
}
_LISTS: Final[dict[str, Label]] = {
    MONTHS: Label("Mois", "الشهر", "Month"),
    AGE_BANDS_LIST: Label("Tranche d’âge", "الفئة العمرية", "Age band"),
    "vulnerability": Label("Vulnérabilité", "الهشاشة", "Vulnerability"),
}
_PSEUDO_SECTIONS: Final[dict[str, Label]] = {
    COHORT: Label("Cohorte", "الفوج", "Cohort"),
    ACROSS: Label("Toutes les parties", "كل الأجزاء", "All parts"),
    RUNNING_TOTALS: Label("Cumuls", "المجاميع التراكمية", "Running totals"),
}
_NO_BREAK_HYPHEN: Final = "\u2011"


def section_label(key: str) -> Label:
    """The name of a section, cohort and running totals too."""
    return _PSEUDO_SECTIONS[key] if key in _PSEUDO_SECTIONS else SECTIONS[key][1].label


def measure_label(measure: Measure) -> Label:
    """The name of a measure within its section: of its list when it has terms."""
    listed = list_label(measure)
    if listed is not None:
        return listed
    return _MEASURES[measure.name.removesuffix(measure.population.suffix)]


def list_label(measure: Measure) -> Label | None:
    """The name of the list whose terms a measure counts; None for a measure without terms."""
    if measure.vocabulary in _LISTS:
        return _LISTS[measure.vocabulary]
    if measure.vocabulary and measure.breakdown is not None:
        return measure.breakdown.label
    return None


def population_row_label(measure: Measure, language: Language) -> str:
    """The section's name, and its population when the section counts several."""
    section = SECTIONS[measure.section][1]
    name = section.label.text(language)
    if len(section.populations) == 1:
        return name
    comma = "،" if language.is_rtl else ","
    return f"{name}{comma} {lowered(measure.population.label.text(language))}"


def lowered(text: str) -> str:
    """A label within a sentence: its first letter small, unless it begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def term_label(measure: Measure, term: str, vocabularies: Vocabularies, language: Language) -> str:
    """The label of a term of a measure."""
    if term == NOT_STATED:
        return NOT_STATED_LABEL.text(language)
    if measure.vocabulary == MONTHS:
        return month_text(term, language)
    if measure.vocabulary == RUNNING:
        section, _, code = term.partition(":")
        country = vocabularies.label("country", code, language) if code else ""
        return country or section_label(section).text(language)
    return vocabularies.label(measure.vocabulary, term, language)


def cell_label(key: CellKey, vocabularies: Vocabularies, language: Language) -> str:
    """A cell in words: section, measure, term and group, « Retours depuis le Maroc · Guinée »."""
    measure = measure_of(key.section, key.measure)
    parts = [section_label(key.section).text(language)]
    if measure is not None:
        parts[:1] = _measure_parts(measure, language)
        if key.term is not None:
            parts.append(term_label(measure, key.term, vocabularies, language))
    if key.group != TOTAL:
        parts.append(group_label(key.group, language))
    return " · ".join(parts)


def _measure_parts(measure: Measure, language: Language) -> list[str]:
    if measure.section not in SECTIONS:
        return [measure_label(measure).text(language)]
    parts = [population_row_label(measure, language)]
    if measure.name != measure.base:
        parts.append(measure_label(measure).text(language))
    return parts


def group_label(group: str, language: Language) -> str:
    """A group by its whole name."""
    label = UNDETERMINED_LABEL if group == Group.UNDETERMINED.value else GROUP_LABELS[group]
    return label.text(language)


def group_headings(language: Language) -> tuple[str, ...]:
    """The five groups as column heads, always in this order."""
    return tuple(GROUP_LABELS[group.value].text(language) for group in GROUPS)


def month_text(code: str, language: Language, *, short: bool = False) -> str:
    """A month's code in words: « mars 2023 », « mars »."""
    year, _, month = code.partition("-")
    place = int(month) - 1
    return (
        SHORT_MONTH_NAMES[place].text(language)
        if short
        else f"{MONTH_NAMES[place].text(language)} {year}"
    )


def day_text(day: date, language: Language, *, with_year: bool = True) -> str:
    """A day in words; the first of a month is an ordinal in French."""
    number = "1ᵉʳ" if language is Language.FR and day.day == 1 else str(day.day)
    text = f"{number} {MONTH_NAMES[day.month - 1].text(language)}"
    return f"{text} {day.year}" if with_year else text


def period_text(period: Period, say: Translator) -> str:
    """A period as a person calls it: 2023‑S1, 2023‑T2, juin 2023, 2023, from a day to a day."""
    match period.kind:
        case PeriodKind.QUARTER:
            year, _, number = period.code.partition("-Q")
            return say.tr("{year}\u2011Q{number}", year=year, number=number)
        case PeriodKind.MONTH:
            return month_text(period.code, say.language)
        case PeriodKind.RANGE:
            return f"{period.start:%d/%m/%Y} – {period.end:%d/%m/%Y}"
        case _:
            return period.code.replace("-", _NO_BREAK_HYPHEN)


def span_text(period: Period, say: Translator) -> str:
    """The first and the last day of a period in words."""
    language = say.language
    one_year = period.start.year == period.end.year
    return say.tr(
        "From {start} to {end}",
        start=day_text(period.start, language, with_year=not one_year),
        end=day_text(period.end, language),
    )


def cohort_labels() -> tuple[Label, Label]:
    """The sections a cohort goes from and to (rule 6)."""
    return SECTIONS[COHORT_FROM][1].label, SECTIONS[COHORT_TO][1].label
