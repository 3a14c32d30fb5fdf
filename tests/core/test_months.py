from datetime import date

import pytest
from babel.dates import format_date

from avrr_desktop.core.labels import Language
from avrr_desktop.core.months import MONTH_NAMES, SHORT_MONTH_NAMES

LOCALES = {Language.FR: "fr", Language.AR: "ar_MA", Language.EN: "en_GB"}


@pytest.mark.parametrize("language", list(Language))
def test_months_are_named_as_in_cldr(language: Language) -> None:
    days = [date(2023, month, 1) for month in range(1, 13)]
    for months, pattern in ((MONTH_NAMES, "MMMM"), (SHORT_MONTH_NAMES, "LLL")):
        names = [format_date(day, pattern, locale=LOCALES[language]) for day in days]
        assert [month.text(language) for month in months] == names
