"""Codes of findings and errors in words."""

from __future__ import annotations

from datetime import date

import pytest

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, Refused, Severity, UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.services.messages import word_error, word_finding

ENGLISH = translator(Language.EN)
RETURN = RECORD_BY_KEY["return_from_morocco"]


def test_order_of_dates_names_the_other_field_and_its_day() -> None:
    finding = Finding(
        "document_obtained_on",
        "before_other",
        values={"other": "document_requested_on", "day": date(2023, 5, 12)},
    )
    text = word_finding(finding, RETURN, ENGLISH)
    assert text == "Earlier than “Document requested on”: 12/05/2023."


def test_unusual_amount_is_grouped_and_has_its_unit() -> None:
    finding = Finding(
        "allowance",
        "unusual_number",
        Severity.CONFIRM,
        {"least": 0, "most": 5000, "value": 9000.0},
    )
    text = word_finding(finding, RETURN, ENGLISH)
    assert text == (
        "9\u202f000\u00a0MAD is unusual. It mostly lies between 0\u00a0MAD and 5\u202f000\u00a0MAD."
    )


def test_decimals_are_kept() -> None:
    finding = Finding(
        "allowance", "unusual_number", values={"least": 0, "most": 5000, "value": 5000.5}
    )
    assert "5\u202f000,50" in word_finding(finding, RETURN, ENGLISH)


def test_finding_of_a_line_speaks_of_the_child() -> None:
    finding = Finding(
        "withdrawn_on",
        "before_other",
        values={"other": "given_on", "day": date(2023, 2, 14)},
        child="consent",
        row=0,
    )
    text = word_finding(finding, RECORD_BY_KEY["person"], ENGLISH)
    assert text == "Earlier than “Given on”: 14/02/2023."


def test_values_are_isolated_in_arabic() -> None:
    finding = Finding("departed_on", "unlikely_date", values={"day": date(1980, 1, 1)})
    assert "\u206601/01/1980\u2069" in word_finding(finding, RETURN, translator(Language.AR))


def test_missing_values_are_left_out() -> None:
    finding = Finding("departed_on", "before_other")
    assert word_finding(finding, RETURN, ENGLISH) == "Earlier than “”: ."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError("disk_full"), "The disk is full. Make room, then try again."),
        (UserError("unknown_period", period="x"), "“x” is not a period."),
        (UserError("has_dependants", activity="reintegration"), "Other records follow this one"),
        (Refused((Finding("a", "required"),)), "1 value needs correcting."),
        (Refused((Finding("a", "required"),) * 2), "2 values need correcting."),
    ],
)
def test_errors_are_worded(error: UserError, sentence: str) -> None:
    assert word_error(error, ENGLISH).startswith(sentence)
