"""The same checks over every declared record, field and section, in every language."""

import pytest

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY, SECTIONS
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.core.specs import Filled, NotExited, Tagged
from avrr_desktop.core.vocabularies import read_vocabularies
from avrr_desktop.paths import resources_dir
from avrr_desktop.people.base import fields_of, table_of

VOCABULARIES = read_vocabularies(resources_dir() / "vocabularies")
RECORDS = pytest.mark.parametrize("key", list(RECORD_BY_KEY))


@RECORDS
def test_every_field_stands_in_a_section_of_its_record(key: str) -> None:
    record = RECORD_BY_KEY[key]
    known = {section.key for section in record.sections}
    assert {field.spec.section for field in fields_of(record.model)} <= known
    if not record.owner:
        assert known == {f.spec.section for f in fields_of(record.model)}


@RECORDS
def test_every_list_a_field_names_is_shipped(key: str) -> None:
    for field in fields_of(RECORD_BY_KEY[key].model):
        if field.spec.kind in (Kind.TERM, Kind.TERMS):
            assert field.spec.vocabulary == "section" or field.spec.vocabulary in VOCABULARIES
        else:
            assert not field.spec.vocabulary


@RECORDS
def test_every_reference_names_a_record(key: str) -> None:
    for field in fields_of(RECORD_BY_KEY[key].model):
        assert (field.spec.kind is Kind.REFERENCE) == bool(field.spec.refers_to)
        assert not field.spec.refers_to or field.spec.refers_to in RECORD_BY_KEY


@RECORDS
@pytest.mark.parametrize("language", list(Language))
def test_labels_of_one_form_do_not_repeat(key: str, language: Language) -> None:
    record = RECORD_BY_KEY[key]
    labels = [f.spec.label.text(language) for f in fields_of(record.model)]
    doubled = {label for label in labels if labels.count(label) > 1}
    allowed = {
        f.spec.label.text(language)
        for f in fields_of(record.model)
        if f.spec.kind is Kind.REFERENCE
    }
    assert doubled <= allowed


@RECORDS
def test_orders_name_dates_of_the_record(key: str) -> None:
    record = RECORD_BY_KEY[key]
    dates = {f.name for f in fields_of(record.model) if f.spec.kind is Kind.DATE}
    for order in record.orders:
        assert {order.earlier, order.later} <= dates


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda a: a.key)
def test_counting_date_may_not_lie_ahead(activity: object) -> None:
    for record, section in SECTIONS.values():
        dated = next(f for f in fields_of(record.model) if f.name == section.dated_by)
        assert dated.spec.kind is Kind.DATE
        assert not dated.spec.may_lie_ahead


@pytest.mark.parametrize("key", list(SECTIONS))
def test_section_counts_by_columns_that_exist(key: str) -> None:
    activity, section = SECTIONS[key]
    columns = set(table_of(activity.model).columns.keys())
    fields = {field.name: field for field in fields_of(activity.model)}
    for condition in section.conditions:
        assert condition.column in columns
        if isinstance(condition, Tagged):
            assert any(t.tag == condition.tag for t in VOCABULARIES[condition.vocabulary])
        assert isinstance(condition, Filled | NotExited | Tagged) or condition.column
    for breakdown in section.breakdowns:
        if breakdown.of_person:
            continue
        field = fields[breakdown.column]
        assert field.spec.vocabulary == breakdown.vocabulary
        assert breakdown.several == (field.spec.kind is Kind.TERMS)


@pytest.mark.parametrize("key", list(SECTIONS))
def test_populations_are_cut_by_lists_of_their_section(key: str) -> None:
    _, section = SECTIONS[key]
    lists = {breakdown.key for breakdown in section.breakdowns}
    assert len(lists) == len(section.breakdowns)
    assert section.populations[0].suffix == ""
    for population in section.populations:
        assert set(population.breakdowns or ()) <= lists
    assert not section.running_by or section.running_by in lists
