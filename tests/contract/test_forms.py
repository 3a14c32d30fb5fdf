"""Every declared record opens its form in every language; every field has editor and name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.activities import RECORD_BY_KEY, RECORDS
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.translation import set_screen_language
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.people.base import fields_of
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.forms.registration import RegistrationPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf, NewRegistration, Route
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.apply import apply_theme
from avrr_desktop.ui.theme.tokens import Scheme

PERSON = "a" * 32
KEYS = [record.key for record in RECORDS]


class QuietShell:
    """Pages may speak to it; nothing answers."""

    def open(self, route: Route) -> None: ...

    def back(self) -> None: ...

    def say_saved(self, changed: Changed, text: str = "") -> None: ...

    def say_done(self, changed: Changed, text: str) -> None: ...

    def reopen(self, register: Register) -> None:
        raise AssertionError

    def say_failed(self, text: str, retry: object = None) -> None: ...


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder: Path = tmp_path_factory.mktemp("register")
    clock = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))
    opened = create_register(paths_in(folder), clock, is_demo=True)
    Records(opened).save(
        opened.local_actor,
        Draft("person", {"family_name": "KONÉ", "nationality": "CI"}, new_id=PERSON),
        Draft(
            "return_from_morocco",
            {
                "person_id": PERSON,
                "office": "RBA",
                "country": "CI",
                "departed_on": date(2023, 3, 2),
            },
        ),
        Draft(
            "return_to_morocco",
            {"person_id": PERSON, "office": "RBA", "host_country": "FR"},
        ),
        confirm_all="invented",
    )
    yield opened
    opened.close()


@pytest.fixture
def context(register: Register, qapp: QApplication) -> Iterator[Context]:
    tasks = Tasks()
    yield Context(register, Records(register), register.local_actor, Changes(), tasks, QuietShell())
    tasks.finish()
    set_screen_language(Language.FR)
    # No event loop runs between tests: the forms of all of them would be dressed again and again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wear(app: QApplication, language: Language) -> None:
    set_screen_language(language)
    apply_theme(app, Scheme.LIGHT, language, resources_dir())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", KEYS)
def test_form_has_an_editor_for_every_field(
    key: str, language: Language, context: Context, qapp: QApplication, qtbot: QtBot
) -> None:
    wear(qapp, language)
    record = RECORD_BY_KEY[key]
    person_ids = (PERSON,) if isinstance(record, Activity) else ()
    page = FormPage(context, FormOf(key, person_ids=person_ids))
    qtbot.addWidget(page)
    declared = {f.name for f in fields_of(record.model) if not f.spec.assigned}
    boxes = {box.field.name: box for box in page.body.boxes()}
    assert declared <= set(boxes)
    for name in declared:
        box = boxes[name]
        label = box.field.spec.label.text(language)
        assert box.label == label
        assert label in box.editor.focus_widget().accessibleName() or box.is_wide
        assert box.editor.focus_widget().objectName()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", KEYS)
def test_lines_of_children_have_an_editor_for_every_field(
    key: str, language: Language, context: Context, qapp: QApplication, qtbot: QtBot
) -> None:
    wear(qapp, language)
    record = RECORD_BY_KEY[key]
    person_ids = (PERSON,) if isinstance(record, Activity) else ()
    page = FormPage(context, FormOf(key, person_ids=person_ids))
    qtbot.addWidget(page)
    for child in record.children:
        table = page.made.tables[child.key]
        line = table.add()
        declared = {f.name for f in fields_of(child.model) if not f.spec.assigned}
        assert declared == set(line.fields.boxes)
        for box in line.fields.boxes.values():
            assert box.editor.focus_widget().accessibleName()


@pytest.mark.parametrize("language", list(Language))
def test_registration_screen_opens(
    language: Language, context: Context, qapp: QApplication, qtbot: QtBot
) -> None:
    wear(qapp, language)
    page = RegistrationPage(context, NewRegistration())
    qtbot.addWidget(page)
    page.made.add_member()
    keys = [box.key for box in page.body.boxes()]
    assert len(keys) == len(set(keys))
    for box in page.body.boxes():
        assert box.editor.focus_widget().accessibleName()
