"""What every test of a screen needs: a register, a context with a recording shell, a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import set_screen_language
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Route
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.apply import apply_theme
from avrr_desktop.ui.theme.tokens import Scheme

TODAY = date(2023, 7, 5)


@dataclass
class RecordingShell:
    """Stands for the main window and remembers what pages asked of it."""

    opened: list[Route] = field(default_factory=list)
    backs: int = 0
    saved: list[tuple[Changed, str]] = field(default_factory=list)
    done: list[tuple[Changed, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    reopened: list[Register] = field(default_factory=list)
    retries: list[Callable[[], None] | None] = field(default_factory=list)

    def open(self, route: Route) -> None:
        self.opened.append(route)

    def back(self) -> None:
        self.backs += 1

    def say_saved(self, changed: Changed, text: str = "") -> None:
        self.saved.append((changed, text))

    def say_done(self, changed: Changed, text: str) -> None:
        self.done.append((changed, text))

    def reopen(self, register: Register) -> None:
        self.reopened.append(register)

    def say_failed(self, text: str, retry: Callable[[], None] | None = None) -> None:
        self.failed.append(text)
        self.retries.append(retry)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 5, 10, 42, tzinfo=UTC))


@pytest.fixture
def register(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    """An empty demonstration register."""
    opened = create_register(paths_in(tmp_path / "register"), clock, is_demo=True)
    yield opened
    opened.close()


@pytest.fixture
def records(register: Register) -> Records:
    return Records(register)


@pytest.fixture
def actor(register: Register) -> Actor:
    return register.local_actor


@pytest.fixture
def shell() -> RecordingShell:
    return RecordingShell()


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light French theme, whatever the test before left."""
    wear(qapp, Language.FR)
    yield qapp
    # No event loop runs between tests: pages closed by the one before would be dressed for ever.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wear(qapp, Language.FR)


def wear(app: QApplication, language: Language, scheme: Scheme = Scheme.LIGHT) -> None:
    """Another language or scheme, as the main window would choose it."""
    set_screen_language(language)
    apply_theme(app, scheme, language, resources_dir())


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """The worker; every test ends with it idle."""
    worker = Tasks()
    yield worker
    worker.finish()
    qapp.processEvents()
    worker.deleteLater()


@pytest.fixture
def context(
    register: Register,
    records: Records,
    actor: Actor,
    tasks: Tasks,
    shell: RecordingShell,
) -> Context:
    """What pages are handed; ``shell`` records what they ask."""
    return Context(register, records, actor, Changes(), tasks, shell)


CONSENT = {
    "given_on": date(2023, 2, 14),
    "form": "written",
    "purposes": ("return", "partner_sharing", "statistics"),
}


def person_draft(new_id: str = "a" * 32, **values: object) -> Draft:
    """An invented person with a consent."""
    return Draft(
        "person",
        {
            "family_name": "KONÉ",
            "given_name": "Aïcha",
            "family_name_ar": "كوني",
            "given_name_ar": "عائشة",
            "sex": "woman",
            "birth_typed": "07/09/1993",
            "nationality": "CI",
            "consent": (CONSENT,),
            **values,
        },
        new_id=new_id,
    )


def registration_draft(person_id: str = "a" * 32, **values: object) -> Draft:
    """A registration of the invented person."""
    return Draft(
        "registration",
        {
            "person_id": person_id,
            "office": "RBA",
            "contacted_on": date(2023, 2, 4),
            "registered_on": date(2023, 2, 14),
            "channel": "word_of_mouth",
            **values,
        },
    )


@pytest.fixture
def person(records: Records, actor: Actor) -> str:
    """The id of a registered person: KONÉ Aïcha."""
    records.save(actor, person_draft(), registration_draft())
    return "a" * 32
