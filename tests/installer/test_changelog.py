"""The change log holds what the program tells of each version, written once."""

from __future__ import annotations

import pytest
from installer.changelog import BEGIN, CHANGELOG, CHANGES, END, written

ONE = '[[version]]\nnumber = "0.2.0"\n[[version.change]]\nfr = "Une chose."\n'


def test_the_change_log_is_up_to_date() -> None:
    log = CHANGELOG.read_text(encoding="utf-8")
    assert written(log, CHANGES.read_text(encoding="utf-8")) == log


def test_a_version_gets_its_changes_under_its_heading() -> None:
    made = written("# Journal\n\n## 0.2.0 (2023)\n\n- Le reste.\n", ONE)
    told = "\n".join((BEGIN, "- Une chose.", END))
    assert made == f"# Journal\n\n## 0.2.0 (2023)\n\n{told}\n\n- Le reste.\n"
    assert written(made, ONE) == made
    assert "Une autre." in written(made, ONE.replace("chose", "autre"))
    assert "Une chose." not in written(made, ONE.replace("chose", "autre"))


def test_a_version_told_in_one_place_alone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.3\.0"):
        written("# Journal\n\n## 0.3.0\n\n## 0.2.0\n\n", ONE)
